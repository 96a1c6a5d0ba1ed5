package capture

import (
	"bytes"
	"fmt"
	"math/rand/v2"
	"net"
	"net/netip"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	"pgregory.net/rapid"
)

// randomFrame is a TCP packet in Ethernet, with tags and tunnels on the way.
func randomFrame(t *rapid.T) []byte {
	r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 0))
	stack := []gopacket.SerializableLayer{}
	kind := layers.EthernetTypeIPv4
	six := rapid.Bool().Draw(t, "IPv6")
	if six {
		kind = layers.EthernetTypeIPv6
	}
	next := kind
	for range rapid.IntRange(0, 2).Draw(t, "tags") {
		stack = append([]gopacket.SerializableLayer{&layers.Dot1Q{VLANIdentifier: uint16(r.IntN(4095)), Type: next}},
			stack...)
		next = layers.EthernetTypeDot1Q
	}
	stack = append([]gopacket.SerializableLayer{&layers.Ethernet{SrcMAC: net.HardwareAddr{2, 0, 0, 0, 0, 1},
		DstMAC: net.HardwareAddr{2, 0, 0, 0, 0, 2}, EthernetType: next}}, stack...)
	address := func(n int) net.IP {
		b := make(net.IP, n)
		for i := range b {
			b[i] = byte(r.Uint32())
		}
		b[0] = 0x20 // not a mapped address
		return b
	}
	proto := layers.IPProtocolTCP
	tunnel := rapid.SampledFrom([]string{"", "", "ip", "gre"}).Draw(t, "tunnel")
	outer := map[string]layers.IPProtocol{"ip": layers.IPProtocolIPv4, "gre": layers.IPProtocolGRE, "": proto}[tunnel]
	if six && tunnel == "ip" {
		outer = layers.IPProtocolIPv6
	}
	ip := func(proto layers.IPProtocol) (gopacket.SerializableLayer, gopacket.NetworkLayer) {
		if six {
			l := &layers.IPv6{Version: 6, HopLimit: 9, NextHeader: proto, SrcIP: address(16), DstIP: address(16)}
			return l, l
		}
		l := &layers.IPv4{Version: 4, TTL: 9, Protocol: proto, Id: uint16(r.Uint32()), SrcIP: address(4),
			DstIP: address(4)}
		if r.IntN(3) == 0 {
			l.Options = []layers.IPv4Option{{OptionType: 1, OptionLength: 1}}
		}
		return l, l
	}
	network, pseudo := ip(outer)
	stack = append(stack, network)
	if tunnel == "gre" {
		stack = append(stack, &layers.GRE{Protocol: kind, KeyPresent: r.IntN(2) == 0, SeqPresent: r.IntN(2) == 0,
			ChecksumPresent: r.IntN(2) == 0})
	}
	if tunnel != "" {
		network, pseudo = ip(proto)
		stack = append(stack, network)
	}
	tcp := &layers.TCP{SrcPort: layers.TCPPort(r.Uint32()), DstPort: layers.TCPPort(r.Uint32()), Seq: r.Uint32(),
		Ack: r.Uint32(), Window: uint16(r.Uint32()), Urgent: uint16(r.Uint32()),
		SYN: r.IntN(2) == 0, ACK: r.IntN(2) == 0, FIN: r.IntN(2) == 0, RST: r.IntN(2) == 0, PSH: r.IntN(2) == 0,
		URG: r.IntN(2) == 0, ECE: r.IntN(2) == 0, CWR: r.IntN(2) == 0}
	if r.IntN(2) == 0 {
		tcp.Options = []layers.TCPOption{{OptionType: layers.TCPOptionKindMSS, OptionLength: 4,
			OptionData: []byte{5, 180}}, {OptionType: layers.TCPOptionKindWindowScale, OptionLength: 3,
			OptionData: []byte{7}}}
	}
	tcp.SetNetworkLayerForChecksum(pseudo)
	payload := make([]byte, rapid.IntRange(0, 1400).Draw(t, "payload"))
	for i := range payload {
		payload[i] = byte(r.Uint32())
	}
	stack = append(stack, tcp, gopacket.Payload(payload))
	buf := gopacket.NewSerializeBuffer()
	if err := gopacket.SerializeLayers(buf, gopacket.SerializeOptions{FixLengths: true, ComputeChecksums: true},
		stack...); err != nil {
		t.Fatal(err)
	}
	frame := buf.Bytes()
	if len(frame) < 60 {
		frame = append(frame, make([]byte, 60-len(frame))...)
	}
	return frame
}

// gopacketLine is what gopacket decodes of the innermost packet.
func gopacketLine(frame []byte) string {
	var src, dst netip.Addr
	var s string
	for _, l := range gopacket.NewPacket(frame, layers.LayerTypeEthernet, gopacket.NoCopy).Layers() {
		switch l := l.(type) {
		case *layers.IPv4:
			src, _ = netip.AddrFromSlice(l.SrcIP)
			dst, _ = netip.AddrFromSlice(l.DstIP)
		case *layers.IPv6:
			src, _ = netip.AddrFromSlice(l.SrcIP)
			dst, _ = netip.AddrFromSlice(l.DstIP)
		case *layers.TCP:
			s = fmt.Sprintf("%v %v %d %d %08b %d %d %x %x", netip.AddrPortFrom(src, uint16(l.SrcPort)),
				netip.AddrPortFrom(dst, uint16(l.DstPort)),
				l.Seq, l.Ack, l.Contents[13], l.Window, l.Urgent, l.Contents[20:], l.Payload)
		}
	}
	return s
}

// What gopacket serializes decodes to what gopacket decodes.
func TestGopacketAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		frame := randomFrame(t)
		var d decoder
		p := Packet{Link: LinkEthernet, CapLen: len(frame), WireLen: len(frame)}
		d.decode(&p, bytes.Clone(frame))
		got := fmt.Sprintf("%v %v %d %d %08b %d %d %x %x", p.Src, p.Dst, p.Seq, p.Ack, p.Flags, p.Window, p.Urgent,
			p.Options, p.Payload)
		if want := gopacketLine(frame); p.Skip != SkipNone || got != want {
			t.Fatalf("skip %q\nwe have       %s\ngopacket has  %s", p.Skip, got, want)
		}
	})
}
