package filter

import (
	"cmp"
	"encoding/binary"
	"strings"

	"httpscope/internal/trace"
)

// protocolsField is frame.protocols, by Wireshark's names of protocols. Below TCP
// it is read from the headers; above, it is what httpscope has found.
func protocolsField() field {
	return field{
		Field: Field{Name: "frame.protocols", Type: String},
		level: ofFrame,
		get: func(r *row, p *part) {
			all := append(lowerProtocols(p.row), r.upperProtocols(p)...)
			r.push(text(strings.Join(all, ":")))
		},
	}
}

// EtherTypes and the protocols below them.
var etherNames = map[uint16]string{
	0x0800: "ip", 0x86dd: "ipv6", 0x0806: "arp", 0x8847: "mpls", 0x8864: "pppoes:ppp", 0x88cc: "lldp", 0x888e: "eapol",
}

// lowerProtocols are the protocols up to the transport layer.
func lowerProtocols(p *trace.Packet) []string {
	all := linkProtocols(p)
	if p.Tunnel != "" {
		all = append(all, p.Tunnel)
	}
	switch v := networkOf(p.IP); {
	case v == "":
		return all
	case len(all) == 0 || all[len(all)-1] != v || p.Tunnel != "":
		all = append(all, v)
	}
	return append(append(all, extensionProtocols(p.IP)...), transportProtocols(p)...)
}

// networkOf is the version of IP that a packet begins with.
func networkOf(b []byte) string {
	switch {
	case ipHeader(b, 4) != nil:
		return "ip"
	case ipHeader(b, 6) != nil:
		return "ipv6"
	}
	return ""
}

// linkProtocols are those of the link, and the network protocol that an EtherType tells.
func linkProtocols(p *trace.Packet) []string {
	switch p.Link {
	case ethernet:
		if h := etherHeader(p); h != nil {
			return append([]string{"eth"}, etherProtocols(p.Frame[12:])...)
		}
		return []string{"eth"}
	case "linux-cooked":
		if isCookedARP(p.Frame) {
			return []string{"sll", "ethertype", "arp"}
		}
		return []string{"sll", "ethertype"}
	case "loopback":
		return []string{"null"}
	case "raw-ip":
		return []string{"raw"}
	case "cisco-hdlc":
		return []string{"chdlc"}
	case "wifi":
		return []string{"wlan"}
	}
	return []string{p.Link}
}

// etherProtocols reads EtherTypes, and the tags of VLANs between them.
func etherProtocols(b []byte) []string {
	tags := map[uint16]string{0x8100: "vlan", 0x88a8: "ieee8021ad", 0x9100: "vlan"}
	var all []string
	for len(b) >= 2 {
		t := binary.BigEndian.Uint16(b)
		if t < smallestType {
			return append(all, "llc")
		}
		all = append(all, "ethertype")
		tag, is := tags[t]
		if !is {
			if name := etherNames[t]; name != "" {
				all = append(all, name)
			}
			return all
		}
		all, b = append(all, tag), b[min(4, len(b)):]
	}
	return all
}

// isCookedARP reports ARP in either version of Linux's cooked header.
func isCookedARP(b []byte) bool {
	const arp = 0x0806
	return len(b) >= 16 && (binary.BigEndian.Uint16(b) == arp || binary.BigEndian.Uint16(b[14:]) == arp)
}

// transportProtocols are what IP carries, with what an ICMP error quotes.
func transportProtocols(p *trace.Packet) []string {
	switch p.Skip {
	case "":
		return []string{"tcp"}
	case "udp":
		return udpProtocols(udps(p))
	case "icmp":
		return icmpProtocols(p)
	}
	return nil
}

// byPort are the protocols over UDP that Wireshark tells by a port.
var byPort = map[uint64]string{53: "dns", 67: "dhcp", 68: "dhcp", 123: "ntp", 137: "nbns", 1900: "ssdp", 5353: "mdns"}

// udpProtocols looks at the lower port first, as Wireshark does.
func udpProtocols(h []byte) []string {
	if h == nil {
		return []string{"udp"}
	}
	from, to := word(h, 0), word(h, 2)
	if name := cmp.Or(byPort[min(from, to)], byPort[max(from, to)]); name != "" {
		return []string{"udp", name}
	}
	return []string{"udp"}
}

// extensionNames are the extension headers of IPv6 by Wireshark's names.
var extensionNames = map[byte]string{0: "ipv6.hopopts", 43: "ipv6.routing", 60: "ipv6.dstopts", 135: "mipv6",
	139: "hip", 140: "shim6"}

// extensionProtocols are the extension headers of an IPv6 packet.
func extensionProtocols(b []byte) []string {
	h := ipHeader(b, 6)
	if h == nil {
		return nil
	}
	var all []string
	for next, rest := h[6], h[shortest6:]; isExtension(next) && len(rest) >= 8; {
		all = append(all, extensionNames[next])
		n := 8 + int(rest[1])*8
		next, rest = rest[0], rest[min(n, len(rest)):]
	}
	return all
}

func icmpProtocols(p *trace.Packet) []string {
	all := []string{"icmp"}
	if networkOf(p.IP) == "ipv6" {
		all[0] = "icmpv6"
	}
	q := quoted(p)
	if v := networkOf(q); v != "" {
		all = append(all, v)
	}
	switch {
	case tcps(p) != nil:
		all = append(all, "tcp")
	case udps(p) != nil:
		all = append(all, udpProtocols(udps(p))...)
	}
	return all
}

// upperProtocols are the protocols above TCP: those of messages that end in the packet
// with their bodies, TLS, or data of no known protocol.
func (r *row) upperProtocols(p *part) []string {
	var all []string
	for i := range r.parts {
		if m := r.parts[i].m; m != nil && m.Head != nil {
			if len(all) == 0 {
				all = append(all, "http")
			}
			all = append(all, r.parts[i].bodyProtocols()...)
		}
	}
	switch {
	case len(all) > 0:
	case len(p.row.TLS) > 0:
		return []string{"tls"}
	case len(p.unexplained()) > 0:
		return []string{"data"}
	}
	return all
}

// bodyProtocols are the dissectors to which Wireshark hands a body.
func (p *part) bodyProtocols() []string {
	if p.m.Body == 0 {
		return nil
	}
	if p.untyped() {
		return []string{"data"}
	}
	kind := p.mediaType()
	main, sub, _ := strings.Cut(kind, "/")
	switch {
	case mediaProtocols[kind] != "":
		return []string{mediaProtocols[kind]}
	case strings.HasSuffix(sub, "+xml") || sub == "xml":
		return []string{"xml"}
	case main == "text":
		return []string{"data-text-lines"}
	case main == "multipart":
		return []string{"mime_multipart"}
	}
	return []string{"media"}
}

// mediaProtocols are the dissectors of media types.
var mediaProtocols = map[string]string{
	"application/x-www-form-urlencoded": "urlencoded-form", "application/json": "json",
	"image/png": "png", "image/gif": "image-gif", "image/jpeg": "image-jfif",
	"application/javascript": "data-text-lines", "application/x-javascript": "data-text-lines",
	"text/event-stream": "media",
}
