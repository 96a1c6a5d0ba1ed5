package inspect

import (
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// maxSilentBytes is how far into a side's stream a request shows that the side
// which accepted the connection is the HTTP client, in bytes: what may come before is a greeting.
const maxSilentBytes = 1 << 10

// orient makes the decoder, and turns the sides round when what is sent shows
// that the side which opened the connection, or has the higher port, is not the client.
func (f *flow) orient(s *step) {
	if s.known && !f.known {
		f.client, f.known = s.client, true
	}
	if f.decoder == nil {
		f.start(s.begun)
	}
	// A side that repeats a request is an echo, and then the other side's request was read already.
	if f.settled || f.reverse != nil || f.decoder.HTTP() || s.gap > 0 {
		return
	}
	fromClient := s.dir == f.client
	request, response := httpdecode.LooksLikeRequest(s.bytes), httpdecode.LooksLikeResponse(s.bytes)
	switch {
	case f.known && (fromClient || !request || s.offset >= maxSilentBytes):
		return
	case !request && !response:
		return
	}
	f.settled = true
	if request != fromClient {
		f.accepts = f.known
		f.flip(s.begun)
	}
	f.known = true
}

// flip exchanges the sides and begins anew.
func (f *flow) flip(begun bool) {
	f.client = 1 - f.client
	f.retire()
	if f.record != nil {
		f.record.Ends = f.ends()
	}
	f.start(begun)
}

// retire keeps the tally of a decoder that is replaced.
func (f *flow) retire() {
	for s := httpdecode.Client; s <= httpdecode.Server; s++ {
		f.flipped = f.flipped.Add(f.decoder.Tally(s))
		f.flipped.Other += f.decoder.Waiting(s)
	}
}

func (f *flow) start(begun bool) {
	f.decoder = f.decoding.decoder()
	if !begun {
		f.decoder.Midstream()
	}
}

// switched turns the roles round when both sides have agreed to it: after the
// switch to Reverse HTTP the server asks and the client answers
// (draft-lentczner-rhttp, section 3).
func (f *flow) switched(e *httpdecode.Event) {
	if !strings.HasPrefix(e.Protocol, "ptth/") || f.reverse != nil {
		return
	}
	f.turn = true
}

// turnRound replaces the decoder once all events of the one before are taken.
func (f *flow) turnRound() {
	before := f.decoder
	f.turn = false
	f.retire()
	f.decoder = f.decoding.decoder()
	offsets := [2]int64{before.Offset(httpdecode.Server), before.Offset(httpdecode.Client)}
	for _, p := range f.passed {
		offsets[1-p.side] -= int64(len(p.bytes))
	}
	f.decoder.Continue(before.Exchanges(), offsets)
	ends := [2]netip.AddrPort{f.both[1-f.client], f.both[f.client]}
	f.reverse = &trace.Connection{Swapped: 1 - f.client, Reversed: true}
	f.begin(f.reverse, ends)
	for _, p := range f.passed {
		f.flipped.Other -= int64(len(p.bytes))
		f.decoder.Feed(1-p.side, p.bytes, p.at)
	}
	f.passed = nil
}

// passedBytes came behind the switch, in the segment that holds it.
type passedBytes struct {
	side  httpdecode.Side
	bytes []byte
	at    httpdecode.Stamp
}

// pass keeps bytes behind a switch for the next decoder.
func (f *flow) pass(e *httpdecode.Event) {
	if f.turn {
		f.passed = append(f.passed, passedBytes{e.Side, append([]byte(nil), e.Bytes...), e.First})
	}
}

// exchanging is the connection as its exchanges see it: after a change of roles the other way round.
func (f *flow) exchanging() *trace.Connection {
	if f.reverse != nil {
		return f.reverse
	}
	return f.connection()
}

// decoderSide maps a direction to the side that the decoder takes it for.
func (f *flow) decoderSide(dir int) httpdecode.Side {
	if f.reverse != nil {
		return 1 - f.side(dir)
	}
	return f.side(dir)
}
