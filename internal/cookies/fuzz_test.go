package cookies

import (
	"fmt"
	"slices"
	"strings"
	"testing"
	"time"
)

// write spells a parsed cookie as a field again, from the typed values only.
func (sc SetCookie) write() string {
	s := sc.Value
	if sc.HasEquals {
		s = sc.Name + "=" + sc.Value
	}
	if sc.HasExpires {
		s += "; Expires=" + sc.Expires.Format(imfFixdate)
	}
	if sc.HasMaxAge {
		s += fmt.Sprintf("; Max-Age=%d", sc.MaxAge)
	}
	if sc.HasDomain {
		// The dot is what the parser takes away.
		s += "; Domain=." + sc.Domain
	}
	if sc.HasPath {
		s += "; Path=" + sc.Path
	}
	for name, on := range map[string]bool{"Secure": sc.Secure, "HttpOnly": sc.HttpOnly, "Partitioned": sc.Partitioned} {
		if on {
			s += "; " + name
		}
	}
	return s + "; SameSite=" + sc.SameSite.String()
}

// typed is the part of a parsed cookie that write spells.
func (sc SetCookie) typed() string {
	return fmt.Sprintf("%q %q %v %v %v %d %v %q %v %q %v %v %v %v %v", sc.Name, sc.Value, sc.HasEquals, sc.Expires,
		sc.HasExpires,
		sc.MaxAge, sc.HasMaxAge, sc.Domain, sc.HasDomain, sc.Path, sc.HasPath, sc.Secure, sc.HttpOnly, sc.Partitioned,
		sc.SameSite)
}

func FuzzSetCookie(f *testing.F) {
	for _, seed := range []string{
		"SID=31d4d96e407aad42; Path=/; Secure; HttpOnly", "lang=en-US; Expires=Wed, 09 Jun 2027 10:18:14 GMT",
		"a=b; Expires=Fri, 31-Dec-2010 23:59:59 GMT; Domain=.shop.example", "__Host-a=1; Secure; Path=/", "token",
		"=", ";;;",
		"a=b; Max-Age=-99999999999999999999", "a=b; SameSite=none; Partitioned; x=y, c=d", "a=\"b;c\"\r\n\x00",
		"\tfoo\t=\tbar\t \t;\tttt",
		"a=b; Domain=example", "a=b; Domain=1.2.3.4", "a=b; Domain=..", "ä=ö; Domain=xn--a; Path=/ü",
	} {
		f.Add(seed, "www.shop.example", "/a/b")
	}
	f.Fuzz(func(t *testing.T, value, host, path string) {
		sc := ParseSetCookie(value)
		checkSetCookie(t, sc)
		if sc.Ignored == ReasonNone {
			if again := ParseSetCookie(sc.write()); again.typed() != sc.typed() {
				t.Fatalf("%q\n first  %s\n second %s", value, sc.typed(), again.typed())
			}
		}
		checkReceived(t, sc, URL{Scheme: "https", Host: host, Path: path})
		checkReceived(t, sc, URL{Scheme: "http", Host: host, Path: path})
	})
}

func checkSetCookie(t *testing.T, sc SetCookie) {
	t.Helper()
	switch {
	case sc.Name != trimWSP(sc.Name) || sc.Value != trimWSP(sc.Value):
		t.Fatalf("white space around %q or %q", sc.Name, sc.Value)
	case strings.ContainsAny(sc.Name, "=;") || strings.Contains(sc.Value, ";"):
		t.Fatalf("separator in %q or %q", sc.Name, sc.Value)
	case sc.Path != "" && sc.Path[0] != '/':
		t.Fatalf("relative path %q", sc.Path)
	case sc.Domain != lowerASCII(sc.Domain) || len(sc.Domain) > MaxAttributeSize || len(sc.Path) > MaxAttributeSize:
		t.Fatalf("domain %q, path %q", sc.Domain, sc.Path)
	case len(sc.Problems) > MaxProblems || len(sc.Attributes) != strings.Count(sc.Raw, ";"):
		t.Fatalf("%d problems, %d attributes", len(sc.Problems), len(sc.Attributes))
	}
	checkProblems(t, sc.Problems)
}

func checkProblems(t *testing.T, problems []Problem) {
	t.Helper()
	for _, p := range problems {
		if !slices.Contains(Codes, p.Code) || len(p.Detail.String()) == 0 || len(p.Detail.String()) > 600 {
			t.Fatalf("problem %q has %d octets of detail", p.Code, len(p.Detail.String()))
		}
	}
}

