package capture

import (
	"errors"
	"fmt"
	"io"
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
