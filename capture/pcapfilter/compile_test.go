package pcapfilter

import (
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"httpscope/internal/texts"

	"golang.org/x/net/bpf"
	"pgregory.net/rapid"
)

// packet is what the matchers of these tests see.
type packet struct {
	kind         uint32 // EtherType
	proto        byte
	fragment     int // offset of an IPv4 fragment, in units of 8 bytes
	header       int // IPv4 header length in 32-bit words
	src, dst     netip.Addr
	sport, dport uint16
	behind       byte // the protocol behind an IPv6 fragment header
}

// matcher is the plain meaning of a filter.
type matcher func(packet) bool

// network is the packet from its network header on.
func (p packet) network() []byte {
	b := make([]byte, 120)
	at := 40
	switch p.kind {
	case etherIPv4:
		b[0] = 0x40 | byte(p.header)
		binary.BigEndian.PutUint16(b[6:], uint16(p.fragment))
		b[9] = p.proto
		copy(b[12:], p.src.AsSlice())
		copy(b[16:], p.dst.AsSlice())
		at = 4 * p.header
	case etherIPv6:
		b[0], b[6] = 0x60, p.proto
		copy(b[8:], p.src.AsSlice())
		copy(b[24:], p.dst.AsSlice())
		if p.proto == protoFragment {
			b[40] = p.behind
			return b
		}
	default:
		copy(b[14:], p.src.AsSlice())
		copy(b[24:], p.dst.AsSlice())
		return b
	}
	binary.BigEndian.PutUint16(b[at:], p.sport)
	binary.BigEndian.PutUint16(b[at+2:], p.dport)
	return b
}

// frame puts a link header before it.
func (p packet) frame(l Link) []byte {
	where := links[l]
	head := make([]byte, where.header)
	if where.header > 0 {
		binary.BigEndian.PutUint16(head[where.typeAt:], uint16(p.kind))
	}
	return append(head, p.network()...)
}

func (p packet) transport(numbers ...byte) bool {
	for _, n := range numbers {
		if p.proto == n {
			return p.kind == etherIPv6 || p.kind == etherIPv4
		}
	}
	return false
}

// run compiles a filter and runs it on a frame.
func run(t rapid.TB, text string, l Link, frame []byte) bool {
	program, err := Compile(text, l, 65535)
	if err != nil {
		t.Fatal(err)
	}
	vm, err := bpf.NewVM(program)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	n, err := vm.Run(frame)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return n > 0
}

var (
	four = []string{"192.0.2.1", "192.0.2.200", "198.51.100.7", "10.1.2.3"}
	six  = []string{"2001:db8::1", "2001:db8:8000::2", "fe80::1"}
	nets = []string{"192.0.2.0/24", "192.0.2.128/25", "10.0.0.0/8", "0.0.0.0/0", "2001:db8::/32",
		"2001:db8:8000::/33", "::/0", "fe80::/10", "fe80::1/128"}
	ports = []uint16{80, 443, 8080, 53, 1000}
)

func drawPacket(t *rapid.T) packet {
	p := packet{
		kind: rapid.SampledFrom([]uint32{etherIPv4, etherIPv6, etherIPv4, etherIPv6, etherARP, etherRARP}).Draw(t,
			"EtherType"),
		proto:  rapid.SampledFrom([]byte{protoTCP, protoUDP, protoSCTP, 1}).Draw(t, "protocol"),
		header: rapid.IntRange(5, 15).Draw(t, "header words"),
		sport:  rapid.SampledFrom(ports).Draw(t, "source port"),
		dport:  rapid.SampledFrom(ports).Draw(t, "destination port"),
		behind: rapid.SampledFrom([]byte{protoTCP, protoUDP}).Draw(t, "behind"),
	}
	addresses := four
	if p.kind == etherIPv6 {
		addresses = six
		if rapid.IntRange(0, 4).Draw(t, "fragment header") == 0 {
			p.proto = protoFragment
		}
	} else if rapid.IntRange(0, 3).Draw(t, "fragmented") == 0 {
		p.fragment = rapid.SampledFrom([]int{0x2000, 5, 0x2005}).Draw(t, "fragment")
	}
	p.src = netip.MustParseAddr(rapid.SampledFrom(addresses).Draw(t, "source"))
	p.dst = netip.MustParseAddr(rapid.SampledFrom(addresses).Draw(t, "destination"))
	return p
}

