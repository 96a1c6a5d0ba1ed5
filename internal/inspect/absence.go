package inspect

import (
	"encoding/binary"
	"fmt"
	"strings"

	"httpscope/capture"
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

// portNames are UDP ports that often carry, or hide, what somebody looks for.
var portNames = map[uint16]string{
	53: "DNS", 67: "DHCP", 68: "DHCP", 123: "NTP", 161: "SNMP",
	443: "QUIC, which carries HTTP/3", 500: "IPsec", 1701: "L2TP", 1900: "SSDP",
	2152: "GTP-U, a tunnel of mobile networks", 3478: "STUN", 3544: "Teredo", 4500: "IPsec",
	4789: "VXLAN", 4790: "VXLAN-GPE", 5246: "CAPWAP",
	5247: "CAPWAP", 5353: "mDNS", 6081: "Geneve", 6635: "MPLS in UDP", 8472: "VXLAN", 51820: "WireGuard",
}

// sentence says why a capture shows no exchange, "" when it shows one. protocols
// counts connections by what they speak.
func (a *absence) sentence(s *trace.Summary, protocols map[trace.Protocol]int64) string {
	switch {
	case s.Exchanges > 0:
		return ""
	case s.Packets == 0:
		return "no HTTP was found: the capture holds no packets"
	case s.TCPPackets == 0:
		return "no HTTP was found: " + a.withoutTCP(s)
	case s.Payload == 0 && s.Cut > 0:
		return fmt.Sprintf(
			"no HTTP was found: the snapshot length, %d bytes, has cut off what the TCP packets carried", a.cutTo)
	case s.Payload == 0:
		return fmt.Sprintf("no HTTP was found: the %s carry no data", count(s.TCPPackets, "TCP packet"))
	}
	return "no HTTP was found: " + spoken(s, protocols)
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

// linkName is the name of a link type that is not read, in brackets.
func linkName(link capture.LinkType) string {
	const user0, user15 = 147, 162
	switch name := unreadLinks[link]; {
	case name != "":
		return " (" + name + ")"
	case user0 <= link && link <= user15:
		return fmt.Sprintf(" (USER%d, for private use)", link-user0)
	}
	return ""
}

// withoutTCP tells what packets are when none is TCP.
func (a *absence) withoutTCP(s *trace.Summary) string {
	for link, n := range a.links {
		if n == s.Packets {
			return fmt.Sprintf("all packets have link type %d%s, which is not read", link, linkName(link))
		}
	}
	text := fmt.Sprintf("none of the %s carries TCP", count(s.Packets, "packet"))
	if n := s.Skipped[capture.SkipUDP.String()]; n > 0 {
		text += fmt.Sprintf("; %d are UDP", n)
		if port, times := a.mostUsed(); times > 0 {
			text += fmt.Sprintf(", most on port %d", port)
			if name := portNames[port]; name != "" {
				text += " (" + name + "?)"
			}
		}
	}
	return text
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

// share says how many of all connections carry something.
func share(n, all int64) string {
	switch {
	case all == 1:
		return "the connection carries"
	case n == all:
		return fmt.Sprintf("all %d connections carry", all)
	case n == 1:
		return fmt.Sprintf("1 of %d connections carries", all)
	}
	return fmt.Sprintf("%d of %d connections carry", n, all)
}

// spoken tells what connections speak that do not speak HTTP/1.
func spoken(s *trace.Summary, protocols map[trace.Protocol]int64) string {
	var parts []string
	for _, p := range []struct {
		protocol trace.Protocol
		text     string
	}{
		{trace.TLS, "TLS, so that HTTP in them is encrypted"}, {trace.HTTP2, "HTTP/2, which is not read yet"},
		{trace.WebSocket, "WebSocket"},
	} {
		if n := protocols[p.protocol]; n > 0 {
			parts = append(parts, share(n, s.Connections)+" "+p.text)
		}
	}
	if len(parts) == 0 {
		return "nothing on " + count(s.Connections, "connection") + " begins like a request or a response"
	}
	return strings.Join(parts, "; ")
}

// count is a number with its noun.
func count(n int64, noun string) string {
	if n == 1 {
		return "1 " + noun
	}
	return fmt.Sprintf("%d %ss", n, noun)
}
