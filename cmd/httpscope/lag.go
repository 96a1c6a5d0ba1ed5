package main

import (
	"os"
	"os/signal"
	"sync/atomic"
	"syscall"
	"time"

	"httpscope/capture"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// lag is how far the analysis is behind.
func (l *live) lag() trace.Lag {
	q := l.source.Lag()
	return trace.Lag{
		Packets: q.Now.Packets, MostPackets: q.Most.Packets,
		Time: q.Now.Time, MostTime: q.Most.Time, Dropped: q.Dropped,
	}
}

// lagDrops goes behind the counts of other drops, where there are any.
func lagDrops(c texts.Catalogue, l trace.Lag) string {
	if l.Dropped == 0 {
		return ""
	}
	return c.Phrase("live.lag-drops", l.Dropped)
}

// ending is the end of a headless capture: what was captured is still analysed,
// which takes a while when the analysis lags.
type ending struct {
	source lagging
	s      streams
	next   atomic.Int64  // when to tell, nanoseconds since 1970; 0: it has not begun
	done   chan struct{} // everything is printed
}

// lagging is a [capture.Queue], as far as its end goes.
type lagging interface {
	Stop()
	Leave()
	Lag() capture.QueueLag
}

// Times of an ending.
const (
	tellEvery   = 2 * time.Second
	leaveWithin = time.Second // after a second interrupt, even when nobody takes the output
)

func newEnding(q lagging, s streams) *ending {
	return &ending{source: q, s: s, done: make(chan struct{})}
}

// begin ends the capture. It waits for the end of the analysis, or for one
// more interrupt, which ends that too.
func (e *ending) begin() {
	again := make(chan os.Signal, 1)
	signal.Notify(again, syscall.SIGINT, syscall.SIGTERM)
	defer signal.Stop(again)
	e.source.Stop()
	e.next.Store(time.Now().Add(tellEvery).UnixNano())
	select {
	case <-e.done:
		return
	case <-again:
	}
	e.source.Leave()
	select {
	case <-e.done:
	case <-time.After(leaveWithin):
		err := texts.Errorf("error.live.interrupted")
		os.Exit(e.s.report(&exitError{code: exitInterrupted, err: err}))
	}
}

func (e *ending) over() { close(e.done) }

// tell says every so often how much is left.
func (e *ending) tell() {
	next, now := e.next.Load(), time.Now()
	if next == 0 || now.UnixNano() < next {
		return
	}
	e.next.Store(now.Add(tellEvery).UnixNano())
	l := e.source.Lag().Now
	e.s.note("live.still", l.Packets, l.Time.Seconds())
}
