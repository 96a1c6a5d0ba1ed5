package cookies

import (
	"fmt"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"slices"
	"sort"
	"strings"
	"testing"
	"time"

	"golang.org/x/net/publicsuffix"
	"pgregory.net/rapid"
)

// TestPathMatchModel compares PathMatch with a reading in path segments: the
// segments of the cookie path begin the segments of the request path. A slash at
// the end of the cookie path stands for one more segment, possibly empty.
func TestPathMatchModel(t *testing.T) {
	path := rapid.StringMatching(`/[ab/]{0,6}`)
	model := func(request, cookie string) bool {
		have, want := strings.Split(request, "/"), strings.Split(cookie, "/")
		if want[len(want)-1] == "" {
			want = want[:len(want)-1]
			return len(have) > len(want) && slices.Equal(have[:len(want)], want)
		}
		return len(have) >= len(want) && slices.Equal(have[:len(want)], want)
	}
	rapid.Check(t, func(t *rapid.T) {
		request, cookie := path.Draw(t, "request"), path.Draw(t, "cookie")
		if got, want := PathMatch(request, cookie), model(request, cookie); got != want {
			t.Fatalf("PathMatch(%q, %q) = %v", request, cookie, got)
		}
		// A cookie is always sent back to the page that set it by default.
		if !PathMatch(request, DefaultPath(request)) {
			t.Fatalf("%q does not match its own default path", request)
		}
	})
}

// TestDomainMatchModel compares DomainMatch with a reading in labels.
func TestDomainMatchModel(t *testing.T) {
	name := rapid.StringMatching(`[ab1](\.[ab1]){0,4}`)
	rapid.Check(t, func(t *rapid.T) {
		host, domain := name.Draw(t, "host"), name.Draw(t, "domain")
		have, want := strings.Split(host, "."), strings.Split(domain, ".")
		extra := len(have) - len(want)
		model := extra >= 0 && slices.Equal(have[max(extra, 0):], want) && (extra == 0 || !IsIP(host))
		if got := DomainMatch(host, domain); got != model {
			t.Fatalf("DomainMatch(%q, %q) = %v", host, domain, got)
		}
	})
}

// naiveJar is section 5.7 and 5.8.3 as a plain list, for the cookies that the
// generator makes: no prefixes, no SameSite, no limits.
type naiveJar []Cookie

func (n *naiveJar) receive(now time.Time, u URL, sc SetCookie) {
	c := Cookie{Name: sc.Name, Value: sc.Value, Secure: sc.Secure, Domain: u.Host, HostOnly: true, Path: sc.Path,
		Created: now}
	if sc.Domain != "" {
		c.Domain, c.HostOnly = sc.Domain, false
	}
	if c.Path == "" {
		c.Path = DefaultPath(u.Path)
	}
	if sc.HasMaxAge {
		c.Persistent, c.Expires = true, now.Add(time.Duration(sc.MaxAge)*time.Second)
	}
	n.drop(func(old Cookie) bool { return old.Expired(now) })
	insecure := u.Scheme == "http"
	if !DomainMatch(u.Host, c.Domain) || insecure && (c.Secure || n.overlays(c)) {
		return
	}
	for i, old := range *n {
		if old.Key() == c.Key() {
			c.Created = old.Created
			(*n)[i] = c // keeps its place among cookies of the same time
			return
		}
	}
	*n = append(*n, c)
}

func (n *naiveJar) drop(match func(Cookie) bool) {
	*n = slices.DeleteFunc(*n, match)
}

func (n *naiveJar) overlays(c Cookie) bool {
	return slices.ContainsFunc(*n, func(old Cookie) bool {
		return old.Secure && old.Name == c.Name && PathMatch(c.Path, old.Path) &&
			(DomainMatch(old.Domain, c.Domain) || DomainMatch(c.Domain, old.Domain))
	})
}

func (n *naiveJar) line(now time.Time, u URL) string {
	var fit []Cookie
	for _, c := range *n {
		hostFits := u.Host == c.Domain || !c.HostOnly && DomainMatch(u.Host, c.Domain)
		if !c.Expired(now) && hostFits && PathMatch(u.Path, c.Path) && (!c.Secure || u.Scheme == "https") {
			fit = append(fit, c)
		}
	}
	sort.SliceStable(fit, func(a, b int) bool {
		if len(fit[a].Path) != len(fit[b].Path) {
			return len(fit[a].Path) > len(fit[b].Path)
		}
		return fit[a].Created.Before(fit[b].Created)
	})
	var pairs []string
	for _, c := range fit {
		pairs = append(pairs, c.Name+"="+c.Value)
	}
	return strings.Join(pairs, "; ")
}

