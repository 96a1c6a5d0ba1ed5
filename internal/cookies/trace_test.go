package cookies

import (
	"fmt"
	"net/url"
	"strings"
	"testing"
	"time"
)

// noon is the time at which every trace begins.
var noon = time.Date(2026, 3, 1, 12, 0, 0, 0, time.UTC)

func parseURL(t testing.TB, s string) URL {
	t.Helper()
	u, err := url.Parse(s)
	if err != nil {
		t.Fatalf("test URL: %v", err)
	}
	return URL{Scheme: u.Scheme, Host: u.Host, Port: u.Port(), Path: u.EscapedPath()}
}

// step is one line of a trace. Exactly one of set, cookie and predict is used.
type step struct {
	after   time.Duration // since noon
	url     string
	set     string // response: Set-Cookie value
	cookie  string // request: Cookie value; "-" for a request without the field
	predict bool   // ask for the line without a request
	want    string
}

// summary writes a change as "kind" or "refused: reason".
func (c Change) summary() string {
	if c.Kind == ChangeRefused {
		return "refused: " + string(c.Reason)
	}
	return string(c.Kind)
}

// verdictSummary writes verdicts as "name kind, name kind(rule)".
func verdictSummary(verdicts []Verdict) string {
	var parts []string
	for _, v := range verdicts {
		name := v.Pair.Name
		if v.Kind == VerdictWithheld {
			name = v.Cookie.Name
		}
		part := strings.TrimSpace(name + " " + string(v.Kind))
		if v.Rule != ReasonNone {
			part += fmt.Sprintf("(%s)", v.Rule)
		}
		parts = append(parts, part)
	}
	return strings.Join(parts, ", ")
}

// run plays one step and returns its summary.
func (s step) run(t *testing.T, jar *Jar) string {
	t.Helper()
	now, u := noon.Add(s.after), parseURL(t, s.url)
	switch {
	case s.predict:
		return jar.Predict(now, u).Line
	case s.cookie != "":
		return verdictSummary(jar.Compare(now, u, ParseCookie(strings.TrimPrefix(s.cookie, "-"))))
	}
	return jar.Receive(now, u, ParseSetCookie(s.set)).summary()
}

func runTrace(t *testing.T, jar *Jar, steps []step) {
	t.Helper()
	for i, s := range steps {
		if got := s.run(t, jar); got != s.want {
			t.Errorf("step %d: %+v\n got  %s", i+1, s, got)
		}
	}
}

