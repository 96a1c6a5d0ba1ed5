package reassembly

// deliver hands the next segment of a direction to the handler, and with it
// the gap before it.
func (a *Assembler) deliver(c *Conn, dir int, s *segment) {
	h, st := &c.halves[dir], &c.Stats[dir]
	n := int64(len(s.bytes))
	if n > 0 {
		if h.history == nil {
			a.rings.lend(h)
		}
		h.history.remember(h.next, s.bytes)
		st.Delivered += n
		if c.State == HalfClosed && !c.halfNoted {
			c.halfNoted = true
			a.handler.Noted(c, Note{Kind: NoteHalfClose, Dir: dir, Offset: h.next, Bytes: n, Stamp: s.stamp})
		}
		a.chunk = Chunk{Dir: dir, Offset: h.next, Bytes: s.bytes, Stamp: s.stamp}
		h.next += n
		a.handler.Data(c, &a.chunk)
	}
	if s.cut > 0 {
		a.handler.Noted(c, Note{Kind: NoteCut, Dir: dir, Offset: h.next, Bytes: s.cut, Stamp: s.stamp})
		st.Cut += s.cut
		a.gap(c, dir, s.cut, s.stamp)
	}
}

// gap skips n bytes that will not come. The handler learns of it at once: the
// decoder of the other side may be waiting for what they were.
func (a *Assembler) gap(c *Conn, dir int, n int64, at Stamp) {
	h := &c.halves[dir]
	from := h.next
	h.next += n
	if h.gapTo != from {
		h.gapFrom = from
	}
	h.gapTo = h.next
	c.Stats[dir].Gap += n
	a.handler.Noted(c, Note{Kind: NoteGap, Dir: dir, Offset: from, Bytes: n, Stamp: at})
	a.chunk = Chunk{Dir: dir, Offset: h.next, Gap: n, Stamp: at}
	a.handler.Data(c, &a.chunk)
}

// advance delivers the pending segments that have become contiguous.
func (a *Assembler) advance(c *Conn, dir int) {
	h := &c.halves[dir]
	for len(h.pending) > 0 && h.pending[0].offset <= h.next {
		s := a.pop(h)
		a.deliver(c, dir, &s)
	}
}

func (a *Assembler) pop(h *half) segment {
	before := h.buffered
	s := h.pop()
	a.buffered -= before - h.buffered
	return s
}

// deliverTo delivers everything before an offset, holes as gaps.
func (a *Assembler) deliverTo(c *Conn, dir int, offset int64, at Stamp) {
	h := &c.halves[dir]
	for h.next < offset {
		a.advance(c, dir)
		if h.next >= offset {
			break
		}
		to := offset
		if len(h.pending) > 0 {
			to = min(to, h.pending[0].offset)
		}
		a.gap(c, dir, to-h.next, at)
	}
	a.advance(c, dir)
	a.finish(c, dir, at)
}

// giveUp delivers a direction up to what was acknowledged: the other side has
// it, so the capture lost what is missing.
func (a *Assembler) giveUp(c *Conn, dir int, at Stamp) {
	h := &c.halves[dir]
	acked := h.acked
	if h.finSeen && acked > h.fin {
		acked = h.fin // a FIN takes a sequence number, but no byte
	}
	// One more than was seen may be a FIN that the capture lost: wait for more.
	if !h.ended && acked > h.next && (acked > h.next+1 || len(h.pending) > 0 || h.finSeen) {
		a.deliverTo(c, dir, acked, at)
	}
}

// drain delivers all that a direction has kept, holes as gaps.
func (a *Assembler) drain(c *Conn, dir int) {
	h := &c.halves[dir]
	a.giveUp(c, dir, c.Last)
	if len(h.pending) > 0 {
		a.deliverTo(c, dir, h.highest(), c.Last)
	}
	if h.finSeen && !h.ended && h.next < h.fin {
		a.deliverTo(c, dir, h.fin, c.Last)
	}
}

// finish ends a direction when it has been delivered up to its FIN.
func (a *Assembler) finish(c *Conn, dir int, at Stamp) {
	h := &c.halves[dir]
	if !h.finSeen || h.ended || h.next < h.fin {
		return
	}
	if c.State == Open {
		c.State = HalfClosed
	}
	a.end(c, dir, EndFIN, at)
	if c.halves[1-dir].ended && c.State == HalfClosed {
		c.State = Closed
		a.linger(c)
	}
}

// cutOff ends a direction that has not ended by itself.
func (a *Assembler) cutOff(c *Conn, dir int) {
	if c.State == Reset {
		a.end(c, dir, EndReset, c.resetAt)
		return
	}
	a.end(c, dir, EndCapture, c.Last)
}

// end reports the end of a direction, once.
func (a *Assembler) end(c *Conn, dir int, how EndKind, at Stamp) {
	h := &c.halves[dir]
	if h.ended {
		return
	}
	h.ended = true
	a.handler.Ended(c, dir, how, at)
}
