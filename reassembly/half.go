package reassembly

import (
	"bytes"
	"slices"

	"httpscope/internal/layer"
)

// half is one direction of a connection.
type half struct {
	base     uint32 // sequence number of offset 0
	started  bool   // base is known
	synSeen  bool
	opening  bool  // begun without a SYN, and earlier bytes may yet come out of order
	openTill int64 // packets of the connection until which they may
	ended    bool
	finSeen  bool
	acked    int64       // highest offset that the other side acknowledged
	proof    layer.Stamp // of the packet that first acknowledged beyond next: it shows a hole
	patience uint8       // packets since an acknowledgment went past next
	stuck    int64       // next, when patience began
	stuckTo  int64       // acked, then
	waived   int64       // segments of the other side wait for nothing before this offset
	ackHint  uint32
	hinted   bool    // ackHint is the lowest acknowledgment seen before this side was
	absent   bool    // this side was waited for in vain: the capture seems to hold the other one only
	next     int64   // offset of the next byte to deliver
	finish   segment // the FIN, without bytes; valid with finSeen
	gapFrom  int64   // the last gap that was given up, with those it touches
	gapTo    int64

	pending  []segment // buffered behind a hole: sorted, disjoint
	buffered int       // cost of pending

	history *history
}

// segment is a piece of the stream that waits for what is before it.
type segment struct {
	offset int64
	bytes  []byte
	stamp  layer.Stamp
	cut    int64  // bytes after it that the snapshot length cut off
	ack    uint32 // what its sender had received, valid with acks
	acks   bool
	count  int64 // packets of the connection up to it
}

func (s *segment) end() int64 { return s.offset + int64(len(s.bytes)) + s.cut }

// before is the part of a segment before an offset.
func (s *segment) before(offset int64) segment {
	p := *s
	n := min(offset-s.offset, int64(len(s.bytes)))
	p.bytes, p.cut = s.bytes[:n], min(s.cut, offset-s.offset-n)
	return p
}

// splitAt cuts a segment at an offset within it, and returns the rest.
func (s *segment) splitAt(offset int64) segment {
	rest, front := *s, s.before(offset)
	rest.offset, rest.bytes, rest.cut = offset, s.bytes[len(front.bytes):], s.cut-front.cut
	*s = front
	return rest
}

// first is what the direction would hand out next: the first segment that is
// kept, or the FIN when there is none; nil when nothing waits.
func (h *half) first() *segment {
	switch {
	case len(h.pending) > 0:
		return &h.pending[0]
	case h.finSeen && !h.ended:
		return &h.finish
	}
	return nil
}

// rebase moves offset 0 back by n bytes, before anything was handed out.
func (h *half) rebase(n int64) {
	h.base -= uint32(n)
	for i := range h.pending {
		h.pending[i].offset += n
	}
	h.finish.offset += n
	if h.acked > 0 {
		h.acked += n
	}
}

// start fixes offset 0 at a sequence number.
func (h *half) start(seq uint32) {
	h.base, h.started = seq, true
}

// startMidstream begins at a segment whose predecessors were not captured. An
// acknowledgment seen before tells a little more: what lies between was lost.
func (h *half) startMidstream(seq uint32) {
	if ahead := int32(seq - h.ackHint); h.hinted && ahead > 0 && ahead < maxBuffered {
		h.start(h.ackHint)
		return
	}
	h.start(seq)
}

// offset maps a sequence number to the stream, near the next byte.
func (h *half) offset(seq uint32) int64 {
	return h.next + int64(int32(seq-(h.base+uint32(h.next))))
}

// highest is the offset after the last byte that is known to have been sent.
func (h *half) highest() int64 {
	if h.finSeen {
		return h.finish.offset
	}
	if n := len(h.pending); n > 0 {
		return h.pending[n-1].end()
	}
	return h.next
}

// kept says what became of a segment that was to be kept.
type kept struct {
	added  int  // bytes that were new
	seen   int  // bytes that were there already
	lost   int  // bytes of a part that the snapshot length had cut off before
	differ bool // some of those seen were others
}

// keep stores the parts of s that are not there yet, as copies.
func (h *half) keep(s segment) (k kept) {
	i, _ := slices.BinarySearchFunc(h.pending, s.offset, func(q segment, at int64) int {
		if q.end() <= at {
			return -1
		}
		return 1
	})
	for len(s.bytes) > 0 && i < len(h.pending) && s.end() > h.pending[i].offset {
		q := &h.pending[i]
		if n := min(q.offset-s.offset, int64(len(s.bytes))); n > 0 { // the part before q is new
			k.added += int(n)
			p := s.before(q.offset)
			h.insert(i, p)
			s.offset, s.bytes, s.cut = p.end(), s.bytes[n:], s.cut-p.cut
			i++
			continue
		}
		n := int(min(q.end()-s.offset, int64(len(s.bytes))))
		have := q.bytes[min(s.offset-q.offset, int64(len(q.bytes))):]
		m := min(n, len(have))
		k.differ = k.differ || !bytes.Equal(have[:m], s.bytes[:m])
		k.seen += m
		k.lost += n - m
		s.offset, s.bytes = s.offset+int64(n), s.bytes[n:]
		i++
	}
	if i < len(h.pending) {
		s.cut = max(0, min(s.cut, h.pending[i].offset-s.offset-int64(len(s.bytes))))
	}
	if len(s.bytes) > 0 || s.cut > 0 && (i == 0 || h.pending[i-1].end() <= s.offset) {
		k.added += len(s.bytes)
		h.insert(i, s)
	}
	return k
}

// insert puts a copy of s at index i of pending.
func (h *half) insert(i int, s segment) {
	s.bytes = bytes.Clone(s.bytes)
	h.pending = slices.Insert(h.pending, i, s)
	h.buffered += len(s.bytes) + segmentCost
}

// pop removes the first pending segment.
func (h *half) pop() segment {
	s := h.pending[0]
	h.pending[0] = segment{}
	h.pending = h.pending[1:]
	h.buffered -= len(s.bytes) + segmentCost
	if len(h.pending) == 0 {
		h.pending = nil
	}
	return s
}
