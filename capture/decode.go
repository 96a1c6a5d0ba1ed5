package capture

import (
	"encoding/binary"
)

// maxNesting bounds tunnels within tunnels, and stacked tags: a frame of
// nothing but VLAN tags must end.
const maxNesting = 16

// decoder reads link, network and transport headers. It keeps IP fragments
// from packet to packet, and nothing else.
type decoder struct {
	fragments defragmenter
}

// layer is what is left of a frame, and how long it was on the wire.
type layer struct {
	b    []byte
	wire int // bytes on the wire from the start of b; at least len(b)
	deep int // headers before it that could nest
}

// after is the layer behind n bytes of header.
func (l layer) after(n int) layer { return layer{l.b[n:], l.wire - n, l.deep + 1} }

// trim shortens the layer to n bytes on the wire, for padding after a packet.
// A length beyond the frame is a lie, and the frame's length holds.
func (l layer) trim(n int) layer { return layer{l.b[:min(n, len(l.b))], min(n, l.wire), l.deep} }

// short is the reason when a header runs past the frame.
func (l layer) short() Skip {
	if l.wire > len(l.b) {
		return SkipCut
	}
	return SkipDamaged
}

// decode fills p from the frame.
func (d *decoder) decode(p *Packet, frame []byte) {
	p.Frame = frame
	p.Skip = d.link(p, p.Link, layer{b: frame, wire: p.WireLen})
}

// link reads the link-layer header.
func (d *decoder) link(p *Packet, link LinkType, l layer) Skip {
	switch link {
	case LinkEthernet:
		return d.ethernet(p, l)
	case LinkNull, LinkLoop:
		return d.loopback(p, link, l)
	case LinkRaw, linkRawBSD, linkRawOpenBSD, LinkIPv4, LinkIPv6:
		return d.ip(p, l)
	case LinkLinuxSLL:
		return d.typed(p, l, 16, 14)
	case LinkLinuxSLL2:
		return d.typed(p, l, 20, 0)
	case LinkWiFi:
		return d.wifi(p, l, false)
	case LinkRadiotap:
		return d.radiotap(p, l)
	case LinkPrism, LinkAVS, LinkPPI:
		return d.monitor(p, link, l)
	case LinkPPP:
		return d.ppp(p, l)
	case LinkPPPHDLC:
		if len(l.b) > 0 && l.b[0]&0x7f == 0x0f { // Cisco's addresses 0x0f and 0x8f
			return d.typed(p, l, 4, 2)
		}
		return d.ppp(p, l)
	case LinkPPPoE:
		return d.pppoe(p, l)
	case LinkCiscoHDLC:
		return d.typed(p, l, 4, 2)
	case LinkARCNETLinux:
		return d.arcnet(p, l)
	case LinkNFLOG:
		return d.nflog(p, l)
	}
	return SkipLink
}

// EtherTypes, IEEE 802 numbers.
const (
	etherIPv4   = 0x0800
	etherTEB    = 0x6558 // transparent Ethernet bridging
	etherVLAN   = 0x8100
	etherIPv6   = 0x86dd
	etherMPLS   = 0x8847
	etherMPLSm  = 0x8848
	etherPPPoE  = 0x8864
	etherQinQ   = 0x88a8
	etherQinQ91 = 0x9100
)

// ethernet reads Ethernet II, 802.3 with LLC/SNAP, and tags.
func (d *decoder) ethernet(p *Packet, l layer) Skip {
	if len(l.b) < 14 {
		return l.short()
	}
	return d.ethertype(p, binary.BigEndian.Uint16(l.b[12:]), l.after(14))
}

// typed reads a header of n bytes whose EtherType stands at offset at.
func (d *decoder) typed(p *Packet, l layer, n, at int) Skip {
	if len(l.b) < n {
		return l.short()
	}
	return d.ethertype(p, binary.BigEndian.Uint16(l.b[at:]), l.after(n))
}

func (d *decoder) ethertype(p *Packet, kind uint16, l layer) Skip {
	if l.deep > maxNesting {
		return SkipDeep
	}
	switch kind {
	case etherIPv4, etherIPv6:
		return d.ip(p, l)
	case etherVLAN, etherQinQ, etherQinQ91:
		return d.typed(p, l, 4, 2)
	case etherPPPoE:
		return d.pppoe(p, l)
	case etherMPLS, etherMPLSm:
		return d.mpls(p, l)
	case etherTEB:
		return d.ethernet(p, l)
	}
	if kind < 0x0600 { // IEEE 802.3 length, or an LLC marker of a cooked capture
		return d.llc(p, l)
	}
	return SkipNotIP
}

