package main

import (
	"context"
	"maps"
	"net/netip"
	"time"

	"httpscope/internal/inspect"
	"httpscope/internal/pane"
	"httpscope/internal/session"
	"httpscope/internal/store"
	"httpscope/internal/target"
	"httpscope/internal/texts"
	"httpscope/tui"
)

// targetEar brings what the servers' sockets carry to an engine.
type targetEar struct{ ear *inspect.Ear }

// Opened implements target.Ear.
func (t targetEar) Opened(_ string, client, local netip.AddrPort, at time.Time) target.Heard {
	return heard{t.ear.Open(client, local, at)}
}

// heard implements target.Heard.
type heard struct{ h *inspect.Hearing }

func (h heard) Read(b []byte, at time.Time)      { h.h.Data(0, b, at) }
func (h heard) Wrote(b []byte, at time.Time)     { h.h.Data(1, b, at) }
func (h heard) ReadEnd(reset bool, at time.Time) { h.h.End(0, reset, at) }
func (h heard) WriteEnd(at time.Time)            { h.h.End(1, false, at) }
func (h heard) Closed(reset bool, at time.Time)  { h.h.Close(reset, at) }

// earPlayer shows what an ear hears.
type earPlayer struct {
	store *store.Store
	ear   *inspect.Ear
}

func (p *earPlayer) configure(c *tui.Config, why error) {
	said := texts.In(c.Lang)
	c.Live, c.Source, c.Now = true, said.Phrase("screen.source.sockets"), time.Now
	c.Notice = func() string { return said.Phrase("screen.notice.sockets") }
	if why != nil {
		c.Notice = func() string { return said.Phrase("screen.notice.no-right") }
	}
	pane.Files{Store: p.store, Texts: said}.Configure(c)
}

// play shows what is heard until ctx ends.
func (p *earPlayer) play(ctx context.Context) error {
	first := time.Now().UnixNano()
	each(ctx, session.TickTime, func() {
		p.ear.Do(func(e *inspect.Engine) {
			e.Flush()
			st := store.Status{Summary: e.Summary(), First: first, Last: time.Now().UnixNano()}
			st.Packets, st.Findings = 0, maps.Clone(st.Findings)
			p.store.SetStatus(st)
		})
	})
	return nil
}
