package main

import (
	"context"
	"errors"
	"io"
	"maps"
	"sync/atomic"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
)

// watch fills a store from a source until it ends.
type watch struct {
	store  *store.Store
	engine *inspect.Engine
	first  int64
	last   int64
	ticked func()                             // nil, or is called with each tick
	packet func(p *capture.Packet)            // nil, or sees each packet
	now    func() int64                       // as the reader's
	counts func() (dropped, ifDropped uint64) // of the capturing system
	ended  atomic.Bool
}

// screenOptions keep the beginning of bodies with the exchanges: tasks look at
// forms and pages. The whole of a body is in the store, as long as it is kept.
var screenOptions = inspect.Options{KeepBody: 64 << 10}

func newWatch(s *store.Store, inOrder bool) *watch {
	o := screenOptions
	o.InOrder, o.Memory = inOrder, s.Limit()
	return &watch{store: s, engine: inspect.New(o, s.Sink()), counts: func() (uint64, uint64) { return 0, 0 }}
}

// open opens an input into which somebody may not have begun to write. It returns neither a file
// nor an error when ctx ends before.
func (w *watch) open(ctx context.Context, path string, stdin io.Reader) (*capture.File, error) {
	file, err := openWithin(ctx, path, stdin)
	if ctx.Err() != nil {
		return nil, nil
	}
	if err != nil {
		w.ended.Store(true)
		w.tell(err)
	}
	return file, err
}

// run reads the source to its end, or until ctx is done. The error, if any,
// is shown as the store's problem as well.
func (w *watch) run(ctx context.Context, s source) error {
	r := newReader(s, w.engine, hooks{packet: w.see, tick: w.tick})
	r.now = w.now
	err := r.read(ctx)
	w.ended.Store(true)
	w.tell(err)
	return err
}

func (w *watch) see(p *capture.Packet) {
	if w.first == 0 {
		w.first = p.Nano
	}
	w.last = p.Nano
	if w.packet != nil {
		w.packet(p)
	}
}

func (w *watch) tick() {
	if w.ticked != nil {
		w.ticked()
	}
	w.tell(nil)
}

// tell shows how far reading has come.
func (w *watch) tell(err error) {
	st := store.Status{Summary: w.engine.Summary(), Gaps: w.engine.Gaps(), First: w.first, Last: w.last, Ended: w.ended.Load()}
	st.Findings = maps.Clone(st.Findings)
	st.Dropped, st.IfDropped = w.counts()
	var d *capture.DamageError
	if st.Truncated = errors.As(err, &d); err != nil {
		st.Problem = err.Error()
	}
	w.store.SetStatus(st)
}
