package capture

import (
	"strings"
	"testing"
)

// A packet that the snapshot length cut anywhere is never decoded as if it
// were whole: either a header is cut, or the payload says how long it was.
func TestSnapshotCuts(t *testing.T) {
	plain := wifi([2]byte{0x88, 0x01}, []byte{0, 0}, 0x0800, hello4)
	gre := cat(be16(0xb000), be16(0x6558), be32(1), be32(2), be32(3), eth(0x0800, hello4))
	for _, c := range []struct {
		name  string
		link  LinkType
		frame []byte
	}{
		{"ethernet", LinkEthernet, eth(0x0800, ip4(6, segmentWith(make([]byte, 12), "hello")))},
		{"ethernet, IPv6 with extensions", LinkEthernet,
			eth(0x86dd, ip6(0, ext(60, 2, ext(44, 0, frag6(6, 1, 0, false, segment("hello"))))))},
		{"ethernet with a trailer", LinkEthernet, eth(0x0800, cat(hello4, make([]byte, 9)))},
		{"VLAN, PPPoE", LinkEthernet, eth(0x8100, cat(be16(7), be16(0x8864), []byte{0x11, 0, 0, 1},
			be16(len(hello4)+2), be16(0x21), hello4))},
		{"MPLS", LinkEthernet, eth(0x8847, cat([]byte{0, 1, 0, 64, 0, 1, 1, 64}, hello4))},
		{"LLC", LinkEthernet, eth(80, cat([]byte{0xaa, 0xaa, 3, 0, 0, 0}, be16(0x0800), hello4))},
		{"segmentation offload", LinkRaw, cat(hello4[:2], be16(0), hello4[4:])},
		{"IP options", LinkRaw, cat([]byte{0x46, 0}, be16(len(hello4)+4), hello4[4:20], make([]byte, 4), hello4[20:])},
		{"null", LinkNull, cat(le32(2), hello4)},
		{"cooked v1", LinkLinuxSLL, cat(make([]byte, 14), be16(0x0800), hello4)},
		{"cooked v2", LinkLinuxSLL2, cat(be16(0x0800), make([]byte, 18), hello4)},
		{"PPP", LinkPPP, cat([]byte{0xff, 3, 0, 0x21}, hello4)},
		{"Cisco HDLC", LinkCiscoHDLC, cat([]byte{0x0f, 0}, be16(0x0800), hello4)},
		{"wifi", LinkWiFi, plain},
		{"radiotap", LinkRadiotap, radiotap(3, cat(make([]byte, 8), []byte{0x10}), cat(plain, make([]byte, 4)))},
		{"PPI", LinkPPI, cat([]byte{0, 0}, le16(12), le32(105), make([]byte, 4), plain)},
		{"Prism", LinkPrism, cat(be32(0x44), le32(144), make([]byte, 136), plain)},
		{"AVS", LinkAVS, cat(be32(0x80211001), be32(64), make([]byte, 56), plain)},
		{"ARCNET", LinkARCNETLinux, cat([]byte{1, 2, 0, 0, 212, 0, 0, 1}, hello4)},
		{"NFLOG", LinkNFLOG, cat([]byte{2, 0, 0, 1}, le16(8), le16(1), make([]byte, 4), le16(4+len(hello4)), le16(9),
			hello4)},
		{"GRE", LinkRaw, ip4(47, gre)},
		{"PPTP", LinkRaw, ip4(47, cat(be16(0x3081), be16(0x880b), be32(1), be32(2), be32(3), be16(0x21), hello4))},
		{"VXLAN", LinkRaw, ip6(17, udpTo(4789, cat([]byte{8, 0, 0, 0, 0, 0, 0, 0}, eth(0x0800, hello4))))},
		{"IP in IP", LinkRaw, ip4(4, hello4)},
	} {
		t.Run(c.name, func(t *testing.T) {
			var d decoder
			decode := func(n int) Packet {
				p := Packet{Link: c.link, CapLen: n, WireLen: len(c.frame)}
				d.decode(&p, c.frame[:n:n])
				return p
			}
			whole := decode(len(c.frame))
			if whole.Skip != SkipNone || string(whole.Payload) != "hello" || whole.PayloadLen != 5 {
				t.Fatalf("whole: %s", line(&whole))
			}
			for n := range len(c.frame) {
				p := decode(n)
				switch {
				case p.Skip == SkipCut, p.Skip == SkipUDP:
				case p.Skip == SkipNone && p.PayloadLen == 5 && strings.HasPrefix("hello", string(p.Payload)) &&
					p.Src == whole.Src:
				default:
					t.Errorf("cut after %d of %d bytes: %s", n, len(c.frame), line(&p))
				}
			}
		})
	}
}

// A fragment that was cut is no fragment to put together.
func TestCutFragment(t *testing.T) {
	seg := segment("hello, fragments of a packet")
	var d decoder
	for i, f := range [][]byte{ip4Frag(6, 9, 0, true, seg[:16]), ip4Frag(6, 9, 16, true, seg[16:32]),
		ip4Frag(6, 9, 32, false, seg[32:])} {
		p := Packet{Link: LinkRaw, WireLen: len(f)}
		if i == 1 {
			f = f[:len(f)-4]
		}
		d.decode(&p, f)
		if p.Skip == SkipNone {
			t.Errorf("fragment %d: %s", i, line(&p))
		}
	}
}

// What the record says of the length on the wire may be a lie. A payload
// never ends beyond what the IP header says, nor beyond any real packet.
func TestLiesAboutTheWire(t *testing.T) {
	tso := cat(hello4[:2], be16(0), hello4[4:])
	tso6 := cat(hello6[:4], be16(0), hello6[6:])
	long := cat(hello4[:2], be16(60000), hello4[4:])
	for _, c := range []struct {
		frame []byte
		wire  int
		want  string
	}{
		{hello4, 1 << 32, said4},
		{hello4[:42], 1 << 32, strings.Replace(said4, `"hello"`, `"he" of 5`, 1)},
		{tso, 1 << 32, "skip damaged"},
		{tso6, 1 << 32, "skip damaged"},
		{tso, 40 + 500_000, said4 + " of 500000"},
		{long, 50, said4 + " of 10"},
		{long, len(long), said4},
	} {
		var d decoder
		p := Packet{Link: LinkRaw, CapLen: len(c.frame), WireLen: c.wire}
		d.decode(&p, c.frame)
		if got := line(&p); got != c.want {
			t.Errorf("%d bytes on the wire: got %s, want %s", c.wire, got, c.want)
		}
	}
}
