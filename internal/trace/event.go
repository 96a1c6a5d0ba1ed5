package trace

import "httpscope/internal/layer"

// EventKind tells what an event is.
type EventKind uint8

// Kinds of events.
const (
	HeadRead     EventKind = iota // start line and fields: Head
	ChunkRead                     // a chunk header, the last one included: Chunk
	BodyRead                      // body bytes: Bytes
	TrailerRead                   // a trailer field: Trailer
	MessageEnded                  // the end of a message: Complete
	BytesLost                     // bytes that belong to no message that can be read
	GapMet                        // bytes that were not captured: Span
	OddityFound                   // something odd: Finding
	// ResponsePaired: the response of exchange Provisional belongs to Exchange; Finding, if any, says
	// why that is not certain.
	ResponsePaired
)

// Event is one step of a message, as a decoder of HTTP tells it. It is valid until the
// decoder is called again.
type Event struct {
	Kind     EventKind
	Side     layer.Side
	Complete bool // MessageEnded: every byte of the message was there
	// Exchange is the place on the connection, from 1; 0 when it belongs to no exchange.
	// Responses of which it is not known yet what they answer count down from -1.
	Exchange    int64
	Provisional int64       // ResponsePaired: the negative number that the response had
	Span        layer.Span  // where in the side's stream
	First       layer.Stamp // of the first byte
	Last        layer.Stamp // of the last byte
	Bytes       []byte
	Head        *Head // the decoder's own memory: who keeps it keeps a copy
	Chunk       *Chunk
	Trailer     *Trailer
	Finding     *Finding // nil where there is none
}
