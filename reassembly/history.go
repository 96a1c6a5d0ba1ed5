package reassembly

import "bytes"

// history is the last bytes that a direction delivered, in a ring.
type history struct {
	owner *half
	from  int64  // offset of the oldest byte kept
	to    int64  // offset after the newest
	ring  []byte // a power of two
}

// histories lends a fixed number of rings. The borrower that has had one
// longest gives it up first: what is compared is what was sent lately.
type histories struct {
	slots []*history
	next  int
}

// lend gives h a ring.
func (p *histories) lend(h *half) *history {
	if len(p.slots) < historySlots {
		p.slots = append(p.slots, &history{})
		p.next = len(p.slots) - 1
	}
	s := p.slots[p.next]
	p.next = (p.next + 1) % historySlots
	if s.owner != nil {
		s.owner.history = nil
	}
	s.owner, s.from, s.to = h, h.next, h.next
	h.history = s
	return s
}

// release takes a ring back.
func (h *half) release() {
	if h.history != nil {
		h.history.owner = nil
		h.history = nil
	}
}

// remember appends delivered bytes, which begin at an offset.
func (s *history) remember(offset int64, b []byte) {
	if offset != s.to {
		s.from, s.to = offset, offset
	}
	s.grow(s.to - s.from + int64(len(b)))
	s.to += int64(len(b))
	b = b[max(0, len(b)-len(s.ring)):]
	s.write(s.to-int64(len(b)), b)
	s.from = max(s.from, s.to-int64(len(s.ring)))
}

// write puts bytes into the ring at their offset.
func (s *history) write(offset int64, b []byte) {
	n := copy(s.ring[offset&int64(len(s.ring)-1):], b)
	copy(s.ring, b[n:])
}

// grow makes the ring so large that n bytes fit, as far as it may be. Most directions say
// little: a ring for each that could hold much would be most of what the program takes.
func (s *history) grow(n int64) {
	size := max(len(s.ring), historyLeast)
	for int64(size) < n && size < historySize {
		size *= 2
	}
	if size == len(s.ring) {
		return
	}
	old := *s
	s.ring = make([]byte, size)
	for at := old.from; at < old.to; {
		from := at & int64(len(old.ring)-1)
		piece := old.ring[from:min(int64(len(old.ring)), from+old.to-at)]
		s.write(at, piece)
		at += int64(len(piece))
	}
}

// differs compares b, which begins at an offset, with what is kept of it.
func (s *history) differs(offset int64, b []byte) bool {
	from, to := max(offset, s.from), min(offset+int64(len(b)), s.to)
	for from < to {
		at := from & int64(len(s.ring)-1)
		n := min(to-from, int64(len(s.ring))-at)
		if !bytes.Equal(s.ring[at:at+n], b[from-offset:from-offset+n]) {
			return true
		}
		from += n
	}
	return false
}
