package variant

import (
	"bytes"
	"encoding/binary"
)

// Protocol numbers (IANA).
const (
	protoICMP   = 1
	protoTCP    = 6
	protoUDP    = 17
	protoICMPv6 = 58
)

// ip tells the version. A packet longer than the frame holds was cut.
func (w *walker) ip(b []byte, wire int) string {
	switch {
	case len(b) < 1:
		return dropDamaged
	case b[0]>>4 == 4:
		return w.ipv4(b, wire, w.transport)
	case b[0]>>4 == 6:
		return w.ipv6(b, wire, w.transport)
	}
	return dropNotIP
}

// transport goes on after an IP header: rest is captured, of length wire bytes.
type transport func(e, now ends, protocol byte, rest []byte, wire int) string

func (w *walker) ipv4(b []byte, wire int, next transport) string {
	if len(b) < 20 {
		return dropDamaged
	}
	header, total := int(b[0]&15)*4, int(binary.BigEndian.Uint16(b[2:]))
	if total == 0 {
		total = wire // segmentation offload
	}
	if header < 20 || header > len(b) || total < header {
		return dropDamaged
	}
	if binary.BigEndian.Uint16(b[6:])&0x3fff != 0 {
		return dropFragment
	}
	e := ends{bytes.Clone(b[12:16]), bytes.Clone(b[16:20])}
	w.id(e.src, b[4:6])
	w.address(b[12:16])
	w.address(b[16:20])
	total = min(total, wire)
	why := next(e, ends{b[12:16], b[16:20]}, b[9], b[header:min(total, len(b))], total-header)
	seal(b[:header], 10, 0)
	return why
}

// ipv6 reads the header and the extension headers that name no address.
func (w *walker) ipv6(b []byte, wire int, next transport) string {
	if len(b) < 40 {
		return dropDamaged
	}
	total := 40 + int(binary.BigEndian.Uint16(b[4:]))
	if total == 40 {
		total = wire
	}
	total = min(total, wire)
	protocol, at := b[6], 40
	for protocol == 0 || protocol == 60 { // hop-by-hop and destination options
		if len(b) < at+8 {
			return dropDamaged
		}
		protocol, at = b[at], at+8+int(b[at+1])*8
	}
	switch {
	case protocol == 44:
		return dropFragment
	case at > min(total, len(b)):
		return dropDamaged
	}
	e := ends{bytes.Clone(b[8:24]), bytes.Clone(b[24:40])}
	w.label(b[1:4])
	w.address(b[8:24])
	w.address(b[24:40])
	return next(e, ends{b[8:24], b[24:40]}, protocol, b[at:min(total, len(b))], total-at)
}

func (w *walker) transport(e, now ends, protocol byte, b []byte, wire int) string {
	if protocol == 4 || protocol == 41 || protocol == 47 {
		return dropTunnel
	}
	at := map[byte]int{protoTCP: 16, protoUDP: 6, protoICMP: 2, protoICMPv6: 2}[protocol]
	if at == 0 {
		return dropTransport
	}
	if len(b) < at+2 || protocol == protoTCP && !readableTCP(b) || protocol == protoUDP && len(b) < 8 {
		return dropDamaged
	}
	before, after := pseudo(e.src, e.dst, protocol, wire),
		func() uint32 { return pseudo(now.src, now.dst, protocol, wire) }
	if protocol == protoICMP {
		before, after = 0, func() uint32 { return 0 }
	}
	was, unused := without(b, at, before), protocol == protoUDP && b[6] == 0 && b[7] == 0
	why := w.contents(e, protocol, b)
	switch {
	case unused: // a UDP checksum of zero is none (RFC 768)
	case len(b) >= wire:
		seal(b, at, after())
	default:
		reseal(b, at, after(), was)
	}
	if protocol == protoUDP && !unused && b[6] == 0 && b[7] == 0 {
		b[6], b[7] = 0xff, 0xff
	}
	return why
}

// contents changes what is after the IP header.
func (w *walker) contents(e ends, protocol byte, b []byte) string {
	switch protocol {
	case protoTCP:
		w.segment(e, b)
	case protoUDP:
		if binary.BigEndian.Uint16(b[2:]) == 4789 { // VXLAN
			return dropTunnel
		}
		w.text(b[8:])
	case protoICMP:
		return w.icmp(b)
	case protoICMPv6:
		return w.icmpv6(b)
	}
	return ""
}

// readableTCP reports a header that is there as a whole, with its options.
func readableTCP(b []byte) bool {
	return len(b) >= 20 && int(b[12]>>4) >= 5 && int(b[12]>>4)*4 <= len(b)
}

// icmp reads echoes, and errors, which quote the packet they are about (RFC 792).
func (w *walker) icmp(b []byte) string {
	switch {
	case len(b) < 8:
		return dropDamaged
	case b[0] == 0 || b[0] == 8:
		return ""
	case b[0] == 3 || b[0] == 11 || b[0] == 12:
		return w.quoted(b[8:])
	case b[0] == 5:
		w.address(b[4:8])
		return w.quoted(b[8:])
	}
	return dropTransport
}

// icmpv6 reads echoes, errors (RFC 4443) and neighbour discovery (RFC 4861).
func (w *walker) icmpv6(b []byte) string {
	switch {
	case len(b) < 8:
		return dropDamaged
	case b[0] == 128 || b[0] == 129:
		return ""
	case b[0] >= 1 && b[0] <= 4:
		return w.quoted(b[8:])
	case b[0] == 133:
		return w.neighbours(b[8:])
	case (b[0] == 135 || b[0] == 136) && len(b) >= 24:
		w.address(b[8:24])
		return w.neighbours(b[24:])
	}
	return dropTransport
}

// neighbours reads options; only link-layer addresses name somebody.
func (w *walker) neighbours(b []byte) string {
	for len(b) >= 8 && b[1] > 0 && int(b[1])*8 <= len(b) {
		if b[0] == 1 || b[0] == 2 {
			w.mac(b[2:8])
		}
		b = b[int(b[1])*8:]
	}
	return ""
}

// quoted changes the beginning of a packet that an ICMP error quotes: its
// checksums cover more than is there, and nobody verifies them.
func (w *walker) quoted(b []byte) string {
	next := func(e, _ ends, protocol byte, rest []byte, _ int) string {
		if protocol == protoTCP && len(rest) >= 8 {
			w.segment(e, rest[:8:8])
		}
		return ""
	}
	switch {
	case len(b) >= 20 && b[0]>>4 == 4:
		return w.ipv4(b, int(binary.BigEndian.Uint16(b[2:])), next)
	case len(b) >= 40 && b[0]>>4 == 6:
		return w.ipv6(b, 40+int(binary.BigEndian.Uint16(b[4:])), next)
	}
	return dropDamaged
}
