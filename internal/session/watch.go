package session

import (
	"context"
	"errors"
	"maps"
	"sync/atomic"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
)

// Watch fills a store from a source until it ends.
type Watch struct {
	Store  *store.Store
	Engine *inspect.Engine
	first  int64
	last   int64
	Ticked func()                             // nil, or is called with each tick
	Packet func(p *capture.Packet)            // nil, or sees each packet
	Now    func() int64                       // as the reader's
	Counts func() (dropped, ifDropped uint64) // of the capturing system
	ended  atomic.Bool
}

// ScreenOptions keep the beginning of bodies with the exchanges: tasks look at
// forms and pages. The whole of a body is in the store, as long as it is kept.
var ScreenOptions = inspect.Options{KeepBody: 64 << 10}

// NewWatch makes a watch over a store; inOrder as in [inspect.Options].
func NewWatch(s *store.Store, inOrder bool) *Watch {
	o := ScreenOptions
	o.InOrder, o.Memory = inOrder, s.Limit()
	return &Watch{Store: s, Engine: inspect.New(o, s.Sink()), Counts: func() (uint64, uint64) { return 0, 0 }}
}

// Fail shows that there is nothing to read.
func (w *Watch) Fail(err error) {
	w.ended.Store(true)
	w.tell(err)
}

// Run reads the source to its end, or until ctx is done. The error, if any,
// is shown as the store's problem as well.
func (w *Watch) Run(ctx context.Context, s Source) error {
	r := NewReader(s, w.Engine, Hooks{Packet: w.see, Tick: w.tick})
	r.Now = w.Now
	err := r.Read(ctx)
	w.ended.Store(true)
	w.tell(err)
	return err
}

func (w *Watch) see(p *capture.Packet) {
	if w.first == 0 {
		w.first = p.Nano
	}
	w.last = p.Nano
	if w.Packet != nil {
		w.Packet(p)
	}
}

func (w *Watch) tick() {
	if w.Ticked != nil {
		w.Ticked()
	}
	w.tell(nil)
}

// Ended reports that reading is over.
func (w *Watch) Ended() bool { return w.ended.Load() }

// tell shows how far reading has come.
func (w *Watch) tell(err error) {
	st := store.Status{Summary: w.Engine.Summary(), Gaps: w.Engine.Gaps(), First: w.first, Last: w.last,
		Ended: w.ended.Load()}
	st.Findings = maps.Clone(st.Findings)
	st.Dropped, st.IfDropped = w.Counts()
	var d *capture.DamageError
	st.Truncated, st.Problem = errors.As(err, &d), err
	w.Store.SetStatus(st)
}
