package capture

import "strconv"

// LinkType is a LINKTYPE_ value of the tcpdump.org registry, as in file headers.
type LinkType uint16

// Link types that are decoded.
const (
	LinkNull        LinkType = 0   // BSD loopback, host byte order
	LinkEthernet    LinkType = 1   // Ethernet II, 802.3
	LinkPPP         LinkType = 9   // PPP, with or without HDLC address and control
	linkRawBSD      LinkType = 12  // DLT_RAW in files written with the raw value
	linkRawOpenBSD  LinkType = 14  // DLT_RAW on OpenBSD
	LinkPPPHDLC     LinkType = 50  // PPP in HDLC-like framing
	LinkPPPoE       LinkType = 51  // PPPoE session
	LinkRaw         LinkType = 101 // IPv4 or IPv6, told by the version
	LinkCiscoHDLC   LinkType = 104 // Cisco PPP with HDLC framing
	LinkWiFi        LinkType = 105 // IEEE 802.11
	LinkLoop        LinkType = 108 // OpenBSD loopback, network byte order
	LinkLinuxSLL    LinkType = 113 // Linux cooked capture v1
	LinkPrism       LinkType = 119 // Prism monitor header, then 802.11
	LinkRadiotap    LinkType = 127 // radiotap header, then 802.11
	LinkARCNETLinux LinkType = 129 // ARCNET as Linux hands it up
	LinkAVS         LinkType = 163 // AVS monitor header, then 802.11
	LinkPPI         LinkType = 192 // per-packet information header
	LinkIPv4        LinkType = 228 // IPv4
	LinkIPv6        LinkType = 229 // IPv6
	LinkNFLOG       LinkType = 239 // Linux netfilter log
	LinkLinuxSLL2   LinkType = 276 // Linux cooked capture v2

	// LinkSockets stands for bytes that were heard at a socket: no link type of
	// any file, and never the type of a packet.
	LinkSockets LinkType = 0xffff
)

var linkNames = map[LinkType]string{
	LinkNull: "loopback", LinkLoop: "loopback", LinkEthernet: "ethernet", LinkPPP: "ppp", LinkPPPHDLC: "ppp",
	LinkPPPoE: "pppoe", LinkRaw: "raw-ip", linkRawBSD: "raw-ip", linkRawOpenBSD: "raw-ip", LinkIPv4: "raw-ip",
	LinkIPv6: "raw-ip", LinkCiscoHDLC: "cisco-hdlc", LinkWiFi: "wifi", LinkRadiotap: "wifi", LinkPrism: "wifi",
	LinkAVS: "wifi", LinkPPI: "ppi", LinkLinuxSLL: "linux-cooked", LinkSockets: "sockets",
	LinkLinuxSLL2:   "linux-cooked",
	LinkARCNETLinux: "arcnet", LinkNFLOG: "nflog",
}

// String names the link type as the connection list shows it.
func (l LinkType) String() string {
	if n, ok := linkNames[l]; ok {
		return n
	}
	return "linktype-" + strconv.Itoa(int(l))
}
