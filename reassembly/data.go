package reassembly

import "httpscope/internal/tcp"

// data takes the payload and the FIN.
func (s *step) data(flags tcp.Flags) {
	seq := s.p.Seq
	if flags&tcp.SYN != 0 {
		seq++ // data on a SYN comes after the SYN's own number
	}
	offset := s.h.offset(seq)
	if s.keepAlive(offset, flags) {
		return
	}
	if s.h.ended || s.c.State == tcp.Reset && s.c.doubt == nil {
		s.afterEnd(offset)
		return
	}
	seg := segment{offset: s.early(offset), bytes: s.p.Payload, stamp: s.stamp,
		cut: int64(s.p.PayloadLen - len(s.p.Payload)),
		ack: s.p.Ack, acks: flags&tcp.ACK != 0, count: s.count()}
	if seg.end()-s.h.next > maxWindow {
		s.c.Stats[s.dir].Ignored += int64(len(seg.bytes))
		s.note(tcp.OutsideWindow, seg.offset, int64(len(seg.bytes)))
		return
	}
	s.highest = s.h.highest()
	if flags&tcp.FIN != 0 && !s.h.finSeen && seg.end() >= s.h.next {
		s.fin(seg)
	}
	if s.h.finSeen && seg.end() > s.h.finish.offset {
		s.a.cutSegment(s.c, s.dir, &seg, s.h.finish.offset)
	}
	if len(seg.bytes) > 0 || seg.cut > 0 {
		s.place(seg)
	}
	if s.c.waits() {
		s.a.advance(s.c)
	}
}

// early corrects a base that was taken from a keep-alive probe: where the
// capture began with one, the first data is a byte further, and the byte
// between was acknowledged before.
func (s *step) early(offset int64) int64 {
	h := s.h
	if offset < 0 && h.opening && -offset < maxRebase {
		h.rebase(-offset)
		return 0
	}
	if offset != 1 || h.next != 0 || h.acked != 1 || h.synSeen || h.finSeen || h.pending != nil {
		return offset
	}
	h.base++
	h.acked = 0
	return 0
}

// fin learns where the direction ends. What was kept beyond it no receiver takes.
func (s *step) fin(seg segment) {
	h, at := s.h, seg.end()
	h.finSeen = true
	h.finish = segment{offset: at, stamp: seg.stamp, ack: seg.ack, acks: seg.acks, count: seg.count}
	if d := s.c.doubt; d != nil && d.closedBy < 0 {
		d.closedBy = s.dir
	}
	if s.c.ClosedBy < 0 {
		s.c.ClosedBy = s.dir
	}
	s.a.cutPending(s.c, s.dir, at)
}

// cutPending drops what a direction has kept beyond an offset: no receiver takes it.
func (a *Assembler) cutPending(c *Conn, dir int, at int64) {
	h := &c.halves[dir]
	for i := len(h.pending) - 1; i >= 0 && h.pending[i].end() > at; i-- {
		q := &h.pending[i]
		freed := len(q.bytes)
		a.cutSegment(c, dir, q, at)
		freed -= len(q.bytes)
		if len(q.bytes) == 0 && q.cut == 0 {
			*q = segment{}
			h.pending = h.pending[:i]
			freed += segmentCost
		}
		h.buffered -= freed
		a.buffered -= freed
	}
	if len(h.pending) == 0 {
		h.pending = nil
	}
}

// keepAlive recognises the probe of RFC 9293, Section 3.8.4: nothing or one
// byte, just before what is expected.
func (s *step) keepAlive(offset int64, flags tcp.Flags) bool {
	if s.p.PayloadLen > 1 || offset != s.h.next-1 || flags&(tcp.SYN|tcp.FIN) != 0 || s.h.finSeen {
		return false
	}
	// A byte that was never acknowledged is a retransmission of one byte, and an
	// empty segment a late acknowledgment, but for one that nobody could see acknowledged.
	if s.h.acked < s.h.next && (s.p.PayloadLen == 1 || s.c.Stats[1-s.dir].Packets > 0) {
		return false
	}
	s.c.Stats[s.dir].Retransmitted += int64(len(s.p.Payload))
	s.note(tcp.KeepAlive, offset, int64(s.p.PayloadLen))
	return true
}

