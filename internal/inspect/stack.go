package inspect

import (
	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/trace"
)

// maxLevels bounds a connection's stack: a sender could put tunnels into tunnels for ever, and
// nobody has seen more than a proxy behind a proxy with TLS and WebSocket in it.
const maxLevels = 8

// maxStreams bounds the streams that a connection is told to have had: one that is given up in a tunnel, again and
// again, could begin others for ever.
const maxStreams = 64

// level is one decoder of a connection's stack, and the stream that it reads.
type level struct {
	decoder *http1.Decoder
	conn    *trace.Connection // as its exchanges see the connection; nil for the record itself
	stream  layer.ID
	before  int64          // exchanges of the connection that were begun before it was pushed
	rank    int64          // how many were pushed before it
	highest int64          // ordinal of its last exchange that was opened
	version trace.Protocol // of the last message head
	spoke   bool           // there was one that tells
	turned  bool           // both sides have changed roles: the server of the connection asks
	moved   bool           // offsets in its stream are others than in the one below
	base    [2]int64       // offset below of each side's first byte
	begun   [2]bool        // that byte has come
}

// side maps a side of the connection to the one that the decoder takes it for, and back.
func (l *level) side(s layer.Side) layer.Side {
	if l.turned {
		return s.Other()
	}
	return s
}

// feed gives a level what the one below brings, and puts it into the level's own words: r is not
// what it was afterwards.
func (l *level) feed(r *layer.Run) {
	r.Side = l.side(r.Side)
	if !l.begun[r.Side] {
		l.begun[r.Side], l.base[r.Side] = true, r.At
		if !l.moved {
			l.decoder.Begin(r.Side, r.At)
		}
	}
	if l.moved {
		r.At -= l.base[r.Side]
		r.Received = l.received(r)
	}
	l.decoder.Feed(r)
}

// received is how much of the level's own stream a run's sender had of the other side.
func (l *level) received(r *layer.Run) int64 {
	other := r.Side.Other()
	switch {
	case r.Received < 0:
		return layer.Unheard
	case !l.begun[other]:
		return 0
	}
	return max(0, r.Received-l.base[other])
}

// finding is a decoder's finding, with the stream that it reads.
func (l *level) finding(e *trace.Event) trace.Finding {
	f := *e.Finding
	f.Stream = l.stream
	return f
}

// bottom is the decoder on TCP, nil until a byte is sent.
func (f *flow) bottom() *http1.Decoder {
	if len(f.levels) == 0 {
		return nil
	}
	return f.levels[0].decoder
}

// speaker is the level whose requests and responses are the connection's own, not those of a tunnel.
func (f *flow) speaker() *level {
	at := f.levels[0]
	for _, l := range f.levels[1:] {
		if l.stream != at.stream {
			break
		}
		at = l // the same stream, after a change of roles
	}
	return at
}

// start begins a stack with one decoder.
func (f *flow) start(begun bool) {
	f.lowest = level{decoder: f.decoding.decoder(0)}
	if !begun {
		f.lowest.decoder.Midstream()
	}
	f.levels = append(f.first[:0], &f.lowest)
}

// change takes it that a level's stream carries something else from here on.
func (f *flow) change(at int, to string) {
	turns := agreesToTurn(to)
	if len(f.levels) > at+1 || len(f.levels) >= maxLevels || f.streams >= maxStreams || f.reverse != nil && turns {
		return
	}
	switch trace.ProtocolNamed(to) {
	case trace.WebSocket, trace.HTTP2: // no decoder reads them yet, and none may take their bytes for HTTP/1
		return
	}
	below := f.levels[at]
	f.pushed++
	l := &level{rank: f.pushed, decoder: f.decoding.decoder(len(f.levels)), turned: below.turned, conn: below.conn,
		before: below.before + below.decoder.Exchanges()}
	if turns {
		l.turned, l.stream, l.conn = true, below.stream, f.turnRound()
		l.version, l.spoke = below.version, below.spoke
	} else {
		f.streams++
		l.stream, l.moved = f.streams, true
	}
	f.levels = append(f.levels, l)
}

