package inspect

import (
	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// Watcher is a sink that also follows what is not over yet: a screen. All
// calls come from the goroutine that uses the engine; what they pass is the
// watcher's, except for bytes, which are valid during the call.
type Watcher interface {
	Sink
	// Packet tells of every packet of a connection.
	Packet(connection int64, s trace.Segment)
	// Noted adds to what was told of a packet.
	Noted(connection, frame int64, n tcp.Notes)
	// Bytes tells of bytes, or of a gap, in the order of the stream.
	Bytes(connection int64, p trace.Extent, bytes []byte)
	// Alive shows a connection that is open and has changed.
	Alive(c *trace.Connection)
	// Progress shows an exchange that is not over and may have changed.
	Progress(x *trace.Exchange)
}

// watching tells a watcher what happens between the beginnings and the ends.
type watching struct {
	watcher Watcher
	touched []*flow // since the last flush
}

// touch remembers that a connection has changed.
func (w *watching) touch(f *flow) {
	if !f.touched {
		f.touched = true
		w.touched = append(w.touched, f)
	}
}

// bytes tells of what a direction of a connection brings.
func (w *watching) bytes(f *flow, dir int, r *layer.Run) {
	p := trace.Extent{Frame: r.Stamp.Packet, Nano: r.Stamp.Nano, Offset: r.At, Len: int64(len(r.Bytes)),
		Dir: uint8(dir)}
	if r.Lacks() {
		p.Len, p.Gap = r.Gap.Least, true
	}
	w.touch(f)
	w.watcher.Bytes(f.id, p, r.Bytes)
}

// show tells of all connections that have changed.
func (w *watching) show() {
	for _, f := range w.touched {
		f.touched = false
		if f.live == nil {
			continue // it is over, and was told
		}
		w.watcher.Alive(f.snapshot())
		f.open.all(func(b *building) {
			if b.dirty && !b.unsettled {
				b.dirty = false
				w.watcher.Progress(b.x.Clone())
			}
		})
	}
	clear(w.touched)
	w.touched = w.touched[:0]
}

// snapshot is the record of a connection as far as it is known.
func (f *flow) snapshot() *trace.Connection {
	r := f.connection().Clone()
	f.fill(r, f.live)
	return r
}

// watchedRecorder is the engine as the assembler sees it when a watcher is there.
type watchedRecorder struct{ recorder }

// Packet implements [reassembly.PacketHandler].
func (r watchedRecorder) Packet(c *reassembly.Conn, p *capture.Packet, at reassembly.Place) {
	f := c.User.(*flow)
	r.watching.touch(f)
	r.watching.watcher.Packet(c.ID, trace.Segment{Frame: p.Number, Nano: p.Nano, Offset: at.Offset, Acked: at.Acked,
		Seq: p.Seq, Ack: p.Ack,
		Len: int32(p.PayloadLen), Window: p.Window, Flags: p.Flags, Dir: uint8(at.Dir), Notes: tcp.Notes(at.Notes)})
}

// Opened implements [reassembly.Handler].
func (r watchedRecorder) Opened(c *reassembly.Conn) {
	r.recorder.Opened(c)
	c.User.(*flow).live = &c.Facts
}

// Data implements [reassembly.Handler].
func (r watchedRecorder) Data(c *reassembly.Conn, run *reassembly.Run) {
	told := runOf(run)
	r.watching.bytes(c.User.(*flow), run.Dir, &told)
	r.recorder.Data(c, run)
}

// Noted implements [reassembly.Handler].
func (r watchedRecorder) Noted(c *reassembly.Conn, n reassembly.Note) {
	if own := n.Kind & tcp.Told &^ tcp.Analysed; own != 0 { // the others are the analysis's, or nobody's
		r.watching.watcher.Noted(c.ID, n.Packet, own)
	}
	r.recorder.Noted(c, n)
}

// Ended implements [reassembly.Handler].
func (r watchedRecorder) Ended(c *reassembly.Conn, dir int, how layer.Ending, at layer.Stamp) {
	r.watching.touch(c.User.(*flow))
	r.recorder.Ended(c, dir, how, at)
}

// Closed implements [reassembly.Handler].
func (r watchedRecorder) Closed(c *reassembly.Conn) {
	c.User.(*flow).live = nil
	r.recorder.Closed(c)
}
