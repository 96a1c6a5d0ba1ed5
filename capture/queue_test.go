package capture

import (
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// Packets of one interface stay in order, all are numbered, and an interface
// that is gone leaves the others alone.
func TestQueueOfSeveral(t *testing.T) {
	const each = 1500
	var frames [2][][]byte
	for n := range each {
		frames[0] = append(frames[0], said(2*n))
		frames[1] = append(frames[1], said(2*n+1))
	}
	a, scriptA := scripted("a", &InterfaceGoneError{"a"}, frames[0]...)
	b, scriptB := scripted("b", nil, frames[1]...)
	c, _ := scripted("c", errors.New("broken"))
	q := NewQueue(QueueOptions{}, a, b, c)
	q.Begin(nil)
	waits := 0
	q.OnWait(func() { waits++ })
	var next [2]int
	for n := range 2 * each {
		p, err := q.Next()
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint("said ", 2*next[p.Interface]+p.Interface)
		if string(p.Payload) != want || p.Number != int64(n+1) || p.Link != LinkEthernet ||
			string(q.Frame()) != string(frames[p.Interface][next[p.Interface]]) {
			t.Fatalf("packet %d of %d: %+v, want %q", p.Number, p.Interface, p, want)
		}
		next[p.Interface]++
	}
	told := []string{(<-q.Messages()).String(), (<-q.Messages()).String()}
	slices.Sort(told)
	equal(t, "messages", []string{`Interface "a" is gone. The capture goes on without it.`,
		`The capture on "c" has ended: broken.`}, told)
	if s := q.Stats(); s != (LiveStats{2 * each, 9, 12}) {
		t.Errorf("%+v", s)
	}
	q.OnWait(q.Close)
	for range 2 {
		if _, err := q.Next(); err != io.EOF {
			t.Error(err)
		}
	}
	if scriptA.released != 1 || scriptB.released != 1 {
		t.Errorf("released %d and %d times", scriptA.released, scriptB.released)
	}
}

func TestQueueEndsWithItsSources(t *testing.T) {
	a, _ := scripted("a", &InterfaceGoneError{"a"}, said(1))
	b, _ := scripted("b", &InterfaceGoneError{"b"}, said(2))
	q := NewQueue(QueueOptions{}, a, b)
	q.Begin(nil)
	n := 0
	for ; ; n++ {
		if _, err := q.Next(); err == io.EOF {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d packets", n)
	}
}

// A single interface that is gone is an error, after its packets.
func TestQueueOfOneGone(t *testing.T) {
	a, _ := scripted("a", &InterfaceGoneError{"a"}, said(1))
	q := NewQueue(QueueOptions{}, a)
	q.Begin(nil)
	if p, err := q.Next(); err != nil || string(p.Payload) != "said 1" {
		t.Errorf("%+v, %v", p, err)
	}
	for range 2 {
		var gone *InterfaceGoneError
		if _, err := q.Next(); !errors.As(err, &gone) {
			t.Error(err)
		}
	}
}

// A queue that nobody reads any more ends its goroutines all the same, begun or not.
func TestQueueClosedUnread(t *testing.T) {
	for _, begun := range []bool{false, true} {
		var frames [][]byte
		for n := range 20_000 {
			frames = append(frames, said(n))
		}
		a, s := scripted("a", nil, frames...)
		q := NewQueue(QueueOptions{Memory: 1}, a)
		if begun {
			q.Begin(nil)
		}
		q.Close()
		q.Close()
		if _, err := q.Next(); err != io.EOF || s.released != 1 {
			t.Errorf("%v, released %d times", err, s.released)
		}
	}
}

// tap is a device that plays what it is given, as fast as it can.
type tap struct {
	frames chan []byte
	nano   int64
}

func (d *tap) next(p *Packet, wait func()) ([]byte, error) {
	select {
	case frame, open := <-d.frames:
		return d.describe(p, frame, open)
	default:
	}
	wait()
	frame, open := <-d.frames
	return d.describe(p, frame, open)
}

func (d *tap) describe(p *Packet, frame []byte, open bool) ([]byte, error) {
	if !open {
		return nil, io.EOF
	}
	d.nano += 1000
	p.Nano, p.CapLen, p.WireLen = d.nano, len(frame), len(frame)+len(frame)%3
	return frame, nil
}

func (d *tap) stats() (uint64, uint64, error) { return 0, 0, nil }
func (d *tap) wake()                          {}
func (d *tap) release()                       {}

// frameOf is a frame of n bytes that says which one it is.
func frameOf(number, n int) []byte {
	f := make([]byte, max(n, 8))
	for i := range 8 {
		f[i] = byte(number >> (8 * i))
	}
	for i := 8; i < len(f); i++ {
		f[i] = byte(number + i)
	}
	return f
}

// faster is a queue whose source is faster than its reader, and what happened to it.
type faster struct {
	t        interface{ Fatalf(string, ...any) }
	q        *Queue
	source   *tap
	sizes    []int // of all packets so far
	returned int
	last     int // number of the packet that was returned last
}

func newFaster(t interface{ Fatalf(string, ...any) }, o QueueOptions, r Recorder) *faster {
	f := &faster{t: t, source: &tap{frames: make(chan []byte, 4)}, last: -1}
	f.q = NewQueue(o, &Live{info: LiveInfo{Interface: "tap", Link: LinkEthernet}, device: f.source, wait: func() {}})
	f.q.Begin(r)
	return f
}

// come lets packets come, and waits until the queue has them.
func (f *faster) come(sizes ...int) {
	for _, n := range sizes {
		f.source.frames <- frameOf(len(f.sizes), n)
		f.sizes = append(f.sizes, n)
	}
	for f.known() != len(f.sizes) {
		time.Sleep(20 * time.Microsecond)
	}
}

// known is how many packets the queue accounts for: returned, waiting, in the
// batch that is read, or dropped.
func (f *faster) known() int {
	l := f.q.Lag()
	n := f.returned + int(l.Now.Packets) + int(l.Dropped)
	if b := f.q.batch; b != nil {
		n += b.packets
	}
	return n
}

// next takes a packet, which must come after the last, as it was.
func (f *faster) next() {
	p, err := f.q.Next()
	if err != nil {
		f.t.Fatalf("packet %d: %v", f.returned, err)
	}
	f.returned++
	number := 0
	for i := range 8 {
		number |= int(p.Frame[i]) << (8 * i)
	}
	if number <= f.last || number >= len(f.sizes) {
		f.t.Fatalf("packet %d comes after %d", number, f.last)
	}
	f.last = number
	want := frameOf(number, f.sizes[number])
	if string(p.Frame) != string(want) || p.Nano != int64(number+1)*1000 || p.WireLen != len(want)+len(want)%3 ||
		p.Number != int64(f.returned) {
		f.t.Fatalf("packet %d is another: %d, %d bytes of %d", number, p.Nano, p.CapLen, p.WireLen)
	}
}

// unread is how many packets Next can return.
func (f *faster) unread() int { return len(f.sizes) - f.returned - int(f.q.Lag().Dropped) }

// tempFile is an OverflowFile that refuses to grow beyond a size.
type tempFile struct {
	*os.File
	most   int64
	closed bool
}

func (f *tempFile) WriteAt(b []byte, at int64) (int, error) {
	if at+int64(len(b)) > f.most {
		n, _ := f.File.WriteAt(b[:max(0, f.most-at)], at)
		return n, errors.New("no space left on device")
	}
	return f.File.WriteAt(b, at)
}

func (f *tempFile) Close() error {
	f.closed = true
	return f.File.Close()
}

func (f *tempFile) size() int64 {
	st, err := f.Stat()
	if err != nil {
		return -1
	}
	return st.Size()
}

func newTempFile(dir string, most int64) *tempFile {
	f, err := os.CreateTemp(dir, "")
	if err != nil {
		panic(err)
	}
	return &tempFile{File: f, most: most}
}

func (f *tempFile) open() (OverflowFile, error) { return f, nil }

// keeper is a Recorder that takes no more than most bytes.
type keeper struct {
	*os.File
	w    *Writer
	left int
}

func newKeeper(dir string, most int) *keeper {
	f, err := os.CreateTemp(dir, "")
	if err != nil {
		panic(err)
	}
	w, err := NewWriter(f, WriterOptions{})
	if err == nil {
		_, err = w.AddInterface(InterfaceInfo{Link: LinkEthernet})
	}
	if err != nil {
		panic(err)
	}
	return &keeper{f, w, most}
}

func (k *keeper) Record(blocks []byte, packets int) (int64, bool) {
	if k.left -= len(blocks); k.left < 0 {
		return 0, false
	}
	at, err := k.w.Blocks(blocks)
	return at, err == nil
}

// A source that is faster than its reader, at random: packets come back in
// order and as they were, none is lost as long as there is room, and what is
// lost is counted.
func TestQueueAgainstModel(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		o := QueueOptions{Memory: rapid.SampledFrom([]int64{1, 4 << 20}).Draw(t, "memory")}
		file := newTempFile(dir, rapid.SampledFrom([]int64{0, 600 << 10, 1 << 30}).Draw(t, "disk"))
		defer os.Remove(file.Name())
		o.File = rapid.SampledFrom([]int64{batchBytes, 2 << 20, 1 << 30}).Draw(t, "file")
		if rapid.Bool().Draw(t, "overflow") {
			o.Overflow = file.open
		}
		var r Recorder
		record := rapid.SampledFrom([]int{0, 1 << 20, 1 << 30}).Draw(t, "recorded")
		if record > 0 {
			k := newKeeper(dir, record)
			defer os.Remove(k.Name())
			defer k.Close()
			r = k
		}
		f := newFaster(t, o, r)
		defer f.q.Close()
		roomy := record == 1<<30 || o.Overflow != nil && o.File == 1<<30 && file.most == 1<<30
		t.Repeat(map[string]func(*rapid.T){
			"small": func(t *rapid.T) { f.come(rapid.SliceOfN(rapid.IntRange(8, 1600), 0, 300).Draw(t, "sizes")...) },
			"large": func(t *rapid.T) {
				f.come(rapid.SliceOfN(rapid.IntRange(8, maxRecord), 0, 12).Draw(t,
					"sizes")...)
			},
			"read": func(t *rapid.T) {
				for range min(f.unread(), rapid.IntRange(0, 400).Draw(t, "packets")) {
					f.next()
				}
			},
			"": func(t *rapid.T) {
				l := f.q.Lag()
				if roomy && l.Dropped > 0 {
					t.Fatalf("%d packets dropped", l.Dropped)
				}
				if l.Most.Packets < l.Now.Packets || l.Most.Time < l.Now.Time ||
					l.Now.Packets == 0 != (l.Now.Time == 0 && len(f.q.waiting.list) == 0) {
					t.Fatalf("%+v", l)
				}
				if made := batchesOf(f.q.pool); made > f.q.pool.most || o.Memory > 1 &&
					int64(made+1)*batchBytes > o.Memory {
					t.Fatalf("%d batches of %d", made, f.q.pool.most)
				}
				if size := file.size(); size > o.File {
					t.Fatalf("the file has %d bytes", size)
				}
			},
		})
		close(f.source.frames)
		for f.unread() > 0 {
			f.next()
		}
		if p, err := f.q.Next(); err != io.EOF {
			t.Fatalf("at the end: %v, %v", p, err)
		}
		if l := f.q.Lag(); l.Now != (Lag{}) || f.returned+int(l.Dropped) != len(f.sizes) || f.q.pending.Load() != 0 ||
			file.size() > 0 {
			t.Fatalf("at the end: %+v, %d of %d returned, %d pending, %d bytes in the file", l, f.returned,
				len(f.sizes), f.q.pending.Load(), file.size())
		}
	})
}

