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

// standing is where the packet stands before it is worked on.
func (s *step) standing() Place {
	at := Place{Dir: s.dir, Acked: -1}
	switch {
	case s.p.Flags&capture.SYN != 0:
		at.Offset = -1
	case s.h.started:
		at.Offset = s.h.offset(s.p.Seq)
	}
	if s.p.Flags&capture.ACK != 0 && s.peer.started {
		at.Acked = s.peer.offset(s.p.Ack)
	}
	return at
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

// linger closes the connection when both FINs are acknowledged.
func (s *step) linger() {
	if s.c.State == Closed && s.h.acked > s.h.fin && s.peer.acked > s.peer.fin {
		s.a.bury(s.c)
	}
}
