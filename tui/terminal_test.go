package tui

import (
	"sync"
	"testing"

	"github.com/gdamore/tcell/v2"
	"github.com/gdamore/tcell/v2/terminfo"

	"httpscope/internal/emulator"
)

// emulated is a terminal in memory, as tcell wants one.
type emulated struct {
	*emulator.Terminal
	mu      sync.Mutex
	size    tcell.WindowSize
	resized func()
	gone    chan struct{}
}

func newEmulated(w, h int) *emulated {
	return &emulated{Terminal: emulator.New(w, h), size: tcell.WindowSize{Width: w, Height: h},
		gone: make(chan struct{})}
}

func (e *emulated) Start() error             { return nil }
func (e *emulated) Stop() error              { return nil }
func (e *emulated) Drain() error             { close(e.gone); return nil }
func (e *emulated) Read([]byte) (int, error) { <-e.gone; return 0, nil }
func (e *emulated) Close() error             { e.Terminal.Close(); return nil }

func (e *emulated) NotifyResize(f func()) {
	e.mu.Lock()
	defer e.mu.Unlock()
	e.resized = f
}

func (e *emulated) WindowSize() (tcell.WindowSize, error) {
	e.mu.Lock()
	defer e.mu.Unlock()
	return e.size, nil
}

// resize is somebody who drags the corner of the window.
func (e *emulated) resize(w, h int) {
	e.Terminal.Resize(w, h)
	e.mu.Lock()
	e.size = tcell.WindowSize{Width: w, Height: h}
	resized := e.resized
	e.mu.Unlock()
	resized()
}

// bare is tcell's screen of a terminal of a kind, without a buffer before it.
func (e *emulated) bare(t testing.TB, kind string) tcell.Screen {
	t.Helper()
	ti, err := terminfo.LookupTerminfo(kind)
	if err != nil {
		t.Fatal(err)
	}
	s, err := tcell.NewTerminfoScreenFromTtyTerminfo(thriftyTty{e}, ti)
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// buffered is the screen as the program uses it.
func (e *emulated) buffered(t testing.TB, kind string) *bufferedScreen {
	t.Helper()
	s, err := newBufferedScreen(e.bare(t, kind))
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Fini)
	return s
}