// batchesOf is how many there are.
func batchesOf(p *pool) int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return p.made
}

// much is more than the smallest queue holds in memory.
var much = slices.Repeat([]int{200 << 10}, 30)

func TestQueueFileIsEmptiedAndClosed(t *testing.T) {
	file := newTempFile(t.TempDir(), 1<<30)
	f := newFaster(t, QueueOptions{Memory: 1, Overflow: file.open}, nil)
	for range 3 {
		f.come(much...)
		if file.size() < 4<<20 {
			t.Errorf("%d bytes wait in the file", file.size())
		}
		if l := f.q.Lag(); l.Now.Packets != 30 || l.Now.Time != 29*time.Microsecond {
			t.Errorf("%+v", l)
		}
		for f.unread() > 0 {
			f.next()
		}
		if file.size() != 0 {
			t.Errorf("%d bytes are left in the file", file.size())
		}
	}
	if l := f.q.Lag(); l != (QueueLag{Most: Lag{30, 29 * time.Microsecond}}) {
		t.Errorf("%+v", l)
	}
	close(f.source.frames)
	f.q.Close()
	if !file.closed {
		t.Error("the file is open")
	}
}

func TestQueueDiskFull(t *testing.T) {
	file := newTempFile(t.TempDir(), 1<<20)
	f := newFaster(t, QueueOptions{Memory: 1, Overflow: file.open}, nil)
	f.come(much...)
	dropped := f.q.Lag().Dropped
	if dropped < 15 || dropped > 25 {
		t.Errorf("%d packets dropped", dropped)
	}
	if told := (<-f.q.Messages()).String(); told != "The analysis lags, and what waits finds no room: the temporary file: no space left on device. Packets are dropped and counted." {
		t.Error(told)
	}
	for f.unread() > 0 {
		f.next()
	}
	f.come(much...)
	if f.q.Lag().Dropped <= dropped || len(f.q.Messages()) > 0 {
		t.Errorf("%d packets dropped, and then %d; %d more messages", dropped, f.q.Lag().Dropped, len(f.q.Messages()))
	}
	close(f.source.frames)
	f.q.Close()
}

