// Package trace is the record of what was seen: connections, exchanges,
// messages and findings, as screens, files and markers read them.
//
// It holds data and the arithmetic on it. It decodes nothing and prints
// nothing. It knows package httpdecode, and the packages whose values it holds.
package trace

import (
	"iter"
	"net/netip"
	"time"

	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
)

// Connection is one TCP connection. Arrays of two are indexed by
// layer.Client and layer.Server.
type Connection struct {
	ID          int64 // from 0: Wireshark's tcp.stream
	Ends        [2]netip.AddrPort
	ClientKnown bool // the client was told by a SYN or by what it sent, not guessed by ports
	Swapped     int  // 1 when the server sent the first captured packet, else 0
	Reversed    bool // this is not the record but the view that exchanges after a change of roles have of it
	Protocol    Protocol
	Detail      string      // more about the protocol: ssh, tunnel, …; "" when there is none
	Start, End  layer.Stamp // first and last packet
	State       tcp.State
	ClosedBy    Closer // who closed it first
	Handshake   bool   // all three packets of it were captured
	Packets     [2]int64
	Bytes       [2]int64 // captured payload bytes
	Heard       bool     // by the server's sockets: there are no packets
	Link        string
	Tunnel      string // outermost encapsulation, "" when none
	Exchanges   int64
	Streams     []layer.Stream // above TCP, as they began
	Layers      []string       // what it carries, from below, where one protocol lies in another; else none
	Statuses    []int          // of the final responses, in order; the first maxStatuses
	Findings    []Finding

	Retransmissions, OutOfOrder, GapBytes int64
	Ledger                                Ledger

	few [4]int // memory of Statuses: most connections have no more
}

// maxStatuses bounds the statuses that a connection lists.
const maxStatuses = 64

// AddStatus appends the status of an exchange's final response.
func (c *Connection) AddStatus(status int) {
	if c.Statuses == nil {
		c.Statuses = c.few[:0]
	}
	if len(c.Statuses) < maxStatuses {
		c.Statuses = append(c.Statuses, status)
	}
}

// Exchange is a request and what answered it.
type Exchange struct {
	ID       int64 // from 1, in the order of first bytes
	Conn     *Connection
	Ordinal  int64          // place on the connection, from 1
	Stream   int64          // the number that HTTP/2 gives it; 0 in HTTP/1
	Via      int64          // the exchange on a proxy's other side that carries the same; 0 without a proxy
	Request  *Message       // nil when it was not captured
	Interim  []*Message     // 1xx responses but 101
	Response *Message       // nil when it was not captured, or there is none
	Simple   *Message       // a bare document without status line (HTTP/0.9), no Head
	Ranges   *RangeReading  // nil when no range is involved
	Cookies  *CookieReading // nil when no cookie is
	Findings []Finding      // the first of them

	InterimCount int64 // 1xx responses in all

	previous [2]uint32 // what Finished gives of the exchange before it on the connection

	own     [2]Message     // memory for a message of each side
	taken   [2]bool        // own holds a message of the exchange
	reading *CookieReading // memory for Cookies, of the exchange that was here before
}

// NewMessage makes a message of the exchange with a copy of a head, in the exchange's own
// memory when that is free. The caller puts it in its place.
func (x *Exchange) NewMessage(side layer.Side, h *Head) *Message {
	m := &x.own[side]
	if x.taken[side] {
		m = new(Message) // after an interim response
	}
	x.taken[side] = true
	m.Side, m.BodyOffset = side, -1
	if h != nil {
		m.head = *h
		m.Head = &m.head
	}
	return m
}

// Messages goes through what there is, in the order of the exchange.
func (x *Exchange) Messages() iter.Seq[*Message] {
	return func(yield func(*Message) bool) {
		if x.Request != nil && !yield(x.Request) {
			return
		}
		for _, m := range x.Interim {
			if !yield(m) {
				return
			}
		}
		if x.Response != nil && !yield(x.Response) {
			return
		}
		if x.Simple != nil {
			yield(x.Simple)
		}
	}
}

// Within is the stream of the connection in which the exchange's bytes lie.
func (x *Exchange) Within() layer.ID {
	for m := range x.Messages() {
		return m.Stream
	}
	return layer.TCP
}

// Finished are the packets that complete the request and the final response, 0
// for one that is not complete.
func (x *Exchange) Finished() (frames [2]uint32) {
	for i, m := range [2]*Message{x.Request, x.Response} {
		if m != nil && m.Complete {
			frames[i] = uint32(m.Finish().Packet) // Wireshark's numbers have as many bits
		}
	}
	return frames
}

// Follow sets what [Exchange.Finished] gives of the exchange before it on the connection.
func (x *Exchange) Follow(previous [2]uint32) { x.previous = previous }

