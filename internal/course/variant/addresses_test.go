package variant

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"
)

func TestAddresses(t *testing.T) {
	for _, c := range []struct {
		from    string
		private bool
		within  string // "": it stays
	}{
		{"127.0.0.1", false, "127.0.0.0/8"},
		{"127.0.0.1", true, "10.0.0.0/8"},
		{"127.100.100.100", true, "192.168.0.0/16"},
		{"10.24.118.137", false, "10.0.0.0/8"},
		{"172.20.1.5", false, "172.16.0.0/12"},
		{"192.168.1.17", false, "192.168.0.0/16"},
		{"169.254.3.4", false, "169.254.0.0/16"},
		{"93.184.216.34", false, "93.0.0.0/8"},
		{"fe80::1c2d:3eff:fe4f:5061", false, "fe80::/64"},
		{"2001:db8::17", false, "2001:db8::/32"},
		{"fd12:3456::1", false, "fd00::/8"},
		{"::1", true, ""},
		{"0.0.0.0", false, ""},
		{"255.255.255.255", false, ""},
		{"10.0.0.255", false, ""},
		{"224.0.0.251", false, ""},
		{"ff02::1", false, ""},
	} {
		s := newSecret([]byte("0123456789abcdef"), "ada")
		a := newAddresses(&s, c.private)
		from := netip.MustParseAddr(c.from)
		a.seen[from] = true
		if err := a.assign(); err != nil {
			t.Errorf("%s: %v", c.from, err)
			continue
		}
		to := a.of(from)
		switch {
		case c.within == "":
			if to != from {
				t.Errorf("%s became %s, want it to stay", from, to)
			}
		case to == from || len(to.String()) != len(c.from) || !netip.MustParsePrefix(c.within).Contains(to):
			t.Errorf("%s became %s, want another in %s", from, to, c.within)
		}
	}
}

// TestCommonPrefixStays keeps neighbours neighbours.
func TestCommonPrefixStays(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	a := newAddresses(&s, false)
	one, two, far := netip.MustParseAddr("192.168.44.17"), netip.MustParseAddr("192.168.44.23"),
		netip.MustParseAddr("192.168.61.23")
	a.seen[one], a.seen[two], a.seen[far] = true, true, true
	if err := a.assign(); err != nil {
		t.Fatal(err)
	}
	net, _ := a.of(one).Prefix(24)
	if !net.Contains(a.of(two)) || net.Contains(a.of(far)) {
		t.Errorf("%s %s %s", a.of(one), a.of(two), a.of(far))
	}
}

// TestNoAddressLeft fills all that is as long as 127.0.0.1: then the last ones
// find nothing, and the error names one.
func TestNoAddressLeft(t *testing.T) {
	s := newSecret([]byte("0123456789abcdef"), "ada")
	a := newAddresses(&s, false)
	for i := range 900 {
		a.used[netip.AddrFrom4([4]byte{127, byte(i / 90), byte(i / 9 % 10), byte(1 + i%9)})] = true
	}
	a.seen[netip.MustParseAddr("127.0.0.1")] = true
	const want = "no other address of the kind of 127.0.0.1 is left whose text is as long"
	if err := a.assign(); err == nil || err.Error() != want {
		t.Errorf("error %v", err)
	}
}

// TestAnyAddress maps any addresses: of the same kind, of the same length, one
// to one.
func TestAnyAddress(t *testing.T) {
	v4 := rapid.Custom(func(t *rapid.T) netip.Addr {
		b := rapid.SliceOfN(rapid.Byte(), 3, 3).Draw(t, "octets")
		first := rapid.SampledFrom([]byte{10, 127, 172, 192, 169, 100, 93, 8, 203}).Draw(t, "first")
		return netip.AddrFrom4([4]byte{first, b[0], b[1], b[2]})
	})
	v6 := rapid.Custom(func(t *rapid.T) netip.Addr {
		var b [16]byte
		copy(b[:], rapid.SampledFrom([]string{"\xfe\x80", "\xfd\x12", "\x20\x01\x0d\xb8", "\x2a\x00"}).Draw(t,
			"prefix"))
		copy(b[8:], rapid.SliceOfN(rapid.Byte(), 8, 8).Draw(t, "interface"))
		return netip.AddrFrom16(b)
	})
	rapid.Check(t, func(t *rapid.T) {
		s := newSecret(rapid.SliceOfN(rapid.Byte(), 16, 16).Draw(t, "seed"), "ada")
		a := newAddresses(&s, rapid.Bool().Draw(t, "private"))
		for _, x := range rapid.SliceOfN(rapid.OneOf(v4, v6), 1, 30).Draw(t, "addresses") {
			a.seen[x] = true
		}
		if a.assign() != nil {
			return // none left: said clearly
		}
		back := map[netip.Addr]bool{}
		for from, to := range a.to {
			if back[to] || len(from.String()) != len(to.String()) ||
				len(reverseLabels(from)) != len(reverseLabels(to)) {
				t.Fatalf("%s became %s", from, to)
			}
			if !stays(from) && (from == to || !a.fits(from, to)) {
				t.Fatalf("%s became %s", from, to)
			}
			back[to] = true
		}
	})
}

func TestReverseLabels(t *testing.T) {
	if got := reverseLabels(netip.MustParseAddr("10.0.0.12")); got != "\x0212\x010\x010\x0210" {
		t.Errorf("%q", got)
	}
}