// What was asked for to be recorded is read again from there, and the file has everything.
func TestQueueReadsWhatIsRecorded(t *testing.T) {
	k := newKeeper(t.TempDir(), 1<<30)
	f := newFaster(t, QueueOptions{Memory: 1}, k)
	f.come(much...)
	for f.unread() > 0 {
		f.next()
	}
	f.come(much...)
	close(f.source.frames)
	f.q.Settle()
	f.q.Close()
	r, err := Open(k.Name())
	if err != nil {
		t.Fatal(err)
	}
	defer r.Close()
	for n := range f.sizes {
		if p, err := r.Next(); err != nil || string(p.Frame) != string(frameOf(n, f.sizes[n])) {
			t.Fatalf("packet %d of the file: %v", n, err)
		}
	}
	if _, err := r.Next(); err != io.EOF {
		t.Error(err)
	}
}

// Anybody may write to the file that was asked for.
func TestQueueFileThatOthersChange(t *testing.T) {
	k := newKeeper(t.TempDir(), 1<<30)
	f := newFaster(t, QueueOptions{Memory: 1}, k)
	f.come(much...)
	newest := func() stretch { return f.q.waiting.list[len(f.q.waiting.list)-1] }
	for n := 0; newest().file == nil || newest().packets < 10; n++ { // the last may have found room in memory
		if n == 200 {
			t.Fatal("nothing waits in the file")
		}
		f.come(200 << 10)
	}
	at := newest()
	if _, err := k.WriteAt([]byte("not a block"), at.at+5*int64(enhancedLength(200<<10))); err != nil {
		t.Fatal(err)
	}
	for f.unread() > 5 {
		before := f.q.Lag().Dropped
		f.next()
		if f.q.Lag().Dropped > before {
			t.Fatal("a packet came after what was lost")
		}
		if f.q.batch.packets == 0 && f.q.waiting.list[0].at == at.at+5*int64(enhancedLength(200<<10)) {
			break
		}
	}
	close(f.source.frames)
	if _, err := f.q.Next(); err != io.EOF {
		t.Error(err)
	}
	want := fmt.Sprintf("%d packets that waited in a file could not be read again: others have written to it.",
		at.packets-5)
	if told := (<-f.q.Messages()).String(); told != want || f.q.Lag().Dropped != uint64(at.packets-5) ||
		f.q.pending.Load() != 0 {
		t.Errorf("%s; %+v, want %s", told, f.q.Lag(), want)
	}
}

