package inspect

import "httpscope/internal/trace"

// Sizes of the relay: records in a batch, and batches on their way. They
// bound what can be between the engine and its writer.
const (
	relayBatch   = 128
	relayBatches = 8
)

// Output is a sink that keeps what it writes until it is told to flush.
type Output interface {
	Sink
	Flush() error
}

// Relay hands records to an output that works in a goroutine of its own, so
// that formatting does not hold up decoding. Records keep their order.
type Relay struct {
	batch []record
	send  chan []record
	spare chan []record
	done  chan struct{}
}

// record is an exchange or a connection, or neither: then it asks to flush.
type record struct {
	x *trace.Exchange
	c *trace.Connection
}

// NewRelay starts the goroutine; Close ends it.
func NewRelay(out Output) *Relay {
	r := &Relay{batch: make([]record, 0, relayBatch), send: make(chan []record, relayBatches), spare: make(chan []record, relayBatches+1), done: make(chan struct{})}
	go r.work(out)
	return r
}

func (r *Relay) work(out Output) {
	defer close(r.done)
	for batch := range r.send {
		for _, rec := range batch {
			switch {
			case rec.x != nil:
				out.Exchange(rec.x)
			case rec.c != nil:
				out.Connection(rec.c)
			default:
				out.Flush() // the error is sticky, and told by the last flush
			}
		}
		clear(batch)
		select {
		case r.spare <- batch[:0]:
		default:
		}
	}
}

func (r *Relay) add(rec record) {
	r.batch = append(r.batch, rec)
	if len(r.batch) >= relayBatch {
		r.pass()
	}
}

// pass sends the batch and takes a new one.
func (r *Relay) pass() {
	r.send <- r.batch
	select {
	case r.batch = <-r.spare:
	default:
		r.batch = make([]record, 0, relayBatch)
	}
}

// Exchange implements [Sink].
func (r *Relay) Exchange(x *trace.Exchange) { r.add(record{x: x}) }

// Connection implements [Sink].
func (r *Relay) Connection(c *trace.Connection) { r.add(record{c: c}) }

// Flush has the output flushed after what it was given. It does not wait.
func (r *Relay) Flush() {
	if len(r.batch) > 0 {
		r.batch = append(r.batch, record{})
		r.pass()
	}
}

// Close waits until the output has taken everything.
func (r *Relay) Close() {
	r.pass()
	close(r.send)
	<-r.done
}
