// Package inspect joins capture, reassembly and httpdecode into a trace. It is
// the only place that knows all four.
//
// It takes packets one after the other and hands connections and exchanges to
// a [Sink] as soon as they are over. It keeps only what is open, and prints
// nothing.
package inspect

import (
	"cmp"
	"math"

	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// Options say what to keep of bodies. The zero value keeps nothing.
type Options struct {
	Hash     bool  // SHA-256 of each body
	KeepBody int64 // first bytes of each body to keep
	// Parallel decodes in a goroutine of its own, a batch of chunks behind
	// reassembly, and gives meaning in another, a batch behind decoding. The sink is
	// called from that one. With a [Watcher] it has no effect: a screen follows packets
	// and bytes in one order.
	Parallel bool
	// Brief is for a sink that looks at what an exchange changed: it gets no whole jar and
	// no whole map of a resource, which cost more to keep than all else about them, and of
	// cookies that are not sent each is named once, and counted after that.
	Brief bool
	// Memory is how many bytes open connections may hold in all, 64 MiB if it is 0. Beyond it
	// those idle longest are given up.
	Memory int64
	// InOrder reads packets in the order of their times where a file does not hold them
	// so, within some hundred packets. The file has to look ahead: see [capture.File.LookAhead].
	InOrder bool
}

// Sink takes finished records. They are not touched again afterwards.
type Sink interface {
	Exchange(x *trace.Exchange)
	Connection(c *trace.Connection)
}

// Engine reads packets.
type Engine struct {
	assembler *reassembly.Assembler
	decoding  decoding
	handover  *handover          // nil: decode at once
	watching  watching           // its watcher is nil when the sink is none
	heard     map[int64]*Hearing // open connections of an [Ear]
	summary   trace.Summary
	skipped   [256]int64
	absence   absence
	order     *orderer // nil: packets are taken as they come
	gaps      int64
}

// New returns an engine that reports to sink.
func New(o Options, sink Sink) *Engine {
	m := &meaning{sink: sink, annotate: annotator{brief: o.Brief}, findings: map[string]int64{}}
	e := &Engine{decoding: decoding{options: o, meaning: m, protocols: map[trace.Protocol]int64{}}}
	e.decoding.used, _ = sink.(recycler)
	var h reassembly.Handler = recorder{e}
	if w, ok := sink.(Watcher); ok {
		e.watching.watcher = w
		h = watchedRecorder{recorder{e}}
	} else if o.Parallel {
		e.decoding.meanings = newMeaningQueue(m)
		e.decoding.used = e.decoding.meanings
		e.handover = newHandover(&e.decoding)
	}
	e.assembler = reassembly.New(h)
	memory := int(min(cmp.Or(o.Memory, defaultMemory), math.MaxInt))
	e.decoding.holding.limit = memory / decodingShare
	e.assembler.Limit(memory - memory/decodingShare)
	if o.InOrder {
		e.order = &orderer{give: e.assembler.Add, skipped: e.assembler.Reserve}
	}
	return e
}

// Packet takes the next packet of the capture.
func (e *Engine) Packet(p *capture.Packet) {
	e.summary.Packets++
	if p.CapLen < p.WireLen {
		e.summary.Cut++
		e.absence.note(p)
	} else if p.Skip != capture.SkipNone {
		e.absence.note(p)
	}
	if p.Skip != capture.SkipNone {
		e.skipped[p.Skip]++
		return
	}
	e.summary.TCPPackets++
	e.summary.Payload += int64(len(p.Payload))
	if e.order != nil && e.order.takes(p) {
		return
	}
	e.assembler.Add(p)
}

// Waits reports whether packets are held back to be read in the order of their times.
func (e *Engine) Waits() bool { return e.order != nil && len(e.order.waiting) > 0 }

// Flush has everything that was taken decoded and the sink flushed, if it can
// be. In parallel it does not wait for that.
func (e *Engine) Flush() {
	if e.handover != nil {
		e.handover.flush()
		return
	}
	e.watching.show()
	e.decoding.flush()
}

// Advance lets time pass without a packet: connections that have ended are
// reported. now is in nanoseconds since 1970.
func (e *Engine) Advance(now int64) { e.assembler.Advance(now) }

// Finish ends all connections: the capture is over. It returns when the sink
// has everything.
func (e *Engine) Finish() {
	if e.order != nil {
		e.order.flush()
	}
	e.assembler.Flush()
	if e.handover != nil {
		e.handover.close()
		e.decoding.meanings.close()
		e.handover, e.decoding.meanings = nil, nil
	}
}

// Gaps is how many bytes were found missing so far, on open connections too.
func (e *Engine) Gaps() int64 { return e.gaps }

// Summary is what was seen; in parallel it is valid after Finish only. Its ledger holds closed connections only.
func (e *Engine) Summary() trace.Summary {
	s := e.summary
	s.Skipped = map[string]int64{}
	for i, n := range e.skipped {
		if n > 0 {
			s.Skipped[capture.Skip(i).String()] = n
		}
	}
	s.Exchanges, s.Ledger, s.Findings = e.decoding.next, e.decoding.ledger, e.decoding.meaning.findings
	s.Ledger.Undecoded += e.assembler.Late()
	s.GivenUp = e.decoding.holding.givenUp
	if e.order != nil {
		s.Disordered = e.order.late
	}
	s.Empty = e.absence.sentence(&s, e.decoding.protocols)
	return s
}

// recorder is the engine as the assembler sees it.
type recorder struct{ *Engine }

// do decodes a step at once, or hands it over.
func (e *Engine) do(s step) {
	if e.handover != nil {
		e.handover.add(s)
		return
	}
	e.decoding.take(&s)
}

// open begins to follow a connection.
func (e *Engine) open(c *reassembly.Facts) *flow {
	e.summary.Connections++
	f := e.newFlow()
	f.decoding, f.id, f.both, f.client, f.known = &e.decoding, c.ID, c.Ends, c.Client, c.ClientKnown
	f.link, f.tunnel = c.Link, c.Tunnel
	return f
}

// newFlow makes a flow, of used memory where decoding gives that back.
func (e *Engine) newFlow() *flow {
	if e.handover != nil {
		return e.handover.flow()
	}
	return new(flow)
}

// bring has decoding take what a direction of a connection brings. begun tells that the beginning of
// the connection was seen.
func (e *Engine) bring(f *flow, c *reassembly.Facts, dir int, r layer.Run, begun bool) {
	e.do(step{kind: dataStep, flow: f, dir: dir, client: c.Client, known: c.ClientKnown, begun: begun, run: r})
}

// end tells decoding that a direction has ended.
func (e *Engine) end(f *flow, dir int, how layer.Ending, at layer.Stamp) {
	e.do(step{kind: endStep, flow: f, dir: dir, how: how, run: layer.Run{Stamp: at}})
}

// close ends a connection.
func (e *Engine) close(f *flow, c *reassembly.Facts) {
	if e.handover != nil {
		f.last = e.handover.last(c)
	} else {
		last := *c
		f.last = &last
	}
	e.do(step{kind: closeStep, flow: f})
}

// Opened implements [reassembly.Handler].
func (r recorder) Opened(c *reassembly.Conn) { c.User = r.open(&c.Facts) }

// Data implements [reassembly.Handler].
func (r recorder) Data(c *reassembly.Conn, run *reassembly.Run) {
	r.gaps += run.Gap
	r.bring(c.User.(*flow), &c.Facts, run.Dir, runOf(run), c.SYN || c.SYNACK)
}

// runOf is what reassembly delivers, as layers take it.
func runOf(run *reassembly.Run) layer.Run {
	r := layer.Run{At: run.Offset - run.Gap, Bytes: run.Bytes, Stamp: run.Stamp, Segment: true, Received: run.Acked}
	if run.Gap > 0 {
		r.Gap = layer.Lost(run.Gap)
	}
	return r
}

// Noted implements [reassembly.Handler].
func (r recorder) Noted(c *reassembly.Conn, n reassembly.Note) {
	switch n.Kind {
	case tcp.Retransmission, tcp.OutOfOrder, tcp.Ahead:
		return // counted in the statistics
	}
	r.do(step{kind: noteStep, flow: c.User.(*flow), note: n.Kind, dir: n.Dir,
		run: layer.Run{At: n.Offset, Gap: layer.Lost(n.Bytes), Stamp: n.Stamp}})
}

// Ended implements [reassembly.Handler].
func (r recorder) Ended(c *reassembly.Conn, dir int, how layer.Ending, at layer.Stamp) {
	r.end(c.User.(*flow), dir, how, at)
}

// Silent implements [reassembly.SilenceHandler].
func (r recorder) Silent(c *reassembly.Conn) {
	r.do(step{kind: silentStep, flow: c.User.(*flow)})
}

// Closed implements [reassembly.Handler].
func (r recorder) Closed(c *reassembly.Conn) { r.close(c.User.(*flow), &c.Facts) }
