package filter

import (
	"encoding/binary"

	"httpscope/internal/trace"
)

// ipFields are those of the headers of IPv4 (RFC 791, Section 3.1) and IPv6
// (RFC 8200, Section 3). A packet that quotes another has two values.
func ipFields() []field {
	return []field{
		packet("ip.version", Unsigned8, func(r *row, p *trace.Packet) {
			for _, version := range []byte{4, 6} {
				for _, h := range ips(p, version) {
					if h != nil {
						r.push(number(uint64(version)))
					}
				}
			}
		}),
		header4("ip.hdr_len", Unsigned8, func(h []byte) uint64 { return uint64(h[0]&15) * 4 }),
		in(inHex, header4("ip.dsfield", Unsigned8, func(h []byte) uint64 { return uint64(h[1]) })),
		header4("ip.dsfield.dscp", Unsigned8, func(h []byte) uint64 { return uint64(h[1] >> 2) }),
		header4("ip.dsfield.ecn", Unsigned8, func(h []byte) uint64 { return uint64(h[1] & 3) }),
		packet("ip.len", Unsigned16, func(r *row, p *trace.Packet) {
			for i, h := range ips(p, 4) {
				if h != nil {
					r.push(number(totalLength(h, p, i == 0)))
				}
			}
		}),
		in(inHex, header4("ip.id", Unsigned16, func(h []byte) uint64 { return word(h, 4) })),
		in(inHex, header4("ip.flags", Unsigned8, func(h []byte) uint64 { return uint64(h[6] >> 5) })),
		header4("ip.flags.rb", Boolean, func(h []byte) uint64 { return uint64(h[6] >> 7) }),
		header4("ip.flags.df", Boolean, func(h []byte) uint64 { return uint64(h[6] >> 6 & 1) }),
		header4("ip.flags.mf", Boolean, func(h []byte) uint64 { return uint64(h[6] >> 5 & 1) }),
		header4("ip.frag_offset", Unsigned16, func(h []byte) uint64 { return word(h, 6) & 0x1fff * 8 }),
		header4("ip.ttl", Unsigned8, func(h []byte) uint64 { return uint64(h[8]) }),
		header4("ip.proto", Unsigned8, func(h []byte) uint64 { return uint64(h[9]) }),
		in(inHex, header4("ip.checksum", Unsigned16, func(h []byte) uint64 { return word(h, 10) })),
		header6("ipv6.version", Unsigned8, func(h []byte) uint64 { return uint64(h[0] >> 4) }),
		in(inHex, header6("ipv6.tclass", Unsigned32, func(h []byte) uint64 { return word(h, 0) >> 4 & 255 })),
		in24Bits(in(inHex, header6("ipv6.flow", Unsigned32,
			func(h []byte) uint64 { return uint64(binary.BigEndian.Uint32(h) & 0xfffff) }))),
		header6("ipv6.plen", Unsigned16, func(h []byte) uint64 { return word(h, 4) }),
		header6("ipv6.nxt", Unsigned8, func(h []byte) uint64 { return uint64(h[6]) }),
		header6("ipv6.hlim", Unsigned8, func(h []byte) uint64 { return uint64(h[7]) }),
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

func header4(name string, t Type, get func(h []byte) uint64) field {
	return ipField(name, t, 4, get)
}

func header6(name string, t Type, get func(h []byte) uint64) field {
	return ipField(name, t, 6, get)
}

// ipField makes a field of the IP headers of a version.
func ipField(name string, t Type, version byte, get func(h []byte) uint64) field {
	return packet(name, t, func(r *row, p *trace.Packet) {
		for _, h := range ips(p, version) {
			if h != nil {
				r.push(number(get(h)))
			}
		}
	})
}
