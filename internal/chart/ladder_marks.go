package chart

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// rungMark is what only the packets before or after a packet tell about it.
type rungMark uint8

const (
	again     rungMark = 1 << iota // what it says was said before
	shakes                         // it completes the handshake of count packets
	halfClose                      // its FIN is followed by data from the other side
	second                         // its FIN answers one
	ofFIN                          // it acknowledges a FIN
	refuses                        // its RST answers a SYN
	onlyAcks                       // it may be folded or hidden
)

// marks compares a packet with what went before.
func (b *ladderBuilder) marks(s *trace.Segment, me, peer *endpoint) rungMark {
	var m rungMark
	ack := s.Flags&tcp.ACK != 0
	switch {
	case s.Flags&tcp.RST != 0:
		if peer.syn && !peer.spoke && !me.syn && !me.spoke {
			m |= refuses
		}
		return m
	case s.Flags&tcp.SYN != 0:
		if me.syn {
			m |= again
		}
		b.shaking++
		return m
	case !b.shaken && me.syn && peer.syn && ack:
		b.shaken = true
		b.shaking++
		m |= shakes
	}
	if s.Flags&tcp.FIN != 0 {
		return m | finMarks(me, peer)
	}
	if s.Len > 0 && peer.hasFIN && s.Offset >= me.highest {
		b.rungs[peer.finRung].marks |= halfClose
	}
	if s.Len > 0 || m&shakes != 0 || s.Notes != 0 || !ack {
		return m
	}
	return m | ackMarks(s, me, peer)
}

func finMarks(me, peer *endpoint) (m rungMark) {
	if me.hasFIN {
		m |= again
	}
	if peer.hasFIN {
		m |= second
	}
	return m
}

// ackMarks tells about a packet that only acknowledges. It repeats one by the
// rules of RFC 5681, Section 2: the same number and window while data is on its way.
func ackMarks(s *trace.Segment, me, peer *endpoint) rungMark {
	if peer.hasFIN && s.Acked == peer.fin+1 {
		return ofFIN
	}
	if me.hasAck && s.Acked == me.acked && s.Window == me.window && peer.highest > s.Acked {
		return onlyAcks | again
	}
	return onlyAcks
}
