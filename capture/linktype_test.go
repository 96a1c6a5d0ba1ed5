package capture

import (
	"strings"
	"testing"
)

// wifi is an 802.11 data frame: frame control, the rest of the header, LLC/SNAP.
func wifi(control [2]byte, rest []byte, kind int, b []byte) []byte {
	return cat(control[:], make([]byte, 22), rest, []byte{0xaa, 0xaa, 3, 0, 0, 0}, be16(kind), b)
}

// radiotap is a header with the presence words and the fields after them.
func radiotap(present int, fields, frame []byte) []byte {
	return cat([]byte{0, 0}, le16(8+len(fields)), le32(present), fields, frame)
}

func TestLinkTypes(t *testing.T) {
	plain := wifi([2]byte{0x08, 0}, nil, 0x0800, hello4)
	snap := []byte{0xaa, 0xaa, 3, 0, 0, 0}
	fcs := []byte{0xde, 0xad, 0xbe, 0xef}
	nflog := func(tlv ...[]byte) []byte { return cat([]byte{2, 0, 0, 1}, cat(tlv...)) }
	shown := map[LinkType]bool{LinkSockets: true} // no frames have it
	for _, c := range []struct {
		name  string
		link  LinkType
		frame []byte
		want  string
	}{
		{"ethernet", LinkEthernet, eth(0x0800, hello4), said4},
		{"ethernet, IPv6", LinkEthernet, eth(0x86dd, hello6), said6},
		{"ethernet, ARP", LinkEthernet, eth(0x0806, make([]byte, 46)), "skip not-ip"},
		{"ethernet, padded to 60 bytes", LinkEthernet, eth(0x0800, cat(ip4(6, segment("")), make([]byte, 6))),
			`192.0.2.1:49152 > 198.51.100.2:80 1000 ""`},
		{"ethernet, IPv6 with padding", LinkEthernet, eth(0x86dd, cat(hello6, []byte("pad"))), said6},
		{"VLAN", LinkEthernet, eth(0x8100, cat(be16(7), be16(0x0800), hello4)), said4},
		{"QinQ", LinkEthernet, eth(0x88a8, cat(be16(7), be16(0x8100), be16(8), be16(0x86dd), hello6)), said6},
		{"old QinQ", LinkEthernet, eth(0x9100, cat(be16(7), be16(0x8100), be16(8), be16(0x0800), hello4)), said4},
		{"nothing but tags", LinkEthernet, eth(0x8100, []byte(strings.Repeat("\x00\x01\x81\x00", 300))),
			"skip too-deep"},
		{"802.3 with SNAP", LinkEthernet, eth(8+len(hello4), cat(snap, be16(0x0800), hello4)), said4},
		{"802.3, spanning tree", LinkEthernet, eth(38, cat([]byte{0x42, 0x42, 3}, make([]byte, 43))), "skip not-ip"},
		{"802.3, three bytes", LinkEthernet, eth(3, []byte{0xf0, 0xf0, 3}), "skip not-ip"},
		{"PPPoE", LinkEthernet, eth(0x8864, cat([]byte{0x11, 0, 0, 1}, be16(len(hello4)+2), be16(0x21), hello4)),
			said4},
		{"PPPoE in VLAN, IPv6", LinkEthernet, eth(0x8100, cat(be16(7), be16(0x8864), []byte{0x11, 0, 0, 1},
			be16(len(hello6)+2), be16(0x57), hello6)), said6},
		{"MPLS", LinkEthernet, eth(0x8847, cat([]byte{0, 1, 1, 64}, hello4)), said4},
		{"MPLS, three labels", LinkEthernet, eth(0x8848, cat([]byte{0, 1, 0, 64, 0, 2, 0, 64, 0, 3, 1, 64}, hello6)),
			said6},
		{"MPLS without a bottom", LinkEthernet, eth(0x8847, make([]byte, 400)), "skip too-deep"},

		{"null, little endian", LinkNull, cat(le32(2), hello4), said4},
		{"null, big endian", LinkNull, cat(be32(2), hello4), said4},
		{"null, IPv6 of FreeBSD", LinkNull, cat(le32(28), hello6), said6},
		{"null, IPv6 of Darwin, big endian", LinkNull, cat(be32(30), hello6), said6},
		{"null, IPv6 of NetBSD", LinkNull, cat(le32(24), hello6), said6},
		{"null with an EtherType", LinkNull, cat(le32(0x0800), hello4), said4},
		{"null with an EtherType, big endian", LinkNull, cat(be32(0x86dd), hello6), said6},
		{"null, some other family", LinkNull, cat(le32(7), hello4), "skip not-ip"},
		{"null, nonsense with 0800 in it", LinkNull, cat([]byte{1, 1, 8, 0}, hello4), "skip not-ip"},
		{"loop", LinkLoop, cat(be32(2), hello4), said4},
		{"loop, IPv6", LinkLoop, cat(be32(24), hello6), said6},

		{"raw", LinkRaw, hello4, said4},
		{"raw, IPv6", LinkRaw, hello6, said6},
		{"raw of BSD", linkRawBSD, hello4, said4},
		{"raw of OpenBSD", linkRawOpenBSD, hello6, said6},
		{"raw IPv4", LinkIPv4, hello4, said4},
		{"raw IPv6", LinkIPv6, hello6, said6},
		{"raw, neither", LinkRaw, make([]byte, 60), "skip not-ip"},
		{"raw, empty", LinkRaw, nil, "skip damaged"},

		{"cooked v1", LinkLinuxSLL, cat(make([]byte, 14), be16(0x0800), hello4), said4},
		{"cooked v1, VLAN", LinkLinuxSLL, cat(make([]byte, 14), be16(0x8100), be16(3), be16(0x86dd), hello6), said6},
		{"cooked v1, LLC", LinkLinuxSLL, cat(make([]byte, 14), be16(4), snap, be16(0x0800), hello4), said4},
		{"cooked v2", LinkLinuxSLL2, cat(be16(0x0800), make([]byte, 18), hello4), said4},
		{"cooked v2, IPv6", LinkLinuxSLL2, cat(be16(0x86dd), make([]byte, 18), hello6), said6},

		{"PPP", LinkPPP, cat(be16(0x21), hello4), said4},
		{"PPP, protocol in one byte", LinkPPP, cat([]byte{0x57}, hello6), said6},
		{"PPP with address and control", LinkPPP, cat([]byte{0xff, 3}, be16(0x57), hello6), said6},
		{"PPP, LCP", LinkPPP, cat(be16(0xc021), make([]byte, 40)), "skip not-ip"},
		{"PPP in HDLC", LinkPPPHDLC, cat([]byte{0xff, 3, 0x21}, hello4), said4},
		{"Cisco HDLC under the number of PPP in HDLC", LinkPPPHDLC, cat([]byte{0x0f, 0}, be16(0x0800), hello4), said4},
		{"Cisco HDLC", LinkCiscoHDLC, cat([]byte{0x8f, 0}, be16(0x86dd), hello6), said6},
		{"PPPoE session", LinkPPPoE, cat([]byte{0x11, 0, 0, 1}, be16(len(hello4)+2), be16(0x21), hello4), said4},

		{"wifi", LinkWiFi, plain, said4},
		{"wifi, QoS", LinkWiFi, wifi([2]byte{0x88, 0x01}, make([]byte, 2), 0x86dd, hello6), said6},
		{"wifi, QoS and HT control", LinkWiFi, wifi([2]byte{0x88, 0x80}, make([]byte, 6), 0x0800, hello4), said4},
		{"wifi, four addresses", LinkWiFi, wifi([2]byte{0x08, 0x03}, make([]byte, 6), 0x0800, hello4), said4},
		{"wifi, four addresses and QoS", LinkWiFi, wifi([2]byte{0x88, 0x03}, make([]byte, 8), 0x0800, hello4), said4},
		{"wifi, A-MSDU", LinkWiFi, wifi([2]byte{0x88, 0x01},
			cat([]byte{0x80, 0}, make([]byte, 12), be16(8+len(hello4))), 0x0800, hello4), said4},
		{"wifi, encrypted", LinkWiFi, wifi([2]byte{0x08, 0x41}, nil, 0x0800, hello4), "skip encrypted"},
		{"wifi, null data", LinkWiFi, wifi([2]byte{0x48, 0x01}, nil, 0x0800, hello4), "skip not-ip"},
		{"wifi, beacon", LinkWiFi, wifi([2]byte{0x80, 0}, nil, 0x0800, hello4), "skip not-ip"},
		{"wifi, first fragment", LinkWiFi, wifi([2]byte{0x08, 0x04}, nil, 0x0800, hello4[:30]), "skip fragment"},
		{"wifi, second fragment", LinkWiFi, cat(plain[:22], []byte{1, 0}, plain[24:]), "skip fragment"},

		{"radiotap", LinkRadiotap, radiotap(0, nil, plain), said4},
		{"radiotap, FCS", LinkRadiotap, radiotap(2, []byte{0x10}, cat(plain, fcs)), said4},
		{"radiotap, FCS behind a time stamp", LinkRadiotap, radiotap(3, cat(make([]byte, 8), []byte{0x10}),
			cat(plain, fcs)), said4},
		{"radiotap, FCS and two presence words", LinkRadiotap,
			radiotap(-1<<31|3, cat(le32(0), make([]byte, 4+8), []byte{0x10}), cat(plain, fcs)), said4},
		{"radiotap, padded QoS", LinkRadiotap,
			radiotap(2, []byte{0x20}, wifi([2]byte{0x88, 0}, make([]byte, 4), 0x0800, hello4)), said4},
		{"radiotap, padded and A-MSDU", LinkRadiotap,
			radiotap(2, []byte{0x20}, wifi([2]byte{0x88, 0}, cat([]byte{0x80, 0, 0, 0}, make([]byte, 14)), 0x86dd,
				hello6)), said6},
		{"radiotap, presence words without end", LinkRadiotap, radiotap(-1, cat(le32(-1), le32(-1)), plain), said4},
		{"radiotap, longer than the frame", LinkRadiotap, cat([]byte{0, 0}, le16(4000), le32(0), plain),
			"skip damaged"},
		{"radiotap, too short", LinkRadiotap, cat([]byte{0, 0}, le16(4), le32(0), plain), "skip damaged"},

		{"PPI with wifi", LinkPPI, cat([]byte{0, 0}, le16(12), le32(105), make([]byte, 4), plain), said4},
		{"PPI with ethernet", LinkPPI, cat([]byte{0, 0}, le16(8), le32(1), eth(0x0800, hello4)), said4},
		{"PPI with PPI", LinkPPI, cat([]byte{0, 0}, le16(8), le32(192), []byte{0, 0}, le16(8), le32(1),
			eth(0x0800, hello4)), "skip damaged"},
		{"Prism", LinkPrism, cat(be32(0x44), le32(144), make([]byte, 136), plain), said4},
		{"AVS", LinkAVS, cat(be32(0x80211001), be32(64), make([]byte, 56), plain), said4},
		{"AVS under the number of Prism", LinkPrism, cat(be32(0x80211001), be32(64), make([]byte, 56), plain), said4},

		{"ARCNET", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 212, 0, 0, 1}, hello4), said4},
		{"ARCNET, IPv6", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 196, 0, 0, 1}, hello6), said6},
		{"ARCNET, the old way", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 240}, hello4), said4},
		{"ARCNET, a part of a packet", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 212, 1, 0, 1}, hello4[:30]),
			"skip fragment"},
		{"ARCNET, ARP", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 213, 0, 0, 1}, hello4), "skip not-ip"},

		{"NFLOG", LinkNFLOG, nflog(le16(8), le16(1), make([]byte, 4), le16(5), le16(10), []byte("p\x00\x00\x00"),
			le16(4+len(hello4)), le16(9), hello4), said4},
		{"NFLOG, big endian", LinkNFLOG, nflog(be16(8), be16(1), make([]byte, 4), be16(4+len(hello6)), be16(0x8009),
			hello6), said6},
		{"NFLOG without a packet", LinkNFLOG, nflog(le16(8), le16(1), make([]byte, 4)), "skip not-ip"},
		{"NFLOG, an entry of length 0", LinkNFLOG, nflog(le16(0), le16(1), make([]byte, 40)), "skip damaged"},

		{"a link type of no interest", 147, hello4, "skip link-type"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decoded(c.link, c.frame); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
			for n := range len(c.frame) { // a frame that is cut anywhere is a frame
				decoded(c.link, c.frame[:n:n])
			}
		})
		shown[c.link] = true
	}
	for link, name := range linkNames {
		if !shown[link] {
			t.Errorf("no row shows a frame of link type %d, %s", link, name)
		}
	}
}

func TestNames(t *testing.T) {
	for link, want := range map[LinkType]string{LinkLoop: "loopback", LinkEthernet: "ethernet", LinkRadiotap: "wifi",
		147: "linktype-147"} {
		if got := link.String(); got != want {
			t.Errorf("link type %d is %q", link, got)
		}
	}
	seen := map[string]bool{}
	for s := SkipNone; s < skipReasons; s++ {
		if seen[s.String()] {
			t.Errorf("two reasons have the name %q", s)
		}
		seen[s.String()] = true
	}
	if got := skipReasons.String(); got != "unknown" {
		t.Errorf("an unknown reason is %q", got)
	}
}
