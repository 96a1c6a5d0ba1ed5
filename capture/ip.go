package capture

import (
	"encoding/binary"
	"net/netip"

	"httpscope/internal/tcp"
)

// IP protocol numbers (IANA).
const (
	protoHop      = 0
	protoICMP     = 1
	protoIPv4     = 4
	protoTCP      = 6
	protoUDP      = 17
	protoIPv6     = 41
	protoRoute    = 43
	protoFragment = 44
	protoGRE      = 47
	protoAH       = 51
	protoICMPv6   = 58
	protoDest     = 60
	protoMobility = 135
	protoHIP      = 139
	protoShim6    = 140
)

// maxOffload bounds a packet whose header has length 0, as segmentation
// offload leaves it: then the frame's length holds. Linux hands over 512 KiB at most (GSO_MAX_SIZE).
const maxOffload = 520 << 10

// datagram is the addressing of an IP packet on its way to the transport layer.
type datagram struct {
	src, dst netip.Addr
	proto    byte
}

// ip tells IPv4 from IPv6 by the version, whatever the link layer said.
func (d *decoder) ip(p *Packet, l layer) Skip {
	if len(l.b) < 1 {
		return l.short()
	}
	if l.deep > maxNesting {
		return SkipDeep
	}
	switch l.b[0] >> 4 {
	case 4:
		return d.ipv4(p, l)
	case 6:
		return d.ipv6(p, l)
	}
	return SkipNotIP
}

// ipv4 reads an IPv4 header (RFC 791, Section 3.1).
func (d *decoder) ipv4(p *Packet, l layer) Skip {
	if len(l.b) < 20 {
		return l.short()
	}
	header, total := int(l.b[0]&15)*4, int(binary.BigEndian.Uint16(l.b[2:]))
	if header < 20 || total != 0 && total < header {
		return SkipDamaged
	}
	if header > len(l.b) {
		return l.short()
	}
	switch {
	case total != 0:
		l = l.trim(total)
	case l.wire > maxOffload:
		return SkipDamaged
	}
	p.IP = l.b
	g := datagram{netip.AddrFrom4([4]byte(l.b[12:16])), netip.AddrFrom4([4]byte(l.b[16:20])), l.b[9]}
	const moreFragments, offsetMask = 0x2000, 0x1fff
	if frag := binary.BigEndian.Uint16(l.b[6:]); frag&(moreFragments|offsetMask) != 0 {
		key := fragmentKey{g.src, g.dst, uint32(binary.BigEndian.Uint16(l.b[4:])), g.proto}
		return d.fragment(p, g, key, int(frag&offsetMask)*8, frag&moreFragments != 0, l.after(header))
	}
	return d.transport(p, g, l.after(header))
}

// ipv6 reads an IPv6 header and its extension headers (RFC 8200, Sections 3 and 4).
func (d *decoder) ipv6(p *Packet, l layer) Skip {
	if len(l.b) < 40 {
		return l.short()
	}
	switch total := 40 + int(binary.BigEndian.Uint16(l.b[4:])); {
	case total != 40: // 40: a jumbogram, or segmentation offload
		l = l.trim(total)
	case l.wire > maxOffload:
		return SkipDamaged
	}
	p.IP = l.b
	g := datagram{netip.AddrFrom16([16]byte(l.b[8:24])), netip.AddrFrom16([16]byte(l.b[24:40])), l.b[6]}
	return d.extensions(p, g, l.after(40))
}

// extensions walks IPv6 extension headers up to the transport header.
func (d *decoder) extensions(p *Packet, g datagram, l layer) Skip {
	for l.deep <= maxNesting {
		var n int
		switch g.proto {
		case protoHop, protoRoute, protoDest, protoMobility, protoHIP, protoShim6:
			if len(l.b) < 8 {
				return l.short()
			}
			n = 8 + int(l.b[1])*8
		case protoAH:
			if len(l.b) < 8 {
				return l.short()
			}
			n = 8 + int(l.b[1])*4
		case protoFragment:
			return d.fragment6(p, g, l)
		default:
			return d.transport(p, g, l)
		}
		if n > len(l.b) {
			return l.short()
		}
		g.proto = l.b[0]
		l = l.after(n)
	}
	return SkipDeep
}

