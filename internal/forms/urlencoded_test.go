package forms

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"unicode/utf8"

	"pgregory.net/rapid"
)

// showPairs writes pairs as short text.
func showPairs(pairs []Pair, ps []Problem) string {
	var b strings.Builder
	for _, p := range pairs {
		fmt.Fprintf(&b, "[%d %q=%q %s]", p.Offset, p.Name, p.Value, codesOf(p.Problems))
	}
	return b.String() + codesOf(ps)
}

func TestParseURLEncoded(t *testing.T) {
	for _, tt := range []struct{ in, want string }{
		{"", ""},
		{"a=1&b=2", `[0 "a"="1" ][4 "b"="2" ]`},
		{"a", `[0 "a"="" ]`},
		{"a=", `[0 "a"="" ]`},
		{"a=b=c", `[0 "a"="b=c" ]`},
		{"q=a+b%20c%2Bd", `[0 "q"="a b c+d" ]`},
		{"q=%e2%82%ac", `[0 "q"="€" ]`},
		{"q=%zz", `[0 "q"="%zz" form-escape]`},
		{"q=100%", `[0 "q"="100%" form-escape]`},
		{"q=%4", `[0 "q"="%4" form-escape]`},
		{"q=%c0%af", `[0 "q"="\xc0\xaf" form-utf8]`},
		{"q=caf%e9", `[0 "q"="caf\xe9" form-utf8]`},
		{"q=a%00b", `[0 "q"="a\x00b" form-nul]`},
		{"q=a b", `[0 "q"="a b" form-raw-byte]`},
		{"q=é", `[0 "q"="é" form-raw-byte]`},
		{"=x", `[0 ""="x" form-empty-name]`},
		{"a=1;b=2", `[0 "a"="1;b=2" form-semicolon]`},
		{"a=1&&b=2&", `[0 "a"="1" ][5 "b"="2" ]form-empty-pair`},
		{"a=1&%61=2", `[0 "a"="1" ][4 "a"="2" ]form-repeated`},
	} {
		pairs, ps := ParseURLEncoded(tt.in)
		if got := showPairs(pairs, ps); got != tt.want {
			t.Errorf("%q:\ngot  %s\nwant %s", tt.in, got, tt.want)
		}
		for _, p := range pairs {
			knownCode(t, p.Problems)
		}
		knownCode(t, ps)
	}
}

func TestURLEncodedIsBounded(t *testing.T) {
	pairs, ps := ParseURLEncoded(strings.Repeat("a&", 10*MaxPairs))
	if len(pairs) != MaxPairs || codesOf(ps) != "form-repeated form-limit" {
		t.Errorf("%d pairs, %v", len(pairs), ps)
	}
}

// Where net/url accepts a query, both read the same pairs.
func TestURLEncodedAgainstNetURL(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.StringMatching(`[ab%+=&0-9c]{0,40}`).Draw(t, "query")
		want, err := url.ParseQuery(s)
		if err != nil {
			return
		}
		got := url.Values{}
		pairs, _ := ParseURLEncoded(s)
		for _, p := range pairs {
			got.Add(p.Name, p.Value)
		}
		if fmt.Sprint(got) != fmt.Sprint(want) {
			t.Fatalf("%q: %v, net/url %v", s, got, want)
		}
	})
}

func FuzzForm(f *testing.F) {
	for _, s := range []string{
		"a=1&b=2", "q=a+b%20c", "q=%zz&=x&&", "a=1;b=2", "q=%c0%af%00",
		"--B\r\nContent-Disposition: form-data; name=\"a\"\r\n\r\nx\r\n--B--\r\n",
		"--B\r\nContent-Disposition: form-data; name=a; filename=\"C:\\x\\\"y\"\r\nContent-Type: text/plain\r\n\r\n\r\n--B \n--B--",
	} {
		f.Add(s, "B")
	}
	f.Fuzz(func(t *testing.T, s, boundary string) {
		checkPairs(t, s)
		checkParts(t, s, boundary)
	})
}

// checkPairs: the pairs are the input, in order, and only percent escapes and
// plus signs change bytes.
func checkPairs(t *testing.T, s string) {
	pairs, ps := ParseURLEncoded(s)
	knownCode(t, ps)
	var raws []string
	for _, p := range pairs {
		knownCode(t, p.Problems)
		raws = append(raws, p.Raw)
		if s[p.Offset:p.Offset+len(p.Raw)] != p.Raw || len(p.Name)+len(p.Value) > len(p.Raw) {
			t.Fatalf("%+v in %q", p, s)
		}
		if !utf8.ValidString(p.Name+"="+p.Value) && !strings.Contains(codesOf(p.Problems), FormUTF8) {
			t.Fatalf("%+v", p)
		}
	}
	if len(pairs) < MaxPairs && strings.Join(raws, "") != strings.ReplaceAll(s, "&", "") {
		t.Fatalf("%q lost bytes: %q", s, raws)
	}
}

// checkParts: the parts lie in the body, in order, and each complete one ends
// where a delimiter starts.
func checkParts(t *testing.T, s, boundary string) {
	parts, ps := ParseFormData([]byte(s), boundary)
	knownCode(t, ps)
	at := 0
	for _, p := range parts {
		knownCode(t, p.Problems)
		if p.HeadOffset < at || p.Offset < p.HeadOffset || p.Length < 0 || p.Offset+p.Length > len(s) {
			t.Fatalf("%+v does not lie behind %d in %d bytes", p, at, len(s))
		}
		at = p.Offset + p.Length
		tail := strings.TrimPrefix(strings.TrimPrefix(s[at:], "\r"), "\n")
		if p.Complete && !strings.HasPrefix(tail, "--"+boundary) {
			t.Fatalf("%+v ends at %q", p, s[at:])
		}
	}
}
