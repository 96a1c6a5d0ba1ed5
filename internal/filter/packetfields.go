package filter

import (
	"net/netip"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// packetFields are what the packet that completes a message says: Wireshark
// shows a message in the row of that packet.
func packetFields() []field {
	always := func(r *row, _ *part) { r.push(number(1)) }
	f := []field{
		{Field: Field{Name: "frame", Doc: "packet that completes a message"}, get: func(r *row, p *part) {
			if p.ended().Frame > 0 {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: "frame.number", Type: Unsigned32, Doc: "number of the packet that completes a message, from 1"}, get: func(r *row, p *part) {
			if n := p.ended().Frame; n > 0 {
				r.push(number(uint64(n)))
			}
		}},
		{Field: Field{Name: "frame.time", Type: DateTime, Doc: "time of the packet that completes a message"}, get: pushTime},
		{Field: Field{Name: "frame.time_epoch", Type: TimeOffset, Doc: "time of the packet that completes a message, in seconds since 1970"}, get: pushTime},
		{Field: Field{Name: "frame.time_relative", Type: TimeOffset, Doc: "time of the packet that completes a message, in seconds since the first packet"}, get: func(r *row, p *part) {
			if at := p.ended().Nano; at != 0 && r.begin != 0 {
				r.push(signed(at - r.begin))
			}
		}},
		{Field: Field{Name: "eth", Doc: "Ethernet header"}, opaque: true, get: func(r *row, p *part) {
			if p.x.Conn.Link == "ethernet" {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: "tls", Doc: "TLS"}, opaque: true, get: func(r *row, p *part) {
			if p.x.Conn.Protocol == "tls" {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: "tcp", Doc: "TCP header"}, opaque: true, get: always},
		{Field: Field{Name: "tcp.stream", Type: Unsigned32, Doc: "number of the connection, from 0"}, get: func(r *row, p *part) { r.push(number(uint64(p.x.Conn.ID))) }},
		{Field: Field{Name: "tcp.srcport", Type: Unsigned16, Doc: "port of the sender"}, get: func(r *row, p *part) { r.push(number(uint64(p.from().Port()))) }},
		{Field: Field{Name: "tcp.dstport", Type: Unsigned16, Doc: "port of the receiver"}, get: func(r *row, p *part) { r.push(number(uint64(p.to().Port()))) }},
		{Field: Field{Name: "tcp.port", Type: Unsigned16, Doc: "port of the sender or of the receiver", Many: true}, get: func(r *row, p *part) {
			r.push(number(uint64(p.from().Port())))
			r.push(number(uint64(p.to().Port())))
		}},
	}
	f = append(append(f, addressFields("ip", IPv4)...), addressFields("ipv6", IPv6)...)
	for i := range f {
		f[i].level, f[i].opaque = ofPacket, f[i].Type == Protocol
	}
	return f
}

// addressFields are the fields of one version of IP.
func addressFields(name string, t Type) []field {
	push := func(r *row, a netip.AddrPort) {
		if v := a.Addr().Unmap(); v.IsValid() && v.Is4() == (t == IPv4) {
			r.push(address(v))
		}
	}
	return []field{
		{Field: Field{Name: name, Doc: "header of an " + t.String()[:4] + " packet"}, get: func(r *row, p *part) {
			if a := p.from().Addr().Unmap(); a.IsValid() && a.Is4() == (t == IPv4) {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: name + ".src", Type: t, Doc: "address of the sender"}, get: func(r *row, p *part) { push(r, p.from()) }},
		{Field: Field{Name: name + ".dst", Type: t, Doc: "address of the receiver"}, get: func(r *row, p *part) { push(r, p.to()) }},
		{Field: Field{Name: name + ".addr", Type: t, Doc: "address of the sender or of the receiver", Many: true}, get: func(r *row, p *part) {
			push(r, p.from())
			push(r, p.to())
		}},
	}
}

func pushTime(r *row, p *part) {
	if at := p.ended().Nano; at != 0 {
		r.push(signed(at))
	}
}

// ended is the packet to which Wireshark pins a message: that of its last byte,
// and the FIN when the close ends the body.
func ended(m *trace.Message) trace.Point {
	if m.Done && m.Complete {
		return m.Ended
	}
	return m.Last
}

func (p *part) ended() trace.Point {
	if p.m == nil {
		return trace.Point{}
	}
	return ended(p.m)
}

// sender is the side that sent the message; the client for a row without one.
func (p *part) sender() httpdecode.Side {
	if p.side == response {
		return httpdecode.Server
	}
	return httpdecode.Client
}

func (p *part) from() netip.AddrPort { return p.x.Conn.Ends[p.sender()] }
func (p *part) to() netip.AddrPort   { return p.x.Conn.Ends[1-p.sender()] }
