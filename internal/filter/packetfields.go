package filter

import (
	"net/netip"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// packetFields are what every row has of a packet: of the packet that it is, or
// of the one that completes a message, where Wireshark shows the message.
func packetFields() []field {
	f := []field{
		{Field: Field{Name: "frame", Doc: "packet, or the one that completes a message"}, get: func(r *row, p *part) {
			if p.row != nil {
				r.push(value{b: p.row.Frame})
			} else if p.ended().Frame > 0 {
				r.push(number(1))
			}
		}},
		{Field: Field{Name: "frame.number", Type: Unsigned32, Doc: "number of the packet, or of the one that completes a message, from 1"}, get: func(r *row, p *part) {
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
		{Field: Field{Name: "eth", Doc: "Ethernet header"}, get: pushEthernet},
		{Field: Field{Name: "tls", Doc: "TLS"}, get: pushTLS},
		{Field: Field{Name: "tcp", Doc: "TCP header, and what the segment carries"}, get: func(r *row, p *part) {
			if p.row == nil {
				r.push(number(1))
			} else if p.row.Skip == "" {
				r.push(value{b: p.row.TCP})
			}
		}},
		{Field: Field{Name: "tcp.stream", Type: Unsigned32, Doc: "number of the connection, from 0"}, get: func(r *row, p *part) {
			if id := p.stream(); id >= 0 {
				r.push(number(uint64(id)))
			}
		}},
		{Field: Field{Name: "tcp.srcport", Type: Unsigned16, Doc: "port of the sender"}, get: func(r *row, p *part) { r.port(p.from()) }},
		{Field: Field{Name: "tcp.dstport", Type: Unsigned16, Doc: "port of the receiver"}, get: func(r *row, p *part) { r.port(p.to()) }},
		{Field: Field{Name: "tcp.port", Type: Unsigned16, Doc: "port of the sender or of the receiver", Many: true}, get: func(r *row, p *part) {
			r.port(p.from())
			r.port(p.to())
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
	push := func(r *row, v netip.Addr) {
		if v = v.Unmap(); v.IsValid() && v.Is4() == (t == IPv4) {
			r.push(address(v))
		}
	}
	return []field{
		{Field: Field{Name: name, Doc: "header of an " + t.String()[:4] + " packet, and what it carries"}, get: func(r *row, p *part) {
			if from, _ := p.hosts(); from.IsValid() && from.Unmap().Is4() == (t == IPv4) {
				if p.row != nil {
					r.push(value{b: p.row.IP})
				} else {
					r.push(number(1))
				}
			}
		}},
		{Field: Field{Name: name + ".src", Type: t, Doc: "address of the sender"}, get: func(r *row, p *part) {
			from, _ := p.hosts()
			push(r, from)
		}},
		{Field: Field{Name: name + ".dst", Type: t, Doc: "address of the receiver"}, get: func(r *row, p *part) {
			_, to := p.hosts()
			push(r, to)
		}},
		{Field: Field{Name: name + ".addr", Type: t, Doc: "address of the sender or of the receiver", Many: true}, get: func(r *row, p *part) {
			from, to := p.hosts()
			push(r, from)
			push(r, to)
		}},
	}
}

func pushTime(r *row, p *part) {
	if at := p.ended().Nano; at != 0 {
		r.push(signed(at))
	}
}

// port pushes the port of an end that is known.
func (r *row) port(a netip.AddrPort) {
	if a.IsValid() {
		r.push(number(uint64(a.Port())))
	}
}

// Ended is the packet to which Wireshark pins a message: that of its last byte,
// and the FIN when the close ends the body.
func Ended(m *trace.Message) trace.Point {
	if m.Done && m.Complete {
		return m.Ended
	}
	return m.Last
}

func (p *part) ended() trace.Point {
	switch {
	case p.row != nil:
		return trace.Point{Frame: p.row.Number, Nano: p.row.Nano}
	case p.m == nil:
		return trace.Point{}
	}
	return Ended(p.m)
}

// sender is the side that sent the message; the client for a row without one.
func (p *part) sender() httpdecode.Side {
	if p.side == response {
		return httpdecode.Server
	}
	return httpdecode.Client
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

// hosts are the addresses of sender and receiver, of every IP packet.
func (p *part) hosts() (from, to netip.Addr) {
	if p.row == nil {
		return p.from().Addr(), p.to().Addr()
	}
	switch ip := p.row.IP; {
	case len(ip) >= 20 && ip[0]>>4 == 4:
		return netip.AddrFrom4([4]byte(ip[12:16])), netip.AddrFrom4([4]byte(ip[16:20]))
	case len(ip) >= 40 && ip[0]>>4 == 6:
		return netip.AddrFrom16([16]byte(ip[8:24])), netip.AddrFrom16([16]byte(ip[24:40]))
	}
	return from, to
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
	case p.row == nil && p.x.Conn.Protocol == "tls":
		r.push(number(1))
	}
}