// afterEnd accounts for payload that no receiver accepts any more.
func (s *step) afterEnd(offset int64) {
	n := int64(len(s.p.Payload))
	if n == 0 {
		return
	}
	old := min(n, max(0, s.h.next-offset))
	s.again(offset, s.p.Payload[:old])
	if n > old {
		s.c.Stats[s.dir].Ignored += n - old
		s.note(tcp.AfterEnd, offset+old, n-old)
	}
}

// cutSegment cuts a segment at an offset that the sender's stream does not pass.
func (a *Assembler) cutSegment(c *Conn, dir int, seg *segment, at int64) {
	n := int64(len(seg.bytes))
	seg.cut = max(0, min(seg.cut, at-seg.offset-n))
	left := min(n, max(0, at-seg.offset))
	if left == n {
		return
	}
	c.Stats[dir].Ignored += n - left
	a.handler.Noted(c, Note{Kind: tcp.AfterEnd, Dir: dir, Offset: seg.offset + left, Bytes: n - left, Stamp: seg.stamp})
	seg.bytes = seg.bytes[:left]
}

// place delivers a segment, or keeps it behind a hole.
func (s *step) place(seg segment) {
	if seg.offset < s.h.next {
		old := min(s.h.next-seg.offset, int64(len(seg.bytes)))
		s.again(seg.offset, seg.bytes[:old])
		seg.offset, seg.bytes = seg.offset+old, seg.bytes[old:]
		if seg.offset < s.h.next || len(seg.bytes) == 0 && seg.cut == 0 {
			return
		}
	}
	if seg.offset == s.h.next && s.h.pending == nil && s.c.doubt == nil && s.c.ready(s.dir, &seg) {
		if seg.offset < s.highest { // a FIN came before it
			s.note(tcp.OutOfOrder, seg.offset, int64(len(seg.bytes)))
		}
		s.a.deliver(s.c, s.dir, &seg)
		return
	}
	s.buffer(seg)
}

// again accounts for bytes that were delivered before, or given up, or that
// come before the first that was captured.
func (s *step) again(offset int64, b []byte) {
	if before := min(-offset, int64(len(b))); before > 0 {
		s.late(offset, before)
		offset, b = offset+before, b[before:]
	}
	n := int64(len(b))
	if from, to := max(offset, s.h.gapFrom), min(offset+n, s.h.gapTo); from < to {
		s.late(from, to-from)
		n -= to - from
	}
	if n == 0 {
		return
	}
	st := &s.c.Stats[s.dir]
	st.Retransmitted += n
	kind := tcp.Retransmission
	if s.h.history != nil && s.h.history.differs(offset, b) {
		kind = tcp.OverlapDifferent
	}
	s.note(kind, offset, n)
}

// late accounts for bytes that come after they were given up.
func (s *step) late(offset, n int64) {
	s.c.Stats[s.dir].Ignored += n
	s.note(tcp.LateSegment, offset, n)
}

// buffer keeps a segment and delivers what has become contiguous.
func (s *step) buffer(seg segment) {
	st, before := &s.c.Stats[s.dir], s.h.buffered
	k := s.h.keep(seg)
	s.a.buffered += s.h.buffered - before
	switch {
	case seg.offset == s.highest: // it waits for the other direction, or behind a hole that is known
	case seg.offset > s.highest:
		s.note(tcp.Ahead, seg.offset, seg.offset-s.highest)
	case k.added > 0:
		s.note(tcp.OutOfOrder, seg.offset, int64(k.added))
	}
	if k.seen > 0 {
		st.Retransmitted += int64(k.seen)
		kind := tcp.Retransmission
		if k.differ {
			kind = tcp.OverlapDifferent
		}
		s.note(kind, seg.offset, int64(k.seen))
	}
	if k.lost > 0 {
		s.late(seg.offset, int64(k.lost))
	}
	s.a.advance(s.c)
	for s.crowded() {
		s.overflow()
	}
}

// crowded reports that this side, or all of them, keep more than they may.
func (s *step) crowded() bool {
	return s.h.buffered > maxBuffered || len(s.h.pending) > maxPending ||
		s.a.buffered > s.a.mostBuffered() && s.h.pending != nil
}

// overflow makes room by handing out what is kept for longest.
func (s *step) overflow() {
	if s.c.doubt != nil {
		s.a.judge(s.c)
		return
	}
	s.c.open()
	s.a.forceFirst(s.c, s.dir, s.h.first())
}
