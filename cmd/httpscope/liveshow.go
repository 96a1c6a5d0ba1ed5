package main

import (
	"context"
	"io"
	"sync"
	"sync/atomic"
	"time"

	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/texts"
	"httpscope/tui"
)

// show opens the terminal UI on a live capture.
func (f *liveFlags) show(ctx context.Context, l *live) error {
	st, err := f.store()
	if err != nil {
		return err
	}
	c, err := f.config(st)
	if err != nil {
		return err
	}
	w := session.NewWatch(st, false)
	p := &player{flags: f, live: l, watch: w}
	p.configure(&c)
	if err := f.asks(&c, l.capture(f.texts)); err != nil {
		return err
	}
	return show(ctx, c, func(ctx context.Context) error { return liveEnd(p.play(ctx)) })
}

// capture copies what was captured so far; nil where it is not kept.
func (l *live) capture(c texts.Catalogue) func(io.Writer) (string, error) {
	if l.spool == nil {
		return nil
	}
	return func(w io.Writer) (string, error) {
		said, err := l.spool.CopyTo(w)
		return c.Of(said), err
	}
}

// player runs a live capture that the screen can interrupt.
type player struct {
	flags *liveFlags
	live  *live
	watch *session.Watch

	mu      sync.Mutex
	running atomic.Bool
	notice  string // what happened to interfaces last
}

// configure lets the screen show and control the capture.
func (p *player) configure(c *tui.Config) {
	filter := p.flags.filter
	if filter == "" {
		filter = "everything"
	}
	c.Live, c.Source, c.Capture, c.Now = true, p.flags.texts.Phrase("screen.source.live", p.live.name, filter), p,
		time.Now
	c.Notice = func() string {
		if problem := p.live.spool.Problem(); !problem.IsZero() {
			return p.flags.texts.Of(problem)
		}
		p.mu.Lock()
		defer p.mu.Unlock()
		return p.notice
	}
	c.Lag = p.live.lag
	c.Unsaved = p.unsaved
	v := pane.Files{Store: p.watch.Store, Texts: p.flags.texts}
	v.Capture = p.live.capture(p.flags.texts)
	v.Configure(c)
}

// unsaved says that the packets go when the screen is left.
func (p *player) unsaved() string {
	if p.flags.write != "" || p.watch.Store.Status().Packets == 0 {
		return ""
	}
	return p.flags.texts.Phrase("screen.unsaved")
}

// play captures until ctx ends.
func (p *player) play(ctx context.Context) error {
	p.running.Store(true)
	l := p.live
	p.watch.Now = l.source.Now
	p.watch.Counts = func() (uint64, uint64) {
		s := l.source.Stats()
		return s.Dropped, s.IfDropped
	}
	p.watch.Ticked = func() {
		if m := l.message(); !m.IsZero() {
			p.mu.Lock()
			p.notice = p.flags.texts.Of(m)
			p.mu.Unlock()
		}
	}
	stop := context.AfterFunc(ctx, l.source.Leave) // nobody looks any more, and end waits for the file
	defer stop()
	err := p.watch.Run(context.WithoutCancel(ctx), l.source)
	p.running.Store(false)
	return err
}

// Running implements tui.Capture.
func (p *player) Running() bool { return p.running.Load() }

// Stop implements tui.Capture: packets that come while the capture is stopped
// are left alone.
func (p *player) Stop() {
	p.running.Store(false)
	p.live.source.Ignore(true)
}

// Start implements tui.Capture.
func (p *player) Start() error {
	if p.watch.Ended() {
		return texts.Errorf("error.live.gone")
	}
	p.live.source.Ignore(false)
	p.running.Store(true)
	return nil
}
