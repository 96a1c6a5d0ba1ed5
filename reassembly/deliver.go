package reassembly

import (
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// deliver hands the next segment of a direction to the handler, and with it
// the gap before it.
func (a *Assembler) deliver(c *Conn, dir int, s *segment) {
	h, st := &c.halves[dir], &c.Stats[dir]
	n := int64(len(s.bytes))
	if n > 0 {
		if h.history == nil {
			a.rings.lend(h)
			a.held.talks(c)
		}
		h.history.remember(h.next, s.bytes)
		st.Delivered += n
		if c.State == tcp.HalfClosed && !c.halfNoted {
			c.halfNoted = true
			a.handler.Noted(c, Note{Kind: tcp.AfterHalfClose, Dir: dir, Offset: h.next, Bytes: n, Stamp: s.stamp})
		}
		a.run = Run{Dir: dir, Offset: h.next, Bytes: s.bytes, Acked: c.acked(dir, s), Stamp: s.stamp}
		h.next += n
		a.handler.Data(c, &a.run)
	}
	if s.cut > 0 {
		a.handler.Noted(c, Note{Kind: tcp.PayloadCut, Dir: dir, Offset: h.next, Bytes: s.cut, Stamp: s.stamp})
		st.Cut += s.cut
		a.gap(c, dir, s.cut, s.stamp)
	}
}

// gap skips n bytes that will not come. The handler learns of it at once: the
// decoder of the other side may be waiting for what they were.
func (a *Assembler) gap(c *Conn, dir int, n int64, at layer.Stamp) {
	h := &c.halves[dir]
	from := h.next
	if h.acked > from {
		at = h.proof
	}
	h.next += n
	if h.gapTo != from {
		h.gapFrom = from
	}
	h.gapTo = h.next
	c.Stats[dir].Gap += n
	a.handler.Noted(c, Note{Kind: tcp.Gap, Dir: dir, Offset: from, Bytes: n, Stamp: at})
	a.run = Run{Dir: dir, Offset: h.next, Gap: n, Acked: -1, Stamp: at}
	a.handler.Data(c, &a.run)
}

func (a *Assembler) pop(h *half) segment {
	before := h.buffered
	s := h.pop()
	a.buffered -= before - h.buffered
	return s
}

// giveUp delivers a direction up to what was acknowledged: the other side has
// it, so the capture lost what is missing.
func (a *Assembler) giveUp(c *Conn, dir int, at layer.Stamp) {
	if h := &c.halves[dir]; h.acked > h.next {
		a.giveUpTo(c, dir, h.acked, at)
	}
}

// drain delivers all that a connection has kept, holes as gaps, and then what is
// known to have been sent.
func (a *Assembler) drain(c *Conn) {
	c.open()
	a.advance(c)
	for a.force(c) {
	}
	for _, dir := range [2]int{c.Client, 1 - c.Client} {
		a.giveUp(c, dir, c.Last)
	}
	a.advance(c)
}

// finish ends a direction that has been delivered up to its FIN.
func (a *Assembler) finish(c *Conn, dir int, at layer.Stamp) {
	if c.State == tcp.Open {
		c.State = tcp.HalfClosed
	}
	a.end(c, dir, layer.Closed, at)
	if c.halves[1-dir].ended && c.State == tcp.HalfClosed {
		c.State = tcp.Closed
		a.linger(c)
	}
}

// cutOff ends a direction that has not ended by itself.
func (a *Assembler) cutOff(c *Conn, dir int) {
	if c.State == tcp.Reset {
		a.end(c, dir, layer.Reset, c.resetAt)
		return
	}
	a.end(c, dir, layer.Unwitnessed, c.Last)
}

// end reports the end of a direction, once.
func (a *Assembler) end(c *Conn, dir int, how layer.Ending, at layer.Stamp) {
	h := &c.halves[dir]
	if h.ended {
		return
	}
	h.ended = true
	a.handler.Ended(c, dir, how, at)
}
