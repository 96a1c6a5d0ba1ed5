package reassembly

import "bytes"

// history is the last bytes that a direction delivered, in a ring.
type history struct {
	owner *half
	from  int64 // offset of the oldest byte kept
	to    int64 // offset after the newest
	ring  []byte
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
		p.slots = append(p.slots, &history{ring: make([]byte, historySize)})
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
		s.from = offset
	}
	s.to = offset + int64(len(b))
	if len(b) > historySize {
		b = b[len(b)-historySize:]
	}
	at := (s.to - int64(len(b))) % historySize
	n := copy(s.ring[at:], b)
	copy(s.ring, b[n:])
	s.from = max(s.from, s.to-historySize)
}

// differs compares b, which begins at an offset, with what is kept of it.
func (s *history) differs(offset int64, b []byte) bool {
	from, to := max(offset, s.from), min(offset+int64(len(b)), s.to)
	for from < to {
		at := from % historySize
		n := min(to-from, historySize-at)
		if !bytes.Equal(s.ring[at:at+n], b[from-offset:from-offset+n]) {
			return true
		}
		from += n
	}
	return false
}