// Who leaves while packets wait is told how many, and what comes is still recorded.
func TestQueueLeft(t *testing.T) {
	k := newKeeper(t.TempDir(), 1<<30)
	f := newFaster(t, QueueOptions{Memory: 1}, k)
	f.come(slices.Repeat([]int{100}, 5000)...)
	f.next()
	if f.q.Now() != f.q.last {
		t.Error("the time runs on while packets wait")
	}
	f.q.Leave()
	for range 2 {
		if _, err := f.q.Next(); err != io.EOF {
			t.Error(err)
		}
	}
	for n := range 1000 {
		f.source.frames <- frameOf(n, 100)
	}
	close(f.source.frames)
	f.q.Settle()
	l := f.q.Lag()
	if l.Now.Packets != 5999 || l.Now.Time != 5998*time.Microsecond {
		t.Errorf("%+v", l)
	}
	f.q.Close()
	if st, err := k.Stat(); err != nil || st.Size() < 6000*100 {
		t.Errorf("%v, %v", st, err)
	}
}

// What comes while it is to be left alone is not returned; what came before is.
func TestQueueIgnores(t *testing.T) {
	f := newFaster(t, QueueOptions{}, nil)
	f.come(10, 20)
	if f.q.Now() != 0 {
		t.Error("the time is known before the first packet")
	}
	f.q.Ignore(true)
	f.source.frames <- frameOf(7, 30)
	for f.q.sources[0].Stats().Received < 3 {
		time.Sleep(20 * time.Microsecond)
	}
	close(f.source.frames)
	f.next()
	f.next()
	if f.q.Now() != f.q.last {
		t.Error("the time runs on while a batch is read")
	}
	if p, err := f.q.Next(); err != io.EOF {
		t.Errorf("%+v, %v", p, err)
	}
	if now := f.q.Now(); now <= f.q.last {
		t.Errorf("the time stands still at %d while nothing waits", now)
	}
}

