package capture

import (
	"slices"
	"sync"
)

// batchBytes is the size of a batch: the longest packet finds room in an empty one.
const batchBytes = maxRecord + 16<<10

// batch is packets in memory, as Enhanced Packet Blocks: so they are copied
// once out of the kernel's buffer, whether they are written to a file or not.
type batch struct {
	data        []byte
	packets     int
	first, last int64 // capture times
}

// add appends a packet, for which there is room.
func (b *batch) add(source int, p *Packet, frame []byte) {
	b.count(p.Nano)
	b.data = appendEnhanced(b.data, source, p.Nano, p.WireLen, frame)
}

func (b *batch) count(nano int64) {
	if b.packets == 0 {
		b.first = nano
	}
	b.last = nano
	b.packets++
}

// fits reports whether there is room for n bytes more.
func (b *batch) fits(n int) bool { return len(b.data)+n <= cap(b.data) }

// join appends the packets of another batch.
func (b *batch) join(other *batch) {
	b.data = append(b.data, other.data...)
	b.packets += other.packets
	b.last = other.last
}

func (b *batch) reset() { *b = batch{data: b.data[:0]} }

// Bounds of the pool.
const (
	minBatches = 8 // besides those that are filled and read
	maxIdle    = 8 // that are kept when nothing comes
)

// onTheirWay is how many filled batches may be on their way to where they
// wait: half of the memory stands in for a disk that is slow for a moment.
func onTheirWay(most int) int { return most / 2 }

// pool is the memory in which packets wait: batches, up to a number.
type pool struct {
	mu     sync.Mutex
	back   sync.Cond // a batch is free again, or the pool is closed
	free   []*batch  // the one that was used last is used first: caches still hold it
	made   int
	most   int
	closed bool
}

func newPool(most int) *pool {
	p := &pool{most: most}
	p.back.L = &p.mu
	return p
}

// get waits for a free batch; nil when the pool is closed.
func (p *pool) get() *batch {
	p.mu.Lock()
	defer p.mu.Unlock()
	for len(p.free) == 0 && p.made == p.most && !p.closed {
		p.back.Wait()
	}
	if p.closed {
		return nil
	}
	if n := len(p.free); n > 0 {
		b := p.free[n-1]
		p.free = p.free[:n-1]
		return b
	}
	p.made++
	return &batch{data: make([]byte, 0, batchBytes)}
}

func (p *pool) put(b *batch) {
	b.reset()
	p.mu.Lock()
	defer p.mu.Unlock()
	p.free = append(p.free, b)
	p.back.Signal()
}

// trim gives memory back when nothing comes: by halves, since what comes next
// may be as much as before.
func (p *pool) trim() {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n := (len(p.free) - maxIdle + 1) / 2; n > 0 {
		p.free = slices.Delete(p.free, 0, n)
		p.made -= n
	}
}

// spare is how many batches could be had now.
func (p *pool) spare() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.most - p.made + len(p.free)
}

func (p *pool) close() {
	p.mu.Lock()
	defer p.mu.Unlock()
	p.closed = true
	p.back.Broadcast()
}
