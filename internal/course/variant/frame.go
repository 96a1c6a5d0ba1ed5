package variant

import (
	"encoding/binary"

	"httpscope/capture"
	"httpscope/internal/trace"
)

// walker goes through the headers of a frame and lets its functions change
// each address, port and number in place. The first walk only collects.
type walker struct {
	mac     func(b []byte)         // 6 bytes
	address func(b []byte)         // 4 or 16 bytes
	id      func(src, b []byte)    // IPv4 identification; src as it was
	label   func(b []byte)         // the three bytes of an IPv6 flow label, with 4 bits of another field
	segment func(e ends, b []byte) // a TCP segment from its header on; src and dst as they were
	text    func(b []byte)         // payload of UDP
}

// ends are the addresses of a packet, as they were in the base capture.
type ends struct{ src, dst []byte }

// Reasons for which a packet is dropped.
const (
	dropLink      = "link-type"
	dropNotIP     = "not-ip"
	dropDamaged   = "damaged"
	dropTransport = "other-transport"
	dropFragment  = "fragment"
	dropTunnel    = "tunnel"
)

// packet walks a packet that is not in a tunnel: of one that is, the addresses inside would stay, whatever the tunnel.
func (w *walker) packet(p *trace.Packet, link capture.LinkType, b []byte) string {
	if p.Tunnel != "" {
		return dropTunnel
	}
	return w.frame(link, b, p.WireLen)
}

// frame walks from the link layer on. wire is the frame's length on the wire.
// The result is why the packet cannot be kept, "" when it can.
func (w *walker) frame(link capture.LinkType, b []byte, wire int) string {
	switch link {
	case capture.LinkEthernet:
		return w.ethernet(b, wire)
	case capture.LinkNull, capture.LinkLoop:
		return w.after(b, wire, 4)
	case capture.LinkRaw, capture.LinkIPv4, capture.LinkIPv6, 12, 14:
		return w.after(b, wire, 0)
	case capture.LinkLinuxSLL:
		if len(b) < 16 {
			return dropDamaged
		}
		w.cooked(b[6:14], binary.BigEndian.Uint16(b[4:]))
		return w.typed(binary.BigEndian.Uint16(b[14:]), b[16:], wire-16)
	case capture.LinkLinuxSLL2:
		if len(b) < 20 {
			return dropDamaged
		}
		w.cooked(b[12:20], uint16(b[11]))
		return w.typed(binary.BigEndian.Uint16(b), b[20:], wire-20)
	}
	return dropLink
}

func (w *walker) cooked(b []byte, n uint16) {
	if n == 6 {
		w.mac(b[:6])
	}
}

// after is for link layers of n bytes before IP.
func (w *walker) after(b []byte, wire, n int) string {
	if len(b) < n {
		return dropDamaged
	}
	return w.ip(b[n:], wire-n)
}

// ethernet reads Ethernet II and its tags.
func (w *walker) ethernet(b []byte, wire int) string {
	if len(b) < 14 {
		return dropDamaged
	}
	w.mac(b[:6])
	w.mac(b[6:12])
	kind, at := binary.BigEndian.Uint16(b[12:]), 14
	for (kind == 0x8100 || kind == 0x88a8 || kind == 0x9100) && at+4 <= len(b) {
		kind, at = binary.BigEndian.Uint16(b[at+2:]), at+4
	}
	why := w.typed(kind, b[at:], wire-at)
	if b[0] == 0x33 && b[1] == 0x33 && kind == 0x86dd && len(b) >= at+40 {
		copy(b[2:6], b[at+36:at+40]) // a group's MAC address follows its IPv6 address (RFC 2464, Section 7)
	}
	return why
}

func (w *walker) typed(kind uint16, b []byte, wire int) string {
	switch kind {
	case 0x0800, 0x86dd:
		return w.ip(b, wire)
	case 0x0806:
		return w.arp(b)
	}
	return dropNotIP
}

// arp reads ARP for IPv4 over Ethernet (RFC 826).
func (w *walker) arp(b []byte) string {
	if len(b) < 28 || string(b[:6]) != "\x00\x01\x08\x00\x06\x04" {
		return dropNotIP
	}
	w.mac(b[8:14])
	w.address(b[14:18])
	w.mac(b[18:24])
	w.address(b[24:28])
	return ""
}
