package cookies

import (
	"strings"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"
)

func codes(problems []Problem) string {
	var list []string
	for _, p := range problems {
		list = append(list, strings.TrimPrefix(p.Code, "cookie-"))
	}
	return strings.Join(list, " ")
}

// TestManyAttributes: the last usable one of a name counts, however many stand between.
func TestManyAttributes(t *testing.T) {
	others := ""
	for c := 'a'; c <= 'z'; c++ {
		others += "; x" + string(c)
	}
	for _, tt := range []string{
		"a=b; PATH=/1" + others + "; path=/2; Max-Age=x",
		"a=b" + others + "; Path=/1" + others + "; path=/2; Max-Age=x",
	} {
		sc := ParseSetCookie(tt)
		used := 0
		for _, a := range sc.Attributes {
			if a.Used {
				used++
			}
		}
		if sc.Path != "/2" || used != 1 || sc.HasMaxAge {
			t.Errorf("%s: path %s, %d attributes are used", tt, sc.Path, used)
		}
	}
}

// TestParseInUsedMemory: nothing of one line is left in the next.
func TestParseInUsedMemory(t *testing.T) {
	var sc SetCookie
	for _, line := range []string{"a=b; Path=/; Secure; Odd=1; Max-Age=5", "c=d", "; ;", "e=f; HttpOnly; Path"} {
		sc.Parse(line)
		if diff := cmp.Diff(ParseSetCookie(line), sc, cmpopts.EquateEmpty()); diff != "" {
			t.Errorf("%s: %s", line, diff)
		}
	}
}

// TestSetCookieProblems: each value and the problems it has, without "cookie-".
func TestSetCookieProblems(t *testing.T) {
	for _, tt := range []struct{ value, want string }{
		{"sid=31d4d96e; Path=/; Secure; HttpOnly; SameSite=Lax", ""},
		{"lang=en-US; Expires=Wed, 09 Jun 2027 10:18:14 GMT", ""},
		{`q="a b"`, "bad-value"},
		{`q="ab"`, ""},
		{"q=a,b", "bad-value"},
		{"q=ä", "bad-value"},
		{"a b=1", "bad-name"},
		{"token", "nameless"},
		{"=v", "nameless"},
		{"=", "empty"},
		{"", "empty"},
		{"a=b\r\n", "control-char bad-value"},
		{"a=b; Path=/\x7f", "control-char"},
		{"a=" + strings.Repeat("x", 4096), "too-large"},
		{"a=b;", "empty-attribute"},
		{"a=b; Path=/; path=/x", "duplicate-attribute"},
		{"a=b; Path=/" + strings.Repeat("x", 1024), "attribute-too-long"},
		{"a=b; Version=1", "unknown-attribute"},
		{"a=b; Secure=false", "flag-value"},
		{"a=b; Expires=never", "bad-expires"},
		{"a=b; Expires=Fri, 31-Dec-2010 23:59:59 GMT", "old-date"},
		{"a=b; Expires=Fri, 31-Dec-10 23:59:59 GMT", "short-year old-date"},
		{"a=b; Expires=Mon, 31 Dec 2010 23:59:59 GMT", "wrong-weekday"},
		{"a=b; Expires=Fri Dec 31 23:59:59 2010", "old-date"},
		{"a=b; Max-Age=1.5", "bad-max-age"},
		{`a=b; Max-Age="60"`, "bad-max-age"},
		{"a=b; Max-Age=", "bad-max-age"},
		{"a=b; Max-Age=-", "bad-max-age"},
		{"a=b; Max-Age=-1", "negative-max-age"},
		{"a=b; Max-Age=34560001", "lifetime-capped"},
		{"a=b; Max-Age=60; Expires=Wed, 09 Jun 2027 10:18:14 GMT", "two-lifetimes"},
		{"a=b; Domain=shop.example", ""},
		{"a=b; Domain=.shop.example", "domain-dot"},
		{"a=b; Domain=", "empty-domain"},
		{"a=b; Domain=shop.example:80", "bad-domain"},
		{"a=b; Domain=shop.example.", "bad-domain"},
		{"a=b; Domain=10.0.0.5", ""},
		{"a=b; Path=docs", "relative-path"},
		{"a=b; Path", "relative-path"},
		{"a=b; SameSite=Maybe", "unknown-samesite"},
		{"a=b; SameSite=None", "samesite-none-insecure"},
		{"a=b; SameSite=None; Secure", ""},
		{"a=b; Partitioned", "partitioned-insecure"},
		{"__Secure-a=b", "prefix"},
		{"__host-a=b; Secure; Path=/x", "prefix"},
		{"__Host-a=b; Secure; Path=/; Domain=shop.example", "prefix"},
		{"__Host-a=b; Secure; Path=/", ""},
		{"__Host-a", "nameless prefix"},
		{"a=b; Path=/, c=d", "folded"},
		{"a=b, c=d", "bad-value folded"},
		{`a="b, c=d"`, "bad-value"},
		{"a=b" + strings.Repeat(";", 200), strings.TrimSpace(strings.Repeat("empty-attribute ", MaxProblems))},
	} {
		if got := codes(ParseSetCookie(tt.value).Problems); got != tt.want {
			t.Errorf("%.60q\n got  %s\n want %s", tt.value, got, tt.want)
		}
	}
}

