package inspect

import (
	"encoding/binary"

	"httpscope/capture"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// absence counts what a capture without any HTTP holds instead.
type absence struct {
	links map[capture.LinkType]int64 // packets of link types that are not read
	ports map[uint16]int64           // UDP packets by port, of either end
	cutTo int                        // captured bytes of the longest packet that was cut
}

// maxPorts bounds the UDP ports that are counted, one by one: a scan names them all.
const maxPorts = 1024

// note counts a packet that carries no TCP segment that can be read, or was cut.
func (a *absence) note(p *capture.Packet) {
	if p.CapLen < p.WireLen {
		a.cutTo = max(a.cutTo, p.CapLen)
	}
	switch p.Skip {
	case capture.SkipLink:
		if a.links == nil {
			a.links = map[capture.LinkType]int64{}
		}
		a.links[p.Link]++
	case capture.SkipUDP:
		for _, port := range udpPorts(p.IP) {
			a.port(port)
		}
	}
}

func (a *absence) port(port uint16) {
	if a.ports == nil {
		a.ports = map[uint16]int64{}
	}
	if _, known := a.ports[port]; known || len(a.ports) < maxPorts {
		a.ports[port]++
	}
}

// udpPorts are the two ports of a UDP datagram in an IP packet; none when they are not there.
func udpPorts(ip []byte) []uint16 {
	const fixed6 = 40 // RFC 8200, Section 3
	at := fixed6
	if len(ip) > 0 && ip[0]>>4 == 4 {
		at = int(ip[0]&15) * 4
	}
	if len(ip) < at+4 {
		return nil
	}
	return []uint16{binary.BigEndian.Uint16(ip[at:]), binary.BigEndian.Uint16(ip[at+2:])}
}

// portNames are UDP ports that often carry, or hide, what somebody looks for: names, or the keys of phrases.
var portNames = map[uint16]string{
	53: "DNS", 67: "DHCP", 68: "DHCP", 123: "NTP", 161: "SNMP",
	443: "absence.quic", 500: "IPsec", 1701: "L2TP", 1900: "SSDP",
	2152: "absence.gtp-u", 3478: "STUN", 3544: "Teredo", 4500: "IPsec",
	4789: "VXLAN", 4790: "VXLAN-GPE", 5246: "CAPWAP",
	5247: "CAPWAP", 5353: "mDNS", 6081: "Geneve", 6635: "absence.mpls", 8472: "VXLAN", 51820: "WireGuard",
}

// sentence says why a capture shows no exchange, nothing when it shows one. protocols
// counts connections by what they speak.
func (a *absence) sentence(s *trace.Summary, protocols map[trace.Protocol]int64) texts.Phrase {
	if s.Exchanges > 0 {
		return texts.Phrase{}
	}
	return texts.Say("absence.none", a.reason(s, protocols))
}

func (a *absence) reason(s *trace.Summary, protocols map[trace.Protocol]int64) texts.Phrase {
	switch {
	case s.Packets == 0:
		return texts.Say("absence.no-packets")
	case s.TCPPackets == 0:
		return a.withoutTCP(s)
	case s.Payload == 0 && s.Cut > 0:
		return texts.Say("absence.cut", a.cutTo)
	case s.Payload == 0:
		return texts.Say("absence.no-data", s.TCPPackets)
	}
	return spoken(s, protocols)
}

// unreadLinks are link types of the tcpdump.org registry that captures show and that are not read.
var unreadLinks = map[capture.LinkType]string{
	3: "AX.25", 6: "Token Ring", 7: "ARCNET", 8: "SLIP", 10: "FDDI",
	100: "ATM, RFC 1483", 117: "OpenBSD pf log", 122: "IP over Fibre Channel",
	123: "SunATM", 143: "DOCSIS", 187: "Bluetooth HCI", 189: "USB on Linux",
	195: "IEEE 802.15.4", 197: "Endace ERF", 201: "Bluetooth HCI",
	204: "PPP with direction", 220: "USB on Linux", 227: "CAN", 247: "InfiniBand",
	249: "USBPcap", 251: "Bluetooth Low Energy", 253: "netlink",
	258: "Apple PKTAP", 274: "IEEE 802.3br mPackets",
}

// named is a name, or what the phrase with its key says.
func named(name string) any {
	if texts.In(texts.English).Has(name) {
		return texts.Say(name)
	}
	return name
}

// unreadLink says that all packets have a link type that is not read.
func unreadLink(link capture.LinkType) texts.Phrase {
	const user0, user15 = 147, 162
	switch name := unreadLinks[link]; {
	case name != "":
		return texts.Say("absence.link.named", int(link), named(name))
	case user0 <= link && link <= user15:
		return texts.Say("absence.link.user", int(link), int(link-user0))
	}
	return texts.Say("absence.link", int(link))
}

// withoutTCP tells what packets are when none is TCP.
func (a *absence) withoutTCP(s *trace.Summary) texts.Phrase {
	for link, n := range a.links {
		if n == s.Packets {
			return unreadLink(link)
		}
	}
	none := texts.Say("absence.no-tcp", texts.Say("count.packet", s.Packets))
	n := s.Skipped[capture.SkipUDP.String()]
	if n == 0 {
		return none
	}
	port, times := a.mostUsed()
	switch name := portNames[port]; {
	case times == 0:
		return texts.Say("absence.udp", none, n)
	case name == "":
		return texts.Say("absence.udp.port", none, n, int(port))
	default:
		return texts.Say("absence.udp.port-named", none, n, int(port), named(name))
	}
}

// mostUsed is the UDP port with most packets; of two alike a known one, then the lower.
func (a *absence) mostUsed() (port uint16, packets int64) {
	for p, n := range a.ports {
		known, best := portNames[p] != "", portNames[port] != ""
		if n > packets || n == packets && (known && !best || known == best && p < port) {
			port, packets = p, n
		}
	}
	return port, packets
}

// spoken tells what connections speak that do not speak HTTP/1.
func spoken(s *trace.Summary, protocols map[trace.Protocol]int64) texts.Phrase {
	var clauses []texts.Phrase
	for _, p := range []struct {
		protocol trace.Protocol
		key      string
	}{
		{trace.TLS, "absence.tls"}, {trace.HTTP2, "absence.http2"}, {trace.WebSocket, "absence.websocket"},
	} {
		if n := protocols[p.protocol]; n > 0 {
			clauses = append(clauses, share(n, s.Connections, texts.Say(p.key)))
		}
	}
	if len(clauses) == 0 {
		return texts.Say("absence.nothing-like-http", texts.Say("count.connection", s.Connections))
	}
	return joined(clauses)
}

// share says how many of all connections carry something.
func share(n, all int64, what texts.Phrase) texts.Phrase {
	switch {
	case all == 1:
		return texts.Say("absence.share.the-one", what)
	case n == all:
		return texts.Say("absence.share.all", all, what)
	}
	return texts.Say("absence.share", n, all, what)
}

// joined are clauses, one after the other.
func joined(clauses []texts.Phrase) texts.Phrase {
	all := clauses[0]
	for _, c := range clauses[1:] {
		all = texts.Say("absence.and", all, c)
	}
	return all
}
