package inspect

import "httpscope/internal/trace"

// Sizes of the relay: records in a batch, and batches on their way. They
// bound what can be between the engine and its writer.
const (
	relayBatch   = 32
	relayBatches = 8
	relayBytes   = 128 << 10 // of a batch: heads may be a quarter of a megabyte each
	maxUsedBytes = 16 << 10  // of a record that is kept to be used again
)

// Output is a sink that keeps what it writes until it is told to flush. It
// does not keep records: their memory is used again.
type Output interface {
	Sink
	Flush() error
}

// Relay hands records to an output that works in a goroutine of its own, so
// that formatting does not hold up decoding. Records keep their order.
type Relay struct {
	batch   []record
	bytes   int  // of the batch
	unseen  bool // something was added since the last flush
	send    chan []record
	written chan []record
	done    chan struct{}

	exchanges   []*trace.Exchange // written, to be used again
	connections []*trace.Connection
}

// record is an exchange or a connection, or neither: then it asks to flush.
type record struct {
	x *trace.Exchange
	c *trace.Connection
}

// NewRelay starts the goroutine; Close ends it.
func NewRelay(out Output) *Relay {
	r := &Relay{batch: make([]record, 0, relayBatch), send: make(chan []record, relayBatches),
		written: make(chan []record, relayBatches+1), done: make(chan struct{})}
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
		select {
		case r.written <- batch:
		default:
		}
	}
}

func (r *Relay) add(rec record) {
	r.batch = append(r.batch, rec)
	r.unseen = true
	if len(r.batch) >= relayBatch || r.bytes >= relayBytes {
		r.pass()
	}
}

// pass sends the batch and takes a new one, with what was in it.
func (r *Relay) pass() {
	r.send <- r.batch
	r.bytes = 0
	select {
	case r.batch = <-r.written:
		r.reclaim()
	default:
		r.batch = make([]record, 0, relayBatch)
	}
}

// reclaim empties a batch that was written.
func (r *Relay) reclaim() {
	for _, rec := range r.batch {
		if rec.x != nil && len(r.exchanges) < relayBatch*relayBatches && rec.x.Size() <= maxUsedBytes {
			r.exchanges = append(r.exchanges, rec.x)
		}
		if rec.c != nil && len(r.connections) < relayBatch*relayBatches {
			r.connections = append(r.connections, rec.c)
		}
	}
	clear(r.batch)
	r.batch = r.batch[:0]
}

// UsedExchange gives back an exchange that was written, nil when there is none.
func (r *Relay) UsedExchange() *trace.Exchange { return takeLast(&r.exchanges) }

// UsedConnection gives back a connection that was written, nil when there is none.
func (r *Relay) UsedConnection() *trace.Connection { return takeLast(&r.connections) }

// Exchange implements [Sink].
func (r *Relay) Exchange(x *trace.Exchange) {
	r.bytes += x.Size()
	r.add(record{x: x})
}

// Connection implements [Sink].
func (r *Relay) Connection(c *trace.Connection) { r.add(record{c: c}) }

// Flush has the output flushed after what it was given. It does not wait.
func (r *Relay) Flush() {
	if r.unseen {
		r.unseen = false
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
