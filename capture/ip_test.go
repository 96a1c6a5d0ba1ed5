package capture

import (
	"testing"

	"httpscope/internal/tcp"
)

func udpTo(port int, b []byte) []byte {
	return cat(be16(50000), be16(port), be16(8+len(b)), be16(0), b)
}

func TestIP(t *testing.T) {
	options := cat([]byte{0x46, 0}, be16(24+len(segment("hello"))), hello4[4:20], make([]byte, 4), segment("hello"))
	tso := cat(hello4[:2], be16(0), hello4[4:])
	lie := cat(hello4[:2], be16(9000), hello4[4:])
	for _, c := range []struct {
		name string
		ip   []byte
		want string
	}{
		{"IPv4 options", options, said4},
		{"IPv4 header length 16", cat([]byte{0x44}, hello4[1:]), "skip damaged"},
		{"IPv4 total length below the header's", cat(hello4[:2], be16(19), hello4[4:]), "skip damaged"},
		{"length 0: segmentation offload", tso, said4},
		{"IPv6 length 0", cat(hello6[:4], be16(0), hello6[6:]), said6},
		{"a length beyond the frame", lie, said4},
		{"IPv6, a length beyond the frame", cat(hello6[:4], be16(9000), hello6[6:]), said6},
		{"UDP", ip4(17, udpTo(53, []byte("question"))), "skip udp"},
		{"ICMP", ip4(1, make([]byte, 8)), "skip icmp"},
		{"ICMPv6", ip6(58, make([]byte, 8)), "skip icmp"},
		{"SCTP", ip4(132, make([]byte, 30)), "skip other-transport"},
		{"no next header", ip6(59, nil), "skip other-transport"},
		{"TCP header length 16", ip4(6, cat(segment("")[:12], []byte{0x40}, segment("")[13:])), "skip damaged"},
		{"TCP header beyond the packet", ip4(6, cat(segment("")[:12], []byte{0xf0}, segment("")[13:])), "skip damaged"},
		{"TCP header of 12 bytes", ip4(6, segment("")[:12]), "skip damaged"},

		{"hop-by-hop", ip6(0, ext(6, 0, segment("hello"))), said6},
		{"destination, routing, long hop-by-hop", ip6(0, ext(60, 3, ext(43, 2, ext(6, 0, segment("hello"))))), said6},
		{"mobility, HIP, shim6", ip6(135, ext(139, 0, ext(140, 0, ext(6, 1, segment("hello"))))), said6},
		{"authentication", ip6(51, cat([]byte{6, 4}, make([]byte, 22), segment("hello"))), said6},
		{"authentication in IPv4", ip4(51, cat([]byte{6, 4}, make([]byte, 22), segment("hello"))), said4},
		{"an extension beyond the packet", ip6(0, ext(6, 0, nil)[:7]), "skip damaged"},
		{"an extension longer than the packet", ip6(0, cat([]byte{6, 200}, segment("hello"))), "skip damaged"},
		{"a fragment that is all", ip6(44, frag6(6, 1, 0, false, segment("hello"))), said6},
		{"extensions without end", ip6(0, manyExtensions(40)), "skip too-deep"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decoded(LinkRaw, c.ip); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

func manyExtensions(n int) []byte {
	b := ext(6, 0, segment("hello"))
	for range n {
		b = ext(60, 0, b)
	}
	return b
}

func TestTunnels(t *testing.T) {
	gre := func(flags, kind int, rest ...[]byte) []byte { return cat(be16(flags), be16(kind), cat(rest...)) }
	word := be32(7)
	pptp := func(flags int, rest ...[]byte) []byte { return gre(0x2001|flags, 0x880b, word, cat(rest...)) }
	vxlan := func(flags byte, b []byte) []byte {
		return ip4(17, udpTo(4789, cat([]byte{flags, 0, 0, 0, 0, 0, 1, 0}, b)))
	}
	nested := hello4
	for range 40 {
		nested = ip4(4, nested)
	}
	for _, c := range []struct {
		name string
		ip   []byte
		want string
	}{
		{"IP in IP", ip4(4, hello4), said4 + " in ip"},
		{"6in4", ip4(41, hello6), said6 + " in ip"},
		{"4in6", ip6(4, hello4), said4 + " in ip"},
		{"IP in IP without end", nested, "skip too-deep"},
		{"GRE", ip4(47, gre(0, 0x0800, hello4)), said4 + " in gre"},
		{"GRE, key", ip4(47, gre(0x2000, 0x86dd, word, hello6)), said6 + " in gre"},
		{"GRE, sequence number", ip4(47, gre(0x1000, 0x0800, word, hello4)), said4 + " in gre"},
		{"GRE, checksum", ip4(47, gre(0x8000, 0x0800, word, hello4)), said4 + " in gre"},
		{"GRE, all of them", ip6(47, gre(0xb000, 0x0800, word, word, word, hello4)), said4 + " in gre"},
		{"GRE, Ethernet, VLAN", ip4(47, gre(0, 0x6558, eth(0x8100, cat(be16(1), be16(0x0800), hello4)))),
			said4 + " in gre"},
		{"GRE, something else", ip4(47, gre(0, 0x88be, hello4)), "skip not-ip"},
		{"GRE in IP in IP: the outermost is named", ip4(4, ip4(47, gre(0, 0x0800, hello4))), said4 + " in ip"},
		{"GRE without end of its header", ip4(47, gre(0xb000, 0x0800, word)), "skip damaged"},
		{"PPTP", ip4(47, pptp(0x1000, word, be16(0x21), hello4)), said4 + " in gre"},
		{"PPTP with an acknowledgment, HDLC address",
			ip4(47, pptp(0x1080, word, word, []byte{0xff, 3, 0, 0x57}, hello6)), said6 + " in gre"},
		{"PPTP, an acknowledgment alone", ip4(47, pptp(0x0080, word)), "skip other-transport"},
		{"VXLAN", vxlan(8, eth(0x0800, hello4)), said4 + " in vxlan"},
		{"VXLAN with a group policy", vxlan(0x88, eth(0x86dd, hello6)), said6 + " in vxlan"},
		{"VXLAN without an identifier", vxlan(0, eth(0x0800, hello4)), "skip udp"},
		{"VXLAN in VXLAN", vxlan(8, eth(0x0800, vxlan(8, eth(0x0800, hello4)))), said4 + " in vxlan"},
	} {
		t.Run(c.name, func(t *testing.T) {
			if got := decoded(LinkRaw, c.ip); got != c.want {
				t.Errorf("got  %s\nwant %s", got, c.want)
			}
		})
	}
}

// Everything of the TCP header.
func TestHeader(t *testing.T) {
	segment := segmentWith([]byte{2, 4, 5, 0xb4, 1, 3, 3, 7}, "hello")
	segment[13], segment[18], segment[19] = byte(tcp.SYN|tcp.URG|tcp.CWR), 1, 2
	var d decoder
	p := Packet{Link: LinkRaw, WireLen: 20 + len(segment)}
	d.decode(&p, ip4(6, segment))
	equal(t, "numbers", []int{1000, 2000, int(tcp.SYN | tcp.URG | tcp.CWR), 500, 0x102, 1460, 7},
		[]int{int(p.Seq), int(p.Ack), int(p.Flags), int(p.Window), int(p.Urgent), p.MSS(), p.WindowScale()})
	equal(t, "options", []byte{2, 4, 5, 0xb4, 1, 3, 3, 7}, p.Options)
	for _, o := range [][]byte{nil, {1, 1, 0, 2}, {2}, {2, 0}, {2, 1, 1, 1}, {2, 4, 5}, {2, 3, 5, 0}, {0, 2, 4, 1, 1}} {
		p.Options = o
		if p.MSS() != 0 || p.WindowScale() != -1 {
			t.Errorf("options %x: MSS %d, scale %d", o, p.MSS(), p.WindowScale())
		}
	}
	if !p.Time().IsZero() {
		t.Error("a packet without a time has one")
	}
	p.Nano = 1_500_000_000
	if got := p.Time().String(); got != "1970-01-01 00:00:01.5 +0000 UTC" {
		t.Error(got)
	}
}
