package filter

import (
	"encoding/binary"

	"httpscope/internal/trace"
)

// The Ethernet header: two addresses and a type (IEEE 802.3).
const (
	ethernet       = "ethernet"
	ethernetHeader = 14
	smallestType   = 0x600 // below it the field is a length
)

// packet makes a field of packets. get pushes its values.
func packet(name string, t Type, get func(r *row, p *trace.Packet)) field {
	return field{Field: Field{Name: name, Type: t}, level: ofFrame, get: func(r *row, p *part) { get(r, p.row) }}
}

// several says that a packet can have several values of a field.
func several(f field) field {
	f.Many = true
	return f
}

// in writes the values of a field in a notation.
func in(n notation, f field) field {
	f.notation = n
	return f
}

// in24Bits says that a number has three bytes on the wire, in a type of more.
func in24Bits(f field) field {
	f.digits = 6
	return f
}

// frameFields are those of the capture's record and of the Ethernet header.
func frameFields() []field {
	return []field{
		packet("frame.len", Unsigned32, func(r *row, p *trace.Packet) { r.push(number(uint64(p.WireLen))) }),
		packet("frame.cap_len", Unsigned32, func(r *row, p *trace.Packet) { r.push(number(uint64(p.CapLen()))) }),
		protocolsField(),
		packet("frame.time_delta", TimeOffset, func(r *row, p *trace.Packet) { r.push(signed(p.SincePacket)) }),
		packet("frame.interface_id", Unsigned32, func(r *row, p *trace.Packet) {
			if p.Interfaces {
				r.push(number(uint64(p.Interface)))
			}
		}),
		several(packet("frame.comment", String, func(r *row, p *trace.Packet) {
			for _, c := range p.Comments {
				r.push(text(c))
			}
		})),
		in(withColons, packet("eth.dst", Bytes, func(r *row, p *trace.Packet) { r.ethernet(p, 0, 6) })),
		in(withColons, packet("eth.src", Bytes, func(r *row, p *trace.Packet) { r.ethernet(p, 6, 12) })),
		several(in(withColons, packet("eth.addr", Bytes, func(r *row, p *trace.Packet) {
			r.ethernet(p, 0, 6)
			r.ethernet(p, 6, 12)
		}))),
		in(inHex, packet("eth.type", Unsigned16, func(r *row, p *trace.Packet) {
			if h := etherHeader(p); h != nil {
				if t := binary.BigEndian.Uint16(h[12:]); t >= smallestType {
					r.push(number(uint64(t)))
				}
			}
		})),
	}
}

// etherHeader is the Ethernet header, nil when there is none.
func etherHeader(p *trace.Packet) []byte {
	if p.Link != ethernet || len(p.Frame) < ethernetHeader {
		return nil
	}
	return p.Frame[:ethernetHeader]
}

func (r *row) ethernet(p *trace.Packet, from, to int) {
	if h := etherHeader(p); h != nil {
		r.push(text(string(h[from:to])))
	}
}
