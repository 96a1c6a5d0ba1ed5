// Package session brings packets into an engine, and what the engine says into a store, as long as somebody
// listens or looks: the goroutine that reads, what a screen is told meanwhile, and the file that a live capture
// leaves behind.
//
// It knows no flag, no exit code and no screen, and decodes nothing.
package session

import (
	"context"
	"fmt"
	"io"
	"runtime/debug"
	"sync"
	"time"

	"httpscope/capture"
	"httpscope/internal/inspect"
)

// Source is a file or a live capture: it says when it is about to wait.
type Source interface {
	capture.Source
	OnWait(func())
}

// Hooks are called by the reading goroutine, which then has the engine to itself.
type Hooks struct {
	Packet func(p *capture.Packet) // after the engine has taken it
	Tick   func()                  // before a wait, and every so often in between, after a flush
}

// TickTime is how often there is a tick while packets keep coming.
const TickTime = 100 * time.Millisecond

// Reader feeds packets to an engine. It reads in a goroutine of its own, since
// an interrupt must not wait for a source that is silent.
type Reader struct {
	source Source
	engine *inspect.Engine
	hooks  Hooks
	Now    func() int64 // nil, or the time that passes while no packet comes; 0: not known

	mu      sync.Mutex // held while the engine is used
	holding bool       // the reading goroutine holds it: it does over many packets
	stopped bool       // the engine is finished: leave it alone
	packets int64
	ticked  time.Time
}

// NewReader makes a reader of a source.
func NewReader(s Source, e *inspect.Engine, h Hooks) *Reader {
	r := &Reader{source: s, engine: e, hooks: h, ticked: time.Now()}
	s.OnWait(r.flush)
	return r
}

// Read returns when the source has ended, is damaged, or ctx is done; what was
// read until then has gone through the engine. An interrupt is no error.
func (r *Reader) Read(ctx context.Context) error {
	ended, crashed := make(chan error, 1), make(chan any, 1)
	go func() {
		defer func() {
			if p := recover(); p != nil {
				crashed <- fmt.Sprintf("%v\n\n%s", p, debug.Stack())
			}
		}()
		ended <- r.run()
	}()
	var err error
	select {
	case err = <-ended:
	case p := <-crashed:
		panic(p) // where the terminal can be restored
	case <-ctx.Done():
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	r.engine.Finish()
	return err
}

// Do calls f while no packet is worked on: to look at the engine's summary.
func (r *Reader) Do(f func(e *inspect.Engine)) {
	r.mu.Lock()
	defer r.mu.Unlock()
	f(r.engine)
}

// run reads to the end; a plain end is no error.
func (r *Reader) run() error {
	defer r.release()
	for {
		p, err := r.source.Next()
		if err == io.EOF {
			return nil
		}
		if err != nil {
			return err
		}
		if !r.packet(p) {
			return nil
		}
	}
}

// packet hands a packet on, and reports whether more are wanted.
func (r *Reader) packet(p *capture.Packet) bool {
	const share = 1024 // packets after which an interrupt may come in between
	if r.packets++; r.packets%share == 0 {
		if r.holding && time.Since(r.ticked) >= TickTime {
			r.tick()
		}
		r.release()
	}
	if !r.acquire() {
		return false
	}
	r.engine.Packet(p)
	if r.hooks.Packet != nil {
		r.hooks.Packet(p)
	}
	return true
}

// acquire takes the engine, and reports whether it still takes packets.
func (r *Reader) acquire() bool {
	if r.holding {
		return true
	}
	r.mu.Lock()
	if r.stopped {
		r.mu.Unlock()
		return false
	}
	r.holding = true
	return true
}

func (r *Reader) release() {
	if r.holding {
		r.holding = false
		r.mu.Unlock()
	}
}

// tick shows what there is.
func (r *Reader) tick() {
	r.ticked = time.Now()
	if r.Now != nil {
		if now := r.Now(); now != 0 {
			r.engine.Advance(now)
		}
	}
	r.engine.Flush()
	if r.hooks.Tick != nil {
		r.hooks.Tick()
	}
}

// flush shows what there is before a read that may wait, and lets go of the
// engine while it does.
func (r *Reader) flush() {
	if r.acquire() {
		r.tick()
		r.release()
	}
}
