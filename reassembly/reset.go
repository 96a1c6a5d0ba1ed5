package reassembly

import "httpscope/capture"

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
	s.a.linger(s.c)
}

// refusal reports whether a RST is the answer of a closed port to a SYN: its
// own number is 0 then (RFC 9293 section 3.10.7.1).
func (s *step) refusal() bool {
	return s.p.Seq == 0 && s.p.Flags&capture.ACK != 0 && s.peer.synSeen && s.p.Ack == s.peer.base && s.h.next == 0
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
