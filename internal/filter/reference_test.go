package filter

import (
	"slices"
	"testing"

	"httpscope/internal/testkit"
)

// TestReferences: ${field} has the values of the row that is selected when the
// filter is compiled.
func TestReferences(t *testing.T) {
	rows := packetRows(t, testkit.Sample(t, "cookies-login.pcap"))
	for _, c := range []struct {
		expr     string
		selected int64
		want     []int64
	}{
		{"tcp.stream == ${tcp.stream} and http.request", 4, []int64{4, 8, 10, 12}},
		{"tcp.stream == ${tcp.stream} and http.request.method == ${http.request.method}", 4, []int64{4}},
		{"frame.number == ${frame.number} + 2", 4, []int64{6}},
		{"frame.number in {${frame.number}, 1}", 4, []int64{1, 4}},
		{"frame.number < ${frame.number}", 3, []int64{1, 2}},
		{"@tcp.srcport == ${@tcp.srcport} and tcp.srcport#1 == ${tcp.srcport#1} and frame.number < 5", 4,
			[]int64{1, 3, 4}},
		{"http.host[0:3] == ${http.host}[0:3] and frame.number < 5", 4, []int64{4}},
		{"http.response.code == ${http.response.code}", 4, nil},
		{"${frame.number} == frame.number", 7, []int64{7}},
	} {
		f, err := CompileBeside(c.expr, true, rows[c.selected-1])
		if err != nil {
			t.Errorf("%s: %v", c.expr, err)
			continue
		}
		var got []int64
		for _, r := range rows {
			if f.Match(r) {
				got = append(got, r.P.Number)
			}
		}
		if !slices.Equal(got, c.want) {
			t.Errorf("%s beside packet %d selects %v, want %v", c.expr, c.selected, got, c.want)
		}
		again, err := CompileBeside(f.String(), true, rows[c.selected-1])
		if err != nil || again.String() != f.String() {
			t.Errorf("%s is written %s: %v", c.expr, f, err)
		}
	}
}

// TestReferencesToExchanges: the selected row may be an exchange, and is not looked
// at later.
func TestReferencesToExchanges(t *testing.T) {
	x := login(t)
	f, err := CompileBeside("http.host == ${http.host} and http.set_cookie == ${http.set_cookie}", false,
		&Subject{X: x})
	if err != nil {
		t.Fatal(err)
	}
	other := login(t)
	x.Request.Head.Fields[0].Value = "other.example"
	if !f.Match(&Subject{X: other}) {
		t.Errorf("%s does not select an equal exchange", f)
	}
}

// TestMacros: the text of a macro is put in place, ungrouped as in Wireshark.
func TestMacros(t *testing.T) {
	for expr, want := range map[string]string{
		"$private_ipv4(ip.src)":                      "ip.src == 192.168.0.0/16 || ip.src == 172.16.0.0/12 || ip.src == 10.0.0.0/8",
		"not ${private_ipv4;ip.src}":                 "!(ip.src == 192.168.0.0/16) || ip.src == 172.16.0.0/12 || ip.src == 10.0.0.0/8",
		"http and (${private_ipv6:ipv6.dst}) or tcp": "http && (ipv6 && ipv6.dst == fc00::/7) || tcp",
		"${private_ipv6:max(ipv6.addr)}":             "ipv6 && max(ipv6.addr) == fc00::/7",
	} {
		f, err := Compile(expr)
		if err != nil {
			t.Errorf("%s: %v", expr, err)
			continue
		}
		if got := f.String(); got != want {
			t.Errorf("%s is %s, want %s", expr, got, want)
		}
	}
}

