package reassembly

import "httpscope/capture"

// step is the work on one packet of one connection.
type step struct {
	a       *Assembler
	c       *Conn
	p       *capture.Packet
	dir     int
	h, peer *half
	stamp   Stamp
	highest int64 // of h, before this packet
}

func (s *step) note(kind NoteKind, offset, n int64) {
	s.a.handler.Noted(s.c, Note{Kind: kind, Dir: s.dir, Offset: offset, Bytes: n, Stamp: s.stamp})
}

// run goes through a segment in the order of RFC 9293 section 3.10.7.4:
// RST, SYN, ACK, data, FIN.
func (s *step) run() {
	flags := s.p.Flags
	if flags&capture.RST != 0 {
		s.reset()
		return
	}
	s.open(flags)
	if flags&capture.ACK != 0 {
		s.acknowledge()
	}
	if s.p.PayloadLen > 0 || flags&capture.FIN != 0 {
		s.data(flags)
	} else {
		s.keepAlive(s.h.offset(s.p.Seq), flags)
	}
	if s.p.Window == 0 && flags&(capture.SYN|capture.FIN) == 0 {
		s.c.Stats[s.dir].ZeroWindows++
		s.note(NoteZeroWindow, s.h.next, 0)
	}
	s.patience(0)
	s.patience(1)
	s.linger()
}

// patience gives up the holes of a direction that were acknowledged a few
// packets ago, or at once when this packet carries data that answers them.
func (s *step) patience(dir int) {
	h := &s.c.halves[dir]
	if h.next != h.stuck { // another hole, or none
		h.stuck, h.patience = h.next, 0
	}
	if h.acked <= h.next || s.c.State == Reset {
		return
	}
	if h.patience <= ackPatience {
		h.patience++
	}
	if h.patience > ackPatience || dir != s.dir && s.p.PayloadLen > 0 {
		s.a.giveUp(s.c, dir, s.stamp)
	}
}

// open learns the sequence numbers of a direction from its first packet.
func (s *step) open(flags uint8) {
	if flags&capture.SYN != 0 {
		s.syn(flags)
		return
	}
	if !s.h.started {
		s.h.startMidstream(s.p.Seq)
		if s.p.PayloadLen > 0 || !s.peer.synSeen {
			s.note(NoteMidstream, 0, 0)
		}
	}
	if s.c.SYN && s.c.SYNACK && s.dir == s.c.Client && flags&capture.ACK != 0 {
		s.c.Established = true
	}
}

func (s *step) syn(flags uint8) {
	if flags&capture.ACK != 0 {
		s.c.SYNACK = true
	} else {
		s.c.SYN = true
	}
	if s.c.State == Reset && flags&capture.ACK != 0 {
		s.revive()
	}
	// A second SYN/ACK may have another number: the first was lost, or came
	// from a server that remembers nothing (RFC 4987 section 3.6).
	if !s.h.started || s.h.next == 0 && s.h.pending == nil && !s.h.ended {
		if s.p.Seq+1 != s.h.base {
			s.h.acked = 0
		}
		s.h.start(s.p.Seq + 1)
	}
	s.h.synSeen = true
	if !s.c.ClientKnown { // the capture holds packets from before the SYN: it was reordered
		s.c.ClientKnown = true
		s.c.Client = s.dir
		if flags&capture.ACK != 0 {
			s.c.Client = 1 - s.dir
		}
	}
}

// revive reopens a connection whose SYN is answered after a RST: the RST was
// not taken for real, since it failed a check that needs more than its numbers (RFC 7323 section 5.2).
func (s *step) revive() {
	if !s.peer.started || s.p.Ack != s.peer.base || s.peer.ended || s.h.ended {
		return
	}
	s.c.State, s.c.ClosedBy = Open, -1
	*s.h = half{}
}