// Previous are the packets that complete the request and the response before it on
// the connection, 0 for what is not known.
func (x *Exchange) Previous() [2]uint32 { return x.previous }

// Sizes of what an exchange is made of, in bytes as the allocator rounds them.
const (
	exchangeSize = 1152 // with a message of each side
	messageSize  = 512
	findingSize  = 96
	cookieSize   = 512 // a cookie, or what is said of one, with its text
)

// Size is about how many bytes of memory the exchange holds: heads, kept
// bodies, chunks, cookies, ranges and findings.
func (x *Exchange) Size() int {
	n := exchangeSize + findingSize*cap(x.Findings) + messageSize*len(x.Interim)
	if c := x.Cookies; c != nil {
		// What the jar has in common with others is theirs.
		n += len(c.Predicted) + 8*len(c.Due) + cookieSize*(len(c.Sent)+2*len(c.Set))
	}
	if r := x.Ranges; r != nil {
		n += 2*messageSize + 128*len(r.Parts) // what it shows of the resource is shared with others
	}
	for m := range x.Messages() {
		n += m.Size()
	}
	return n
}

// Reset empties the exchange to be used again, and calls recycle for the heads
// of its finished messages. Nobody may hold on to any part of it.
func (x *Exchange) Reset(recycle func(*Head)) {
	for m := range x.Messages() {
		if m.Done && m.Head != nil {
			recycle(m.Head)
		}
	}
	clear(x.Findings)
	x.DropCookies()
	findings, reading, chunks := x.Findings[:0], x.reading, [2][]Chunk{x.own[0].Chunks[:0], x.own[1].Chunks[:0]}
	*x = Exchange{} // in place: a literal with the rest in it would be made elsewhere and copied, 1.4 KB
	x.Findings, x.reading, x.own[0].Chunks, x.own[1].Chunks = findings, reading, chunks[0], chunks[1]
}

// Finding is something odd, or worth a word.
type Finding struct {
	Code        string
	Severity    finding.Severity
	layer.Place              // the bytes that show it; Side is Both when it is about the connection, From -1 when it is about no byte
	Detail      texts.Phrase // what was seen; in JSON it is English
	Frame       int64        // packet, 0 when it is about none
}

// Shown reports that bytes of a message show the finding.
func (f *Finding) Shown() bool { return f.From >= 0 && f.Len() > 0 && f.Side != layer.Both }

// OfSide reports a finding about a message of its side.
func (f *Finding) OfSide(m *Message) bool { return f.Side == m.Side && f.Stream == m.Stream }

// NoByte is the span of what is about no byte.
var NoByte = layer.Span{From: -1, To: -1}

// Ledger accounts for captured TCP payload, in bytes. Gaps were not captured
// and are not part of the sum.
type Ledger struct {
	Heads, Bodies, ChunkFraming, Trailers int64
	Other                                 int64 // other protocols and tunnels
	Retransmitted                         int64
	Undecoded                             int64 // belongs to no message, or came when nobody took it any more
	Gaps                                  int64
}

// Sum is the captured payload that the ledger accounts for.
func (l *Ledger) Sum() int64 {
	return l.Heads + l.Bodies + l.ChunkFraming + l.Trailers + l.Other + l.Retransmitted + l.Undecoded
}

// Add adds another ledger.
func (l *Ledger) Add(o Ledger) {
	l.Heads += o.Heads
	l.Bodies += o.Bodies
	l.ChunkFraming += o.ChunkFraming
	l.Trailers += o.Trailers
	l.Other += o.Other
	l.Retransmitted += o.Retransmitted
	l.Undecoded += o.Undecoded
	l.Gaps += o.Gaps
}

// Summary is what one capture amounts to.
type Summary struct {
	Packets, TCPPackets    int64
	Connections, Exchanges int64
	Dropped                uint64           // while capturing, for whatever reason
	Lag                    *Lag             // of a live capture, else nil
	Skipped                map[string]int64 // packets without readable TCP, by reason
	Truncated              bool             // the file is damaged
	Cut                    int64            // packets cut by the snapshot length
	Payload                int64            // captured TCP payload bytes
	Ledger                 Ledger
	Findings               map[string]int64 // by code
	Empty                  texts.Phrase     // why there is no exchange, in one sentence; nothing when there is one
	GivenUp                int64            // connections that were given up because all together held too much
	Disordered             int64            // packets that were captured after, and stand in the file before, another
}

// Lag is how far the analysis of a live capture is behind.
type Lag struct {
	Packets, MostPackets int64         // captured and not analysed: now, and at most so far
	Time, MostTime       time.Duration // from the oldest of them to the newest
	Dropped              uint64        // packets that found no room meanwhile
}

// MuchLag is so much that people notice, and are told.
const MuchLag = 500 * time.Millisecond