// llc reads an 802.2 header with SNAP (RFC 1042); other LLC traffic is not IP.
func (d *decoder) llc(p *Packet, l layer) Skip {
	snap := [3]byte{0xaa, 0xaa, 3}
	if n := min(3, len(l.b)); n > 0 && string(l.b[:n]) != string(snap[:n]) {
		return SkipNotIP
	}
	if len(l.b) < 8 {
		return l.short()
	}
	return d.ethertype(p, binary.BigEndian.Uint16(l.b[6:]), l.after(8))
}

// mpls skips the label stack (RFC 3032, Section 2.1) and trusts the IP version after it.
func (d *decoder) mpls(p *Packet, l layer) Skip {
	for len(l.b) >= 4 && l.deep <= maxNesting {
		bottom := l.b[2]&1 == 1
		l = l.after(4)
		if bottom {
			return d.ip(p, l)
		}
	}
	if l.deep > maxNesting {
		return SkipDeep
	}
	return l.short()
}

// loopback reads the address family of BSD loopback, in the byte order of
// whoever captured; some writers put an EtherType there.
func (d *decoder) loopback(p *Packet, link LinkType, l layer) Skip {
	if len(l.b) < 4 {
		return l.short()
	}
	family := binary.LittleEndian.Uint32(l.b)
	if link == LinkLoop || family > 0xffff {
		family = binary.BigEndian.Uint32(l.b)
	}
	switch family {
	case 2, 10, 24, 28, 30: // AF_INET, and AF_INET6 of Linux, NetBSD, FreeBSD, Darwin
		return d.ip(p, l.after(4))
	}
	if family > 0xffff {
		return SkipNotIP
	}
	return d.ethertype(p, uint16(family), l.after(4))
}

// ppp reads a PPP header, with or without address and control, and with the
// protocol compressed to one byte or not (RFC 1661, Section 2, RFC 1662, Section 3.1).
func (d *decoder) ppp(p *Packet, l layer) Skip {
	if len(l.b) >= 2 && l.b[0] == 0xff && l.b[1] == 3 {
		l = l.after(2)
	}
	if len(l.b) < 2 {
		return l.short()
	}
	protocol, n := uint16(l.b[0]), 1
	if protocol&1 == 0 {
		protocol, n = binary.BigEndian.Uint16(l.b), 2
	}
	if protocol == 0x21 || protocol == 0x57 {
		return d.ip(p, l.after(n))
	}
	return SkipNotIP
}

// pppoe reads a PPPoE session header (RFC 2516, Section 4).
func (d *decoder) pppoe(p *Packet, l layer) Skip {
	if len(l.b) < 8 {
		return l.short()
	}
	return d.ppp(p, l.after(6))
}

// arcnet reads the header that Linux gives for ARCNET: addresses, an offset,
// the protocol; then, but for the old protocol numbers of RFC 1051, a split
// flag and a sequence number (RFC 1201).
func (d *decoder) arcnet(p *Packet, l layer) Skip {
	const ipOld, ip, ipv6 = 240, 212, 196
	if len(l.b) < 5 {
		return l.short()
	}
	switch l.b[4] {
	case ipOld:
		return d.ip(p, l.after(5))
	case ip, ipv6:
	default:
		return SkipNotIP
	}
	if len(l.b) < 8 {
		return l.short()
	}
	if l.b[5] != 0 {
		return SkipFragment
	}
	return d.ip(p, l.after(8))
}

// nflog reads the netfilter log's type-length-value list up to the payload.
// It is in the byte order of whoever captured; no type needs its upper byte.
func (d *decoder) nflog(p *Packet, l layer) Skip {
	const payload = 9
	if len(l.b) < 4 {
		return l.short()
	}
	for l = l.after(4); len(l.b) >= 4; {
		var order binary.ByteOrder = binary.LittleEndian
		if order.Uint16(l.b[2:])&0x7f00 != 0 {
			order = binary.BigEndian
		}
		n := int(order.Uint16(l.b))
		kind := order.Uint16(l.b[2:]) & 0x7fff
		if n < 4 {
			return SkipDamaged
		}
		if kind == payload {
			return d.ip(p, l.after(4).trim(n-4))
		}
		if padded := (n + 3) &^ 3; padded <= len(l.b) {
			l = layer{l.b[padded:], l.wire - padded, l.deep}
			continue
		}
		return l.short()
	}
	if l.wire > len(l.b) {
		return SkipCut
	}
	return SkipNotIP
}