// Memory that is not needed any more is given back while nothing comes.
func TestPoolIsTrimmed(t *testing.T) {
	p := newPool(100)
	var all []*batch
	for range 100 {
		all = append(all, p.get())
	}
	for _, b := range all {
		p.put(b)
	}
	if p.made != 100 || p.spare() != 100 {
		t.Errorf("%d batches, %d to be had", p.made, p.spare())
	}
	for range 10 {
		p.trim()
	}
	if p.made != maxIdle || len(p.free) != maxIdle || p.spare() != 100 {
		t.Errorf("%d batches, %d free, %d to be had", p.made, len(p.free), p.spare())
	}
}

// Stop returns what was captured before, then the end.
func TestQueueStopped(t *testing.T) {
	var frames [][]byte
	for n := range 100 {
		frames = append(frames, said(n))
	}
	a, s := scripted("a", nil, frames...)
	q := NewQueue(QueueOptions{}, a)
	q.Begin(nil)
	q.Stop()
	close(s.woken)
	n := 0
	for ; ; n++ {
		if _, err := q.Next(); err != nil {
			break
		}
	}
	q.Settle()
	if n != 100 {
		t.Errorf("%d packets", n)
	}
}

// Stretches of the temporary file never overlap, and room is found again.
func TestOverflowPlaces(t *testing.T) {
	dir := t.TempDir()
	rapid.Check(t, func(t *rapid.T) {
		file := newTempFile(dir, 1<<30)
		defer os.Remove(file.Name())
		defer file.Close()
		o := overflow{open: file.open, most: 1000}
		var list []stretch
		t.Repeat(map[string]func(*rapid.T){
			"write": func(t *rapid.T) {
				n := rapid.Int64Range(1, 300).Draw(t, "bytes")
				at, err := o.write(make([]byte, n))
				if err != nil && len(list) == 0 {
					t.Fatalf("no room in an empty file: %v", err)
				}
				if err != nil {
					return
				}
				for _, s := range list {
					if at < s.at+s.bytes && s.at < at+n {
						t.Fatalf("%d bytes at %d, and %d at %d", n, at, s.bytes, s.at)
					}
				}
				if at+n > o.most {
					t.Fatalf("%d bytes at %d", n, at)
				}
				list = append(list, stretch{at: at, bytes: n})
			},
			"read": func(t *rapid.T) {
				if len(list) == 0 {
					return
				}
				n := rapid.Int64Range(1, list[0].bytes).Draw(t, "bytes")
				o.release(list[0].at, n)
				list[0].at, list[0].bytes = list[0].at+n, list[0].bytes-n
				if list[0].bytes == 0 {
					list = list[1:]
				}
			},
		})
	})
}
