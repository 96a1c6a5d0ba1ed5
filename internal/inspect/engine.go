// Package inspect joins capture, reassembly and httpdecode into a trace. It is
// the only place that knows all four.
//
// It reads a source to its end, or as long as its caller lets it, and hands
// connections and exchanges to a [Sink] as soon as they are over. It keeps
// only what is open, and prints nothing.
package inspect

import (
	"cmp"

	"httpscope/capture"
	"httpscope/httpdecode"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// Options say what to keep of bodies. The zero value keeps nothing.
type Options struct {
	Hash     bool  // SHA-256 of each body
	KeepBody int64 // first bytes of each body to keep
}

// Sink takes finished records. They are not touched again afterwards.
type Sink interface {
	Exchange(x *trace.Exchange)
	Connection(c *trace.Connection)
}

// Engine reads packets.
type Engine struct {
	options   Options
	sink      Sink
	assembler *reassembly.Assembler
	queue     httpdecode.Queue
	annotate  annotator
	next      int64
	summary   trace.Summary
	skipped   [256]int64
	spare     []*flow
}

// New returns an engine that reports to sink.
func New(o Options, sink Sink) *Engine {
	e := &Engine{options: o, sink: sink}
	e.assembler = reassembly.New(e)
	e.summary.Findings = map[string]int64{}
	return e
}

// Packet takes the next packet of the capture.
func (e *Engine) Packet(p *capture.Packet) {
	e.summary.Packets++
	if p.CapLen < p.WireLen {
		e.summary.Cut++
	}
	if p.Skip != capture.SkipNone {
		e.skipped[p.Skip]++
		return
	}
	e.summary.TCPPackets++
	e.summary.Payload += int64(len(p.Payload))
	e.assembler.Add(p)
}

// Finish ends all connections: the capture is over.
func (e *Engine) Finish() { e.assembler.Flush() }

// Summary is what was seen so far. Its ledger holds closed connections only.
func (e *Engine) Summary() trace.Summary {
	s := e.summary
	s.Skipped = map[string]int64{}
	for i, n := range e.skipped {
		if n > 0 {
			s.Skipped[capture.Skip(i).String()] = n
		}
	}
	s.Ledger.Undecoded += e.assembler.Late()
	return s
}

// Opened implements [reassembly.Handler].
func (e *Engine) Opened(c *reassembly.Conn) {
	e.summary.Connections++
	c.User = e.fresh(c)
}

// Data implements [reassembly.Handler].
func (e *Engine) Data(c *reassembly.Conn, chunk *reassembly.Chunk) {
	f := c.User.(*flow)
	f.orient(chunk)
	side := f.side(chunk.Dir)
	at := httpdecode.Stamp(chunk.Stamp)
	if chunk.Gap > 0 {
		f.decoder.Gap(side, chunk.Gap, at)
	} else {
		f.decoder.Feed(side, chunk.Bytes, at)
	}
	f.drain()
}

// Noted implements [reassembly.Handler].
func (e *Engine) Noted(c *reassembly.Conn, n reassembly.Note) {
	c.User.(*flow).note(n)
}

// Ended implements [reassembly.Handler].
func (e *Engine) Ended(c *reassembly.Conn, dir int, how reassembly.EndKind, at reassembly.Stamp) {
	f := c.User.(*flow)
	if f.decoder == nil {
		return
	}
	f.decoder.EOF(f.side(dir), [...]httpdecode.How{httpdecode.FIN, httpdecode.Reset, httpdecode.Unknown}[how], httpdecode.Stamp(at))
	f.drain()
}

// Closed implements [reassembly.Handler].
func (e *Engine) Closed(c *reassembly.Conn) {
	f := c.User.(*flow)
	f.finish()
	c.User = nil
	if len(e.spare) < maxSpare {
		e.spare = append(e.spare, f)
	}
}

// maxSpare bounds closed connections whose memory is kept for the next.
const maxSpare = 256

// fresh takes a closed connection's memory, or new memory.
func (e *Engine) fresh(c *reassembly.Conn) *flow {
	n := len(e.spare)
	if n == 0 {
		return &flow{engine: e, conn: c}
	}
	f := e.spare[n-1]
	e.spare = e.spare[:n-1]
	*f = flow{engine: e, conn: c, notes: f.notes[:0], open: f.open[:0], unused: cmp.Or(f.decoder, f.unused)}
	return f
}
