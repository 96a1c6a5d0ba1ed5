package trace

import "net/netip"

// Packet is one captured packet with its bytes, as lists and filters of packets
// look at it. Slices lie within Frame, but those of a packet that was put
// together from IP fragments.
type Packet struct {
	Number    int64 // from 1: Wireshark's frame.number
	Nano      int64 // time, nanoseconds since 1970; 0 when unknown
	WireLen   int   // bytes on the wire
	Interface int   // number of the capture interface, from 0
	Link      string
	Tunnel    string   // outermost encapsulation, "" when none
	Skip      string   // why it carries no TCP segment that can be read, "" when it does
	Comments  []string // of a pcapng file
	Frame     []byte   // captured bytes, from the link-layer header on
	IP        []byte   // the innermost IP packet from its header on, nil when there is none

	// What follows is valid when Skip is "".
	TCP      []byte // the segment from its header on, as captured
	Payload  []byte // captured payload
	Src, Dst netip.AddrPort
	Conn     int64   // number of the connection, -1 when reassembly knows none
	Segment  Segment // valid when Conn is not -1
}

// Side is the side that sent the packet: 0 the client, 1 the server.
func (p *Packet) Side(c *Connection) int { return c.Side(p.Segment.Dir) }

// CapLen is how many bytes of it were captured.
func (p *Packet) CapLen() int { return len(p.Frame) }
