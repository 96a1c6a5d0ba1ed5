// Package layer is the shape of whatever reads the bytes of a connection: what each side sent goes
// in, with its place, what was not captured and how it ended; what comes out is what it means, and
// bytes for the layer above.
//
// A connection is a stack of such layers: TCP at the bottom, on it HTTP/1, TLS or something else, and
// on that what a tunnel carries. The package decodes nothing and knows no protocol, no packet and no
// record; who owns a stack, and says which decoder stands on which, is package inspect.
package layer

import "math"

// Side is an end of a connection.
type Side uint8

// Sides. Arrays of two are indexed by Client and Server.
const (
	Client Side = iota // sends requests
	Server             // sends responses
	Both               // for what is about the connection, not about one of them
)

var (
	sideNames = [...]string{"request", "response", "connection"}
	sideRoles = [...]string{"client", "server", ""}
)

// String names the side by what it sends.
func (s Side) String() string { return sideNames[s] }

// Role names the side by what it is; "" for Both.
func (s Side) Role() string { return sideRoles[s] }

// Other is the other end.
func (s Side) Other() Side { return s ^ 1 }

// Stamp is where a byte came from. Where there are no packets, the calls of sockets are counted.
type Stamp struct {
	Packet int64 // number, from 1; 0 when it is not known
	Nano   int64 // nanoseconds since 1970, 0 when unknown
}

// Span is the bytes [From, To) of a stream.
type Span struct{ From, To int64 }

// Len is the number of bytes.
func (s Span) Len() int64 { return s.To - s.From }

// ID is a stream of a connection: 0 is the TCP stream, the others are numbered as they begin.
type ID uint32

// TCP is the stream at the bottom of every connection.
const TCP ID = 0

// Place is where bytes are: in which stream, sent by which side, from where to where.
type Place struct {
	Stream ID
	Side   Side
	Span
}

// Gap is how many bytes were not captured. What is lost of one layer may be of no known length in
// the next: a TLS record that is missing says only what its plaintext can have been at most.
type Gap struct{ Least, Most int64 }

// Unbounded stands for Most where nothing bounds it.
const Unbounded = math.MaxInt64

// Lost is a gap of a known length.
func Lost(n int64) Gap { return Gap{n, n} }

// Known reports that the gap has one possible length.
func (g Gap) Known() bool { return g.Least == g.Most }

// Unheard stands for Received where it is not known.
const Unheard = -1

// Run is what one direction of a stream brings next: bytes, or a gap. In offsets a gap of unknown
// length counts as its Least.
type Run struct {
	Side  Side
	At    int64  // offset of the first byte, or of the gap
	Bytes []byte // valid during the call that gets them
	Gap   Gap    // zero when there are bytes
	Stamp Stamp
	// Segment tells that a write of the sender may begin here: the bytes begin a TCP segment. Its
	// sender had received the other direction up to Received.
	Segment  bool
	Received int64
}

// Lacks reports a gap.
func (r *Run) Lacks() bool { return r.Gap.Most > 0 }

// Ending is how a direction ended.
type Ending uint8

// Endings.
const (
	Closed      Ending = iota // the sender closed it
	Reset                     // the connection was reset
	Unwitnessed               // the capture ended first
)

// Decoder reads a stream of both sides. It does no input or output, starts no goroutine and asks no
// clock. After each call of the first three Next is called until there is nothing more.
type Decoder interface {
	Feed(r *Run)
	End(s Side, how Ending, at Stamp)
	Silent() // nothing has come for a while
	// Next is what comes out, valid until the next call of any of these.
	Next() (*Out, bool)
	// Held is about how many bytes of memory it keeps of what it was fed.
	Held() int
}

// Out is one thing that a decoder gives: one of its fields is set.
type Out struct {
	Event  any    // what the bytes mean; who owns the stack knows the types
	Above  *Run   // bytes for the layer above
	Change string // from here on the stream carries another protocol: its name, or "tunnel"
}