var directions = map[string]func(src, dst bool) bool{
	"":             func(src, dst bool) bool { return src || dst },
	"src ":         func(src, dst bool) bool { return src },
	"dst ":         func(src, dst bool) bool { return dst },
	"src or dst ":  func(src, dst bool) bool { return src || dst },
	"dst and src ": func(src, dst bool) bool { return src && dst },
}

var directionNames = []string{"", "src ", "dst ", "src or dst ", "dst and src "}

// drawTerm is a term, its meaning, and a source of values that it lends its qualifiers to.
func drawTerm(t *rapid.T, depth int) (string, matcher, func() (string, matcher)) {
	pick := rapid.IntRange(0, 6).Draw(t, "term")
	if depth == 0 && pick >= 5 {
		pick -= 5
	}
	switch pick {
	case 0:
		return drawProtocol(t)
	case 1, 2:
		return drawPorts(t)
	case 3, 4:
		return drawAddress(t)
	case 5:
		text, m, lend := drawTerm(t, depth-1)
		return "not " + text, func(p packet) bool { return !m(p) }, lend
	}
	text, m := drawExpression(t, depth-1)
	return "(" + text + ")", m, nil
}

func drawProtocol(t *rapid.T) (string, matcher, func() (string, matcher)) {
	name := rapid.SampledFrom(protocols).Draw(t, "name")
	number := map[string]byte{"tcp": protoTCP, "udp": protoUDP}[name]
	return name, func(p packet) bool {
		switch name {
		case "ip":
			return p.kind == etherIPv4
		case "ip6":
			return p.kind == etherIPv6
		}
		return p.transport(number) || p.kind == etherIPv6 && p.proto == protoFragment && p.behind == number
	}, nil
}

func drawPorts(t *rapid.T) (string, matcher, func() (string, matcher)) {
	proto := rapid.SampledFrom([]string{"", "tcp ", "udp "}).Draw(t, "protocol")
	numbers := map[string][]byte{"": {protoTCP, protoUDP, protoSCTP}, "tcp ": {protoTCP}, "udp ": {protoUDP}}[proto]
	direction := rapid.SampledFrom(directionNames).Draw(t, "direction")
	span := rapid.Bool().Draw(t, "range")
	lend := func() (string, matcher) {
		low := rapid.SampledFrom(ports).Draw(t, "low")
		high, text := low, fmt.Sprint(low)
		if span {
			high = rapid.SampledFrom(ports).Draw(t, "high")
			text = fmt.Sprintf("%d-%d", low, high)
			low, high = min(low, high), max(low, high)
		}
		in := func(n uint16) bool { return low <= n && n <= high }
		return text, func(p packet) bool {
			first := p.kind == etherIPv6 || p.fragment&0x1fff == 0
			return p.transport(numbers...) && first && directions[direction](in(p.sport), in(p.dport))
		}
	}
	value, m := lend()
	return proto + direction + map[bool]string{true: "portrange ", false: "port "}[span] + value, m, lend
}

func drawAddress(t *rapid.T) (string, matcher, func() (string, matcher)) {
	proto := rapid.SampledFrom([]string{"", "ip ", "ip6 "}).Draw(t, "protocol")
	direction := rapid.SampledFrom(directionNames).Draw(t, "direction")
	kind := rapid.SampledFrom([]string{"host ", "net "}).Draw(t, "kind")
	lend := func() (string, matcher) {
		texts := nets
		if kind == "host " {
			texts = append(append([]string{}, four...), six...)
		}
		text := rapid.SampledFrom(texts).Filter(func(s string) bool {
			return proto == "" || strings.Contains(s, ":") == (proto == "ip6 ")
		}).Draw(t, "address")
		prefix, err := netip.ParsePrefix(text)
		if err != nil {
			a := netip.MustParseAddr(text)
			prefix = netip.PrefixFrom(a, a.BitLen())
		}
		return text, func(p packet) bool {
			if proto == "ip " && p.kind != etherIPv4 {
				return false
			}
			return p.src.Is4() == prefix.Addr().Is4() && directions[direction](prefix.Contains(p.src),
				prefix.Contains(p.dst))
		}
	}
	value, m := lend()
	written := kind
	if kind == "host " && direction != "" && rapid.Bool().Draw(t, "kind left out") {
		written = ""
	}
	return proto + direction + written + value, m, lend
}