// TestBytesAnywhere: the bytes of every field of a packet that ends anywhere are
// there, or not.
func TestBytesAnywhere(t *testing.T) {
	whole := unreachable(20).P.Frame
	for n := range len(whole) + 1 {
		for _, skip := range []string{"", "icmp", "udp"} {
			s := hostile(whole[:n], []byte{byte(n / 2), byte(n / 2), byte(n), 0, 1, 9}, skip)
			for _, f := range Fields() {
				var r row
				r.set(s)
				r.rawField(lookup(f.Name))
				if f.Type == IPv4 && len(r.values) > 0 && r.values[0].len() != 4 {
					t.Fatalf("@%s has %d bytes", f.Name, r.values[0].len())
				}
			}
		}
	}
}

// TestForms: the inputs of a form, decoded.
func TestForms(t *testing.T) {
	const body = "user=Eve+M&pw=%41%26b&empty=&bare&user=2"
	all := conversation(t, "POST / HTTP/1.1\r\nHost: a\r\nContent-Type: Application/x-www-form-urlencoded; charset=utf-8\r\nContent-Length: 40\r\n\r\n"+body)
	row := &Subject{X: all[0]}
	for name, want := range map[string][]string{
		"urlencoded-form.key":   {"user", "pw", "empty", "bare", "user"},
		"urlencoded-form.value": {"Eve M", "A&b", "", "", "2"},
	} {
		if got := Values(name, row); !slices.Equal(got, want) {
			t.Errorf("%s: %q, want %q", name, got, want)
		}
	}
	if !mustCompile(t, `@urlencoded-form.value == "%41%26b" and urlencoded-form contains "bare"`).Match(row) {
		t.Error("the bytes of a form are not there")
	}
}

// TestPrevious: a message knows the packets of the exchange before it.
func TestPrevious(t *testing.T) {
	rows := packetRows(t, testkit.Sample(t, "persistent.pcap"))
	for _, c := range []struct {
		field  string
		packet int64
		want   []string
	}{ // what tshark 4.0.17 prints
		{"http.prev_request_in", 4, nil}, {"http.prev_request_in", 8, []string{"4"}}, {"http.prev_response_in", 8, nil},
		{"http.prev_request_in", 9, []string{"4"}}, {"http.prev_response_in", 9, []string{"6"}},
		{"http.prev_response_in", 15, []string{"13"}},
	} {
		if got := Values(c.field, rows[c.packet-1]); !slices.Equal(got, c.want) {
			t.Errorf("%s of packet %d: %v, want %v", c.field, c.packet, got, c.want)
		}
	}
}

// TestUDP: ports of datagrams, whole, behind extension headers, and quoted.
func TestUDP(t *testing.T) {
	datagram := []byte{0, 53, 0x9c, 0x40, 0, 10, 0xab, 0xcd, 'h', 'i'}
	four := append([]byte{0x45, 0, 0, 30, 0, 1, 0, 0, 64, 17, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2}, datagram...)
	six := append(make([]byte, 40), 17, 0, 0, 0, 0, 0, 0, 0)
	six[0], six[6] = 0x60, 60
	six = append(six, datagram...)
	quote := append([]byte{0x45, 0, 0, 58, 0, 2, 0, 0, 255, 1, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1, 3, 3, 0, 0, 0, 0, 0,
		0}, four...)
	for _, c := range []struct {
		ip        []byte
		skip      string
		protocols string
	}{{four, "udp", "raw:ip:udp:dns"}, {six, "udp", "raw:ipv6:ipv6.dstopts:udp:dns"},
		{quote, "icmp", "raw:ip:icmp:ip:udp:dns"}} {
		p := packetOf(c.ip, c.skip)
		for name, want := range map[string]string{"udp.port": "53", "udp.dstport": "40000", "udp.length": "10",
			"udp.checksum": "43981", "udp.payload": "6869", "frame.protocols": c.protocols} {
			if got := Values(name, p); len(got) == 0 || got[0] != want {
				t.Errorf("%s of %s: %v, want %s", name, c.protocols, got, want)
			}
		}
		f, err := CompilePackets(`@udp.srcport == 00:35 and len(@udp) == 8 and udp contains "hi"`)
		if err != nil || !f.Match(p) {
			t.Errorf("the bytes of %s are not there (%v)", c.protocols, err)
		}
	}
}