// checkReceived: what is stored comes back to the host that set it, and a client
// that sends it is not suspected.
func checkReceived(t *testing.T, sc SetCookie, u URL) {
	t.Helper()
	var jar Jar
	change := jar.Receive(noon, u, sc)
	stored := len(jar.Snapshot())
	if (change.Kind == ChangeStored) != (stored == 1) ||
		(change.Kind == ChangeRefused) != (change.Reason != ReasonNone) {
		t.Fatalf("%s %s, but %d stored", change.Kind, change.Reason, stored)
	}
	if change.Cookie.Expires.After(noon.Add(MaxAge)) {
		t.Fatalf("expires %v", change.Cookie.Expires)
	}
	if change.Kind != ChangeStored {
		return
	}
	u.Path = change.Cookie.Path
	line := jar.Predict(noon, u).Line
	verdicts := jar.Compare(noon, u, ParseCookie(line))
	if u.path() == change.Cookie.Path && (len(verdicts) != 1 || verdicts[0].Kind != VerdictSent) {
		t.Fatalf("predicted %q, verdicts %+v", line, verdicts)
	}
}

func FuzzCookie(f *testing.F) {
	for _, seed := range []string{"SID=31d4; lang=en-US", "a=1;", ";;", "token; =x", "$Version=1; a=\"b; c\"",
		"a = b;c=d", "a=1; a=1; a=2", "\x00=\r\n"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, line string) {
		pairs := ParseCookie(line)
		if len(pairs) > strings.Count(line, ";")+1 {
			t.Fatalf("%d pairs", len(pairs))
		}
		var texts []string
		for _, p := range pairs {
			checkProblems(t, p.Problems)
			texts = append(texts, p.text())
		}
		again := ParseCookie(strings.Join(texts, "; "))
		// A last empty pair becomes a trailing semicolon; no other may vanish.
		for i, p := range again {
			if p.text() != texts[i] {
				t.Fatalf("%q: pair %d is %q, then %q", line, i, texts[i], p.text())
			}
		}
		checkVerdicts(t, pairs)
	})
}

// checkVerdicts: every pair gets one verdict, and every predicted cookie one.
func checkVerdicts(t *testing.T, pairs []Pair) {
	t.Helper()
	var jar Jar
	u := URL{Scheme: "http", Host: "shop.example", Path: "/"}
	for _, field := range []string{"a=1", "a=2", "b=1; Path=/x", "c=1; Max-Age=1", "token", "d=1; Secure"} {
		jar.Receive(noon, u, ParseSetCookie(field))
	}
	judged, expected := 0, map[int]bool{}
	later := noon.Add(time.Minute)
	predicted := len(jar.Predict(later, u).Sent)
	for _, v := range jar.Compare(later, u, pairs) {
		if v.Position >= 0 {
			judged++
		}
		if v.Expected >= 0 && expected[v.Expected] || v.Kind == "" || (v.Code == "") != (v.Kind == VerdictSent) {
			t.Fatalf("verdict %+v", v)
		}
		if v.Expected >= 0 {
			expected[v.Expected] = true
		}
	}
	notEmpty := 0
	for _, p := range pairs {
		if !p.Empty() {
			notEmpty++
		}
	}
	if judged != notEmpty || len(expected) != predicted {
		t.Fatalf("%d of %d pairs judged, %d of %d cookies", judged, notEmpty, len(expected), predicted)
	}
}

func FuzzDate(f *testing.F) {
	for _, seed := range []string{"Fri, 31-Dec-2010 23:59:59 GMT", "Sun Nov  6 08:49:37 1994", "1 jan 69 0:0:0",
		"29 Feb 2023 1:1:1", "\x80 1:2:3 4 may 5555x", "00:00:00 00 00 jan"} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, s string) {
		got, ok := ParseDate(s)
		if !ok {
			return
		}
		if got.Year() < 1601 || got.Year() > 9999 || got.Location() != time.UTC {
			t.Fatalf("%q: %v", s, got)
		}
		again, ok := ParseDate(got.Format(imfFixdate))
		if !ok || !again.Equal(got) {
			t.Fatalf("%q: %v, then %v", s, got, again)
		}
		if inner, ok := ParseDate(", " + s + " GMT"); !ok || !inner.Equal(got) {
			t.Fatalf("%q: delimiters around it change %v to %v", s, got, inner)
		}
	})
}