// drawExpression joins terms and values from the left.
func drawExpression(t *rapid.T, depth int) (string, matcher) {
	text, m, lend := drawTerm(t, depth)
	for range rapid.IntRange(0, 3).Draw(t, "more") {
		left := m
		var next string
		var right matcher
		if lend != nil && rapid.Bool().Draw(t, "value only") {
			next, right = drawValues(t, lend, 2)
		} else {
			next, right, lend = drawTerm(t, depth)
		}
		if rapid.Bool().Draw(t, "and") {
			text += rapid.SampledFrom([]string{" and ", "&&", " && "}).Draw(t, "sign") + next
			m = func(p packet) bool { return left(p) && right(p) }
		} else {
			text += rapid.SampledFrom([]string{" or ", "||"}).Draw(t, "sign") + next
			m = func(p packet) bool { return left(p) || right(p) }
		}
	}
	return text, m
}

// drawValues is a value, perhaps negated or two in parentheses.
func drawValues(t *rapid.T, lend func() (string, matcher), depth int) (string, matcher) {
	text, m := lend()
	switch rapid.IntRange(0, 3).Draw(t, "shape") {
	case 0:
		return "!" + text, func(p packet) bool { return !m(p) }
	case 1:
		if depth > 0 {
			next, right := drawValues(t, lend, depth-1)
			return "(" + text + " or " + next + ")", func(p packet) bool { return m(p) || right(p) }
		}
	}
	return text, m
}

// A program accepts exactly the packets that the filter describes.
func TestProgramsMeanTheFilter(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		text, m := drawExpression(t, 3)
		l := rapid.SampledFrom([]Link{Ethernet, Raw, LinuxSLL, LinuxSLL2}).Draw(t, "link")
		for range 20 {
			p := drawPacket(t)
			if l == Raw && (p.kind == etherARP || p.kind == etherRARP) {
				continue
			}
			if got, want := run(t, text, l, p.frame(l)), m(p); got != want {
				t.Fatalf("%q on %+v: accepted %v, want %v", text, p, got, want)
			}
		}
	})
}

// Jumps over more than 255 instructions are made in two steps.
func TestLongPrograms(t *testing.T) {
	for _, join := range []string{" or ", " and "} {
		for _, n := range []int{1, 10, 17, 18, 19, 20, 100, 200} {
			var list []string
			for i := range n {
				list = append(list, fmt.Sprint(1000+i))
			}
			text := "tcp dst port " + strings.Join(list, join)
			for _, dport := range []int{999, 1000, 1000 + n/2, 1000 + n - 1, 1000 + n} {
				p := packet{kind: etherIPv4, proto: protoTCP, header: 5, src: netip.MustParseAddr(four[0]),
					dst: netip.MustParseAddr(four[1]), dport: uint16(dport)}
				in := dport >= 1000 && dport < 1000+n
				want := in && (join == " or " || n == 1)
				for text, want := range map[string]bool{text: want, "tcp and not (" + text + ")": !want} {
					if got := run(t, text, Ethernet, p.frame(Ethernet)); got != want {
						t.Errorf("%d ports joined by%sand port %d: accepted %v, want %v", n, join, dport, got, want)
					}
				}
			}
		}
	}
}

func TestAccepted(t *testing.T) {
	for _, text := range accepted {
		if _, err := Compile(text, Ethernet, 100); err != nil {
			t.Error(err)
		}
	}
}

// accepted are filters that pcap takes too.
var accepted = []string{
	"", "  ", "tcp", "not not tcp", "!!tcp", "port 80 or not 443", "portrange 90-80", "portrange 80-90 or 443",
	"portrange 80",
	"ip net 10.0.0.0/8", "port (80 or 443)", "host (10.0.0.1 or 10.0.0.2)", "src or dst port 80",
	"src and dst 10.0.0.1", "port 0x50",
	"port not 80", "tcp && !port 80||udp", "port 80 or (443 or (8080))", "port 80 or !(443)", "host ::1 or 1.2.3.4",
	"src or dst ::1",
	"net 10.0.0.0", "net ::1", "ip src 1.2.3.4 and dst 3.4.5.6 or 4.5.6.7", "net 0.0.0.0/0",
	"udp or tcp src port 80 or 81", "((((tcp))))",
}

