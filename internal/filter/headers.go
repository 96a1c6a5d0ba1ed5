package filter

import "httpscope/internal/trace"

// Shortest headers, and what an ICMP error quotes at least of a TCP header:
// ports and sequence number (RFC 792, RFC 4443, Section 3).
const (
	shortest4   = 20
	shortest6   = 40
	shortestTCP = 20
	quotedTCP   = 8
)

// ipHeader returns the packet of a version that begins with b, nil when none does.
func ipHeader(b []byte, version byte) []byte {
	shortest := shortest4
	if version == 6 {
		shortest = shortest6
	}
	if len(b) < shortest || b[0]>>4 != version {
		return nil
	}
	return b
}

// ips are the IP packet of a packet and the one that it quotes, each nil when
// there is none of that version: for Wireshark both are there.
func ips(p *trace.Packet, version byte) [2][]byte {
	return [2][]byte{ipHeader(p.IP, version), ipHeader(quoted(p), version)}
}

// tcps are the TCP header of a packet, whole, or what an ICMP error quotes of one.
func tcps(p *trace.Packet) []byte {
	switch {
	case p.Skip == "" && len(p.TCP) >= shortestTCP:
		return p.TCP
	case p.Skip == "icmp":
		return quotedSegment(quoted(p))
	}
	return nil
}

// quoted is the beginning of the packet that an ICMP error answers, nil when
// the packet is none.
func quoted(p *trace.Packet) []byte {
	const icmp, icmp6, header = 1, 58, 8
	if p.Skip != "icmp" {
		return nil
	}
	var message []byte
	b := p.IP
	is := func(byte) bool { return false }
	if h := ipHeader(b, 4); h != nil && h[9] == icmp {
		message, is = b[min(int(h[0]&15)*4, len(b)):], isError4
	} else if h := ipHeader(b, 6); h != nil && h[6] == icmp6 {
		message, is = b[shortest6:], isError6
	}
	if len(message) < header || !is(message[0]) {
		return nil
	}
	return message[header:]
}

// isError4 reports the types of ICMP that quote: unreachable, source quench,
// redirect, time exceeded, parameter problem.
func isError4(t byte) bool { return t >= 3 && t <= 5 || t == 11 || t == 12 }

// isError6 is RFC 4443, Section 2.1.
func isError6(t byte) bool { return t >= 1 && t <= 4 }

// quotedSegment is the TCP header in a packet that may be cut anywhere.
func quotedSegment(b []byte) []byte {
	const tcp, offsetMask = 6, 0x1fff
	header := 0
	if h := ipHeader(b, 4); h != nil && h[9] == tcp && word(h, 6)&offsetMask == 0 {
		header = int(h[0]&15) * 4
	} else if h := ipHeader(b, 6); h != nil && h[6] == tcp {
		header = shortest6
	}
	if header < shortest4 || len(b) < header+quotedTCP {
		return nil
	}
	return b[header:]
}
