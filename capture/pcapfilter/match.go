package pcapfilter

import (
	"encoding/binary"
	"net/netip"

	"golang.org/x/net/bpf"
)

// IP protocol numbers (IANA).
const (
	protoTCP      = 6
	protoUDP      = 17
	protoFragment = 44
	protoSCTP     = 132
)

var transports = map[string][]uint32{"tcp": {protoTCP}, "udp": {protoUDP}, "": {protoSCTP, protoTCP, protoUDP}}

// protocol is what ip, ip6, tcp and udp match alone. Of IPv6 it is the next
// header, or the one behind a fragment header, as in pcap.
func (l link) protocol(name string) *node {
	switch name {
	case "ip":
		return l.carries(etherIPv4)
	case "ip6":
		return l.carries(etherIPv6)
	}
	number := transports[name][0]
	behind := allOf(l.at(6, 1, protoFragment), l.at(40, 1, number))
	return anyOf(
		allOf(l.carries(etherIPv4), l.at(9, 1, number)),
		allOf(l.carries(etherIPv6), anyOf(l.at(6, 1, number), behind)))
}

// ports matches ports from low to high. Only the first fragment of an IPv4
// packet has ports.
func (l link) ports(q qualifiers, low, high uint32) *node {
	var four, six []*node
	for _, number := range transports[q.protocol] {
		four = append(four, l.at(9, 1, number))
		six = append(six, l.at(6, 1, number))
	}
	headerLength := bpf.LoadMemShift{Off: l.header}
	port4 := func(offset uint32) *node {
		return within(low, high, headerLength, bpf.LoadIndirect{Off: l.header + offset, Size: 2})
	}
	port6 := func(offset uint32) *node {
		return within(low, high, bpf.LoadAbsolute{Off: l.header + 40 + offset, Size: 2})
	}
	const offsetMask = 0x1fff
	laterFragment := tested(bpf.JumpBitsSet, offsetMask, bpf.LoadAbsolute{Off: l.header + 6, Size: 2})
	return anyOf(
		allOf(l.carries(etherIPv6), anyOf(six...), directed(q.direction, port6(0), port6(2))),
		allOf(l.carries(etherIPv4), anyOf(four...), negated(laterFragment), directed(q.direction, port4(0), port4(2))))
}

// within compares a 16-bit number that the loads bring.
func within(low, high uint32, load ...bpf.Instruction) *node {
	if low == high {
		return tested(bpf.JumpEqual, low, load...)
	}
	return allOf(tested(bpf.JumpGreaterOrEqual, low, load...), tested(bpf.JumpLessOrEqual, high, load...))
}

// net matches addresses, those of IPv4 also in ARP and RARP (RFC 826, RFC 903)
// unless "ip" stands before it.
func (l link) net(q qualifiers, prefix netip.Prefix) *node {
	if prefix.Addr().Is6() {
		return allOf(l.carries(etherIPv6), directed(q.direction, l.prefix(8, prefix), l.prefix(24, prefix)))
	}
	ip := allOf(l.carries(etherIPv4), directed(q.direction, l.prefix(12, prefix), l.prefix(16, prefix)))
	if q.protocol == "ip" {
		return ip
	}
	arp := anyOf(l.carries(etherARP), l.carries(etherRARP))
	return anyOf(ip, allOf(arp, directed(q.direction, l.prefix(14, prefix), l.prefix(24, prefix))))
}

// prefix compares the leading bits of an address, 32 at a time.
func (l link) prefix(offset uint32, prefix netip.Prefix) *node {
	n := always
	b := prefix.Addr().AsSlice()
	for bits := prefix.Bits(); bits > 0; bits -= 32 {
		load := []bpf.Instruction{bpf.LoadAbsolute{Off: l.header + offset, Size: 4}}
		if bits < 32 {
			load = append(load, bpf.ALUOpConstant{Op: bpf.ALUOpAnd, Val: ^uint32(0) << (32 - bits)})
		}
		n = allOf(n, tested(bpf.JumpEqual, binary.BigEndian.Uint32(b), load...))
		b, offset = b[4:], offset+4
	}
	return n
}

func directed(d direction, src, dst *node) *node {
	switch d {
	case source:
		return src
	case destination:
		return dst
	case both:
		return allOf(src, dst)
	}
	return anyOf(src, dst)
}
