package effect

import (
	"net/netip"
	"regexp"
	"slices"
	"testing"

	"httpscope/internal/filter"
)

// TestSamples: a sample of a pattern is matched by it.
func TestSamples(t *testing.T) {
	for _, pattern := range []string{`^POST$`, `^www.example.com$`, `(?i)post`, `get|post|head`, `4..`,
		`^image/(png|jpeg)`, `[a-f]{2,}x+y*z?`, `\d\s\w`, ``} {
		for _, s := range samples(pattern) {
			if !regexp.MustCompile(pattern).MatchString(s) {
				t.Errorf("%q does not match its sample %q", pattern, s)
			}
		}
	}
	if got := samples("("); got != nil {
		t.Errorf("what is no pattern has samples %q", got)
	}
	if got := samples("get|post"); !slices.Equal(got, []string{"get", "post"}) {
		t.Errorf("alternatives have the samples %q", got)
	}
}

// TestAddressesLike: inside and just outside of a prefix, and a neighbour.
func TestAddressesLike(t *testing.T) {
	for constant, want := range map[string][]string{
		"10.0.0.0/8": {"10.0.0.1", "10.255.255.254", "11.0.0.0", "9.255.255.255"},
		"10.1.2.3/8": {"10.0.0.1", "10.255.255.254", "11.0.0.0", "9.255.255.255"},
		"0.0.0.0/0":  {"0.0.0.1", "255.255.255.254"},
		"2001:db8::/32": {"2001:db8::1", "2001:db8:ffff:ffff:ffff:ffff:ffff:fffe", "2001:db9::",
			"2001:db7:ffff:ffff:ffff:ffff:ffff:ffff"},
		"::1":  {"::1", "::2"},
		"8000": nil,
		"POST": nil,
	} {
		var list []netip.Addr
		for _, w := range want {
			list = append(list, netip.MustParseAddr(w))
		}
		if got := addressesLike(constant); !slices.Equal(got, list) {
			t.Errorf("%s: %v, want %v", constant, got, want)
		}
	}
}

// TestCombinationsAreBounded: many long slots make no more slotValueSets than allowed.
func TestCombinationsAreBounded(t *testing.T) {
	var many []slot
	for _, name := range []string{"method", "target", "host", "cookie", "status", "client", "server", "phrase",
		"version"} {
		many = append(many, slot{name: name, values: []string{"1", "2", "3", "4", "5", "6"}})
	}
	if n := len(combinations(many)); n > maxTogether || n < maxTogether/2 {
		t.Errorf("%d slotValueSets", n)
	}
}

// TestTogetherHasAll: every combination is a request with a response, though the
// constants are the ports of many.
func TestTogetherHasAll(t *testing.T) {
	f, err := filter.CompilePackets(
		`http.request.method in {"PUT", "DELETE"} and tcp.port == 9000 and http.host == "b"`)
	if err != nil {
		t.Fatal(err)
	}
	want := len(combinations(filled(f.Constants(), f.Names())))
	got := together(f.Constants(), f.Names())
	if len(got.Recording.Exchanges) != want || len(got.messages) != 2*want || want < 100 {
		t.Errorf("%d combinations, %d exchanges, %d messages", want, len(got.Recording.Exchanges), len(got.messages))
	}
}

// TestShelfIsBounded: the traffic of constants is made once, and not kept for
// ever.
func TestShelfIsBounded(t *testing.T) {
	var s trafficCache
	if first := s.of("a"); s.of("a") != first {
		t.Error("the same traffic is made twice")
	}
	for i := range 2 * shelfSize {
		s.of(string(rune(0x4e00 + i)))
	}
	if len(s.made) > shelfSize {
		t.Errorf("%d are kept", len(s.made))
	}
}
