package filter

import (
	"testing"

	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// unreachable is an ICMP error of 10.0.0.9 to 10.0.0.2 about a SYN to
// 10.0.0.1:80, of which it quotes some bytes behind the IP header.
func unreachable(quoted int) *Subject {
	tcp := []byte{0x9c, 0x41, 0, 80, 0, 0, 3, 0xe8, 0, 0, 0, 0, 0x50, 2, 0xff, 0xff, 0, 0, 0, 0}
	inner := append([]byte{0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1}, tcp[:quoted]...)
	outer := append([]byte{0x45, 0, 0, 56, 0, 2, 0, 0, 255, 1, 0, 0, 10, 0, 0, 9, 10, 0, 0, 2, 3, 1, 0, 0, 0, 0, 0,
		0}, inner...)
	return packetOf(outer, "icmp")
}

// packetOf makes a row of an IP packet.
func packetOf(ip []byte, skip string) *Subject {
	return &Subject{P: &trace.Packet{Number: 1, WireLen: len(ip), Link: "raw-ip", Skip: skip, Frame: ip, IP: ip,
		Conn: -1}}
}

// TestQuoted: what an ICMP error quotes is there, as far as it goes (RFC 792).
func TestQuoted(t *testing.T) {
	for expr, want := range map[string][3]bool{ // 20, 8 and 4 bytes of TCP
		"tcp.port == 80":                    {true, true, false},
		"tcp.dstport == 80":                 {true, true, false},
		"tcp.seq_raw == 1000":               {true, true, false},
		"tcp.seq == 1000":                   {true, true, false},
		"tcp.flags.syn == 1":                {true, false, false},
		"tcp.connection.syn":                {true, false, false},
		"tcp.hdr_len == 20":                 {true, false, false},
		"tcp.stream":                        {false, false, false},
		"tcp":                               {true, true, false},
		"ip.proto == 1 and ip.proto == 6":   {true, true, true},
		"ip.addr == 10.0.0.1":               {true, true, true},
		"count(ip.addr) == 4":               {true, true, true},
		"ip.src == 10.0.0.9 && ip.ttl < 65": {true, true, true},
		"ip[8] == 40":                       {true, true, true},
		"tcp.analysis.retransmission":       {false, false, false},
	} {
		f, err := CompilePackets(expr)
		if err != nil {
			t.Fatal(err)
		}
		if got := [3]bool{f.Match(unreachable(20)), f.Match(unreachable(8)), f.Match(unreachable(4))}; got != want {
			t.Errorf("%s: %v, want %v", expr, got, want)
		}
	}
}

// hostile makes a row of bytes that a capture could hold, cut where cuts say:
// headers shorter than they are, lengths that lie.
func hostile(b, cuts []byte, skip string) *Subject {
	cut := func(i int) int {
		if i >= len(cuts) {
			return 0
		}
		return min(int(cuts[i]), len(b))
	}
	p := &trace.Packet{Number: 1, Nano: 1, Link: ethernet, Skip: skip, Frame: b, IP: b[cut(0):], TCP: b[cut(1):],
		Payload: b[cut(2):], WireLen: cut(3), Conn: int64(cut(4)) - 1,
		Shift: int8(cut(5)), Comments: []string{string(b)}, Interfaces: true}
	p.Segment = trace.Segment{Offset: int64(cut(6)) - 1, Acked: int64(cut(7)) - 1, Len: int32(cut(8)),
		Flags: tcp.Flags(cut(9)), Notes: tcp.Notes(cut(10)), Dir: uint8(cut(11))}
	p.TLS = []trace.TLSRecord{{Type: uint8(cut(12)),
		Handshakes: []trace.TLSHandshake{{Suites: []uint16{1}, ALPN: []string{string(b)}}}}}
	return &Subject{P: p, Conn: &trace.Connection{Protocol: trace.OtherProtocol}}
}

// FuzzPackets: no packet and no filter make a filter of packets panic, and what
// a filter says of its reasons is its answer.
func FuzzPackets(f *testing.F) {
	tcp := unreachable(20).P.Frame
	for _, e := range packetExpressions(f) {
		f.Add(e, tcp, []byte{0, 28, 48, 60, 1})
	}
	for _, n := range []int{0, 1, 13, 19, 20, 27, 28, 29, 47, 48, 55} {
		f.Add("tcp.options.mss_val == 1 or ip.len > 1 or tcp.port#1 == 2 or ipv6.flow > 1", tcp[:n],
			[]byte{byte(n / 2)})
	}
	f.Add("tcp.options.timestamp.tsval > 0", []byte{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xf0, 0, 0, 0, 0, 0, 0, 0, 8,
		0, 8, 255, 3, 1}, []byte{})
	x := login(f)
	f.Fuzz(func(t *testing.T, expr string, b, cuts []byte) {
		compiled, err := CompilePackets(expr)
		if err != nil {
			return
		}
		for _, skip := range []string{"", "icmp", "udp", "fragment"} {
			s := hostile(b, cuts, skip)
			s.With = []Subject{{X: x, M: x.Request}, {X: x, M: x.Response}}
			for _, s := range []*Subject{s, {P: s.P}, {P: &trace.Packet{Skip: skip, Conn: -1}}} {
				if compiled.Match(s) != compiled.Why(s).Match {
					t.Fatalf("%q has two answers", expr)
				}
				for _, field := range Fields() {
					if names(expr, field.Name+"=") {
						Values(field.Name, s)
					}
				}
			}
		}
	})
}

// TestCutAnywhere: every field of a packet that ends anywhere has values, or none.
func TestCutAnywhere(t *testing.T) {
	whole := unreachable(20).P.Frame
	for n := range len(whole) + 1 {
		for _, skip := range []string{"", "icmp", "udp"} {
			for at := range n + 1 {
				s := hostile(whole[:n], []byte{byte(at), byte(at), byte(at), 0, 1, 9}, skip)
				for _, f := range Fields() {
					if f.Packets {
						Values(f.Name, s)
					}
				}
			}
		}
	}
	if got := Values("ip.src", hostile(whole, nil, "icmp")); len(got) != 2 {
		t.Errorf("an ICMP error has the senders %v", got)
	}
}
