package filter

import "httpscope/internal/trace"

// udpFields are those of UDP headers (RFC 768), and of those that an ICMP error
// quotes.
func udpFields() []field {
	all := []field{
		packet("udp", Protocol, func(r *row, p *trace.Packet) {
			if h := udps(p); h != nil {
				r.push(value{b: h})
			}
		}),
		udpHeader("udp.srcport", 0),
		udpHeader("udp.dstport", 2),
		several(packet("udp.port", Unsigned16, func(r *row, p *trace.Packet) {
			r.quotedPorts(udps(p), true, true)
		})),
		udpHeader("udp.length", 4),
		in(inHex, udpHeader("udp.checksum", 6)),
		packet("udp.payload", Bytes, func(r *row, p *trace.Packet) {
			if h := udps(p); len(h) > udpHeaderLen {
				r.push(value{b: h[udpHeaderLen:min(len(h), max(udpHeaderLen, int(word(h, 4))))]})
			}
		}),
	}
	return all
}

const udpHeaderLen = 8

// udpHeader makes a field of two bytes of the header.
func udpHeader(name string, at int) field {
	return packet(name, Unsigned16, func(r *row, p *trace.Packet) {
		if h := udps(p); h != nil {
			r.push(number(word(h, at)))
		}
	})
}

// udps is the UDP datagram of a packet, or what an ICMP error quotes of one, as
// far as it was captured; nil when there is no whole header.
func udps(p *trace.Packet) []byte {
	const udp = 17
	b := p.IP
	switch p.Skip {
	case "udp":
	case "icmp":
		b = quoted(p)
	default:
		return nil
	}
	if h := transport(b, udp); len(h) >= udpHeaderLen {
		return h
	}
	return nil
}

// transport is what an IP packet carries, nil when that is another protocol or a
// later fragment. Extension headers of IPv6 are stepped over (RFC 8200, Section 4).
func transport(b []byte, protocol byte) []byte {
	const offsetMask = 0x1fff
	if h := ipHeader(b, 4); h != nil {
		if n := int(h[0]&15) * 4; h[9] == protocol && word(h, 6)&offsetMask == 0 && n >= shortest4 && n <= len(h) {
			return h[n:]
		}
		return nil
	}
	h := ipHeader(b, 6)
	if h == nil {
		return nil
	}
	next, rest := h[6], h[shortest6:]
	for next != protocol {
		if len(rest) < 8 || !isExtension(next) {
			return nil
		}
		n := 8 + int(rest[1])*8
		if n > len(rest) {
			return nil
		}
		next, rest = rest[0], rest[n:]
	}
	return rest
}

// isExtension reports the headers of IPv6 whose length is counted in 8 bytes.
func isExtension(next byte) bool { return extensionNames[next] != "" }
