package recording

import "httpscope/internal/trace"

// history is what the analysis remembers of a direction. Numbers are sequence
// numbers as sent; they compare as RFC 9293 section 3.4 has it.
type history struct {
	begun     bool
	next      uint32 // the number after the highest that was sent
	nextTime  int64  // when it was reached
	acked     uint32 // the latest acknowledgment
	ackedTime int64
	acks      bool // there was one
	window    uint16
	repeated  int // how often the latest acknowledgment was repeated
}

// Thresholds of Wireshark's analysis, in nanoseconds.
const (
	reorderTime = 3e6  // out of order rather than sent again, before the round trip is known
	fastTime    = 20e6 // from the repeated acknowledgment to the segment sent again because of it
)

// Words of the notes that the analysis gives.
var (
	retransmission = trace.NoteOf("retransmission")
	outOfOrder     = trace.NoteOf("out-of-order")
	keepAlive      = trace.NoteOf("keep-alive")
)

// analysed are the notes that the packets of a recording have from the analysis,
// not from reassembly: that one follows bytes, this one numbers, SYN and FIN
// included, as Wireshark's tcp.analysis does.
var analysed = retransmission | outOfOrder | keepAlive

// analyse classes a segment by the rules in section "TCP Analysis" of the
// Wireshark User's Guide.
func (c *clock) analyse(p *trace.Packet) {
	g := &p.Segment
	own, other := &c.halves[g.Dir&1], &c.halves[1-g.Dir&1]
	c.shake(g, own)
	p.Jump = own.begun && after(g.Seq, own.next) && g.Flags&flagRST == 0
	g.Notes = g.Notes&^analysed | c.class(g, own, other)
	own.acknowledge(g)
	own.advance(g, other)
}

// after reports whether a number comes after another.
func after(a, b uint32) bool { return int32(a-b) > 0 }

// shake takes the round trip time from the handshake.
func (c *clock) shake(g *trace.Segment, own *history) {
	switch g.Flags & (flagSYN | flagACK) {
	case flagSYN:
		if c.begun == 0 {
			c.begun = g.Nano
		}
	case flagACK:
		if c.rtt == 0 && c.begun != 0 && c.syn[0] && c.syn[1] && g.Offset == 0 && g.Acked == 0 && g.Flags&(flagFIN|flagRST) == 0 {
			c.rtt = g.Nano - c.begun
		}
	}
}

// occupies is how many numbers the segment takes.
func occupies(g *trace.Segment) uint32 {
	n := uint32(g.Len)
	if g.Flags&(flagSYN|flagFIN) != 0 {
		n++
	}
	return n
}

func (c *clock) class(g *trace.Segment, own, other *history) trace.Notes {
	switch {
	case !own.begun || own.probes(g, other):
		return 0
	case g.Len <= 1 && g.Seq == own.next-1 && g.Flags&(flagSYN|flagFIN|flagRST) == 0:
		return keepAlive
	case occupies(g) == 0:
		return 0
	case g.Len > 0 && other.acks && !after(g.Seq+uint32(g.Len), other.acked):
		return retransmission // Wireshark calls it spurious too
	case !after(own.next, g.Seq) || g.Len > 1 && g.Seq == own.next-1:
		return 0
	case other.repeated >= 2 && other.acked == g.Seq && g.Nano-other.ackedTime < fastTime:
		return retransmission // a fast one
	case c.reordered(g, own):
		return outOfOrder
	}
	return retransmission
}

// reordered reports whether a segment came so soon after a later one that it
// was sent before it.
func (c *clock) reordered(g *trace.Segment, own *history) bool {
	most := c.rtt
	if most == 0 {
		most = reorderTime
	}
	return g.Nano-own.nextTime < most && own.next != g.Seq+occupies(g)
}

// probes reports a probe of a window of zero.
func (h *history) probes(g *trace.Segment, other *history) bool {
	return g.Len == 1 && g.Seq == h.next && other.acks && other.window == 0
}

// acknowledge counts acknowledgments that only repeat the one before.
func (h *history) acknowledge(g *trace.Segment) {
	same := h.acks && g.Ack == h.acked && g.Window == h.window && g.Window != 0
	switch {
	case same && occupies(g) == 0 && g.Seq == h.next && g.Flags&flagRST == 0:
		h.repeated++
	default:
		h.repeated = 0
	}
	h.acked, h.window, h.acks, h.ackedTime = g.Ack, g.Window, h.acks || g.Flags&flagACK != 0, g.Nano
}

// advance moves the highest number. Probes of a window do not.
func (h *history) advance(g *trace.Segment, other *history) {
	next := g.Seq + occupies(g)
	if h.begun && (!after(next, h.next) || h.probes(g, other)) {
		return
	}
	h.begun, h.next, h.nextTime = true, next, g.Nano
}
