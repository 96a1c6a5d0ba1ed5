package inspect

import (
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// decoding turns what reassembly tells into records. It is used by one
// goroutine: the engine's own, or the handover's.
type decoding struct {
	options   Options
	meaning   *meaning
	meanings  *meaningQueue          // nil: meaning is given at once
	used      recycler               // nil: nobody gives records back
	queues    [maxLevels]http1.Queue // by how high decoders stand in their stacks: those of one height are used by turns
	next      int64                  // the last exchange's number
	ledger    trace.Ledger
	protocols map[trace.Protocol]int64 // connections that are over, by what they spoke
	spare     []*http1.Decoder
	resting   []*building // released, to be used again
	holding   holding
}

// recycler is a sink that gives records back when nobody looks at them any
// more: most of the memory that reading a large capture needs is for records.
type recycler interface {
	UsedExchange() *trace.Exchange     // nil when there is none
	UsedConnection() *trace.Connection // nil when there is none
}

// building makes an exchange that is to be built, of used memory if it can.
func (d *decoding) building() *building {
	b := takeLast(&d.resting)
	if b == nil {
		b = new(building)
	}
	if d.used != nil {
		if x := d.used.UsedExchange(); x != nil {
			x.Reset(d.queues[0].Recycle)
			b.x = x
			return b
		}
	}
	b.x = new(trace.Exchange)
	return b
}

// rest keeps the memory of what built a released exchange.
func (d *decoding) rest(b *building) {
	*b = building{}
	if len(d.resting) < maxSpare {
		d.resting = append(d.resting, b)
	}
}

// connection makes a record, of used memory if it can.
func (d *decoding) connection() *trace.Connection {
	if d.used != nil {
		if c := d.used.UsedConnection(); c != nil {
			*c = trace.Connection{Findings: c.Findings[:0]}
			return c
		}
	}
	return new(trace.Connection)
}

// step is a call of [reassembly.Handler], to be made later.
type step struct {
	kind   stepKind
	note   tcp.Notes
	how    layer.Ending
	known  bool // the client is known
	begun  bool // a SYN was captured
	dir    int
	client int
	flow   *flow
	run    layer.Run // its side is told by dir, and who the client is; of a note, the bytes that it is about
}

// stepKind tells which call a step is.
type stepKind uint8

const (
	dataStep stepKind = iota
	noteStep
	endStep
	closeStep
	silentStep
)

// take makes the call.
func (d *decoding) take(s *step) {
	f := s.flow
	switch s.kind {
	case dataStep:
		f.lastAt = s.run.Stamp
		f.data(s)
		d.weigh(f)
	case noteStep:
		f.noted(reassembly.Note{Kind: s.note, Dir: s.dir, Offset: s.run.At, Bytes: s.run.Gap.Least, Stamp: s.run.Stamp})
	case endStep:
		f.lastAt = s.run.Stamp
		f.ended(s)
		d.weigh(f)
	case silentStep:
		f.silent()
		d.weigh(f)
	case closeStep:
		f.finish()
		d.holding.forget(f)
		for _, l := range f.levels {
			d.putBack(l.decoder)
		}
		f.levels = nil
	}
}

// mean has meaning given to what was decoded.
func (d *decoding) mean(s meaningStep) {
	if d.meanings != nil {
		d.meanings.add(&s)
		return
	}
	d.meaning.take(&s)
}

// flush has the sink flushed, if it can be.
func (d *decoding) flush() { d.mean(meaningStep{kind: flushAsked}) }

// putBack keeps a decoder that follows nothing any more for the next connection.
func (d *decoding) putBack(x *http1.Decoder) {
	if len(d.spare) < maxSpare {
		d.spare = append(d.spare, x)
	}
}

// maxSpare bounds decoders of closed connections that are kept for the next.
const maxSpare = 256

// decoder takes a closed connection's decoder, or makes one, for a height in a stack.
func (d *decoding) decoder(height int) *http1.Decoder {
	x := takeLast(&d.spare)
	if x == nil {
		return http1.New(&d.queues[height])
	}
	x.Reset(&d.queues[height])
	return x
}
