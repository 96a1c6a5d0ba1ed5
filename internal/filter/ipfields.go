package filter

import (
	"encoding/binary"

	"httpscope/internal/trace"
)

// ipFields are those of the headers of IPv4 (RFC 791, Section 3.1) and IPv6
// (RFC 8200, Section 3). A packet that quotes another has two values.
func ipFields() []field {
	return []field{
		packet("ip.version", Unsigned8, "version of the IP header, 4 or 6", func(r *row, p *trace.Packet) {
			for _, version := range []byte{4, 6} {
				for _, h := range ips(p, version) {
					if h != nil {
						r.push(number(uint64(version)))
					}
				}
			}
		}),
		header4("ip.hdr_len", Unsigned8, "length of the IPv4 header, in bytes", func(h []byte) uint64 { return uint64(h[0]&15) * 4 }),
		in(inHex, header4("ip.dsfield", Unsigned8, "differentiated services field", func(h []byte) uint64 { return uint64(h[1]) })),
		header4("ip.dsfield.dscp", Unsigned8, "differentiated services codepoint", func(h []byte) uint64 { return uint64(h[1] >> 2) }),
		header4("ip.dsfield.ecn", Unsigned8, "explicit congestion notification", func(h []byte) uint64 { return uint64(h[1] & 3) }),
		packet("ip.len", Unsigned16, "total length of the IPv4 packet, in bytes", func(r *row, p *trace.Packet) {
			for i, h := range ips(p, 4) {
				if h != nil {
					r.push(number(totalLength(h, p, i == 0)))
				}
			}
		}),
		in(inHex, header4("ip.id", Unsigned16, "identification of the IPv4 packet", func(h []byte) uint64 { return word(h, 4) })),
		in(inHex, header4("ip.flags", Unsigned8, "flags of the IPv4 packet, 3 bits", func(h []byte) uint64 { return uint64(h[6] >> 5) })),
		header4("ip.flags.rb", Boolean, "reserved bit", func(h []byte) uint64 { return uint64(h[6] >> 7) }),
		header4("ip.flags.df", Boolean, "don't fragment", func(h []byte) uint64 { return uint64(h[6] >> 6 & 1) }),
		header4("ip.flags.mf", Boolean, "more fragments", func(h []byte) uint64 { return uint64(h[6] >> 5 & 1) }),
		header4("ip.frag_offset", Unsigned16, "place of the fragment, in bytes", func(h []byte) uint64 { return word(h, 6) & 0x1fff * 8 }),
		header4("ip.ttl", Unsigned8, "time to live, in hops", func(h []byte) uint64 { return uint64(h[8]) }),
		header4("ip.proto", Unsigned8, "protocol that the IPv4 packet carries, 6 for TCP", func(h []byte) uint64 { return uint64(h[9]) }),
		in(inHex, header4("ip.checksum", Unsigned16, "checksum of the IPv4 header", func(h []byte) uint64 { return word(h, 10) })),
		header6("ipv6.version", Unsigned8, "version of the header, 6", func(h []byte) uint64 { return uint64(h[0] >> 4) }),
		in(inHex, header6("ipv6.tclass", Unsigned32, "traffic class", func(h []byte) uint64 { return word(h, 0) >> 4 & 255 })),
		in24Bits(in(inHex, header6("ipv6.flow", Unsigned32, "flow label", func(h []byte) uint64 { return uint64(binary.BigEndian.Uint32(h) & 0xfffff) }))),
		header6("ipv6.plen", Unsigned16, "length of what follows the IPv6 header, in bytes", func(h []byte) uint64 { return word(h, 4) }),
		header6("ipv6.nxt", Unsigned8, "next header, 6 for TCP", func(h []byte) uint64 { return uint64(h[6]) }),
		header6("ipv6.hlim", Unsigned8, "hop limit", func(h []byte) uint64 { return uint64(h[7]) }),
	}
}

// word is two bytes of a header.
func word(h []byte, at int) uint64 { return uint64(binary.BigEndian.Uint16(h[at:])) }

// totalLength is the length in the header, or up to the end of the frame where
// segmentation offload left it 0 in the packet's own.
func totalLength(h []byte, p *trace.Packet, own bool) uint64 {
	if n := word(h, 2); n > 0 || !own {
		return n
	}
	return uint64(max(len(h)+p.WireLen-len(p.Frame), 0))
}

func header4(name string, t Type, doc string, get func(h []byte) uint64) field {
	return ipField(name, t, doc, 4, get)
}

func header6(name string, t Type, doc string, get func(h []byte) uint64) field {
	return ipField(name, t, doc, 6, get)
}

// ipField makes a field of the IP headers of a version.
func ipField(name string, t Type, doc string, version byte, get func(h []byte) uint64) field {
	return packet(name, t, doc, func(r *row, p *trace.Packet) {
		for _, h := range ips(p, version) {
			if h != nil {
				r.push(number(get(h)))
			}
		}
	})
}
