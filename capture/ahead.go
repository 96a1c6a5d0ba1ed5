package capture

import (
	"errors"
	"sync"
)

// ErrStopped is what Next returns after Stop, once the packets that were read are used up.
var ErrStopped = errors.New("reading was stopped")

// Sizes of reading ahead: packets and payload bytes of a batch, and batches on
// their way. Together they bound the memory between reader and user to about 3 MiB.
const (
	aheadPackets = 512
	aheadBytes   = 512 << 10
	aheadBatches = 4
)

// Ahead reads a file in a goroutine of its own, some packets ahead of their
// user. It is a [Source].
type Ahead struct {
	full  chan *batch
	empty chan *batch
	stop  chan struct{}
	once  sync.Once // closes stop
	wait  func()
	now   *batch
	at    int
}

// batch is some packets with memory of their own.
type batch struct {
	packets  []Packet
	arena    []byte
	err      error
	dropped  uint64
	position int64
}

// ReadAhead starts the goroutine. wait is called when the user has had every
// packet that was read, and before waiting for more; it may be nil. The file
// belongs to the goroutine, which closes it.
func ReadAhead(f *File, wait func()) *Ahead {
	a := &Ahead{full: make(chan *batch, aheadBatches), empty: make(chan *batch, aheadBatches+2), stop: make(chan struct{}), wait: wait, now: &batch{}}
	for range aheadBatches {
		a.empty <- &batch{packets: make([]Packet, 0, aheadPackets), arena: make([]byte, 0, aheadBytes)}
	}
	go a.read(f)
	return a
}

// read fills batches. What is read is passed on before a read that may block.
func (a *Ahead) read(f *File) {
	defer f.Close()
	b := <-a.empty
	pass := func() bool {
		b.dropped, b.position = f.info.Dropped, f.Position()
		select {
		case <-a.stop: // before the channels, which may be ready too
			return false
		default:
		}
		select {
		case a.full <- b:
		case <-a.stop:
			return false
		}
		select {
		case b = <-a.empty:
		case <-a.stop:
			b = &batch{} // the other is the user's now
			return false
		}
		b.packets, b.arena = b.packets[:0], b.arena[:0]
		return true
	}
	f.OnWait(func() {
		if len(b.packets) > 0 {
			pass()
		}
	})
	for {
		p, err := f.Next()
		if err != nil {
			b.err = err
			pass()
			return
		}
		if need := len(p.Payload) + len(p.Options); len(b.packets) == cap(b.packets) || len(b.arena)+need > cap(b.arena) {
			if !pass() {
				return
			}
		}
		b.add(p)
	}
}

// add copies a packet.
func (b *batch) add(p *Packet) {
	b.packets = append(b.packets, *p)
	q := &b.packets[len(b.packets)-1]
	q.Payload = b.keep(p.Payload)
	q.Options = b.keep(p.Options)
}

func (b *batch) keep(x []byte) []byte {
	if len(x) == 0 {
		return nil
	}
	from := len(b.arena)
	b.arena = append(b.arena, x...)
	return b.arena[from:len(b.arena):len(b.arena)]
}

// Next implements [Source].
func (a *Ahead) Next() (*Packet, error) {
	for a.at == len(a.now.packets) {
		if a.now.err != nil {
			return nil, a.now.err
		}
		if !a.swap() {
			return nil, ErrStopped
		}
	}
	a.at++
	return &a.now.packets[a.at-1], nil
}

// swap gives the used batch back and takes the next; false when it was stopped.
func (a *Ahead) swap() bool {
	used := a.now
	a.now = &batch{dropped: used.dropped, position: used.position}
	a.at = 0
	if cap(used.packets) > 0 {
		a.empty <- used
	}
	select {
	case a.now = <-a.full:
		return true
	default:
	}
	if a.wait != nil {
		a.wait()
	}
	select {
	case a.now = <-a.full:
		return true
	case <-a.stop:
		return false
	}
}

// Stop makes Next return at once, also from another goroutine, and ends the
// reading goroutine, or lets it end at its next packet when it waits for input.
func (a *Ahead) Stop() { a.once.Do(func() { close(a.stop) }) }

// Dropped is what the file had said of lost packets when the last batch was read.
func (a *Ahead) Dropped() uint64 { return a.now.dropped }

// Position is how many bytes of the input had been read with the last batch.
func (a *Ahead) Position() int64 { return a.now.position }