func TestSetCookieTypedValues(t *testing.T) {
	sc := ParseSetCookie(` SID = 31d4 ;Path= /docs ; DOMAIN=.Shop.Example; max-age=3600;` +
		`expires=Fri, 31-Dec-2010 23:59:59 GMT; secure; HTTPONLY; samesite=strict; Partitioned; Priority=High`)
	when := time.Date(2010, 12, 31, 23, 59, 59, 0, time.UTC)
	if sc.Name != "SID" || sc.Value != "31d4" || sc.Path != "/docs" || sc.Domain != "shop.example" {
		t.Errorf("strings: %+v", sc)
	}
	if !sc.HasMaxAge || sc.MaxAge != 3600 || !sc.HasExpires || !sc.Expires.Equal(when) {
		t.Errorf("lifetime: %+v", sc)
	}
	if !sc.Secure || !sc.HttpOnly || !sc.Partitioned || sc.SameSite != SameSiteStrict {
		t.Errorf("flags: %+v", sc)
	}
	if len(sc.Attributes) != 9 || sc.Attributes[1].Value != ".Shop.Example" || len(sc.Unknown) != 1 ||
		sc.Unknown[0].Name != "Priority" {
		t.Errorf("attributes: %+v", sc.Attributes)
	}
}

// TestAttributeUsed: which of several attributes has the effect.
func TestAttributeUsed(t *testing.T) {
	for _, tt := range []struct {
		value string
		used  []bool
	}{
		{"a=b; Path=/x; Path=/y", []bool{false, true}},
		{"a=b; Max-Age=5; Max-Age=x", []bool{true, false}},
		{"a=b; Max-Age=x; Max-Age=5", []bool{false, true}},
		{"a=b; Domain=a.example; Domain=", []bool{false, true}},
		{"a=b; Other=1; Secure; Path=/" + strings.Repeat("x", 2000), []bool{false, true, false}},
	} {
		for i, a := range ParseSetCookie(tt.value).Attributes {
			if a.Used != tt.used[i] {
				t.Errorf("%.40s: attribute %d: used %v", tt.value, i, a.Used)
			}
		}
	}
}

func TestParseCookie(t *testing.T) {
	for _, tt := range []struct{ line, pairs, problems string }{
		{"SID=31d4; lang=en-US", "SID=31d4|lang=en-US", ""},
		{`a="x y"; b=1=2`, `a="x y"|b=1=2`, ""},
		{"a=1;", "a=1", "trailing-semicolon"},
		{"a=1; ", "a=1", "trailing-semicolon"},
		{"a=1;b=2", "a=1|b=2", "pair-spacing"},
		{"a=1;  b = 2", "a=1|b=2", "pair-spacing"},
		{"a=1;; b=2", "a=1||b=2", "empty-pair"},
		{"token; a=1", "token|a=1", "pair-without-equals"},
		{"=x", "=x", "pair-without-name"},
		{"a=1; a=2", "a=1|a=2", "same-name-twice"},
		{"$Version=1; a=2; $Path=/", "$Version=1|a=2|$Path=/", "legacy-version legacy-version"},
		{"a=1\x00", "a=1\x00", "control-char"},
		{"", "", ""},
		{" ", "", ""},
		{";", "", "empty-pair trailing-semicolon"},
	} {
		var texts, problems []string
		for _, p := range ParseCookie(tt.line) {
			texts = append(texts, p.text())
			if c := codes(p.Problems); c != "" {
				problems = append(problems, c)
			}
		}
		if got := strings.Join(texts, "|"); got != tt.pairs {
			t.Errorf("%q: got %q, want %q", tt.line, got, tt.pairs)
		}
		if got := strings.Join(problems, " "); got != tt.problems {
			t.Errorf("%q: problems %s, want %s", tt.line, got, tt.problems)
		}
	}
}

func TestParseDate(t *testing.T) {
	for _, tt := range []struct{ date, want string }{
		{"Fri, 31-Dec-2010 23:59:59 GMT", "2010-12-31T23:59:59Z"},
		{"Sun, 06 Nov 1994 08:49:37 GMT", "1994-11-06T08:49:37Z"},
		{"Sun Nov  6 08:49:37 1994", "1994-11-06T08:49:37Z"},
		{"Sunday, 06-Nov-94 08:49:37 GMT", "1994-11-06T08:49:37Z"},
		{"1 jan 69 0:0:0", "2069-01-01T00:00:00Z"},
		{"1 jan 70 0:0:0", "1970-01-01T00:00:00Z"},
		{"29 Feb 2024 0:0:0", "2024-02-29T00:00:00Z"},
		{"29 Feb 2023 0:0:0", ""},
		{"31 Dec 1600 0:0:0", ""},
		{"1 Jan 1601 0:0:0", "1601-01-01T00:00:00Z"},
		{"1 Jan 999 0:0:0", ""},
		{"32 Jan 2020 0:0:0", ""},
		{"0 Jan 2020 0:0:0", ""},
		{"1 Jan 2020 24:0:0", ""},
		{"1 Jan 2020 23:60:0", ""},
		{"1 Jan 2020 23:59:60", ""},
		{"1 Jan 2020 23:59:5th", "2020-01-01T23:59:05Z"},
		{"1 Jan 2020 23:59:591", ""},
		{"1st Jan 2020AD 1:2:3", "2020-01-01T01:02:03Z"},
		{"1 Jan 20200 1:2:3", ""},
		{"1 anj 2020 1:2:3", ""},
		{"", ""},
	} {
		got, ok := ParseDate(tt.date)
		if ok != (tt.want != "") || ok && got.Format(time.RFC3339) != tt.want {
			t.Errorf("%q: got %v %v, want %s", tt.date, got, ok, tt.want)
		}
	}
}