// fragment6 reads a Fragment header (RFC 8200, Section 4.5). One with offset 0
// and nothing to follow is a whole packet (RFC 6946).
func (d *decoder) fragment6(p *Packet, g datagram, l layer) Skip {
	if len(l.b) < 8 {
		return l.short()
	}
	frag, id := binary.BigEndian.Uint16(l.b[2:]), binary.BigEndian.Uint32(l.b[4:])
	g.proto = l.b[0]
	if frag&^7 == 0 && frag&1 == 0 {
		return d.extensions(p, g, l.after(8))
	}
	key := fragmentKey{g.src, g.dst, id, protoFragment} // the protocol may differ: the first fragment's holds
	return d.fragment(p, g, key, int(frag&^7), frag&1 != 0, l.after(8))
}

// fragment adds a fragment and goes on when its packet is whole.
func (d *decoder) fragment(p *Packet, g datagram, key fragmentKey, offset int, more bool, l layer) Skip {
	if l.wire > len(l.b) {
		return SkipCut
	}
	whole := d.fragments.add(key, p.Nano, offset, more, g.proto, l.b)
	if whole == nil {
		return SkipFragment
	}
	p.Fragments, g.proto = whole.pieces, whole.proto
	return d.extensions(p, g, layer{whole.data, whole.total, l.deep + 1})
}

// transport goes on behind the IP header.
func (d *decoder) transport(p *Packet, g datagram, l layer) Skip {
	switch g.proto {
	case protoTCP:
		return readTCP(p, g, l)
	case protoIPv4, protoIPv6:
		p.tunnel("ip")
		return d.ip(p, l)
	case protoGRE:
		p.tunnel("gre")
		return d.gre(p, l)
	case protoAH:
		return d.extensions(p, g, l)
	case protoUDP:
		return d.udp(p, l)
	case protoICMP, protoICMPv6:
		return SkipICMP
	}
	return SkipOther
}

func (p *Packet) tunnel(name string) {
	if p.Tunnel == "" {
		p.Tunnel = name
	}
}

// gre reads a GRE header (RFC 2784, RFC 2890; version 1 of RFC 2637 carries PPP).
func (d *decoder) gre(p *Packet, l layer) Skip {
	if len(l.b) < 4 {
		return l.short()
	}
	flags, kind := binary.BigEndian.Uint16(l.b), binary.BigEndian.Uint16(l.b[2:])
	const checksum, routing, key, sequence, acknowledgment = 0x8000, 0x4000, 0x2000, 0x1000, 0x0080
	n := 4
	for _, f := range []uint16{checksum | routing, key, sequence} {
		if flags&f != 0 {
			n += 4
		}
	}
	version := flags & 7
	if version == 1 && flags&acknowledgment != 0 {
		n += 4
	}
	if n > len(l.b) {
		return l.short()
	}
	if version == 1 && flags&sequence == 0 {
		return SkipOther // an acknowledgment alone
	}
	if version == 1 {
		return d.ppp(p, l.after(n))
	}
	return d.ethertype(p, kind, l.after(n))
}

// udp looks for VXLAN (RFC 7348, Section 5) by its port and its flags.
func (d *decoder) udp(p *Packet, l layer) Skip {
	const vxlanPort, vxlanHeader = 4789, 8
	if len(l.b) < 8+vxlanHeader || binary.BigEndian.Uint16(l.b[2:]) != vxlanPort || l.b[8]&8 == 0 {
		return SkipUDP
	}
	p.tunnel("vxlan")
	return d.ethernet(p, l.after(8+vxlanHeader))
}

// readTCP reads a TCP header (RFC 9293, Section 3.1).
func readTCP(p *Packet, g datagram, l layer) Skip {
	if len(l.b) < 20 {
		return l.short()
	}
	b := l.b
	header := int(b[12]>>4) * 4
	if header < 20 {
		return SkipDamaged
	}
	if header > len(b) {
		return l.short()
	}
	p.TCP = b
	p.Src = netip.AddrPortFrom(g.src, binary.BigEndian.Uint16(b))
	p.Dst = netip.AddrPortFrom(g.dst, binary.BigEndian.Uint16(b[2:]))
	p.Seq, p.Ack = binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:])
	p.Flags = tcp.Flags(b[13])
	p.Window, p.Urgent = binary.BigEndian.Uint16(b[14:]), binary.BigEndian.Uint16(b[18:])
	p.Options = b[20:header:header]
	p.Payload = b[header:]
	p.PayloadLen = l.wire - header
	return SkipNone
}
