package reassembly

import (
	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// step is the work on one packet of one connection.
type step struct {
	a        *Assembler
	c        *Conn
	p        *capture.Packet
	dir      int
	h, peer  *half
	stamp    layer.Stamp
	highest  int64 // of h, before this packet
	analysis tcp.Notes
}

func (s *step) note(kind tcp.Notes, offset, n int64) {
	s.a.handler.Noted(s.c, Note{Kind: kind, Dir: s.dir, Offset: offset, Bytes: n, Stamp: s.stamp})
}

// standing is where the packet stands before it is worked on.
func (s *step) standing() Place {
	at := Place{Dir: s.dir, Acked: -1}
	switch {
	case s.p.Flags&tcp.SYN != 0:
		at.Offset = -1
	case s.h.started:
		at.Offset = s.h.offset(s.p.Seq)
	}
	if s.p.Flags&tcp.ACK != 0 && s.peer.started {
		at.Acked = s.peer.offset(s.p.Ack)
	}
	return at
}

// run goes through a segment in the order of RFC 9293, Section 3.10.7.4:
// RST, SYN, ACK, data, FIN.
func (s *step) run() {
	flags := s.p.Flags
	if flags&tcp.RST != 0 {
		s.reset()
		return
	}
	s.open(flags)
	if flags&tcp.ACK != 0 {
		s.acknowledge()
	}
	if s.p.PayloadLen > 0 || flags&tcp.FIN != 0 {
		s.data(flags)
	} else {
		s.keepAlive(s.h.offset(s.p.Seq), flags)
	}
	if s.c.doubt != nil {
		s.disprove()
	}
	if s.analysis&tcp.ZeroWindow != 0 {
		s.note(tcp.ZeroWindow, s.h.next, 0)
	}
	if s.c.waits() || s.h.acked > s.h.next || s.peer.acked > s.peer.next {
		s.expire()
	}
	s.linger()
}

// open learns the sequence numbers of a direction from its first packet.
func (s *step) open(flags tcp.Flags) {
	if flags&tcp.SYN != 0 {
		s.syn(flags)
		return
	}
	if !s.h.started {
		s.h.startMidstream(s.p.Seq)
		s.h.opening, s.h.openTill, s.c.opening = true, s.count()+holdPackets, true
		if s.p.PayloadLen > 0 || !s.peer.synSeen {
			s.note(tcp.Midstream, 0, 0)
		}
	}
	if s.c.SYN && s.c.SYNACK && s.dir == s.c.Client && flags&tcp.ACK != 0 {
		s.c.Established = true
	}
}

func (s *step) syn(flags tcp.Flags) {
	if flags&tcp.ACK != 0 {
		s.c.SYNACK = true
	} else {
		s.c.SYN = true
	}
	if s.c.State == tcp.Reset && flags&tcp.ACK != 0 {
		s.revive()
	}
	switch back := s.h.base - (s.p.Seq + 1); {
	case s.h.opening && back < maxRebase: // what was captured before it came after it
		s.h.rebase(int64(back))
	case !s.h.started || s.h.next == 0 && s.h.pending == nil && !s.h.ended:
		// A second SYN/ACK may have another number: the first was lost, or came
		// from a server that remembers nothing (RFC 4987, Section 3.6).
		if s.p.Seq+1 != s.h.base {
			s.h.acked = 0
		}
		s.h.start(s.p.Seq + 1)
	}
	s.h.synSeen = true
	s.h.opening = false
	// The ACK names where the other side began.
	if back := s.peer.base - s.p.Ack; flags&tcp.ACK != 0 && s.peer.opening && back < maxRebase {
		s.peer.rebase(int64(back))
		s.peer.opening = false
	}
	s.c.opening = s.peer.opening
	if !s.c.ClientKnown { // the capture holds packets from before the SYN: it was reordered
		s.c.ClientKnown = true
		s.c.Client = s.dir
		if flags&tcp.ACK != 0 {
			s.c.Client = 1 - s.dir
		}
	}
}

// acknowledge learns what the other side has received.
func (s *step) acknowledge() {
	if !s.peer.started {
		if !s.peer.hinted || int32(s.p.Ack-s.peer.ackHint) < 0 {
			s.peer.ackHint, s.peer.hinted = s.p.Ack, true
		}
		return
	}
	acked := s.peer.offset(s.p.Ack)
	if acked < 0 && s.peer.opening && -acked < maxRebase { // what came between this and the first byte seen is missing
		s.peer.rebase(-acked)
		return
	}
	if acked <= s.peer.acked {
		return
	}
	if acked-s.peer.highest() > maxWindow {
		s.note(tcp.OutsideWindow, acked, 0)
		return
	}
	if s.peer.acked <= s.peer.next {
		s.peer.proof = s.stamp
	}
	s.peer.acked = acked
}

// linger closes the connection when both FINs are acknowledged.
func (s *step) linger() {
	if s.c.State == tcp.Closed && s.h.acked > s.h.finish.offset && s.peer.acked > s.peer.finish.offset {
		s.a.bury(s.c)
	}
}
