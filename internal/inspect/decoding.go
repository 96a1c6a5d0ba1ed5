package inspect

import (
	"httpscope/httpdecode"
	"httpscope/internal/trace"
	"httpscope/reassembly"
)

// decoding turns what reassembly tells into records. It is used by one
// goroutine: the engine's own, or the handover's.
type decoding struct {
	options   Options
	meaning   *meaning
	meanings  *meaningQueue // nil: meaning is given at once
	used      recycler      // nil: nobody gives records back
	queue     httpdecode.Queue
	next      int64 // the last exchange's number
	ledger    trace.Ledger
	protocols map[string]int64 // connections that are over, by what they spoke
	spare     []*httpdecode.Decoder
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
			x.Reset(d.queue.Recycle)
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
	note   reassembly.NoteKind
	how    reassembly.EndKind
	known  bool // the client is known
	begun  bool // a SYN was captured
	dir    int
	client int
	flow   *flow
	offset int64
	gap    int64 // or the bytes that a note is about
	acked  int64 // as in reassembly.Chunk
	bytes  []byte
	at     reassembly.Stamp
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
		f.lastAt = httpdecode.Stamp(s.at)
		f.data(s)
		d.weigh(f)
	case noteStep:
		f.noted(reassembly.Note{Kind: s.note, Dir: s.dir, Offset: s.offset, Bytes: s.gap, Stamp: s.at})
	case endStep:
		f.lastAt = httpdecode.Stamp(s.at)
		f.ended(s)
		d.weigh(f)
	case silentStep:
		f.silent()
		d.weigh(f)
	case closeStep:
		f.finish()
		d.holding.forget(f)
		if f.decoder != nil {
			d.putBack(f.decoder)
		}
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
func (d *decoding) putBack(x *httpdecode.Decoder) {
	if len(d.spare) < maxSpare {
		d.spare = append(d.spare, x)
	}
}

// maxSpare bounds decoders of closed connections that are kept for the next.
const maxSpare = 256

// decoder takes a closed connection's decoder, or makes one.
func (d *decoding) decoder() *httpdecode.Decoder {
	x := takeLast(&d.spare)
	if x == nil {
		return httpdecode.New(&d.queue)
	}
	x.Reset(&d.queue)
	return x
}
