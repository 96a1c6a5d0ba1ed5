package capture

import (
	"errors"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"httpscope/internal/texts"
)

// Defaults of QueueOptions.
const (
	queueMemory = 64 << 20 // bytes
	queueFile   = 1 << 30  // bytes
)

// QueueOptions say where packets wait. The zero values are sensible.
type QueueOptions struct {
	Memory   int64                        // bytes in memory; 0: 64 MiB
	File     int64                        // bytes in the temporary file; 0: 1 GiB
	Overflow func() (OverflowFile, error) // makes the temporary file when memory is full; nil: there is none
}

// OverflowFile is a temporary file. Close removes it.
type OverflowFile interface {
	io.ReaderAt
	io.WriterAt
	io.Closer
	Truncate(size int64) error
}

// Recorder writes packets to a file from which they can be read again.
type Recorder interface {
	io.ReaderAt
	// Record takes whole Enhanced Packet Blocks, whose interfaces are numbered as
	// the sources are. It says where in the file they begin; ok is false when
	// they are not in it. It is called by one goroutine.
	Record(blocks []byte, packets int) (at int64, ok bool)
}

// Lag is how far the reader of a Queue is behind.
type Lag struct {
	Packets int64         // captured and not taken yet
	Time    time.Duration // from the oldest of them to the newest
}

// QueueLag is how far the reader of a Queue is and was behind.
type QueueLag struct {
	Now, Most Lag
	Dropped   uint64 // packets that found no room, or could not be read again
}

// Queue takes the packets of one or more live captures from the kernel as fast
// as they come, and holds them until Next asks for them: in memory, and what
// finds no room there in the Recorder's file, or in a temporary one. It is a
// [Source]. Its packets are numbered from 1 in the order in which they arrive,
// and Interface is the index of their capture. Packets of different interfaces
// may be out of order by what their backends collect, some 50 ms.
type Queue struct {
	sources  []*Live
	decoders []decoder
	recorder Recorder // nil: packets are not kept
	pool     *pool
	waiting  waiting
	overflow overflow
	filled   chan *batch
	messages chan texts.Phrase
	wait     func()

	began   atomic.Bool
	ignored atomic.Bool   // what comes is left alone
	left    atomic.Bool   // nobody reads any more
	pending atomic.Int64  // packets that collectors have passed on, up to the batch that is read
	settled chan struct{} // closed when everything that was captured is where it belongs
	err     error         // how a single source ended

	batch  *batch // being read
	at     int    // offset of the next packet in it
	taken  int64  // packets that it had
	packet Packet
	frame  []byte
	last   int64 // capture time of the packet that was returned last
	again  *batch
	timer  *time.Timer
}

// NewQueue makes a queue of captures, which belong to it from now on, but for
// their Stats and Info. Begin starts it.
func NewQueue(o QueueOptions, sources ...*Live) *Queue {
	if o.Memory <= 0 {
		o.Memory = queueMemory
	}
	if o.File <= 0 {
		o.File = queueFile
	}
	most := max(int(o.Memory/batchBytes)-1, minBatches+2*len(sources)) // one more is read from files
	q := &Queue{
		sources: sources, decoders: make([]decoder, len(sources)), pool: newPool(most),
		filled: make(chan *batch, onTheirWay(most)), messages: make(chan texts.Phrase, len(sources)+moreMessages),
		wait: func() {}, settled: make(chan struct{}), timer: time.NewTimer(idleTick),
	}
	q.waiting.came = make(chan struct{}, 1)
	q.overflow.open, q.overflow.most = o.Overflow, o.File
	return q
}

// Begin starts a goroutine for each capture and one that stores what they
// take. What came since the captures were opened is in the kernel's buffers. A
// recorder may be nil.
func (q *Queue) Begin(r Recorder) {
	q.recorder = r
	if q.began.Swap(true) {
		panic("capture: a queue began twice")
	}
	var running sync.WaitGroup
	for i := range q.sources {
		running.Go(func() { q.collect(i) })
	}
	go func() {
		running.Wait()
		close(q.filled)
	}()
	go q.store()
}

// moreMessages is room for what there is to say beside the end of each source.
const moreMessages = 2

// tell passes a message on, unless nobody has read the ones before.
func (q *Queue) tell(key string, args ...any) {
	select {
	case q.messages <- texts.Say(key, args...):
	default:
	}
}

// ended says why a source ended: by Next if it is the only one, else by a message.
func (q *Queue) ended(i int, err error) {
	name := q.sources[i].info.Interface
	var gone *InterfaceGoneError
	switch {
	case err == io.EOF:
	case len(q.sources) == 1:
		q.err = err
	case errors.As(err, &gone):
		q.tell("capture.told.gone", name)
	default:
		q.tell("capture.told.ended", name, err)
	}
}

// OnWait sets a function that is called as Live.OnWait says.
func (q *Queue) OnWait(wait func()) { q.wait = wait }

// Messages are sentences about what happened to interfaces and to the
// temporary file. They need not be read.
func (q *Queue) Messages() <-chan texts.Phrase { return q.messages }

// Stats adds up those of all captures.
func (q *Queue) Stats() LiveStats {
	var sum LiveStats
	for _, l := range q.sources {
		s := l.Stats()
		sum.Received += s.Received
		sum.Dropped += s.Dropped
		sum.IfDropped += s.IfDropped
	}
	return sum
}

// Lag may be called from any goroutine.
func (q *Queue) Lag() QueueLag { return q.waiting.look() }

// Now is the time up to which Next has returned every packet, but for what the
// kernel still collects: in nanoseconds since 1970, 0 when that is not known
// yet. It is for the goroutine that calls Next.
func (q *Queue) Now() int64 {
	if q.pending.Load() == 0 {
		return time.Now().UnixNano()
	}
	return q.last
}

// Ignore leaves alone what comes from now on, or no longer does. What came
// before is returned all the same.
func (q *Queue) Ignore(ignore bool) { q.ignored.Store(ignore) }

// Stop ends all captures without a loss, as Live.Stop says. What waits is
// returned by Next.
func (q *Queue) Stop() {
	for _, l := range q.sources {
		l.Stop()
	}
}

// Leave ends the reading: Next returns io.EOF. What is captured is still
// recorded, until Stop or Close. It may be called from any goroutine.
func (q *Queue) Leave() {
	q.left.Store(true)
	q.waiting.signal()
}

// Close ends everything at once, from any goroutine, once or more often. When
// it returns, the recorder is not called any more.
func (q *Queue) Close() {
	q.Leave()
	for _, l := range q.sources {
		l.Close()
	}
	q.pool.close()
	q.Settle()
	q.overflow.close()
}

// Settle waits until a queue that was stopped has recorded everything.
func (q *Queue) Settle() {
	if q.began.Load() {
		<-q.settled
	}
}
