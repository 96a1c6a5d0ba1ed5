package main

import (
	"context"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/session"
	"httpscope/internal/texts"
)

// print shows what is captured as text or JSON lines, each as soon as it is over.
func (f *liveFlags) print(ctx context.Context, s streams, l *live) error {
	var out output = export.NewTable(s.texts.Lang(), s.out, export.BothTables)
	if f.json {
		out = export.NewJSONLines(s.out).Full(f.full)
	}
	relay := f.memory.relayTo(out)
	options := inspect.Options{Parallel: true, Brief: !f.full, Memory: f.memory.connections()}
	engine := inspect.New(options, relay)
	begin, warned := beginner(out), false
	ending := newEnding(l.source, s)
	r := session.NewReader(l.source, engine, session.Hooks{
		Packet: func(p *capture.Packet) { begin(p.Nano) },
		Tick: func() {
			l.say(s)
			ending.tell()
			if p := l.spool.Problem(); !p.IsZero() && !warned {
				warned = true
				s.warn("error.of", f.write, p)
			}
		},
	})
	r.Now = l.source.Now
	stop := context.AfterFunc(ctx, ending.begin)
	defer stop()
	defer ending.over()
	err := r.Read(context.WithoutCancel(ctx))
	relay.Close()
	summary, stats, lag := engine.Summary(), l.source.Stats(), l.lag()
	summary.Dropped, summary.Lag = stats.Dropped+stats.IfDropped+lag.Dropped, &lag
	out.Summary(&summary)
	l.say(s)
	s.hintGivenUp(&summary)
	if werr := out.Flush(); werr != nil {
		return outputError(werr)
	}
	return liveEnd(err)
}

// liveEnd turns the end of a capture into the program's.
func liveEnd(err error) error {
	if err == nil {
		return nil
	}
	return &exitError{code: exitDamaged, err: err, hint: texts.Say("hint.damaged.shown")}
}

// say tells on standard error what happened to interfaces.
func (l *live) say(s streams) {
	for m := l.message(); !m.IsZero(); m = l.message() {
		s.tell("", s.texts.Of(m))
	}
}

// message is the next thing that happened to an interface, nothing for none.
func (l *live) message() texts.Phrase {
	select {
	case m := <-l.source.Messages():
		return m
	default:
		return texts.Phrase{}
	}
}
