package reassembly

import (
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// doubt is a RST that nobody is known to have taken. Its sender's stream is read up
// to the RST; what comes behind it waits until the receiver proves that the
// connection goes on, or does not.
type doubt struct {
	dir      int
	at       int64 // offset of the RST in its sender's stream
	highest  int64 // what was seen of that stream before it
	closedBy int   // the side that closed the connection if the RST does not count
	stamp    layer.Stamp
}

// holds reports whether a segment waits for the end of the doubt.
func (d *doubt) holds(dir int, s *segment) bool { return dir == d.dir && s.offset >= d.at }

// reset takes a RST. It counts when its number is where its sender is, or within
// what may have been lost on the way to the capture (RFC 5961, Section 3.2
// asks the receiver for an exact match; the capture can be behind the receiver).
func (s *step) reset() {
	s.note(tcp.ResetSent, s.h.next, 0)
	if n := int64(len(s.p.Payload)); n > 0 { // text that explains the reset (RFC 1122, Section 4.2.2.12), not data
		s.c.Stats[s.dir].Ignored += n
	}
	at := s.h.next
	if s.h.started && !s.refusal() {
		at = s.h.offset(s.p.Seq)
		if at < s.h.next-1 && at < s.h.acked-1 || at-s.h.next > maxWindow {
			s.note(tcp.OutsideWindow, at, 0)
			return
		}
	}
	if s.c.State >= tcp.Closed {
		s.a.linger(s.c)
		return
	}
	d := &doubt{dir: s.dir, at: at, highest: s.h.highest(), closedBy: s.c.ClosedBy, stamp: s.stamp}
	if s.c.ClosedBy < 0 {
		s.c.ClosedBy = s.dir
	}
	s.c.State, s.c.resetAt = tcp.Reset, s.stamp
	s.a.linger(s.c)
	if s.h.next+s.peer.next == 0 && !s.c.waits() { // a refusal ends what has not begun; it may be revived
		if !s.c.SYN || s.c.SYNACK {
			s.a.endReset(s.c)
		}
		return
	}
	s.c.doubt = d
	s.a.doubted = append(s.a.doubted, lingering{s.c, s.c.ID})
}

// refusal reports whether a RST is the answer of a closed port to a SYN: its
// own number is 0 then (RFC 9293, Section 3.10.7.1).
func (s *step) refusal() bool {
	return s.p.Seq == 0 && s.p.Flags&tcp.ACK != 0 && s.peer.synSeen && s.p.Ack == s.peer.base && !s.h.synSeen
}

// revive reopens a connection whose SYN is answered after a RST: the RST was
// not taken for real, since it failed a check that needs more than its numbers (RFC 7323, Section 5.2).
func (s *step) revive() {
	if !s.peer.started || s.p.Ack != s.peer.base || s.peer.ended || s.h.ended {
		return
	}
	s.c.State, s.c.ClosedBy, s.c.doubt = tcp.Open, -1, nil
	for i := range s.h.pending { // they were of the connection that was refused
		s.c.Stats[s.dir].Ignored += int64(len(s.h.pending[i].bytes))
	}
	s.a.buffered -= s.h.buffered
	s.h.release()
	*s.h = half{}
}

// disprove looks whether a packet shows that a RST was not taken: its receiver
// acknowledges what was sent after it, or its sender ends the stream before it.
func (s *step) disprove() {
	d := s.c.doubt
	switch h := &s.c.halves[d.dir]; {
	case h.acked > max(d.at, d.highest) || h.finSeen && h.finish.offset < d.at:
		s.a.dismiss(s.c)
	case s.p.Nano-d.stamp.Nano > doubtNano:
		s.a.judge(s.c)
	}
}

// judge decides about a RST that was not disproved until now. One that was ahead of
// its sender, which went on behind it and was acknowledged, was forged.
func (a *Assembler) judge(c *Conn) {
	d := c.doubt
	if d == nil {
		return
	}
	if h := &c.halves[d.dir]; h.next < d.at && h.acked > d.highest && h.next > d.highest {
		a.dismiss(c)
		return
	}
	c.doubt = nil
	a.cutPending(c, d.dir, d.at) // what came behind it nobody took
	a.drain(c)
	a.endReset(c)
}

// dismiss goes on as if a RST had not come.
func (a *Assembler) dismiss(c *Conn) {
	d := c.doubt
	c.doubt, c.State, c.ClosedBy = nil, tcp.Open, d.closedBy
	for dir := range c.halves {
		if c.halves[dir].ended {
			c.State++ // to HalfClosed, and to Closed
		}
	}
	if c.State == tcp.Closed {
		a.linger(c)
	}
	a.handler.Noted(c, Note{Kind: tcp.ResetIgnored, Dir: d.dir, Offset: d.at, Stamp: d.stamp})
	a.advance(c)
}

// endReset ends both directions by the RST.
func (a *Assembler) endReset(c *Conn) {
	for dir := range c.halves {
		a.end(c, dir, layer.Reset, c.resetAt)
	}
}
