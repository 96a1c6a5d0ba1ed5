package main

import (
	"context"
	"errors"

	"httpscope/capture"
	"httpscope/internal/filter"
	"httpscope/internal/inspect"
	"httpscope/internal/session"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// A filter or a column may ask of an exchange what is known only when its connection is over,
// and what the engine writes into a record then must not be read before: it works beside the
// outputs. A file is read twice: first for how its connections end. What can be read only once
// waits, as far as memory allows.

// asksLate reports that the filter or a column does so.
func (f *readFlags) asksLate() bool {
	names := f.fields
	if f.selects != nil {
		names = append(f.selects.Names(), names...)
	}
	return filter.KnownLate(names)
}

// outcomes are how the connections of a file end, by their numbers.
type outcomes struct {
	list []outcome
}

// outcome is small, since there may be a million of them.
type outcome struct {
	protocol trace.Protocol
	closedBy trace.Closer
}

// Exchange implements inspect.Sink.
func (e *outcomes) Exchange(*trace.Exchange) {}

// Connection implements inspect.Sink.
func (e *outcomes) Connection(c *trace.Connection) {
	for int64(len(e.list)) <= c.ID {
		e.list = append(e.list, outcome{})
	}
	e.list[c.ID] = outcome{c.Protocol, c.ClosedBy}
}

// readOutcomes reads a file for them, if they are asked for. What is wrong with the file, and
// that it was interrupted, is told when it is read again.
func (f *readFlags) readOutcomes(
	ctx context.Context, path string, o inspect.Options, shown *progress,
) (*outcomes, error) {
	if !f.asksLate() || !regular(path) {
		return nil, nil
	}
	file, err := open(path, nil)
	if err != nil {
		return nil, err
	}
	file.LookAhead()
	known := new(outcomes)
	r := session.NewReader(file, inspect.New(o, known), session.Hooks{Packet: func(p *capture.Packet) {
		if p.Number%progressEvery == 0 {
			shown.show(file.Position(), p.Number)
		}
	}})
	err = r.Read(ctx)
	if ctx.Err() == nil { // an interrupted read may still look at it
		file.Close()
	}
	var damage *capture.DamageError
	if errors.As(err, &damage) {
		err = nil
	}
	return known, err
}

// knowing is a sink that is told what is asked late: by the outcomes where there are some, else
// by waiting in a part of the memory of connections.
func (f *readFlags) knowing(relay *inspect.Relay, to inspect.Sink, known *outcomes) (inspect.Sink, *lateSink) {
	switch {
	case !f.asksLate():
		return to, nil
	case known != nil:
		return knowingSink{relay, to, known}, nil
	}
	late := &lateSink{Relay: relay, to: to, waiting: map[int64][]*trace.Exchange{}}
	late.limit = f.memory.connections() / lateShare
	return late, late
}

// knowingSink tells exchanges how their connection will end.
type knowingSink struct {
	*inspect.Relay
	to       inspect.Sink
	outcomes *outcomes
}

// Exchange implements inspect.Sink.
func (k knowingSink) Exchange(x *trace.Exchange) {
	x.Conn = x.Conn.Begun()
	if id := x.Conn.ID; id < int64(len(k.outcomes.list)) {
		e := k.outcomes.list[id]
		x.Conn.Protocol, x.Conn.ClosedBy = e.protocol, e.closedBy
	}
	k.to.Exchange(x)
}

// Connection implements inspect.Sink.
func (k knowingSink) Connection(c *trace.Connection) { k.to.Connection(c) }

// lateShare is the part of the memory of connections that exchanges may take which wait for the
// end of theirs.
const lateShare = 2

// lateSink holds exchanges back until their connection is over.
type lateSink struct {
	*inspect.Relay
	to      inspect.Sink
	waiting map[int64][]*trace.Exchange // by connection
	bytes   int64
	limit   int64
	early   int // exchanges that were given on before the end of their connection
}

// Exchange implements inspect.Sink. When there is too much that waits, the connection that adds
// to it gives on what it has.
func (l *lateSink) Exchange(x *trace.Exchange) {
	id := x.Conn.ID
	l.waiting[id] = append(l.waiting[id], x)
	if l.bytes += waitingSize(x); l.bytes <= l.limit {
		return
	}
	for _, x := range l.take(id) {
		x.Conn = x.Conn.Begun()
		l.early++
		l.to.Exchange(x)
	}
}

// Connection implements inspect.Sink.
func (l *lateSink) Connection(c *trace.Connection) {
	for _, x := range l.take(c.ID) {
		l.to.Exchange(x)
	}
	l.to.Connection(c)
}

// take are the exchanges of a connection that wait.
func (l *lateSink) take(id int64) []*trace.Exchange {
	list := l.waiting[id]
	delete(l.waiting, id)
	for _, x := range list {
		l.bytes -= waitingSize(x)
	}
	return list
}

// waitingSize is about how many bytes an exchange takes. Unlike its memory, of which a part is
// left from other exchanges, it is the same each time that a capture is read.
func waitingSize(x *trace.Exchange) int64 {
	const record, member = 3 << 10, 64
	n := record + member*len(x.Findings)
	for m := range x.Messages() {
		n += len(m.Kept) + member*(len(m.Chunks)+len(m.Trailers)+len(m.Items))
		if m.Head != nil {
			n += 2*int(m.Head.Size()) + member*len(m.Head.Fields)
		}
	}
	return int64(n)
}

// hint tells how to have all exchanges wait.
func (l *lateSink) hint(s streams) {
	if l != nil && l.early > 0 {
		s.hint(texts.Say("hint.late", l.early))
	}
}