func TestStoring(t *testing.T) {
	const http, https = "http://www.shop.example/a/b", "https://www.shop.example/a/b"
	traces := map[string][]step{
		"the second value replaces the first": {
			{url: http, set: "sid=1", want: "stored"},
			{url: http, set: "sid=2", want: "replaced"},
			{url: http, predict: true, want: "sid=2"},
		},
		"host-only and domain cookie are two cookies": {
			{url: http, set: "sid=1", want: "stored"},
			{url: http, set: "sid=2; Domain=www.shop.example", want: "stored"},
			{url: http, predict: true, want: "sid=1; sid=2"},
		},
		"names are case-sensitive": {
			{url: http, set: "SID=1", want: "stored"},
			{url: http, set: "sid=2", want: "stored"},
		},
		"Max-Age=0 deletes": {
			{url: http, set: "sid=1", want: "stored"},
			{url: http, set: "sid=; Max-Age=0", want: "deleted"},
			{url: http, predict: true, want: ""},
		},
		"deleting with another path misses": {
			{url: http, set: "sid=1; Path=/", want: "stored"},
			{url: http, set: "sid=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", want: "nothing"},
			{url: http, predict: true, want: "sid=1"},
		},
		"Max-Age beats Expires": {
			{url: http, set: "sid=1; Expires=Thu, 01 Jan 1970 00:00:00 GMT; Max-Age=60", want: "stored"},
			{url: http, predict: true, after: 59 * time.Second, want: "sid=1"},
			{url: http, predict: true, after: 60 * time.Second, want: ""},
		},
		"domain": {
			{url: http, set: "a=1; Domain=shop.example", want: "stored"},
			{url: http, set: "b=1; Domain=.shop.example", want: "stored"},
			{url: http, set: "c=1; Domain=bank.example", want: "refused: foreign-domain"},
			{url: http, set: "d=1; Domain=api.shop.example", want: "refused: foreign-domain"},
			{url: http, set: "e=1; Domain=op.example", want: "refused: foreign-domain"},
			{url: http, set: "f=1; Domain=example", want: "refused: public-suffix"},
			{url: http, set: "g=1; Domain=shöp.example", want: "refused: bad-domain"},
			{url: "http://api.shop.example/a/", predict: true, want: "a=1; b=1"},
		},
		"a public suffix may set a cookie for itself, host-only": {
			{url: "http://github.io/", set: "a=1; Domain=github.io", want: "stored"},
			{url: "http://github.io/", predict: true, want: "a=1"},
			{url: "http://x.github.io/", predict: true, want: ""},
		},
		"addresses match only themselves": {
			{url: "http://10.0.0.5:8080/", set: "a=1; Domain=0.0.5", want: "refused: foreign-domain"},
			{url: "http://10.0.0.5:8080/", set: "a=1; Domain=10.0.0.5", want: "stored"},
			{url: "http://[::1]:8080/", set: "b=1", want: "stored"},
			{url: "http://10.0.0.5/", predict: true, want: "a=1"},
			{url: "http://[0:0::1]/", predict: true, want: "b=1"},
		},
		"Secure over http": {
			{url: http, set: "sid=1; Secure", want: "refused: secure-over-http"},
			{url: https, set: "sid=1; Secure", want: "stored"},
			{url: http, predict: true, want: ""},
			{url: https, predict: true, want: "sid=1"},
		},
		"leave secure cookies alone": {
			{url: https, set: "sid=1; Secure; Path=/login", want: "stored"},
			{url: http, set: "sid=evil; Path=/login", want: "refused: secure-overwrite"},
			{url: http, set: "sid=evil; Path=/login/en", want: "refused: secure-overwrite"},
			{url: http, set: "sid=evil; Path=/login; Domain=shop.example", want: "refused: secure-overwrite"},
			{url: http, set: "sid=ok; Path=/", want: "stored"},
			{url: http, set: "sid=ok; Path=/foo", want: "stored"},
			{url: http, set: "other=ok; Path=/login", want: "stored"},
			{url: https, set: "sid=2; Path=/login", want: "replaced"},
		},
		"prefixes": {
			{url: https, set: "__Secure-a=1; Secure; Domain=shop.example", want: "stored"},
			{url: https, set: "__secure-a=1", want: "refused: prefix"},
			{url: https, set: "__Host-a=1; Secure; Path=/", want: "stored"},
			{url: https, set: "__Host-a=1; Secure", want: "refused: prefix"},
			{url: https, set: "__HOST-a=1; Secure; Path=/; Domain=shop.example", want: "refused: prefix"},
			{url: https, set: "__Host-a=1; Path=/", want: "refused: prefix"},
			{url: https, set: "__Host-a", want: "refused: prefix-in-value"},
			{url: http, set: "__Secure-a=1; Secure", want: "refused: secure-over-http"},
		},
		"SameSite=None needs Secure": {
			{url: https, set: "a=1; SameSite=None", want: "refused: samesite-insecure"},
			{url: https, set: "a=1; SameSite=None; Secure", want: "stored"},
			{url: https, set: "b=1; SameSite=None; SameSite=What", want: "stored"},
		},
		"sizes and octets": {
			{url: http, set: "a=" + strings.Repeat("x", 4095), want: "stored"},
			{url: http, set: "a=" + strings.Repeat("x", 4096), want: "refused: too-large"},
			{url: http, set: "a=1\r\nX: 2", want: "refused: control-char"},
			{url: http, set: "a=1; Path=/\x00", want: "refused: control-char"},
			{url: http, set: "b=1\t2", want: "stored"},
			{url: http, set: "=", want: "refused: nameless-empty"},
			{url: http, set: "; Path=/", want: "refused: nameless-empty"},
			{url: http, set: "c=1; Path=/" + strings.Repeat("x", 1024), want: "stored"},
		},
		"hosts that are none": {
			{url: "http://a..b/", set: "a=1", want: "refused: bad-host"},
			{url: "http://a..b/", predict: true, want: ""},
		},
	}
	for name, steps := range traces {
		t.Run(name, func(t *testing.T) { runTrace(t, new(Jar), steps) })
	}
}

