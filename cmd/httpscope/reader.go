package main

import (
	"context"
	"io"
	"sync"

	"httpscope/capture"
	"httpscope/internal/inspect"
)

// timed is an output that counts time from the first packet.
type timed interface{ Begin(nano int64) }

// reader feeds a file's packets to an engine. It reads in a goroutine of its
// own, since an interrupt must not wait for a pipe that is silent.
type reader struct {
	file     *capture.File
	engine   *inspect.Engine
	out      output
	progress *progress

	mu      sync.Mutex // held while the engine is used
	holding bool       // the reading goroutine holds it: it does over many packets
	stopped bool       // the engine is finished: leave it alone
	first   bool       // a packet was read
	dropped uint64     // what the file says of lost packets
}

func newReader(f *capture.File, e *inspect.Engine, out output, p *progress) *reader {
	r := &reader{file: f, engine: e, out: out, progress: p}
	f.OnWait(r.flush)
	return r
}

// read returns when the file has ended, is damaged, or ctx is done; what was
// read until then has gone through the engine. An interrupt is no error.
func (r *reader) read(ctx context.Context) error {
	ended := make(chan error, 1)
	go func() { ended <- r.packets() }()
	var err error
	select {
	case err = <-ended:
		r.dropped = r.file.Info().Dropped
		r.file.Close()
	case <-ctx.Done():
	}
	r.mu.Lock()
	defer r.mu.Unlock()
	r.stopped = true
	r.progress.clear()
	r.engine.Finish()
	return err
}

// packets reads to the end; a plain end is no error.
func (r *reader) packets() error {
	defer r.release()
	for {
		p, err := r.file.Next()
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
func (r *reader) packet(p *capture.Packet) bool {
	const share = 1024 // packets after which an interrupt may come in between
	if r.holding && p.Number%share == 0 {
		r.release()
	}
	if !r.acquire() {
		return false
	}
	if !r.first {
		r.first = true
		if t, ok := r.out.(timed); ok {
			t.Begin(p.Nano)
		}
	}
	r.engine.Packet(p)
	r.dropped = r.file.Info().Dropped
	if p.Number%progressEvery == 0 {
		r.progress.show(r.file.Position(), p.Number)
	}
	return true
}

// acquire takes the engine, and reports whether it still takes packets.
func (r *reader) acquire() bool {
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

func (r *reader) release() {
	if r.holding {
		r.holding = false
		r.mu.Unlock()
	}
}

// flush shows what there is, before a read that may wait, and lets go of the
// engine while it does.
func (r *reader) flush() {
	if r.acquire() {
		r.engine.Flush()
		r.release()
	}
}
