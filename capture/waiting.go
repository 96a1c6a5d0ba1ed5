package capture

import (
	"io"
	"slices"
	"sync"
	"time"
)

// stretch is packets that wait together, in memory or in a file.
type stretch struct {
	batch       *batch      // nil: in a file
	file        io.ReaderAt // nil with a batch, and for packets that nobody will read
	at, bytes   int64       // where in the file, and how many
	packets     int64
	first, last int64 // capture times; first is a lower bound for what was read in part
}

// follows reports that s goes on in a file where t ends.
func (s *stretch) follows(t *stretch) bool {
	return s.batch == nil && t.batch == nil && s.file == t.file && s.at == t.at+t.bytes
}

// waiting is the stretches that wait, oldest first. It counts how far their
// reader is behind.
type waiting struct {
	came chan struct{} // one slot: there is something, or the end

	mu     sync.Mutex
	list   []stretch
	newest int64 // capture time
	over   bool  // no more will be added
	lag    QueueLag
}

// joinBytes is how much is worth copying, so that little batches do not take
// the room of full ones while the reader is behind.
const joinBytes = 64 << 10

// join copies a batch behind the newest that waits, if it is small and there is room.
func (w *waiting) join(b *batch) bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.list) == 0 || len(b.data) > joinBytes {
		return false
	}
	s := &w.list[len(w.list)-1]
	if s.batch == nil || !s.batch.fits(len(b.data)) {
		return false
	}
	s.batch.join(b)
	s.bytes, s.packets, s.last = s.bytes+int64(len(b.data)), s.packets+int64(b.packets), b.last
	w.count(int64(b.packets), b.last)
	return true
}

// add appends a stretch.
func (w *waiting) add(s stretch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n := len(w.list); n > 0 && s.follows(&w.list[n-1]) {
		t := &w.list[n-1]
		t.bytes, t.packets, t.last = t.bytes+s.bytes, t.packets+s.packets, s.last
	} else {
		w.list = append(w.list, s)
	}
	w.count(s.packets, s.last)
	w.signal()
}

// count is called with mu held, when packets were added.
func (w *waiting) count(packets, last int64) {
	w.newest = last
	w.lag.Now.Packets += packets
	w.measure()
	w.lag.Most.Packets = max(w.lag.Most.Packets, w.lag.Now.Packets)
	w.lag.Most.Time = max(w.lag.Most.Time, w.lag.Now.Time)
}

// measure is called with mu held, when what waits has changed.
func (w *waiting) measure() {
	w.lag.Now.Time = 0
	if len(w.list) > 0 {
		w.lag.Now.Time = max(0, time.Duration(w.newest-w.list[0].first))
	}
}

// drop counts packets that found no room.
func (w *waiting) drop(s stretch) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.lag.Dropped += uint64(s.packets)
}

// oldest is the stretch that waits longest. It stays; last is true when there
// is none and none will come.
func (w *waiting) oldest() (s stretch, ok, last bool) {
	select {
	case <-w.came:
	default:
	}
	w.mu.Lock()
	defer w.mu.Unlock()
	if len(w.list) == 0 {
		return s, false, w.over
	}
	return w.list[0], true, false
}

// taken takes bytes away from the oldest stretch. For nothing but files they
// may be less than the whole, and the capture time of the last is said.
func (w *waiting) taken(bytes, packets, last int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := &w.list[0]
	s.at, s.bytes, s.packets, s.first = s.at+bytes, s.bytes-bytes, s.packets-packets, last
	w.lag.Now.Packets -= packets
	if s.bytes <= 0 {
		w.remove()
	}
	w.measure()
}

// take removes the oldest stretch, to which batches may have been joined since oldest.
func (w *waiting) take() stretch {
	w.mu.Lock()
	defer w.mu.Unlock()
	s := w.list[0]
	w.lag.Now.Packets -= s.packets
	w.remove()
	w.measure()
	return s
}

// remove is called with mu held.
func (w *waiting) remove() {
	w.list[0] = stretch{}
	w.list = w.list[1:]
	if len(w.list) == 0 {
		w.list = nil
	}
}

// unread counts packets that were taken and will not be read as the oldest that wait.
func (w *waiting) unread(packets, first int64) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.list = slices.Insert(w.list, 0, stretch{packets: packets, first: first})
	w.lag.Now.Packets += packets
	w.measure()
}

// lose removes the oldest stretch, which cannot be read again, and counts it as dropped.
func (w *waiting) lose() stretch {
	s := w.take()
	w.drop(s)
	return s
}

func (w *waiting) look() QueueLag {
	w.mu.Lock()
	defer w.mu.Unlock()
	return w.lag
}

func (w *waiting) end() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.over = true
	w.signal()
}

// signal wakes the reader.
func (w *waiting) signal() {
	select {
	case w.came <- struct{}{}:
	default:
	}
}