func TestComparing(t *testing.T) {
	const http, https = "http://www.shop.example/", "https://www.shop.example/"
	traces := map[string][]step{
		"as predicted, whatever the order": {
			{url: http, set: "a=1", want: "stored"},
			{url: http, set: "b=2", want: "stored"},
			{url: http, cookie: "a=1; b=2", want: "a sent, b sent"},
			{url: http, cookie: "b=2; a=1", want: "b sent, a sent"},
		},
		"capture began later": {
			{url: http, cookie: "sid=1", want: "sid unknown-origin"},
		},
		"a new session withholds": {
			{url: http, set: "sid=1", want: "stored"},
			{url: http, cookie: "-", want: "sid withheld"},
		},
		"a Secure cookie over http": {
			{url: https, set: "sid=1; Secure", want: "stored"},
			{url: http, cookie: "sid=1", want: "sid against-rules(secure)"},
			{url: https, cookie: "sid=1", want: "sid sent"},
		},
		"a client that stores Secure cookies from http": {
			{url: http, set: "sid=1; Secure", want: "refused: secure-over-http"},
			{url: http, cookie: "sid=1", want: "sid against-rules(secure-over-http)"},
		},
		"a client that accepts a foreign domain": {
			{url: http, set: "sid=1; Domain=bank.example", want: "refused: foreign-domain"},
			{url: "http://bank.example/", cookie: "sid=1", want: "sid against-rules(foreign-domain)"},
		},
		"path and host": {
			{url: http, set: "p=1; Path=/admin", want: "stored"},
			{url: http, cookie: "p=1", want: "p against-rules(path)"},
			{url: http, cookie: "p=2", want: "p unknown-origin"},
			{url: "http://api.shop.example/admin", cookie: "p=1", want: "p against-rules(host-only)"},
		},
		"a short value elsewhere is chance, a long one is not": {
			{url: http, set: "lang=en", want: "stored"},
			{url: http, set: "sid=0123456789abcdef", want: "stored"},
			{url: "http://other.test/", cookie: "lang=en; sid=0123456789abcdef",
				want: "lang unknown-origin, sid against-rules(host-only)"},
		},
		"an earlier value": {
			{url: http, set: "sid=1", want: "stored"},
			{url: http, set: "sid=2", want: "replaced"},
			{url: http, cookie: "sid=1", want: "sid stale"},
			{url: http, cookie: "sid=2", want: "sid sent"},
			{url: http, cookie: "sid=2; sid=1", want: "sid sent, sid stale"},
		},
		"a value that nobody set": {
			{url: http, set: "cart=1", want: "stored"},
			{url: http, cookie: "cart=2", want: "cart changed"},
		},
		"after the end": {
			{url: http, set: "a=1; Max-Age=10", want: "stored"},
			{url: http, set: "b=1", want: "stored"},
			{url: http, set: "b=; Max-Age=0", want: "deleted"},
			{after: 11 * time.Second, url: http, cookie: "a=1; b=1", want: "a removed, b removed"},
			{after: 12 * time.Second, url: http, cookie: "a=1; b=1", want: "a removed, b removed"},
		},
		"set again after the end": {
			{url: http, set: "a=1; Max-Age=10", want: "stored"},
			{after: 20 * time.Second, url: http, set: "a=1", want: "stored"},
			{after: 21 * time.Second, url: http, cookie: "a=1", want: "a sent"},
		},
		"the same pair twice": {
			{url: http, set: "a=1", want: "stored"},
			{url: http, cookie: "a=1; a=1", want: "a sent, a twice"},
		},
		"one name, two paths, one wrong value": {
			{url: http, set: "a=1; Path=/x", want: "stored"},
			{url: http, set: "a=2; Path=/", want: "stored"},
			{url: http + "x", cookie: "a=9; a=2", want: "a changed, a sent"},
		},
		"a nameless cookie looks like a named one": {
			{url: http, set: "=a=b", want: "stored"},
			{url: http, cookie: "a=b", want: "a sent"},
			{url: http, set: "token", want: "replaced"},
			{url: http, cookie: "token", want: "sent"},
		},
		// Found by FuzzSetCookie: "=o=\tba\t=\tbar".
		"a nameless cookie with white space after an inner equals sign": {
			{url: http, set: "=a=\tb", want: "stored"},
			{url: http, cookie: "a=\tb", want: "a sent"},
		},
		"empty pairs are not judged": {
			{url: http, set: "a=1", want: "stored"},
			{url: http, cookie: ";; a=1;", want: "a sent"},
		},
	}
	for name, steps := range traces {
		t.Run(name, func(t *testing.T) { runTrace(t, new(Jar), steps) })
	}
}

func TestTrustLoopback(t *testing.T) {
	for _, host := range []string{"localhost:8080", "lab.localhost", "127.0.0.1", "[::1]:80"} {
		trace := []step{{url: "http://" + host + "/", set: "a=1; Secure", want: "refused: secure-over-http"}}
		runTrace(t, &Jar{}, trace)
		trace[0].want = "stored"
		runTrace(t, &Jar{TrustLoopback: true}, trace)
	}
}

func TestOutOfOrder(t *testing.T) {
	var jar Jar
	u := parseURL(t, "http://www.shop.example/x/y")
	jar.Receive(noon, u, ParseSetCookie("root=1; Path=/"))
	jar.Receive(noon, u, ParseSetCookie("deep=1"))
	if OutOfOrder(jar.Compare(noon, u, ParseCookie("deep=1; new=1; root=1"))) {
		t.Error("longest path first is the right order")
	}
	if !OutOfOrder(jar.Compare(noon, u, ParseCookie("root=1; deep=1"))) {
		t.Error("shortest path first is the wrong order")
	}
}

// TestSameSiteIsOnlyANote: an observer cannot know which site caused a request.
func TestSameSiteIsOnlyANote(t *testing.T) {
	u := parseURL(t, "https://shop.example/")
	for set, note := range map[string]string{
		"a=1; SameSite=Strict":       "SameSite=Strict",
		"a=1; SameSite=Lax":          "SameSite=Lax",
		"a=1":                        "No SameSite",
		"a=1; SameSite=None; Secure": "",
	} {
		var jar Jar
		jar.Receive(noon, u, ParseSetCookie(set))
		sent := jar.Predict(noon, u).Sent
		if len(sent) != 1 || !strings.HasPrefix(sent[0].Note.String(), note) || note == "" && !sent[0].Note.IsZero() {
			t.Errorf("%s: %+v", set, sent)
		}
		if v := jar.Compare(noon, u, nil); len(v) != 1 || !strings.Contains(v[0].Detail.String(), note) {
			t.Errorf("%s: withheld: %+v", set, v)
		}
	}
}
