package reassembly

import (
	"encoding/binary"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// Measures are the numbers that come with an analysis. Zero means not known.
type Measures struct {
	AckRTT      int64 // nanoseconds since the segment that it acknowledges was sent
	Acks        int64 // packet of that segment
	InitialRTT  int64 // nanoseconds from the SYN to the last packet of the handshake
	InFlight    int64 // bytes sent and not acknowledged, with this segment's
	Duplicate   int64 // how often the acknowledgment was repeated
	DuplicateOf int64 // packet that it repeats
	RTO         int64 // nanoseconds since the segment that is sent again was last outstanding
	RTOFrom     int64 // packet of that segment
	PushedSoFar int64 // payload bytes since the last PSH, this segment's included
}

// Thresholds of Wireshark's analysis, in nanoseconds.
const (
	reorderTime = 3e6  // out of order rather than sent again, before the round trip is known
	fastTime    = 20e6 // from the repeated acknowledgment to the segment sent again because of it
)

// maxUnacked bounds the segments of a direction that wait for their
// acknowledgment to be measured; a direction whose peer is not captured has ever more.
const maxUnacked = 4096

// tracker is what the analysis remembers of a direction. Numbers are sequence
// numbers as sent; they compare as RFC 9293, Section 3.4 has it.
type tracker struct {
	next      uint32 // the number after the highest that was sent
	acked     uint32 // the latest acknowledgment
	mostAcked uint32 // what the other side can acknowledge without a loss
	window    uint16
	repeated  uint16 // how often the latest acknowledgment was repeated
	last      tcp.Notes
	shift     int8   // window scale option of the SYN, -1 when there was none
	start     uint32 // number of the first byte
	started   bool
	begun     bool
	acks      bool // there was an acknowledgment
	syn       bool
	blurred   bool  // a segment was lost: what is in flight is not known
	nextNano  int64 // when next was reached
	nextFrame int64
	ackedNano int64
	unrepeat  int64 // packet of the first acknowledgment of this number
	pushed    int64
	sacked    int64 // by the latest segment
	unacked   []sentSegment
}

// sentSegment waits for its acknowledgment.
type sentSegment struct {
	seq, next   uint32
	frame, nano int64
}

// after reports whether a number comes after another.
func after(a, b uint32) bool { return int32(a-b) > 0 }

// Header is what the analysis looks at of a packet.
type Header struct {
	Number, Nano int64 // as in capture.Packet
	Seq, Ack     uint32
	Length       int   // payload bytes on the wire
	Sacked       int64 // bytes of the SACK option's blocks
	Scale        int8  // window scale option of a SYN, -1 when there is none
	Dir          uint8 // of the two directions
	Flags        tcp.Flags
	Window       uint16
}

// HeaderOf is the header of a packet that one of two directions sent.
func HeaderOf(p *capture.Packet, dir int) Header {
	h := Header{Number: p.Number, Nano: p.Nano, Seq: p.Seq, Ack: p.Ack, Length: p.PayloadLen, Scale: -1,
		Dir: uint8(dir), Flags: p.Flags, Window: p.Window}
	h.Options(p.Options)
	return h
}

// Options takes what the analysis needs of TCP options, as sent.
func (h *Header) Options(options []byte) {
	const scale, sack, block = 3, 5, 8 // RFC 7323, Section 2.2, and RFC 2018, Section 3
	for o := options; len(o) > 1 && o[0] != 0; {
		n := 1
		if o[0] != 1 {
			n = int(o[1])
		}
		switch {
		case n < 1 || n > len(o) || o[0] != 1 && n < 2:
			return
		case o[0] == scale && n == 3 && h.Flags&tcp.SYN != 0:
			h.Scale = int8(min(o[2], maxScale))
		case o[0] == sack:
			for b := o[2:n]; len(b) >= block; b = b[block:] {
				h.Sacked += max(0, int64(int32(binary.BigEndian.Uint32(b[4:])-binary.BigEndian.Uint32(b))))
			}
		}
		o = o[n:]
	}
}

// maxScale is the largest window scale (RFC 7323, Section 2.3).
const maxScale = 14

// Analyser classes the packets of one connection, which come in the order of the
// capture. The zero value is ready.
type Analyser struct {
	trackers  [2]tracker
	synNano   int64 // time of the latest SYN
	handshake int64 // nanoseconds from it to the third packet, 0 before that
}

// analysing is the work on one segment.
type analysing struct {
	c         *Analyser
	p         *Header
	own, peer *tracker
	length    uint32 // of the payload
	occupies  uint32 // numbers that the segment takes
	control   bool   // SYN, FIN or RST
	measure   bool
	m         Measures
}

// Class classes a packet; with measure it also measures.
func (c *Analyser) Class(p *Header, measure bool) (tcp.Notes, Measures) {
	s := analysing{c: c, p: p, own: &c.trackers[p.Dir&1], peer: &c.trackers[1-p.Dir&1], length: uint32(p.Length),
		measure: measure}
	s.control = p.Flags&(tcp.SYN|tcp.FIN|tcp.RST) != 0
	s.occupies = s.length
	if p.Flags&(tcp.SYN|tcp.FIN) != 0 {
		s.occupies++
	}
	s.shake()
	a := s.idle()
	if p.Ack != s.own.acked {
		s.own.unrepeat, s.own.repeated = p.Number, 0
	}
	a |= s.unseen() | s.again(a)
	s.advance(a)
	s.own.window, s.own.acked, s.own.ackedNano, s.own.last = p.Window, p.Ack, p.Nano, a
	s.own.sacked = p.Sacked
	s.own.acks = s.own.acks || p.Flags&tcp.ACK != 0
	if measure {
		s.acknowledged()
		s.flight()
		s.initial(a)
	}
	return a, s.m
}

// shake learns from the handshake how windows are scaled, and its round trip.
func (s *analysing) shake() {
	s.start()
	switch s.p.Flags & (tcp.SYN | tcp.ACK) {
	case tcp.SYN:
		s.c.synNano = s.p.Nano // of the latest SYN, as Wireshark has it
	case tcp.ACK:
		if s.c.handshake == 0 && s.c.synNano != 0 && s.p.Seq == s.own.start && s.p.Ack == s.peer.start {
			s.c.handshake = s.p.Nano - s.c.synNano
		}
	}
	if s.p.Flags&tcp.SYN != 0 {
		s.own.syn, s.own.shift = true, s.p.Scale
	}
}

// start learns the number of each side's first byte: the one after its SYN, or the
// first that was seen or acknowledged.
func (s *analysing) start() {
	own, peer := s.own, s.peer
	if p := s.p; p.Flags&tcp.SYN != 0 {
		own.start, own.started = p.Seq+1, true
	} else if !own.started {
		own.start, own.started = p.Seq, true
	}
	if !peer.started && s.p.Flags&tcp.ACK != 0 {
		peer.start, peer.started = s.p.Ack, true
	}
}

// idle classes a segment by what it repeats of its sender's last one.
func (s *analysing) idle() (a tcp.Notes) {
	p, own, peer := s.p, s.own, s.peer
	if own.begun && s.length == 1 && p.Seq == own.next && peer.acks && peer.window == 0 {
		return tcp.ZeroWindowProbe
	}
	if p.Window == 0 && !s.control {
		a |= tcp.ZeroWindow
	}
	if own.begun && after(p.Seq, own.next) && p.Flags&tcp.RST == 0 {
		a |= tcp.LostSegment
		own.blurred = true
	}
	if own.begun && s.length <= 1 && p.Seq == own.next-1 && !s.control {
		a |= tcp.KeepAlive
	}
	if s.control {
		return a
	}
	if s.length > 0 && peer.acks && s.scaled(peer) >= 0 && p.Seq+s.length == peer.acked+uint32(s.scaled(peer)) {
		a |= tcp.WindowFull
	}
	if s.length > 0 || !own.begun || p.Seq != own.next || !own.acks {
		return a
	}
	return a | s.repeats()
}

// repeats classes an empty segment that stands where its sender's last one ended.
func (s *analysing) repeats() tcp.Notes {
	p, own, peer := s.p, s.own, s.peer
	same := p.Ack == own.acked
	switch {
	case same && p.Window != own.window && p.Window != 0:
		return tcp.WindowUpdate
	case same && p.Window != 0 && peer.last&tcp.KeepAlive != 0:
		return tcp.KeepAliveAck
	case p.Window == 0 && own.window == 0 && (same || p.Ack == own.acked+1) && peer.last&tcp.ZeroWindowProbe != 0:
		if !same {
			peer.next = p.Ack // the receiver took the byte of the probe
		}
		return tcp.ZeroWindowProbeAck
	case same && p.Window != 0:
		own.repeated++
		s.m.Duplicate, s.m.DuplicateOf = int64(own.repeated), own.unrepeat
		return tcp.DuplicateAck
	}
	return 0
}

// scaled is a side's window in bytes, -1 when the scale is not known.
func (s *analysing) scaled(t *tracker) int64 {
	switch {
	case !t.syn && !s.own.syn && !s.peer.syn:
		return -1
	case s.own.shift < 0 && s.own.syn || s.peer.shift < 0 && s.peer.syn:
		return int64(t.window)
	}
	return int64(t.window) << max(0, t.shift)
}

// unseen reports an acknowledgment of what was not captured.
func (s *analysing) unseen() tcp.Notes {
	peer := s.peer
	repeated := s.own.acks && s.p.Ack == s.own.acked
	if !peer.begun || s.p.Flags&tcp.ACK == 0 || repeated || !after(s.p.Ack, peer.mostAcked) {
		return 0
	}
	peer.mostAcked = peer.next
	return tcp.AckedLostSegment
}

// again tells whether a segment was sent before, or late.
func (s *analysing) again(a tcp.Notes) tcp.Notes {
	p, own, peer := s.p, s.own, s.peer
	switch {
	case !own.begun || a&(tcp.ZeroWindowProbe|tcp.KeepAlive) != 0 || s.occupies == 0:
		return 0
	case s.length > 0 && peer.acks && !after(p.Seq+s.length, peer.acked):
		return tcp.Retransmission | tcp.SpuriousRetransmission
	case !after(own.next, p.Seq) || s.length > 1 && p.Seq == own.next-1:
		return 0
	case peer.repeated >= 2 && peer.acked == p.Seq && p.Nano-peer.ackedNano < fastTime:
		return tcp.Retransmission | tcp.FastRetransmission
	case s.reordered():
		return tcp.OutOfOrder
	}
	s.outstanding()
	return tcp.Retransmission
}

// outstanding measures since when what is sent again was: since the oldest segment
// that is not acknowledged, else since the last one.
func (s *analysing) outstanding() {
	s.m.RTO, s.m.RTOFrom = s.p.Nano-s.own.nextNano, s.own.nextFrame
	if len(s.own.unacked) > 0 {
		u := s.own.unacked[0]
		s.m.RTO, s.m.RTOFrom = s.p.Nano-u.nano, u.frame
	}
}

// reordered reports whether a segment came so soon after a later one that it
// was sent before it.
func (s *analysing) reordered() bool {
	most := s.c.handshake
	if most == 0 {
		most = reorderTime
	}
	return s.p.Nano-s.own.nextNano < most && s.own.next != s.p.Seq+s.occupies
}

// advance moves the highest number. Probes of a window do not.
func (s *analysing) advance(a tcp.Notes) {
	own, next := s.own, s.p.Seq+s.occupies
	if a&tcp.ZeroWindowProbe == 0 && (!own.begun || after(next, own.next)) {
		if !own.begun {
			own.mostAcked = s.p.Seq
		}
		own.begun, own.next, own.nextNano, own.nextFrame = true, next, s.p.Nano, s.p.Number
	}
	if a&tcp.ZeroWindowProbe == 0 && s.p.Seq == own.mostAcked {
		own.mostAcked = own.next
	}
	if s.measure && s.occupies > 0 && a&tcp.ZeroWindowProbe == 0 && len(own.unacked) < maxUnacked {
		own.unacked = append(own.unacked, sentSegment{s.p.Seq, next, s.p.Number, s.p.Nano})
	}
}

// acknowledged measures the segments that this one acknowledges, and forgets them.
func (s *analysing) acknowledged() {
	if s.p.Flags&tcp.ACK == 0 {
		return
	}
	s.peer.blurred = false
	rest := s.peer.unacked[:0]
	for _, u := range s.peer.unacked {
		switch ack := s.p.Ack; {
		case ack == u.next && s.m.Acks == 0: // the first copy of what was sent again
			s.m.Acks, s.m.AckRTT = u.frame, s.p.Nano-u.nano
		case after(u.next, ack):
			if after(ack, u.seq) {
				u.seq = ack
			}
			rest = append(rest, u)
		}
	}
	s.peer.unacked = rest
}

// flight measures what is on its way.
func (s *analysing) flight() {
	if s.length == 0 || len(s.own.unacked) == 0 {
		return
	}
	first, last := s.own.unacked[0].seq, s.own.unacked[0].next
	for _, u := range s.own.unacked[1:] {
		if after(first, u.seq) {
			first = u.seq
		}
		if after(u.next, last) {
			last = u.next
		}
	}
	n := int64(int32(last-first)) - s.peer.sacked
	if s.p.Flags&(tcp.SYN|tcp.FIN) != 0 {
		n-- // its number is no byte
	}
	if n <= 0 || s.own.blurred {
		return
	}
	s.m.InFlight = n
	s.own.pushed += int64(s.length)
	s.m.PushedSoFar = s.own.pushed
	if s.p.Flags&tcp.PSH != 0 {
		s.own.pushed = 0
	}
}

// initial adds the round trip of the handshake to what has anything to tell.
func (s *analysing) initial(a tcp.Notes) {
	if a != 0 || s.m != (Measures{}) {
		s.m.InitialRTT = s.c.handshake
	}
}
