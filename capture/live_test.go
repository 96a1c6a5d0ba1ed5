package capture

import (
	"errors"
	"fmt"
	"io"
	"slices"
	"sync"
	"testing"
)

// script is a device that plays frames, then ends with an error, or waits to be woken.
type script struct {
	frames   [][]byte
	end      error
	woken    chan struct{}
	once     sync.Once
	mu       sync.Mutex
	released int
}

func scripted(name string, end error, frames ...[]byte) (*Live, *script) {
	s := &script{frames: frames, end: end, woken: make(chan struct{})}
	return &Live{info: LiveInfo{Interface: name, Link: LinkEthernet}, device: s, wait: func() {}}, s
}

func (s *script) next(p *Packet, wait func()) ([]byte, error) {
	if len(s.frames) > 0 {
		frame := s.frames[0]
		s.frames = s.frames[1:]
		p.CapLen, p.WireLen = len(frame), len(frame)
		return frame, nil
	}
	wait()
	if s.end != nil {
		return nil, s.end
	}
	<-s.woken
	return nil, nil
}

func (s *script) stats() (uint64, uint64, error) { return 3, 4, nil }
func (s *script) wake()                          { s.once.Do(func() { close(s.woken) }) }

func (s *script) release() {
	s.mu.Lock()
	defer s.mu.Unlock()
	s.released++
}

func said(n int) []byte { return eth(0x0800, ip4(6, segment(fmt.Sprint("said ", n)))) }

// A packet stays readable after Close; the next call ends the capture and
// gives the device back, once.
func TestLiveCloses(t *testing.T) {
	l, s := scripted("a", nil, said(1), said(2))
	p, err := l.Next()
	if err != nil || string(p.Payload) != "said 1" || p.Number != 1 || string(l.Frame()) != string(said(1)) {
		t.Fatalf("%+v, %v", p, err)
	}
	l.Close()
	l.Close()
	if s.released != 0 {
		t.Error("the device is released while its packet is in use")
	}
	for range 2 {
		if _, err := l.Next(); err != io.EOF {
			t.Errorf("after Close: %v", err)
		}
	}
	l.Close()
	if s.released != 1 || l.Stats() != (LiveStats{1, 3, 4}) {
		t.Errorf("released %d times, %+v", s.released, l.Stats())
	}
}

func TestLiveClosedUnread(t *testing.T) {
	l, s := scripted("a", nil, said(1))
	l.Close()
	if _, err := l.Next(); err != io.EOF || s.released != 1 {
		t.Errorf("%v, released %d times", err, s.released)
	}
}

func TestLiveCloseWakesNext(t *testing.T) {
	l, _ := scripted("a", nil)
	waiting := make(chan struct{})
	l.OnWait(func() { close(waiting) })
	ended := make(chan error)
	go func() {
		_, err := l.Next()
		ended <- err
	}()
	<-waiting
	l.Close()
	if err := <-ended; err != io.EOF {
		t.Error(err)
	}
}

func TestLiveInterfaceGone(t *testing.T) {
	l, s := scripted("veth7", &InterfaceGoneError{"veth7"}, said(1))
	_, err := l.Next()
	if err != nil {
		t.Fatal(err)
	}
	for range 2 {
		var gone *InterfaceGoneError
		if _, err := l.Next(); !errors.As(err, &gone) || gone.Interface != "veth7" {
			t.Errorf("%v", err)
		}
	}
	if s.released != 1 {
		t.Errorf("released %d times", s.released)
	}
}

func TestBackends(t *testing.T) {
	if len(Backends()) != len(backends) {
		t.Errorf("%q of %d", Backends(), len(backends))
	}
	if _, err := OpenLive(LiveOptions{Interface: "lo", Backend: "divert"}); err == nil {
		t.Error("a backend that does not exist was opened")
	}
}

// Packets of one interface stay in order, all are numbered, and an interface
// that is gone leaves the others alone.
func TestMerge(t *testing.T) {
	const each = 3 * batchPackets
	var frames [2][][]byte
	for n := range each {
		frames[0] = append(frames[0], said(2*n))
		frames[1] = append(frames[1], said(2*n+1))
	}
	a, scriptA := scripted("a", &InterfaceGoneError{"a"}, frames[0]...)
	b, scriptB := scripted("b", nil, frames[1]...)
	c, _ := scripted("c", errors.New("broken"))
	m := Merge(a, b, c)
	waits := 0
	m.OnWait(func() { waits++ })
	var next [2]int
	for n := range 2 * each {
		p, err := m.Next()
		if err != nil {
			t.Fatal(err)
		}
		want := fmt.Sprint("said ", 2*next[p.Interface]+p.Interface)
		if string(p.Payload) != want || p.Number != int64(n+1) || p.Link != LinkEthernet || string(m.Frame()) != string(frames[p.Interface][next[p.Interface]]) {
			t.Fatalf("packet %d of %d: %+v, want %q", p.Number, p.Interface, p, want)
		}
		next[p.Interface]++
	}
	told := []string{<-m.Messages(), <-m.Messages()}
	slices.Sort(told)
	equal(t, "messages", []string{`Interface "a" is gone. The capture goes on without it.`, `The capture on "c" has ended: broken.`}, told)
	if s := m.Stats(); s != (LiveStats{2 * each, 9, 12}) {
		t.Errorf("%+v", s)
	}
	m.OnWait(m.Close)
	for range 2 {
		if _, err := m.Next(); err != io.EOF {
			t.Error(err)
		}
	}
	if _, open := <-m.Messages(); open {
		t.Error("a message too many")
	}
	if scriptA.released != 1 || scriptB.released != 1 {
		t.Errorf("released %d and %d times", scriptA.released, scriptB.released)
	}
}

func TestMergeEndsWithItsSources(t *testing.T) {
	a, _ := scripted("a", &InterfaceGoneError{"a"}, said(1))
	b, _ := scripted("b", &InterfaceGoneError{"b"}, said(2))
	m := Merge(a, b)
	n := 0
	for ; ; n++ {
		if _, err := m.Next(); err == io.EOF {
			break
		}
	}
	if n != 2 {
		t.Errorf("%d packets", n)
	}
}

// A Merged that nobody reads any more ends its goroutines all the same.
func TestMergeClosedUnread(t *testing.T) {
	var frames [][]byte
	for n := range 2 * batches * batchPackets {
		frames = append(frames, said(n))
	}
	a, _ := scripted("a", nil, frames...)
	m := Merge(a)
	m.Close()
	m.Close()
	for range m.Messages() {
		t.Error("a message")
	}
	if _, err := m.Next(); err != io.EOF {
		t.Error(err)
	}
}