// acknowledge learns what the other side has received.
func (s *step) acknowledge() {
	if !s.peer.started {
		if !s.peer.hinted {
			s.peer.ackHint, s.peer.hinted = s.p.Ack, true
		}
		return
	}
	acked := s.peer.offset(s.p.Ack)
	if acked <= s.peer.acked {
		return
	}
	if acked-s.peer.highest() > maxWindow {
		s.note(NoteOutside, acked, 0)
		return
	}
	s.peer.acked = acked
	if s.p.PayloadLen > 0 {
		s.patience(1 - s.dir) // before the data, which may answer what was lost
	}
}

// data takes the payload and the FIN.
func (s *step) data(flags uint8) {
	seq := s.p.Seq
	if flags&capture.SYN != 0 {
		seq++ // data on a SYN comes after the SYN's own number
	}
	offset := s.h.offset(seq)
	if s.keepAlive(offset, flags) {
		return
	}
	if s.h.ended || s.c.State == Reset {
		s.afterEnd(offset)
		return
	}
	seg := segment{offset: s.early(offset), bytes: s.p.Payload, stamp: s.stamp, cut: int64(s.p.PayloadLen - len(s.p.Payload))}
	if seg.end()-s.h.next > maxWindow {
		s.c.Stats[s.dir].Ignored += int64(len(seg.bytes))
		s.note(NoteOutside, seg.offset, int64(len(seg.bytes)))
		return
	}
	s.highest = s.h.highest()
	if flags&capture.FIN != 0 && !s.h.finSeen && seg.end() >= s.h.next {
		s.fin(seg.end())
	}
	if s.h.finSeen && seg.end() > s.h.fin {
		s.beyondFIN(&seg)
	}
	if len(seg.bytes) > 0 || seg.cut > 0 {
		s.place(seg)
	}
	s.a.finish(s.c, s.dir, s.stamp)
}

// early corrects a base that was taken from a keep-alive probe: where the
// capture began with one, the first data is a byte further, and the byte
// between was acknowledged before.
func (s *step) early(offset int64) int64 {
	h := s.h
	if offset != 1 || h.next != 0 || h.acked != 1 || h.synSeen || h.finSeen || h.pending != nil {
		return offset
	}
	h.base++
	h.acked = 0
	return 0
}

// fin learns where the direction ends. What was kept beyond it no receiver takes.
func (s *step) fin(at int64) {
	h := s.h
	h.finSeen, h.fin = true, at
	if s.c.ClosedBy < 0 {
		s.c.ClosedBy = s.dir
	}
	for i := len(h.pending) - 1; i >= 0 && h.pending[i].end() > at; i-- {
		q := &h.pending[i]
		freed := len(q.bytes)
		s.beyondFIN(q)
		freed -= len(q.bytes)
		if len(q.bytes) == 0 && q.cut == 0 {
			*q = segment{}
			h.pending = h.pending[:i]
			freed += segmentCost
		}
		h.buffered -= freed
		s.a.buffered -= freed
	}
	if len(h.pending) == 0 {
		h.pending = nil
	}
}

// keepAlive recognises the probe of RFC 9293 section 3.8.4: nothing or one
// byte, just before what is expected.
func (s *step) keepAlive(offset int64, flags uint8) bool {
	if s.p.PayloadLen > 1 || offset != s.h.next-1 || flags&(capture.SYN|capture.FIN) != 0 || s.h.finSeen {
		return false
	}
	// A byte that was never acknowledged is a retransmission of one byte, and an
	// empty segment a late acknowledgment, but for one that nobody could see acknowledged.
	if s.h.acked < s.h.next && (s.p.PayloadLen == 1 || s.c.Stats[1-s.dir].Packets > 0) {
		return false
	}
	s.c.Stats[s.dir].KeepAlives++
	s.c.Stats[s.dir].Retransmitted += int64(len(s.p.Payload))
	s.note(NoteKeepAlive, offset, int64(s.p.PayloadLen))
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
		s.note(NoteAfterEnd, offset+old, n-old)
	}
}

