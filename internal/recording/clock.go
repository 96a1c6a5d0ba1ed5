package recording

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// clock is what the packets of a connection have in common: when it began, how
// its windows are scaled, and how far each side has come. Arrays are indexed by
// Segment.Dir.
type clock struct {
	connection  int64
	first, last int64 // times of its first and latest packet
	shift       [2]int8
	syn         [2]bool   // the SYN of a direction was captured
	base        [2]uint32 // sequence number of offset 0
	known       [2]bool   // base is
	analyser    reassembly.Analyser
	ends        [2]uint32 // the number after the highest that a side has sent
}

// shift is unknown before a SYN, and unscaled when one of the two SYNs has no
// window scale option.
const (
	unknown  = -1
	unscaled = 0
)

// tick fills what a packet says only together with those before it.
func (c *clock) tick(p *trace.Packet) {
	if c.first == 0 {
		c.first, c.last = p.Nano, p.Nano
	}
	p.SinceOpen, p.SinceSegment = p.Nano-c.first, p.Nano-c.last
	c.last = p.Nano
	c.place(p)
	c.scale(p)
	c.analyse(p)
}

// place learns where the numbers of each side begin. Of a side that was not
// captured the other's first acknowledgment tells it.
func (c *clock) place(p *trace.Packet) {
	g := &p.Segment
	dir := g.Dir & 1
	if end := g.Seq + occupies(g); !c.known[dir] || int32(end-c.ends[dir]) > 0 {
		c.ends[dir] = end
	}
	c.base[dir], c.known[dir] = g.Seq-uint32(g.Offset), true
	if g.Flags&tcp.ACK == 0 || g.Acked >= 0 {
		return
	}
	if !c.known[1-dir] {
		c.base[1-dir], c.known[1-dir] = g.Ack, true
	}
	g.Acked = max(int64(int32(g.Ack-c.base[1-dir])), -1)
}

// occupies is how many numbers the segment takes.
func occupies(g *trace.Segment) uint32 {
	n := uint32(g.Len)
	if g.Flags&(tcp.SYN|tcp.FIN) != 0 {
		n++
	}
	return n
}

// scale says how the window is scaled: when both SYNs have the option (RFC 7323
// section 2.2), and when one has it and the other was not captured.
func (c *clock) scale(p *trace.Packet) {
	dir := p.Segment.Dir & 1
	if p.Segment.Flags&tcp.SYN != 0 {
		h := reassembly.Header{Scale: unknown, Flags: p.Segment.Flags}
		h.Options(options(p.TCP))
		c.syn[dir], c.shift[dir] = true, h.Scale
	}
	p.Shift = c.shift[dir]
	if c.syn[0] && c.shift[0] < 0 || c.syn[1] && c.shift[1] < 0 {
		p.Shift = unscaled
	}
}

// options are the TCP options of a segment as captured.
func options(tcp []byte) []byte {
	const fixed = 20 // header bytes before them (RFC 9293, Section 3.1)
	if len(tcp) < fixed {
		return nil
	}
	return tcp[fixed:max(fixed, min(len(tcp), int(tcp[12]>>4)*4))]
}

// late finds the connection of a packet that came after its end: reassembly
// knows none for it. Bytes behind that end belong to no stream.
func (b *builder) late(p *trace.Packet) {
	dir := uint8(0)
	c := b.latest[ends{p.Src, p.Dst}]
	if c == nil {
		c, dir = b.latest[ends{p.Dst, p.Src}], 1
	}
	if c == nil || !c.known[dir] {
		return
	}
	g := &p.Segment
	offset := int64(int32(g.Seq - c.base[dir]))
	if g.Len > 0 && (offset < 0 || int32(g.Seq+uint32(g.Len)-c.ends[dir]) > 0) {
		return
	}
	p.Conn = c.connection
	g.Offset, g.Acked, g.Dir = offset, -1, dir
	if c.known[1-dir] && g.Flags&tcp.ACK != 0 {
		g.Acked = max(int64(int32(g.Ack-c.base[1-dir])), -1)
	}
	c.tick(p)
}
