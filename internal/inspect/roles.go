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
	if len(f.levels) == 0 {
		f.start(s.begun)
	}
	// A side that repeats a request is an echo, and then the other side's request was read already.
	if f.settled || f.reverse != nil || f.bottom().HTTP() || s.run.Lacks() {
		return
	}
	fromClient := s.dir == f.client
	request, response := httpdecode.LooksLikeRequest(s.run.Bytes), httpdecode.LooksLikeResponse(s.run.Bytes)
	switch {
	case f.known && (fromClient || !request || s.run.At >= maxSilentBytes):
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

// agreesToTurn reports a change after which the server asks and the client answers: Reverse HTTP
// (draft-lentczner-rhttp, Section 3).
func agreesToTurn(protocol string) bool { return strings.HasPrefix(protocol, "ptth/") }

// turnRound makes the connection as exchanges see it after a change of roles.
func (f *flow) turnRound() *trace.Connection {
	ends := [2]netip.AddrPort{f.both[1-f.client], f.both[f.client]}
	f.reverse = &trace.Connection{Swapped: 1 - f.client, Reversed: true}
	f.begin(f.reverse, ends)
	return f.reverse
}

// seenFrom is the connection as exchanges of a level see it: after a change of roles the other way round.
func (f *flow) seenFrom(l *level) *trace.Connection {
	if l.conn != nil {
		return l.conn
	}
	return f.connection()
}
