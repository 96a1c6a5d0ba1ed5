package filter

import (
	"net/netip"

	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// packetFields are what every row has of a packet: of the packet that it is, or
// of the one that completes a message, where Wireshark shows the message.
func packetFields() []field {
	f := []field{
		{Field: Field{Name: "frame"}, get: func(r *row, p *part) {
			if p.row != nil {
				r.push(value{b: p.row.Frame})
			} else if p.ended().Packet > 0 {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: "frame.number", Type: Unsigned32}, get: func(r *row, p *part) {
			if n := p.ended().Packet; n > 0 {
				r.push(number(uint64(n)))
			}
		}},
		{Field: Field{Name: "frame.time", Type: DateTime}, get: pushTime},
		{Field: Field{Name: "frame.time_epoch", Type: TimeOffset}, get: pushTime},
		{Field: Field{Name: "frame.time_relative", Type: TimeOffset}, get: func(r *row, p *part) {
			if at := p.ended().Nano; at != 0 && r.begin != 0 {
				r.push(signed(at - r.begin))
			}
		}},
		{Field: Field{Name: "eth"}, get: pushEthernet},
		late(field{Field: Field{Name: "tls"}, get: pushTLS}),
		{Field: Field{Name: "tcp"}, get: func(r *row, p *part) {
			if p.row == nil {
				r.push(number(1))
			} else if h := tcps(p.row); h != nil {
				r.push(value{b: h})
			}
		}},
		{Field: Field{Name: "tcp.stream", Type: Unsigned32}, get: func(r *row, p *part) {
			if id := p.stream(); id >= 0 {
				r.push(number(uint64(id)))
			}
		}},
		{Field: Field{Name: "tcp.srcport", Type: Unsigned16}, get: func(r *row, p *part) { r.ports(p, true, false) }},
		{Field: Field{Name: "tcp.dstport", Type: Unsigned16}, get: func(r *row, p *part) { r.ports(p, false, true) }},
		{Field: Field{Name: "tcp.port", Type: Unsigned16, Many: true}, get: func(r *row, p *part) {
			r.ports(p, true, true)
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
	return []field{
		{Field: Field{Name: name}, get: func(r *row, p *part) { r.ip(p, t) }},
		{Field: Field{Name: name + ".src", Type: t}, get: func(r *row, p *part) { r.addresses(p, t, true, false) }},
		{Field: Field{Name: name + ".dst", Type: t}, get: func(r *row, p *part) { r.addresses(p, t, false, true) }},
		{Field: Field{Name: name + ".addr", Type: t, Many: true},
			get: func(r *row, p *part) { r.addresses(p, t, true, true) }},
	}
}

// version is the version of IP that has addresses of a type.
func (t Type) version() byte {
	if t == IPv4 {
		return 4
	}
	return 6
}

// ip pushes the IP packets of a version.
func (r *row) ip(p *part, t Type) {
	if p.row == nil {
		if a := p.from().Addr().Unmap(); a.IsValid() && a.Is4() == (t == IPv4) {
			r.push(number(1))
		}
		return
	}
	for _, h := range ips(p.row, t.version()) {
		if h != nil {
			r.push(value{b: h})
		}
	}
}

// addresses pushes the addresses of sender and receiver, of those asked for.
func (r *row) addresses(p *part, t Type, from, to bool) {
	if p.row == nil {
		r.address(p.from().Addr().Unmap(), t, from)
		r.address(p.to().Addr().Unmap(), t, to)
		return
	}
	at, size := 12, 4 // where the sender's address is
	if t == IPv6 {
		at, size = 8, 16
	}
	for _, h := range ips(p.row, t.version()) {
		if h == nil {
			continue
		}
		a, _ := netip.AddrFromSlice(h[at : at+size])
		b, _ := netip.AddrFromSlice(h[at+size : at+2*size])
		r.address(a, t, from)
		r.address(b, t, to)
	}
}

// address pushes an address that is asked for and of the type.
func (r *row) address(a netip.Addr, t Type, asked bool) {
	if asked && a.IsValid() && a.Is4() == (t == IPv4) {
		r.push(address(a))
	}
}

func pushTime(r *row, p *part) {
	if at := p.ended().Nano; at != 0 {
		r.push(signed(at))
	}
}

// ports pushes the ports of sender and receiver, of those asked for.
func (r *row) ports(p *part, from, to bool) {
	if p.row != nil && p.row.Skip == "icmp" {
		r.quotedPorts(tcps(p.row), from, to)
		return
	}
	if from {
		r.port(p.from())
	}
	if to {
		r.port(p.to())
	}
}

func (r *row) quotedPorts(h []byte, from, to bool) {
	if h != nil && from {
		r.push(number(word(h, 0)))
	}
	if h != nil && to {
		r.push(number(word(h, 2)))
	}
}

// port pushes the port of an end that is known.
func (r *row) port(a netip.AddrPort) {
	if a.IsValid() {
		r.push(number(uint64(a.Port())))
	}
}

// Ended is the packet to which Wireshark pins a message.
func Ended(m *trace.Message) layer.Stamp { return m.Finish() }

func (p *part) ended() layer.Stamp {
	switch {
	case p.row != nil:
		return layer.Stamp{Packet: p.row.Number, Nano: p.row.Nano}
	case p.m == nil:
		return layer.Stamp{}
	}
	return Ended(p.m)
}

// sender is the side that sent the message; the client for a row without one.
func (p *part) sender() layer.Side {
	if p.side == response {
		return layer.Server
	}
	return layer.Client
}

func (p *part) from() netip.AddrPort {
	if p.row != nil {
		return p.row.Src
	}
	return p.x.Conn.Ends[p.sender()]
}

func (p *part) to() netip.AddrPort {
	if p.row != nil {
		return p.row.Dst
	}
	return p.x.Conn.Ends[1-p.sender()]
}

// stream is the number of the connection, -1 for none.
func (p *part) stream() int64 {
	if p.row != nil {
		return p.row.Conn
	}
	return p.x.Conn.ID
}

func pushEthernet(r *row, p *part) {
	switch {
	case p.row != nil && p.row.Link == ethernet && len(p.row.Frame) >= ethernetHeader:
		r.push(value{b: p.row.Frame})
	case p.row == nil && p.x.Conn.Link == ethernet:
		r.push(number(1))
	}
}

func pushTLS(r *row, p *part) {
	switch {
	case p.row != nil && len(p.row.TLS) > 0:
		r.push(value{b: p.row.Payload})
	case p.row == nil && p.x.Conn.Protocol == trace.TLS:
		r.push(number(1))
	}
}
