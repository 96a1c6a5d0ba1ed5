package inspect

import "httpscope/internal/trace"

// Sizes of the queue: steps of a batch, bytes of the heads in it, and batches on their way.
const (
	queueSteps   = 128
	queueBytes   = 256 << 10
	queueBatches = 4
	maxUsed      = 256 // records that wait to be used again
)

// meaningQueue brings steps to a goroutine that gives them meaning.
type meaningQueue struct {
	now   *meaningBatch
	full  chan *meaningBatch
	empty chan *meaningBatch
	done  chan struct{}

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
	q := &meaningQueue{full: make(chan *meaningBatch, queueBatches), empty: make(chan *meaningBatch, queueBatches), done: make(chan struct{})}
	for range queueBatches {
		q.empty <- &meaningBatch{steps: make([]meaningStep, 0, queueSteps)}
	}
	m.behind, m.waiting = true, map[*trace.Exchange][]waitingFinding{}
	q.now = <-q.empty
	go q.work(m)
	return q
}

func (q *meaningQueue) work(m *meaning) {
	defer close(q.done)
	back, _ := m.sink.(recycler)
	for b := range q.full {
		for i := range b.steps {
			m.take(&b.steps[i])
		}
		if back != nil {
			b.collect(back)
		}
		clear(b.steps) // let go of records
		b.steps, b.bytes = b.steps[:0], 0
		q.empty <- b
	}
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
	if s.message != nil {
		q.now.bytes += len(s.message.Head.Raw)
	}
	if len(q.now.steps) == cap(q.now.steps) || q.now.bytes >= queueBytes || s.kind == flushAsked {
		q.pass()
	}
}

func (q *meaningQueue) pass() {
	q.full <- q.now
	q.now = <-q.empty
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

// close passes the rest and waits until the sink has all.
func (q *meaningQueue) close() {
	q.full <- q.now
	close(q.full)
	<-q.done
}
