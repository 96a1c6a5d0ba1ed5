package trace

import "httpscope/internal/layer"

// Closer is who closed a connection first: with the first FIN, or the RST.
type Closer uint8

// Closers.
const (
	Nobody Closer = iota // it was not closed, or that was not captured
	ByClient
	ByServer
)

// CloserOf is the closer that a side is.
func CloserOf(s layer.Side) Closer { return ByClient + Closer(s) }

// String is the word in JSON; "" for Nobody.
func (c Closer) String() string {
	if c == Nobody {
		return ""
	}
	return layer.Side(c - ByClient).Role()
}