var (
	drawHost = rapid.SampledFrom([]string{"shop.example", "www.shop.example", "a.www.shop.example", "bank.example",
		"10.0.0.5"})
	drawPath = rapid.SampledFrom([]string{"/", "/a", "/a/", "/a/b", "/ab"})
	drawName = rapid.SampledFrom([]string{"x", "y"})
)

func drawURL(t *rapid.T, schemes ...string) URL {
	return URL{Scheme: rapid.SampledFrom(schemes).Draw(t, "scheme"), Host: drawHost.Draw(t, "host"),
		Path: drawPath.Draw(t, "path")}
}

// drawSetCookie writes a field with some of the attributes that decide.
func drawSetCookie(t *rapid.T, attributes ...string) string {
	field := fmt.Sprintf("%s=%d", drawName.Draw(t, "name"), rapid.IntRange(0, 9).Draw(t, "value"))
	for _, a := range attributes {
		if rapid.Bool().Draw(t, a) {
			field += "; " + a
		}
	}
	if rapid.Bool().Draw(t, "has path") {
		field += "; Path=" + drawPath.Draw(t, "cookie path")
	}
	return field
}

func TestJarModel(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var jar Jar
		var naive naiveJar
		now := noon
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			now = now.Add(time.Duration(rapid.IntRange(0, 3).Draw(t, "seconds")) * time.Second)
			u := drawURL(t, "http", "https")
			field := drawSetCookie(t, "Secure", "Max-Age=2", "Max-Age=0", "Domain=shop.example",
				"Domain=www.shop.example")
			jar.Receive(now, u, ParseSetCookie(field))
			naive.receive(now, u, ParseSetCookie(field))
			ask := drawURL(t, "http", "https")
			got, want := jar.Predict(now, ask).Line, naive.line(now, ask)
			if got != want {
				t.Fatalf("after %q from %v, to %v:\n got  %q\n want %q", field, u, ask, got, want)
			}
			checkPerfectClient(t, &jar, now, ask, got)
		}
	})
}

// checkPerfectClient: a client that sends the predicted line gets no finding.
func checkPerfectClient(t *rapid.T, jar *Jar, now time.Time, u URL, line string) {
	for _, v := range jar.Compare(now, u, ParseCookie(line)) {
		if v.Kind != VerdictSent {
			t.Fatalf("%q to %v: %s is %s", line, u, v.Pair.Name, v.Kind)
		}
	}
}

// TestJarAgainstNetHTTP compares the jar with net/http/cookiejar where both
// follow the same rules. cookiejar implements RFC 6265: it takes Secure cookies
// from http and does not count the host-only flag as part of the identity, so
// all fields come over https, and domain cookies have names of their own.
func TestJarAgainstNetHTTP(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var jar Jar
		other, err := cookiejar.New(&cookiejar.Options{PublicSuffixList: publicsuffix.List})
		if err != nil {
			t.Fatal(err)
		}
		now := time.Now() // cookiejar has its own clock
		for range rapid.IntRange(1, 30).Draw(t, "steps") {
			u := drawURL(t, "https")
			field := drawSetCookie(t, "Secure", "Max-Age=600", "Max-Age=0")
			if rapid.Bool().Draw(t, "domain cookie") {
				field = "d" + field + "; Domain=" +
					rapid.SampledFrom([]string{"shop.example", "www.shop.example", "example"}).Draw(t, "domain")
			}
			jar.Receive(now, u, ParseSetCookie(field))
			response := http.Response{Header: http.Header{"Set-Cookie": {field}}}
			other.SetCookies(&url.URL{Scheme: u.Scheme, Host: u.Host, Path: u.Path}, response.Cookies())

			ask := drawURL(t, "http", "https")
			var pairs []string
			for _, c := range other.Cookies(&url.URL{Scheme: ask.Scheme, Host: ask.Host, Path: ask.Path}) {
				pairs = append(pairs, c.Name+"="+c.Value)
			}
			got, want := jar.Predict(now, ask).Line, strings.Join(pairs, "; ")
			// cookiejar's creation times come from its clock and may be equal or
			// not; the order among equal paths is then its own affair.
			if !sameElements(got, want) {
				t.Fatalf("after %q from %v, to %v:\n got  %q\n want %q", field, u, ask, got, want)
			}
		}
	})
}

func sameElements(a, b string) bool {
	x, y := strings.Split(a, "; "), strings.Split(b, "; ")
	slices.Sort(x)
	slices.Sort(y)
	return slices.Equal(x, y)
}
