package capture

import (
	"net/netip"
	"slices"
	"sort"
)

// Limits on fragments that wait for the rest of their packet. Fragments whose
// rest never comes are an old attack (RFC 8900, Section 3.7), so the oldest go first.
const (
	maxDatagram     = 65535 // bytes of an IP packet's payload
	maxWaiting      = 256   // packets that wait
	maxPieces       = 1024  // fragments of one packet
	fragmentTimeout = 60e9  // nanoseconds of capture time; RFC 8200, Section 4.5 and RFC 1122, Section 3.3.2: 60 s
)

// fragmentKey names the packet that a fragment is of.
type fragmentKey struct {
	src, dst netip.Addr
	id       uint32
	proto    byte
}

// partial is a packet of which fragments are missing.
type partial struct {
	number int64 // of all packets that came in fragments
	began  int64 // capture time of its first fragment, nanoseconds
	proto  byte  // of the fragment at offset 0
	data   []byte
	have   []piece // what of data is filled: sorted, no two touch
	total  int     // length, -1 until the last fragment is seen
	pieces int
}

// piece is a filled part of a packet: bytes [from, to).
type piece struct{ from, to int }

// defragmenter puts IP fragments together. The first copy of a byte wins, as
// in reassembly.
type defragmenter struct {
	waiting map[fragmentKey]*partial
	order   []arrival // oldest first; some may be whole, or given up
	count   int64
}

// arrival is a place in the order. It does not hold the packet's data.
type arrival struct {
	key    fragmentKey
	number int64
}

// add takes one fragment and returns the whole packet when this one completes it.
func (d *defragmenter) add(key fragmentKey, now int64, offset int, more bool, proto byte, b []byte) *partial {
	if offset+len(b) > maxDatagram {
		return nil
	}
	d.expire(now)
	p := d.waiting[key]
	if p == nil {
		p = d.begin(key, now)
	}
	p.pieces++
	if p.pieces > maxPieces {
		delete(d.waiting, key)
		return nil
	}
	if offset == 0 {
		p.proto = proto
	}
	p.fill(offset, b)
	if !more {
		p.total = offset + len(b)
	}
	if p.total >= 0 && len(p.have) == 1 && p.have[0].from == 0 && p.have[0].to >= p.total {
		delete(d.waiting, key)
		p.data = p.data[:p.total]
		return p
	}
	return nil
}

func (d *defragmenter) begin(key fragmentKey, now int64) *partial {
	if d.waiting == nil {
		d.waiting = map[fragmentKey]*partial{}
	}
	d.count++
	p := &partial{number: d.count, began: now, total: -1}
	d.waiting[key] = p
	d.order = append(d.order, arrival{key, p.number})
	return p
}

// expire drops packets that waited too long, and the oldest when there are too many.
func (d *defragmenter) expire(now int64) {
	for len(d.order) > 0 {
		key := d.order[0].key
		if p := d.waiting[key]; p != nil && p.number == d.order[0].number {
			if now-p.began <= fragmentTimeout && len(d.waiting) < maxWaiting && len(d.order) < 4*maxWaiting {
				return
			}
			delete(d.waiting, key)
		}
		d.order = d.order[1:]
	}
}

// fill copies the bytes of b that are not there yet.
func (p *partial) fill(offset int, b []byte) {
	end := offset + len(b)
	if end > len(p.data) {
		p.data = append(p.data, make([]byte, end-len(p.data))...)
	}
	lo, hi := p.touching(piece{offset, end})
	at := offset
	for _, h := range p.have[lo:hi] {
		if at < h.from && at < end {
			copy(p.data[at:min(h.from, end)], b[at-offset:])
		}
		at = max(at, h.to)
	}
	if at < end {
		copy(p.data[at:], b[at-offset:])
	}
	p.mark(piece{offset, end}, lo, hi)
}

// touching returns the index range of the pieces that n overlaps or touches. It is
// searched for: an attacker's fragments leave a thousand holes.
func (p *partial) touching(n piece) (lo, hi int) {
	lo = sort.Search(len(p.have), func(i int) bool { return p.have[i].to >= n.from })
	hi = lo + sort.Search(len(p.have)-lo, func(i int) bool { return p.have[lo+i].from > n.to })
	return lo, hi
}

// mark adds a piece to the sorted list in place of those that it touches.
func (p *partial) mark(n piece, lo, hi int) {
	if lo < hi {
		n = piece{min(n.from, p.have[lo].from), max(n.to, p.have[hi-1].to)}
	}
	p.have = slices.Replace(p.have, lo, hi, n)
}
