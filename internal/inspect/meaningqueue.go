package inspect

import "httpscope/internal/trace"

// Sizes of the queue: steps of a batch, bytes that wait with them, and batches on their way.
const (
	queueSteps   = 128
	queueBytes   = 128 << 10
	queueBatches = 4
	maxUsed      = 256 // records that wait to be used again
)

// meaningQueue brings steps to a goroutine that gives them meaning.
type meaningQueue struct {
	pipe[meaningBatch]
	exchanges   []*trace.Exchange // given back, to be used again
	connections []*trace.Connection
}

// meaningBatch is some steps. Records that nobody looks at any more come back with it.
type meaningBatch struct {
	steps       []meaningStep
	bytes       int
	exchanges   []*trace.Exchange
	connections []*trace.Connection
}

func newMeaningQueue(m *meaning) *meaningQueue {
	m.parallel, m.waiting = true, map[*trace.Exchange][]waitingFinding{}
	empty := func() *meaningBatch { return &meaningBatch{steps: make([]meaningStep, 0, queueSteps)} }
	return &meaningQueue{pipe: newPipe(queueBatches, empty, func(b *meaningBatch) { b.give(m) })}
}

// give takes the steps, and leaves the batch empty but for the records that come back.
func (b *meaningBatch) give(m *meaning) {
	for i := range b.steps {
		m.take(&b.steps[i])
	}
	if from, ok := m.sink.(recycler); ok {
		b.collect(from)
	}
	clear(b.steps) // let go of records
	b.steps, b.bytes = b.steps[:0], 0
}

// collect takes back about as many records as the batch gave out.
func (b *meaningBatch) collect(from recycler) {
	for range b.steps {
		x, c := from.UsedExchange(), from.UsedConnection()
		if x != nil {
			b.exchanges = append(b.exchanges, x)
		}
		if c != nil {
			b.connections = append(b.connections, c)
		}
		if x == nil && c == nil {
			return
		}
	}
}

// add puts a step into the batch.
func (q *meaningQueue) add(s *meaningStep) {
	q.now.steps = append(q.now.steps, *s)
	q.now.bytes += s.size()
	if len(q.now.steps) == cap(q.now.steps) || q.now.bytes >= queueBytes || s.kind == flushAsked {
		q.pass()
	}
}

// size is about how many bytes wait with a step. Of an exchange that is over that is its
// messages: what meaning says of it is still being written.
func (s *meaningStep) size() (n int) {
	switch s.kind {
	case requestRead, responseRead:
		return int(s.message.Head.Size())
	case exchangeOver:
		for m := range s.exchange.Messages() {
			n += m.Size()
		}
	}
	return n
}

func (q *meaningQueue) pass() {
	q.next()
	if len(q.exchanges) < maxUsed {
		q.exchanges = append(q.exchanges, q.now.exchanges...)
	}
	if len(q.connections) < maxUsed {
		q.connections = append(q.connections, q.now.connections...)
	}
	clear(q.now.exchanges)
	clear(q.now.connections)
	q.now.exchanges, q.now.connections = q.now.exchanges[:0], q.now.connections[:0]
}

// UsedExchange implements recycler.
func (q *meaningQueue) UsedExchange() *trace.Exchange { return takeLast(&q.exchanges) }

// UsedConnection implements recycler.
func (q *meaningQueue) UsedConnection() *trace.Connection { return takeLast(&q.connections) }

// takeLast takes the last element off a list, nil when there is none.
func takeLast[T any](list *[]*T) *T {
	n := len(*list)
	if n == 0 {
		return nil
	}
	last := (*list)[n-1]
	(*list)[n-1] = nil
	*list = (*list)[:n-1]
	return last
}
