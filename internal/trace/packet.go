package trace

import "net/netip"

// Packet is one captured packet with its bytes, as lists and filters of packets
// look at it. Slices lie within Frame, but those of a packet that was put
// together from IP fragments.
type Packet struct {
	Number      int64 // from 1: Wireshark's frame.number
	Nano        int64 // time, nanoseconds since 1970; 0 when unknown
	WireLen     int   // bytes on the wire
	SincePacket int64 // nanoseconds since the packet before it in the capture, 0 for the first
	Interface   int   // number of the capture interface, from 0
	Interfaces  bool  // the file numbers its interfaces: it is a pcapng
	Link        string
	Tunnel      string   // outermost encapsulation, "" when none
	Skip        string   // why it carries no TCP segment that can be read, "" when it does
	Comments    []string // of a pcapng file
	Frame       []byte   // captured bytes, from the link-layer header on
	IP          []byte   // the innermost IP packet from its header on, nil when there is none

	// What follows is valid when Skip is "".
	TCP          []byte // the segment from its header on, as captured
	Payload      []byte // captured payload
	Src, Dst     netip.AddrPort
	Conn         int64       // number of the connection, -1 when reassembly knows none
	Segment      Segment     // valid when Conn is not -1
	SinceOpen    int64       // nanoseconds since the first packet of the connection
	SinceSegment int64       // nanoseconds since the packet before it of the connection
	Shift        int8        // power of two that scales its window; 0 for none, -1 when the handshake was not captured
	Measures     Measures    // what the analysis of its connection measured
	TLS          []TLSRecord // the TLS records that end in it
}

// Measures are the numbers that come with the notes of a segment. Zero means not known.
type Measures struct {
	AckRTT      int64 // nanoseconds since the segment that it acknowledges was sent
	Acks        int64 // packet of that segment
	InitialRTT  int64 // nanoseconds from the SYN to the last packet of the handshake
	InFlight    int64 // bytes sent and not acknowledged, with this segment's
	Duplicate   int64 // how often the acknowledgment was repeated
	DuplicateOf int64 // packet that it repeats
	RTO         int64 // nanoseconds since the segment that is sent again was last outstanding
	RTOFrom     int64 // packet of that segment
	PushedSoFar int64 // payload bytes since the last PSH, this segment's included
}

// TLSRecord is a record of a TLS connection as anybody can read it (RFC 8446
// section 5.1).
type TLSRecord struct {
	Type       uint8          // 20 change cipher spec, 21 alert, 22 handshake, 23 application data
	Version    uint16         // 0x0303 for TLS 1.2, and for TLS 1.3 too
	Length     int            // bytes behind the header
	Opaque     bool           // the real type is encrypted, as in TLS 1.3
	Handshakes []TLSHandshake // of a handshake record that is not encrypted
}

// TLSHandshake is a handshake message (RFC 8446, Section 4).
type TLSHandshake struct {
	Type       uint8 // 1 ClientHello, 2 ServerHello, 11 Certificate, ...
	Length     int
	Version    uint16   // of a hello, else 0
	Suites     []uint16 // offered, or the one chosen
	ServerName string   // SNI of a ClientHello, "" when there is none
	ALPN       []string // offered, or the one chosen
}

// Side is the side that sent the packet: 0 the client, 1 the server.
func (p *Packet) Side(c *Connection) int { return c.Side(p.Segment.Dir) }

// CapLen is how many bytes of it were captured.
func (p *Packet) CapLen() int { return len(p.Frame) }
