package capture

import (
	"encoding/binary"
	"net/netip"
	"time"

	"httpscope/internal/tcp"
)

// Packet is one captured frame. Next of a [Source] reuses it: whoever keeps
// a packet, or its Payload, past the next call copies it.
type Packet struct {
	Number    int64    // position in the capture, from 1: Wireshark's frame.number
	Nano      int64    // capture time, nanoseconds since 1970-01-01 UTC; 0 when the block carries none
	Offset    int64    // where its record begins in the (uncompressed) file, bytes
	WireLen   int      // bytes on the wire
	CapLen    int      // bytes captured; less than WireLen when the snapshot length cut it
	Interface int      // index in Info.Interfaces, or of the source in a Queue; else 0
	Link      LinkType // link type of that interface
	Overtaken bool     // one that stands behind it in the file is earlier than one before that: see [File.LookAhead]
	Comments  []string // pcapng comments of the packet, usually nil
	Frame     []byte   // the captured bytes, from the link-layer header on
	IP        []byte   // of them the innermost IP packet, from its header on; nil when there is none

	// Skip says why the packet carries no TCP segment that can be read.
	// Everything below is valid only when it is SkipNone.
	Skip Skip

	TCP        []byte // the segment from its header on, as captured
	Src, Dst   netip.AddrPort
	Seq, Ack   uint32 // Ack is meaningful only with the ACK flag
	Flags      tcp.Flags
	Window     uint16 // as in the header, not scaled
	Urgent     uint16
	Options    []byte // TCP options, raw
	Payload    []byte // captured payload: a slice of the frame
	PayloadLen int    // payload on the wire; more than len(Payload) when the snapshot length cut it
	Fragments  int    // IP fragments that were put together for it; 0 when it was whole
	Tunnel     string // outermost encapsulation it was found in ("gre", "vxlan", …), "" when none
}

// Time is the capture time in UTC; the zero time when the file gives none.
func (p *Packet) Time() time.Time {
	if p.Nano == 0 {
		return time.Time{}
	}
	return time.Unix(0, p.Nano).UTC()
}

// MSS is the maximum segment size option of a SYN, 0 when absent (RFC 9293, Section 3.7.1).
func (p *Packet) MSS() int {
	if v := p.option(2); len(v) == 2 {
		return int(binary.BigEndian.Uint16(v))
	}
	return 0
}

// WindowScale is the shift count option of a SYN, -1 when absent (RFC 7323, Section 2.2).
func (p *Packet) WindowScale() int {
	if v := p.option(3); len(v) == 1 {
		return int(v[0])
	}
	return -1
}

// option returns the value of the first TCP option of a kind, nil when absent.
func (p *Packet) option(kind byte) []byte {
	for o := p.Options; len(o) > 1 && o[0] != 0; {
		if o[0] == 1 {
			o = o[1:]
			continue
		}
		n := int(o[1])
		if n < 2 || n > len(o) {
			return nil
		}
		if o[0] == kind {
			return o[2:n]
		}
		o = o[n:]
	}
	return nil
}

// Skip is the reason why a packet carries no readable TCP segment.
type Skip uint8

// Reasons, in the order of the layers.
const (
	SkipNone      Skip = iota
	SkipLink           // link type that this program does not know
	SkipNotIP          // ARP, LLDP, a Wi-Fi management frame, …
	SkipEncrypted      // Wi-Fi data frame under WEP or WPA
	SkipDamaged        // a header contradicts itself or runs past the frame
	SkipCut            // the snapshot length cut it inside a header
	SkipFragment       // a fragment: its packet is complete later, or never
	SkipUDP            // UDP
	SkipICMP           // ICMP or ICMPv6
	SkipOther          // another transport protocol
	SkipDeep           // more nested tunnels than anyone uses
	skipReasons        // number of reasons
)

var skipNames = [skipReasons]string{"", "link-type", "not-ip", "encrypted", "damaged", "cut", "fragment", "udp",
	"icmp", "other-transport", "too-deep"}

// String is the reason's name in the summary.
func (s Skip) String() string {
	if s < skipReasons {
		return skipNames[s]
	}
	return "unknown"
}

// Source yields packets in the order of the capture.
type Source interface {
	// Next returns the next packet, valid until the following call. At the end
	// of an undamaged capture the error is io.EOF; a *DamageError where the file
	// is cut or contradicts itself, after every packet before the damage; an
	// *InterfaceGoneError where a live capture lost its interface.
	Next() (*Packet, error)
}
