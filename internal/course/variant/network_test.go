package variant

import (
	"bytes"
	"net/netip"
	"testing"

	"httpscope/capture"
)

// TestNeighbourDiscovery changes a neighbour solicitation (RFC 4861) everywhere
// that it names somebody: both MAC addresses, the source, the group that is
// asked, the target and the source's link-layer address.
func TestNeighbourDiscovery(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	a := newAddresses(&s, false)
	asker, asked := netip.MustParseAddr("2001:db8::1234:5678"), netip.MustParseAddr("2001:db8::abcd:ef12")
	a.seen[asker], a.seen[asked] = true, true
	if err := a.assign(); err != nil {
		t.Fatal(err)
	}
	m := &maker{secret: s, addresses: a, hardware: newHardware(&s)}
	b := []byte{0x33, 0x33, 0xff, 0xcd, 0xef, 0x12, 2, 1, 1, 1, 1, 1, 0x86, 0xdd, 0x60, 0, 0, 0, 0, 32, 58, 255}
	b = append(b, asker.AsSlice()...)
	b = append(b, netip.MustParseAddr("ff02::1:ffcd:ef12").AsSlice()...)
	b = append(b, 135, 0, 0, 0, 0, 0, 0, 0)
	b = append(b, asked.AsSlice()...)
	b = append(b, 1, 1, 2, 1, 1, 1, 1, 1)
	if why := m.changing().frame(capture.LinkEthernet, b, len(b)); why != "" {
		t.Fatal(why)
	}
	to := a.of(asked).As16()
	hardware := m.hardware.to[[6]byte{2, 1, 1, 1, 1, 1}]
	for what, ok := range map[string]bool{
		"group MAC address": bytes.Equal(b[:6], append([]byte{0x33, 0x33, 0xff}, to[13:]...)),
		"group": bytes.Equal(b[38:54], append(netip.MustParseAddr("ff02::1:ff00:0").AsSlice()[:13],
			to[13:]...)),
		"source":      bytes.Equal(b[22:38], a.of(asker).AsSlice()),
		"target":      bytes.Equal(b[62:78], to[:]),
		"MAC address": bytes.Equal(b[6:12], hardware[:]) && bytes.Equal(b[80:86], hardware[:]),
		"checksum":    sum(pseudo(b[22:38], b[38:54], protoICMPv6, 32), b[54:]) == 0xffff,
	} {
		if !ok {
			t.Errorf("%s is wrong: % x", what, b)
		}
	}
}

// TestQuotedPacket changes an ICMP error as the packet that it quotes was changed.
func TestQuotedPacket(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	a := newAddresses(&s, false)
	one, two := netip.MustParseAddr("10.0.0.1"), netip.MustParseAddr("10.0.0.2")
	a.seen[one], a.seen[two] = true, true
	if err := a.assign(); err != nil {
		t.Fatal(err)
	}
	m := &maker{secret: s, addresses: a, hardware: newHardware(&s), ports: &ports{map[uint16]uint16{50001: 50999}}}
	quoted := []byte{0x45, 0, 0, 40, 0, 1, 0x40, 0, 64, 6, 0, 0, 10, 0, 0, 1, 10, 0, 0, 2, 0xc3, 0x51, 0x1f, 0x90, 0,
		0, 0, 7}
	b := append([]byte{0x45, 0, 0, 56, 0, 1, 0x40, 0, 64, 1, 0, 0, 10, 0, 0, 2, 10, 0, 0, 1, 3, 3, 0, 0, 0, 0, 0, 0},
		quoted...)
	if why := m.changing().frame(capture.LinkRaw, b, len(b)); why != "" {
		t.Fatal(why)
	}
	from := flow{netip.AddrPortFrom(one, 50001), netip.AddrPortFrom(two, 8080)}
	seq := 7 + s.shift(from)
	for what, ok := range map[string]bool{
		"addresses": bytes.Equal(b[40:44], a.of(one).AsSlice()) &&
			bytes.Equal(b[44:48], a.of(two).AsSlice()) && bytes.Equal(b[12:16], a.of(two).AsSlice()),
		"port":               b[48] == 50999>>8 && b[49] == 50999&0xff && b[50] == 0x1f && b[51] == 0x90,
		"number":             bytes.Equal(b[52:], []byte{byte(seq >> 24), byte(seq >> 16), byte(seq >> 8), byte(seq)}),
		"checksum of ICMP":   sum(0, b[20:]) == 0xffff,
		"checksum of IP":     sum(0, b[:20]) == 0xffff,
		"quoted IP checksum": sum(0, b[28:48]) == 0xffff,
	} {
		if !ok {
			t.Errorf("%s is wrong: % x", what, b)
		}
	}
}

// TestNames changes the answer of a name server: the address in the record and
// the name of a reverse question.
func TestNames(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	a := newAddresses(&s, false)
	x := netip.MustParseAddr("10.0.0.12")
	a.seen[x] = true
	if err := a.assign(); err != nil {
		t.Fatal(err)
	}
	e := newEditor(&ports{}, false, 0)
	e.addAddresses(a, true)
	b := []byte("\x0212\x010\x010\x0210\x07in-addr\x04arpa\x00 \x00\x04\x0a\x00\x00\x0c")
	for _, c := range e.edits(b, 0, nil) {
		copy(b[c.at:], c.to)
	}
	want := reverseLabels(a.of(x)) + "\x07in-addr\x04arpa\x00 \x00\x04" + string(a.of(x).AsSlice())
	if string(b) != want {
		t.Errorf("%q, want %q", b, want)
	}
}

// TestResealed cuts a packet: its checksum is changed by what changed in the
// part that is there, and stays right for the whole.
func TestResealed(t *testing.T) {
	b := []byte("an odd number of bytes, and 00 for the sum of it all.")
	const at = 28
	b[at], b[at+1] = 0, 0
	seal(b, at, 77)
	for cut := at + 4; cut <= len(b); cut += 2 {
		c := bytes.Clone(b)
		was := without(c[:cut], at, 77)
		c[0], c[5], c[cut-1] = 'X', 'Y', 'Z'
		reseal(c[:cut], at, 99, was)
		if sum(99, c) != 0xffff {
			t.Errorf("cut at %d: sum %04x", cut, sum(99, c))
		}
	}
}
