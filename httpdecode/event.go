package httpdecode

// Side is one end of a connection.
type Side uint8

// Sides.
const (
	Client Side = iota // sends requests
	Server             // sends responses
)

// String names the side by what it sends.
func (s Side) String() string {
	if s == Server {
		return "response"
	}
	return "request"
}

// Stamp is where a byte came from: a packet's number and time. The decoder
// only carries it from Feed to the events.
type Stamp struct {
	Packet int64
	Nano   int64 // nanoseconds since 1970, 0 when unknown
}

// Span is the bytes [From, To) of a side's stream.
type Span struct{ From, To int64 }

// Len is the number of bytes.
func (s Span) Len() int64 { return s.To - s.From }

// Kind tells what an event is.
type Kind uint8

// Kinds of events.
const (
	HeadEvent    Kind = iota // start line and fields: Head
	ChunkEvent               // a chunk header, the last one included: Chunk
	BodyEvent                // body bytes: Bytes
	TrailerEvent             // a trailer field: Field
	EndEvent                 // the end of a message: Complete
	SwitchEvent              // the connection now speaks Protocol
	RawEvent                 // bytes of another protocol or of a tunnel: Bytes
	LostEvent                // bytes that belong to no message that can be read: Bytes
	GapEvent                 // bytes that were not captured: Span
	FindingEvent             // something odd: Finding
	PairEvent                // the response of exchange Provisional belongs to Exchange; Finding, if any, says why that is not certain
)

// Event is one step of a message.
type Event struct {
	Kind     Kind
	Side     Side
	Complete bool // EndEvent: every byte of the message was there
	// Exchange is the place on the connection, from 1; 0 when it belongs to no exchange.
	// Responses of which it is not known yet what they answer count down from -1.
	Exchange    int64
	Provisional int64 // PairEvent: the negative number that the response had
	Span        Span  // where in the side's stream
	First       Stamp // of the first byte
	Last        Stamp // of the last byte
	Head        *Head
	Chunk       Chunk
	Field       Field
	Protocol    string
	Bytes       []byte   // valid until the next Feed, Gap or EOF
	Finding     *Finding // of a FindingEvent, and of a PairEvent that is not certain; nil for others
	Raw         bool     // GapEvent: what follows it on its side is no HTTP/1
	Unbounded   bool     // GapEvent: how many bytes more were not captured is not known
	Received    int64    // RawEvent: as Segment told it of the first byte, -1 when that is not known
}

// Chunk is a chunk header (RFC 9112, Section 7.1).
type Chunk struct {
	Size int64
	Ext  string // extensions as sent, from the first semicolon on
	// Line is the header as sent, with its line end; "" where it is the plain one: the size in
	// lower-case digits without leading zeros, the extensions, CR LF.
	Line string
}

// How is the way a side's stream ended.
type How uint8

// Ways.
const (
	FIN     How = iota // the sender closed it
	Reset              // the connection was reset
	Unknown            // the capture ended first
)