// above gives the level over another what that one passes up.
func (f *flow) above(at int, r *layer.Run) {
	if at+1 == len(f.levels) {
		return
	}
	r.Side = f.levels[at].side(r.Side) // of the connection: a decoder whose sides are turned round says its own
	l, side := f.levels[at+1], r.Side
	first := !l.begun[l.side(side)]
	l.feed(r)
	if first && l.moved {
		f.note(l, f.levels[at], side)
	}
	f.drain(at + 1)
}

// note writes into the record where a side of a level's stream comes from.
func (f *flow) note(l, below *level, s layer.Side) {
	r := f.connection()
	i := len(r.Streams) - 1
	for i >= 0 && r.Streams[i].ID != l.stream {
		i--
	}
	if i < 0 {
		r.Streams = append(r.Streams, layer.Stream{ID: l.stream, Parent: below.stream})
		i = len(r.Streams) - 1
	}
	r.Streams[i].Cuts[s] = layer.Cuts(nil).Add(layer.Cut{Below: l.base[l.side(s)], Len: layer.Endless})
}

// drain takes what a level gives.
func (f *flow) drain(at int) {
	l := f.levels[at]
	for {
		out, ok := l.decoder.Next()
		switch {
		case !ok:
			return
		case out.Change != "":
			f.change(at, out.Change)
		case out.Above != nil:
			f.above(at, out.Above)
		default:
			if e, ok := out.Event.(*trace.Event); ok {
				f.event(l, e)
			}
		}
	}
}

// each calls something for every level, the lowest first, and takes what that gives.
func (f *flow) each(do func(l *level)) {
	for at := 0; at < len(f.levels); at++ { // a level may push another
		do(f.levels[at])
		f.drain(at)
	}
}

// tally is what a side's bytes were, on all levels: what one passes to the next counts there.
func (f *flow) tally(s layer.Side) httpdecode.Tally {
	var sum httpdecode.Tally
	for at, l := range f.levels {
		t := l.decoder.Tally(l.side(s))
		if at > 0 {
			sum.Other -= t.Sum()
		}
		sum = sum.Add(t)
	}
	return sum
}

// retire keeps the tally of a stack that is replaced.
func (f *flow) retire() {
	for s := layer.Client; s <= layer.Server; s++ {
		f.flipped = f.flipped.Add(f.tally(s))
		top := f.levels[0]
		f.flipped.Other += top.decoder.Waiting(top.side(s)) // what waits above was counted as other's already
	}
}

// restart begins the stack anew where it stands: its highest level alone is left, and what comes
// is read as if the capture began there.
func (f *flow) restart() {
	old := f.levels
	top := *old[len(old)-1]
	fresh := f.decoding.decoder(0)
	fresh.Midstream()
	fresh.Continue(top.decoder.Exchanges())
	for s := layer.Client; s <= layer.Server; s++ {
		f.settleBases(s)
		own := top.side(s)
		next := top.decoder.Offset(own)
		fresh.Begin(own, next)
		below := old[0].decoder.Offset(old[0].side(s))
		if old[0].moved { // it was begun anew before
			below += old[0].base[old[0].side(s)]
		}
		top.begun[own], top.base[own] = true, below-next
	}
	for _, l := range old {
		f.decoding.putBack(l.decoder)
	}
	top.decoder, top.moved = fresh, true
	f.settled = true // who the client is was shown: what comes is no beginning
	f.levels = append(f.first[:0], &top)
}

// settleBases says of every level of which a side has sent nothing yet that its stream begins with the
// next byte.
func (f *flow) settleBases(s layer.Side) {
	for at, l := range f.levels[1:] {
		if own := l.side(s); !l.begun[own] {
			below := f.levels[at]
			l.feed(&layer.Run{Side: s, At: below.decoder.Offset(below.side(s))})
			if l.moved {
				f.note(l, below, s)
			}
		}
	}
}

// place is where an exchange of the level stands among all of the connection: after those of levels
// that were pushed before. Provisional ones stand before 0, the other way round.
func (l *level) place(ordinal int64) int64 {
	const room = 1 << 40 // more exchanges than a connection can have
	if ordinal < 0 {
		return ordinal - l.rank*room
	}
	return ordinal + l.rank*room
}
