package recording

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// analyse has a segment classed and measured, in the order of the file: also one that
// came so late that reassembly knows no connection for it any more.
func (c *clock) analyse(p *trace.Packet) {
	g := &p.Segment
	h := reassembly.Header{Number: p.Number, Nano: p.Nano, Seq: g.Seq, Ack: g.Ack, Length: int(g.Len), Scale: -1,
		Dir:   g.Dir,
		Flags: g.Flags, Window: g.Window}
	h.Options(options(p.TCP))
	analysis, m := c.analyser.Class(&h, true)
	g.Notes = g.Notes&^tcp.Analysed | tcp.Notes(analysis)
	p.Measures = trace.Measures(m)
}
