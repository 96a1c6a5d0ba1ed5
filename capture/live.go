package capture

import (
	"io"
	"sync"
	"sync/atomic"
	"time"

	"httpscope/internal/texts"
)

// Defaults of LiveOptions.
const (
	liveSnapLen = maxRecord
	liveBuffer  = 64 << 20 // bytes: seconds of loopback at full rate, and libpcap's 2 MiB lose packets in tens of milliseconds
)

// drainTime is how long packets that were captured may still be on their way
// from the kernel: a few times what a backend lets them collect.
const drainTime = 150 * time.Millisecond

// idleTick is how often a waiting source calls back.
const idleTick = 100 * time.Millisecond

// LiveOptions say what to capture. The zero values are sensible.
type LiveOptions struct {
	Interface   string // the system's name, such as "lo"; on Linux "any" is all of them
	Filter      string // capture filter; "" for all packets
	SnapLen     int    // bytes of a packet that are captured; 0: 262144
	Buffer      int    // the kernel's buffer in bytes; 0: 64 MiB
	Backend     string // "libpcap" or "af_packet"; "": the best one built in
	Promiscuous bool   // also packets that are for other machines
}

// LiveInfo says what is captured.
type LiveInfo struct {
	Interface string
	Link      LinkType
	Backend   string // "libpcap" or "af_packet"
	Filter    string
	SnapLen   int
}

// LiveStats count packets since the capture began.
type LiveStats struct {
	Received  uint64 // that Next has returned
	Dropped   uint64 // that passed the filter and found no room in the kernel's buffer
	IfDropped uint64 // that the interface or its driver lost
}

// Live captures on an interface. It is a [Source] that ends when it is closed,
// and then with io.EOF, or when its interface is gone, with an *InterfaceGoneError.
type Live struct {
	info     LiveInfo
	device   device
	dec      decoder
	packet   Packet
	frame    []byte
	wait     func()
	err      error
	closed   atomic.Bool
	stopAt   atomic.Int64 // nanoseconds since 1970; 0: it goes on
	received atomic.Uint64

	mu      sync.Mutex // guards what follows, and the device against its release
	reading bool       // Next has been called, so it is the one to release
	free    bool       // the device is released
	last    LiveStats  // as of the last look
}

// device is an open backend.
type device interface {
	// next fills the capture time and the lengths of p and returns the frame,
	// valid until the next call. It calls wait before it blocks, and returns
	// no frame and no error at the latest an idleTick later.
	next(p *Packet, wait func()) ([]byte, error)
	// stats counts drops. It may be called beside next.
	stats() (dropped, ifDropped uint64, err error)
	// wake ends a next that blocks. It may be called beside next.
	wake()
	release()
}

// OpenLive begins to capture. Packets that the filter does not match are never
// seen, also not those that came while the filter was being set. The error is a
// *FilterError, a *PermissionError, or says what is wrong with the interface.
func OpenLive(o LiveOptions) (*Live, error) {
	b, err := chooseBackend(o.Backend)
	if err != nil {
		return nil, err
	}
	if o.SnapLen <= 0 || o.SnapLen > maxRecord {
		o.SnapLen = liveSnapLen
	}
	if o.Buffer <= 0 {
		o.Buffer = liveBuffer
	}
	d, link, err := b.open(o)
	if err != nil {
		return nil, err
	}
	return &Live{info: LiveInfo{o.Interface, link, b.name, o.Filter, o.SnapLen}, device: d, wait: func() {}}, nil
}

func chooseBackend(name string) (backend, error) {
	if len(backends) == 0 {
		return backend{}, texts.Errorf(noBackend)
	}
	for _, b := range backends {
		if name == "" || name == b.name {
			return b, nil
		}
	}
	return backend{}, texts.Errorf("capture.error.backend", name, backends[0].name)
}

// OnWait sets a function that is called before each wait that may block, and
// again at least every 100 ms while nothing comes, from the goroutine that
// calls Next. libpcap's waits are told up to 20 ms after they began. It is
// called before the first Next or from within the function.
func (l *Live) OnWait(wait func()) { l.wait = wait }

// Info says what is captured.
func (l *Live) Info() LiveInfo { return l.info }

// Next implements [Source]. It blocks until a packet comes or the capture ends.
func (l *Live) Next() (*Packet, error) {
	frame, err := l.fetch(&l.packet)
	if err != nil {
		return nil, err
	}
	l.dec.decode(&l.packet, frame)
	return &l.packet, nil
}

// Frame is the packet that Next returned last, from its link header on. Like
// the packet it is valid until the following call.
func (l *Live) Frame() []byte { return l.frame }

// fetch waits for a frame and describes it, up to the link layer.
func (l *Live) fetch(p *Packet) ([]byte, error) {
	if l.err != nil {
		return nil, l.err
	}
	if l.received.Load() == 0 && !l.begin() {
		return nil, l.end(io.EOF)
	}
	*p = Packet{Link: l.info.Link}
	for !l.closed.Load() {
		stop := l.stopAt.Load()
		frame, err := l.device.next(p, l.wait)
		switch {
		case err != nil:
			return nil, l.end(err)
		case frame != nil && (stop == 0 || p.Nano <= stop):
			p.Number = int64(l.received.Add(1))
			l.frame = frame
			return frame, nil
		case stop != 0 && (frame != nil || time.Now().UnixNano()-stop > int64(drainTime)):
			return nil, l.end(io.EOF)
		}
	}
	return nil, l.end(io.EOF)
}

// begin notes that there is a reader, unless Close came first.
func (l *Live) begin() bool {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.reading = true
	return !l.free
}

// end remembers the error and gives the device back.
func (l *Live) end(err error) error {
	l.err, l.frame = err, nil
	l.mu.Lock()
	defer l.mu.Unlock()
	l.release()
	return err
}

// release is called with mu held.
func (l *Live) release() {
	if !l.free {
		l.look()
		l.free = true
		l.device.release()
	}
}

// look asks the device for its counts, with mu held. Counts that cannot be had
// stay as they were.
func (l *Live) look() {
	if dropped, ifDropped, err := l.device.stats(); err == nil {
		l.last.Dropped, l.last.IfDropped = dropped, ifDropped
	}
}

// Stats may be called from any goroutine, also when the capture has ended.
func (l *Live) Stats() LiveStats {
	l.mu.Lock()
	defer l.mu.Unlock()
	if !l.free {
		l.look()
	}
	s := l.last
	s.Received = l.received.Load()
	return s
}

// Stop ends the capture, from any goroutine, once or more often, but loses
// nothing: Next returns what was captured until now, and then io.EOF.
func (l *Live) Stop() { l.stopAt.CompareAndSwap(0, time.Now().UnixNano()) }

// Close ends the capture at once, from any goroutine, once or more often. A packet
// that Next has returned stays valid until the next call of Next, which gives
// the kernel's buffer back: so a reader reads up to the io.EOF.
func (l *Live) Close() {
	l.closed.Store(true)
	l.mu.Lock()
	defer l.mu.Unlock()
	if l.free {
		return
	}
	l.device.wake()
	if !l.reading {
		l.release()
	}
}
