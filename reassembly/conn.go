package reassembly

import (
	"net/netip"

	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
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
	State       tcp.State
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

// Stats counts what one side sent, in packets and payload bytes.
type Stats struct {
	Packets       int64
	Captured      int64 // captured payload bytes, of every kind
	Delivered     int64 // handed to the handler
	Retransmitted int64 // captured again, after the first copy was delivered or kept
	Ignored       int64 // captured and not delivered: outside the window, after FIN or RST, later than the gap it belongs to
	Gap           int64 // never captured though acknowledged or known from sequence numbers
	Cut           int64 // of Gap: cut off by the snapshot length

	Retransmissions int64 // packets, by their [tcp.Notes]
	OutOfOrder      int64 // the same
}

// count adds a packet.
func (s *Stats) count(a tcp.Notes) {
	if a&tcp.Retransmission != 0 {
		s.Retransmissions++
	}
	if a&tcp.OutOfOrder != 0 {
		s.OutOfOrder++
	}
}

// Run is bytes of one direction, in sequence, all from one packet.
type Run struct {
	Dir    int    // index in Conn.Ends of the sender
	Offset int64  // of Bytes[0] in the direction's stream
	Gap    int64  // bytes that are missing just before Offset; then Bytes is empty
	Bytes  []byte // valid during the call only
	// Acked is how much of the other direction's stream its sender had received,
	// as an offset; -1 when that is not known.
	Acked int64
	layer.Stamp
}

// Note is something that happened, besides bytes in sequence.
type Note struct {
	Kind   tcp.Notes // one
	Dir    int       // index of the sender
	Offset int64     // stream offset it is about
	Bytes  int64     // how many bytes
	layer.Stamp
}

// Handler is told what the assembler finds, synchronously, in this order per
// connection: Opened, then Data, Noted and Ended as they come, then Closed.
type Handler interface {
	Opened(c *Conn)
	Data(c *Conn, run *Run)
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
	tcp.Notes
	Measures
}