// beyondFIN cuts a segment at the sender's FIN.
func (s *step) beyondFIN(seg *segment) {
	n := int64(len(seg.bytes))
	seg.cut = max(0, min(seg.cut, s.h.fin-seg.offset-n))
	left := min(n, max(0, s.h.fin-seg.offset))
	if left == n {
		return
	}
	s.c.Stats[s.dir].Ignored += n - left
	s.note(NoteAfterEnd, seg.offset+left, n-left)
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
	if seg.offset == s.h.next && s.h.pending == nil {
		if seg.offset < s.highest { // a FIN came before it
			s.c.Stats[s.dir].OutOfOrder++
			s.note(NoteOutOfOrder, seg.offset, int64(len(seg.bytes)))
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
	st.Retransmissions++
	kind := NoteRetransmission
	if s.h.history != nil && s.h.history.differs(offset, b) {
		kind = NoteOverlap
	}
	s.note(kind, offset, n)
}

// late accounts for bytes that come after they were given up.
func (s *step) late(offset, n int64) {
	s.c.Stats[s.dir].Ignored += n
	s.note(NoteLate, offset, n)
}

// buffer keeps a segment and delivers what has become contiguous.
func (s *step) buffer(seg segment) {
	st, before := &s.c.Stats[s.dir], s.h.buffered
	k := s.h.keep(seg)
	s.a.buffered += s.h.buffered - before
	switch {
	case seg.offset >= s.highest:
		s.note(NoteAhead, seg.offset, seg.offset-s.highest)
	case k.added > 0:
		st.OutOfOrder++
		s.note(NoteOutOfOrder, seg.offset, int64(k.added))
	}
	if k.seen > 0 {
		st.Retransmitted += int64(k.seen)
		st.Retransmissions++
		kind := NoteRetransmission
		if k.differ {
			kind = NoteOverlap
		}
		s.note(kind, seg.offset, int64(k.seen))
	}
	if k.lost > 0 {
		s.late(seg.offset, int64(k.lost))
	}
	s.a.advance(s.c, s.dir)
	if s.h.buffered > maxBuffered || len(s.h.pending) > maxPending || s.a.buffered > maxBufferedAll && s.h.pending != nil {
		s.a.deliverTo(s.c, s.dir, s.h.pending[0].offset, s.stamp)
		s.a.advance(s.c, s.dir)
	}
}

// reset ends the connection. A RST counts when its number is where its sender
// is, or within what may have been lost on the way to the capture (RFC 5961 section 3.2
// asks the receiver for an exact match; the capture can be behind the receiver).
func (s *step) reset() {
	s.note(NoteReset, s.h.next, 0)
	if n := int64(len(s.p.Payload)); n > 0 { // text that explains the reset (RFC 1122 section 4.2.2.12), not data
		s.c.Stats[s.dir].Ignored += n
	}
	if s.h.started && !s.refusal() {
		if at := s.h.offset(s.p.Seq); at < s.h.next-1 && at < s.h.acked-1 || at-s.h.next > maxWindow {
			s.note(NoteOutside, at, 0)
			return
		}
	}
	if s.c.State < Closed {
		if s.c.ClosedBy < 0 {
			s.c.ClosedBy = s.dir
		}
		s.c.State, s.c.resetAt = Reset, s.stamp
	}
	for dir := range s.c.halves {
		s.a.drain(s.c, dir)
	}
	if !s.c.SYN || s.c.SYNACK || s.h.next+s.peer.next > 0 { // else it may be revived
		for dir := range s.c.halves {
			s.a.end(s.c, dir, EndReset, s.stamp)
		}
	}
	s.a.lingerer = append(s.a.lingerer, s.c)
}

// refusal reports whether a RST is the answer of a closed port to a SYN: its
// own number is 0 then (RFC 9293 section 3.10.7.1).
func (s *step) refusal() bool {
	return s.p.Seq == 0 && s.p.Flags&capture.ACK != 0 && s.peer.synSeen && s.p.Ack == s.peer.base && s.h.next == 0
}

// linger closes the connection when both FINs are acknowledged.
func (s *step) linger() {
	if s.c.State == Closed && s.h.acked > s.h.fin && s.peer.acked > s.peer.fin {
		s.a.bury(s.c)
	}
}