func TestRefused(t *testing.T) {
	for text, want := range map[string]string{
		"1.2.3.4":                  `at character 1: "1.2.3.4" needs a word before it that says what it is, as in "host 1.2.3.4"`,
		"80":                       `at character 1: "80" needs a word before it that says what it is, as in "port 80"`,
		"tcp or 80":                `at character 8: "80" has no word before it that says what it is`,
		"(port 80) or 443":         `at character 14: "443" has no word before it that says what it is`,
		"tcp host 1.2.3.4":         `at character 1: "tcp" has no host`,
		"ip port 80":               `at character 1: "ip" has no port`,
		"tcp dst 1.2.3.4":          `at character 1: "tcp" has no host`,
		"tcp 80":                   `at character 5: "80" was not expected here`,
		"port 70000":               `at character 6: port 70000 is above 65535`,
		"port http":                `at character 6: "http" is not a number or an address, and names are not looked up`,
		"port 080":                 `at character 6: "080" is not a port number`,
		"port 1-2":                 `at character 6: "1-2" is not a port number`,
		"port 1_0":                 `at character 6: "1_0" is not a port number`,
		"portrange 1-":             `at character 11: "" is not a port number`,
		"net 10.0.0.1/8":           `at character 5: "10.0.0.1/8" has bits after the network's length, the network is 10.0.0.0/8`,
		"net 10.0.0.0/33":          `at character 5: "10.0.0.0/33" is not an address`,
		"host 10.0.0.0/8":          `at character 6: "10.0.0.0/8" is a network, write net`,
		"ip6 host 1.2.3.4":         `at character 10: "1.2.3.4" is no address of "ip6"`,
		"ip host ::1":              `at character 9: "::1" is no address of "ip"`,
		"host fe80::1%eth0":        `at character 6: "fe80::1%eth0" is not an address`,
		"host www.example.com":     `at character 6: "www.example.com" is not a number or an address, and names are not looked up`,
		"port 80 443":              `at character 9: "443" was not expected here`,
		"port 80 or (443 and tcp)": `at character 21: a value must stand here`,
		"port 80 or":               `at character 11: the filter ends where something must follow`,
		"port":                     `at character 5: a value must follow "port"`,
		"src":                      `at character 4: a value must follow "host"`,
		"()":                       `at character 2: ")" was not expected here`,
		"(tcp":                     `at character 1: this parenthesis is not closed`,
		"tcp)":                     `at character 4: ")" was not expected here`,
		"TCP":                      `at character 1: "TCP" is not known`,
		"vlan 7":                   `at character 1: "vlan" is not known`,
		"tcp[13] & 2 != 0":         `at character 1: "tcp[13]" is not known`,
		"tcp and tcp[13]":          `at character 9: "tcp[13]" is not known`,
		strings.Repeat("!", 5000):  `at character 4097: it is longer than 4096 characters`,
		"port " + strings.Repeat("1 or ", 600) + "1": `at character 1: it takes`,
	} {
		_, err := Compile(text, Ethernet, 100)
		var refused *Error
		if !errors.As(err, &refused) {
			t.Errorf("%.40q: %v", text, err)
			continue
		}
		if got := strings.TrimPrefix(err.Error(), fmt.Sprintf("capture filter %q: ", text)); !strings.HasPrefix(got,
			want) {
			t.Errorf("%.40q:\ngot  %s\nwant %s", text, got, want)
		}
		if !strings.Contains(refused.Hint.String(), "A build with libpcap takes any capture filter.") {
			t.Errorf("%.40q: hint %q", text, refused.Hint)
		}
	}
}

// TestRefusedInChinese: the filter and its words stay as they are.
func TestRefusedInChinese(t *testing.T) {
	for text, want := range map[string]string{
		"port 70000": `捕获过滤器 "port 70000"：第 6 个字符处：端口 70000 大于 65535`,
		"tcp 80":     `捕获过滤器 "tcp 80"：第 5 个字符处：这里不应该出现 "80"`,
		"80":         `捕获过滤器 "80"：第 1 个字符处："80" 前面要有一个词说明它是什么，例如 "port 80"`,
	} {
		_, err := Compile(text, Ethernet, 100)
		if got := texts.In(texts.Chinese).Error(err); got != want {
			t.Errorf("%s: %s, want %s", text, got, want)
		}
	}
}

// Whatever the text is, there is a program that a kernel takes, or an Error
// that points into the text.
func FuzzCompile(f *testing.F) {
	for _, text := range accepted {
		f.Add(text, 0)
	}
	f.Add("tcp port 80 or (", 1)
	f.Add("ether host 1:2:3:4:5:6 and host 1::/3/", 4)
	f.Fuzz(func(t *testing.T, text string, l int) {
		l = (l%len(links) + len(links)) % len(links)
		program, err := Compile(text, Link(l), 1000)
		var refused *Error
		switch {
		case err == nil:
			if raw, err := bpf.Assemble(program); err != nil || len(raw) > maxProgram {
				t.Errorf("%q: %d instructions, %v", text, len(raw), err)
			}
		case !errors.As(err, &refused) || refused.Offset < 0 || refused.Offset > len(text):
			t.Errorf("%q: %v", text, err)
		}
	})
}
