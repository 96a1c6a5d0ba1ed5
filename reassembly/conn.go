package reassembly

import (
	"net/netip"

	"httpscope/capture"
	"httpscope/internal/layer"
)

// Facts is what is known of a connection; a handler may copy it.
type Facts struct {
	ID   int64             // from 0, in the order of first packets: Wireshark's tcp.stream
	Ends [2]netip.AddrPort // the two ends; Ends[0] sent the first packet

	// Client is the index in Ends of the side that opened the connection:
	// the sender of the SYN. Where no SYN was captured it is a guess by port
	// numbers, and ClientKnown is false.
	Client      int
	ClientKnown bool

	First, Last layer.Stamp // first and last packet
	Link        capture.LinkType
	Tunnel      string // outermost encapsulation of the first packet, "" when none
	SYN, SYNACK bool   // seen in the capture
	Established bool   // the third packet of the handshake was seen too
	State       State
	ClosedBy    int // index of the side that sent the first FIN or the RST, -1 while open
	Stats       [2]Stats
	Replaced    bool // ended by a new connection with the same addresses and ports
	GivenUp     bool // ended because all connections together held too much
}

// Conn is one TCP connection. The assembler fills it; handlers read it, and may
// set User.
type Conn struct {
	Facts
	User any // the handler's own

	key       key
	place     int32 // in table.open
	buried    bool  // Closed was called
	halfNoted bool
	opening   bool        // a direction is: nothing is handed out
	halfOpen  bool        // nothing but SYNs was captured
	cost      int         // of memory, as held counts it
	resetAt   layer.Stamp // valid in state Reset
	doubt     *doubt      // a RST that its receiver may not have taken, else nil
	halves    [2]half
	analyser  Analyser
	older     *Conn // idle longer: a list from the longest idle on
	newer     *Conn
}

// State is how far a connection has come.
type State uint8

// States.
const (
	Open       State = iota // data may flow both ways
	HalfClosed              // one side has sent FIN
	Closed                  // both sides have sent FIN
	Reset                   // ended by RST
)

var stateNames = [...]string{"open", "half-closed", "closed", "reset"}

// String is the state's name in the connection list.
func (s State) String() string { return stateNames[s] }

// Stats counts what one side sent, in packets and payload bytes.
type Stats struct {
	Packets       int64
	Captured      int64 // captured payload bytes, of every kind
	Delivered     int64 // handed to the handler
	Retransmitted int64 // captured again, after the first copy was delivered or kept
	Ignored       int64 // captured and not delivered: outside the window, after FIN or RST, later than the gap it belongs to
	Gap           int64 // never captured though acknowledged or known from sequence numbers
	Cut           int64 // of Gap: cut off by the snapshot length

	Retransmissions int64 // packets, by their [Analysis]
	OutOfOrder      int64 // the same
}

// count adds a packet.
func (s *Stats) count(a Analysis) {
	if a&Retransmission != 0 {
		s.Retransmissions++
	}
	if a&OutOfOrder != 0 {
		s.OutOfOrder++
	}
}

// Chunk is bytes of one direction, in sequence, all from one packet.
type Chunk struct {
	Dir    int    // index in Conn.Ends of the sender
	Offset int64  // of Bytes[0] in the direction's stream
	Gap    int64  // bytes that are missing just before Offset; then Bytes is empty
	Bytes  []byte // valid during the call only
	// Acked is how much of the other direction's stream its sender had received,
	// as an offset; -1 when that is not known.
	Acked int64
	layer.Stamp
}

// NoteKind is something that happened to a segment.
type NoteKind uint8

// Kinds of notes, in the words of Wireshark's tcp.analysis where it has one.
const (
	NoteRetransmission NoteKind = iota // bytes seen before
	NoteOutOfOrder                     // a hole is filled by a segment that came late
	NoteAhead                          // a segment ahead of a hole
	NoteGap                            // a hole is given up
	NoteOverlap                        // bytes seen before, with another content: the first copy wins
	NoteLate                           // bytes of a hole that was given up before
	NoteKeepAlive                      // a probe of the byte before the next
	NoteZeroWindow                     // the receiver is full
	NoteMidstream                      // the capture began after this direction did
	NoteReset                          // RST
	NoteHalfClose                      // data from one side after the other's FIN
	NoteAfterEnd                       // data beyond the sender's FIN, or after a RST
	NoteOutside                        // sequence or acknowledgment number outside any window
	NoteReuse                          // addresses and ports used again
	NoteCut                            // payload cut by the snapshot length
	NoteResetIgnored                   // a RST that its receiver did not take
	noteKinds                          // number of kinds
)

var noteNames = [noteKinds]string{"retransmission", "out-of-order", "segment-ahead", "gap", "overlap-different", "late-segment",
	"keep-alive", "zero-window", "midstream", "reset", "half-close", "data-after-end", "outside-window", "port-reuse", "payload-cut", "reset-ignored"}

// String names the kind; a finding's code is "tcp-" and this name.
func (k NoteKind) String() string { return noteNames[k] }

// Note is something that happened, besides bytes in sequence.
type Note struct {
	Kind   NoteKind
	Dir    int   // index of the sender
	Offset int64 // stream offset it is about
	Bytes  int64 // how many bytes
	layer.Stamp
}

// Handler is told what the assembler finds, synchronously, in this order per
// connection: Opened, then Data, Noted and Ended as they come, then Closed.
type Handler interface {
	Opened(c *Conn)
	Data(c *Conn, chunk *Chunk)
	Noted(c *Conn, n Note)
	// Ended tells that a direction sends no more; exactly once per direction.
	Ended(c *Conn, dir int, how layer.Ending, at layer.Stamp)
	// Closed is the last call for a connection, whose memory is used again after it.
	Closed(c *Conn)
}

// PacketHandler is a handler that is also told of every packet of a
// connection, before what the packet brings.
type PacketHandler interface {
	Handler
	Packet(c *Conn, p *capture.Packet, at Place)
}

// SilenceHandler is a handler that is also told of connections on which nothing has
// come for a while, in a live capture; more than once, perhaps.
type SilenceHandler interface {
	Silent(c *Conn)
}

// Place is where a packet stands in the streams of its connection.
type Place struct {
	Dir    int
	Offset int64 // of its first payload byte; -1 for a SYN
	Acked  int64 // offset in the other direction up to which it acknowledges; -1 when that is not known
	Analysis
	Measures
}
