package cookies

import (
	"bufio"
	"bytes"
	"encoding/json"
	"net/url"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"
)

// conformanceNow is the time of every case. The cases were written in 2009 and
// 2010; cookies with dates of 1980 and 2007 must be expired, those of 2019 and
// 2027 must not, so any time between 2008 and 2019 will do. The request follows
// at once, so the 400-day limit changes nothing.
var conformanceNow = time.Date(2012, 1, 1, 0, 0, 0, 0, time.UTC)

// changedRules lists the cases whose expected result RFC 6265bis changed: what a
// client sends by the new rules, and which rule it is. A case that gives the old
// result after all fails the test.
var changedRules = map[string]struct{ sent, why string }{
	"0004":         {"foo", "section 5.6, step 3: without \"=\" the cookie is nameless, not ignored"},
	"0021":         {"a=b; x; c=d", "section 5.6, step 3: an empty name is allowed if there is a value"},
	"0023":         {"foo", "section 5.6, step 3: nameless cookie"},
	"0024":         {"foo", "section 5.6, step 3: nameless cookie"},
	"0025":         {"foo", "section 5.6, step 3: nameless cookie"},
	"0026":         {"foo", "section 5.6, step 3: nameless cookie"},
	"0027":         {"bar", "section 5.6, step 3: nameless cookie, replaced by the second"},
	"0028":         {"foo", "section 5.6, step 3: nameless cookie"},
	"CHROMIUM0009": {"BLAHHH", "section 5.6, step 3: nameless cookie"},
	"CHROMIUM0010": {`"BLA\"HHH"`, "section 5.6, step 3: nameless cookie"},
	"CHROMIUM0012": {"ABC", "section 5.6, step 3: an empty name is allowed if there is a value"},
	"MOZILLA0012": {`test="fubar! = foo; five`,
		"section 5.6, step 3: the second cookie is nameless; its Max-Age is invalid"},
	"MOZILLA0014":           {"six", "section 5.6, step 3: nameless cookie"},
	"MOZILLA0015":           {"seven", "section 5.6, step 3: nameless cookie, replaced by the second"},
	"MOZILLA0016":           {"eight", "section 5.6, step 3: nameless cookie, replaced by the third"},
	"MOZILLA0017":           {"eight; test=six", "section 5.6, step 3: nameless cookie beside a named one"},
	"NAME0017":              {"a=bar", "section 5.6, step 3: empty name, the value is \"a=bar\""},
	"NAME0023":              {"foo", "section 5.6, step 3: nameless cookie"},
	"NAME0025":              {"==a=bar", "section 5.6, step 3: empty name, the value is \"==a=bar\""},
	"NAME0028":              {"a", "section 5.6, step 3: an empty name is allowed if there is a value"},
	"NAME0031":              {`"foo`, "section 5.6, step 3: nameless cookie; quotes do not protect a semicolon"},
	"NAME0032":              {`"foo\"bar`, "section 5.6, step 3: nameless cookie; quotes do not protect a semicolon"},
	"NAME0033":              {"aaa", "section 5.6, step 3: both are nameless, the second replaces the first"},
	"OPTIONAL_DOMAIN0042":   {"foo=bar", "section 5.7, step 7: the last Domain counts even if it is empty"},
	"DISABLED_CHROMIUM0022": {"", "section 5.6, step 1: NUL makes clients ignore the field, they no longer cut it"},
	"DISABLED_CHROMIUM0023": {"", "section 5.6, step 1: CR makes clients ignore the field, they no longer cut it"},
	"DISABLED_PATH0029":     {"", "section 5.1.4: paths are compared octet by octet, %6F is not decoded (disabled in the suite too)"},
}

// conformanceFile reads a file of the conformance folder, and skips the test only
// if the folder is not named at all.
func conformanceFile(t *testing.T, elem ...string) []byte {
	t.Helper()
	root := os.Getenv("HTTPSCOPE_CONFORMANCE")
	if root == "" {
		t.Skip("HTTPSCOPE_CONFORMANCE is not set")
	}
	data, err := os.ReadFile(filepath.Join(append([]string{root}, elem...)...))
	if err != nil {
		t.Fatalf("reading the conformance suite: %v", err)
	}
	return data
}

// decodeCases decodes a JSON file that may begin with comment lines.
func decodeCases(t *testing.T, data []byte, into any) {
	t.Helper()
	start := bytes.Index(data, []byte("\n["))
	if data[0] == '[' {
		start = 0
	}
	if err := json.Unmarshal(data[start:], into); err != nil {
		t.Fatalf("decoding the cases: %v", err)
	}
}

type parserCase struct {
	Test     string
	Received []string
	SentTo   string `json:"sent-to"`
	Sent     []struct{ Name, Value string }
}

// want is the expected Cookie line.
func (c parserCase) want() string {
	var pairs []string
	for _, p := range c.Sent {
		pairs = append(pairs, p.Name+"="+p.Value)
	}
	return strings.Join(pairs, "; ")
}

// target is the URL of the request that follows the response.
func (c parserCase) target(t *testing.T, base *url.URL) URL {
	t.Helper()
	ref := c.SentTo
	if ref == "" {
		ref = "/cookie-parser-result?" + c.Test
	}
	u, err := base.Parse(ref)
	if err != nil {
		t.Fatalf("sent-to: %v", err)
	}
	return URL{Scheme: u.Scheme, Host: u.Host, Port: u.Port(), Path: u.EscapedPath()}
}

func TestConformanceParser(t *testing.T) {
	var cases []parserCase
	decodeCases(t, conformanceFile(t, "http-state-cookies", "parser.json"), &cases)
	base, _ := url.Parse("http://home.example.org:8888/cookie-parser")
	passed, changed := 0, 0
	for _, c := range cases {
		t.Run(c.Test, func(t *testing.T) {
			var jar Jar
			from := URL{Scheme: "http", Host: base.Host, Port: "8888", Path: "/cookie-parser?" + c.Test}
			for _, field := range c.Received {
				jar.Receive(conformanceNow, from, ParseSetCookie(field))
			}
			got := jar.Predict(conformanceNow, c.target(t, base)).Line
			rule, listed := changedRules[c.Test]
			switch {
			case listed && got == c.want():
				t.Fatalf("listed as changed (%s), but the old result %q came out", rule.why, got)
			case listed && got != rule.sent:
				t.Fatalf("%q\n got  %q\n want %q (%s)", c.Received, got, rule.sent, rule.why)
			case listed:
				changed++
			case got != c.want():
				t.Fatalf("%q\n got  %q\n want %q", c.Received, got, c.want())
			default:
				passed++
			}
		})
	}
	for name := range changedRules {
		if !slices.ContainsFunc(cases, func(c parserCase) bool { return c.Test == name }) {
			t.Errorf("%s is listed as changed, but is no case", name)
		}
	}
	t.Logf("http-state parser: %d cases: %d as in RFC 6265, %d as changed by RFC 6265bis", len(cases), passed, changed)
}

// TestConformanceParserFiles checks that the JSON cases are the files of the
// parser folder, so that running one runs both.
func TestConformanceParserFiles(t *testing.T) {
	var cases []parserCase
	decodeCases(t, conformanceFile(t, "http-state-cookies", "parser.json"), &cases)
	same := 0
	for _, c := range cases {
		name := strings.ToLower(strings.ReplaceAll(c.Test, "_", "-"))
		var fields []string
		for line := range strings.SplitSeq(string(conformanceFile(t, "http-state-cookies", "parser", name+"-test")),
			"\n") {
			if value, found := strings.CutPrefix(line, "Set-Cookie:"); found {
				fields = append(fields, strings.TrimPrefix(value, " "))
			}
		}
		if !slices.EqualFunc(fields, c.Received, func(a, b string) bool { return trimWSP(a) == trimWSP(b) }) {
			t.Errorf("%s: the file has %q, the JSON %q", name, fields, c.Received)
			continue
		}
		same++
	}
	t.Logf("http-state parser files: the fields of %d of %d are those of the JSON", same, len(cases))
}

func TestConformanceDates(t *testing.T) {
	for _, file := range []string{"examples.json", "bsd-examples.json"} {
		var cases []struct {
			Test     string
			Expected *string
		}
		decodeCases(t, conformanceFile(t, "http-state-cookies", "dates", file), &cases)
		passed := 0
		for _, c := range cases {
			got, ok := ParseDate(c.Test)
			switch {
			case c.Expected == nil && ok:
				t.Errorf("%q: got %v, want no date", c.Test, got)
			case c.Expected != nil && (!ok || got.Format(imfFixdate) != *c.Expected):
				t.Errorf("%q: got %v %v, want %s", c.Test, got, ok, *c.Expected)
			default:
				passed++
			}
		}
		t.Logf("%s: %d of %d", file, passed, len(cases))
	}
}

// TestConformancePublicSuffix checks the registrable domain of each vector, and
// that a cookie for it is stored while one for its public suffix is refused.
func TestConformancePublicSuffix(t *testing.T) {
	passed, total := 0, 0
	lines := bufio.NewScanner(bytes.NewReader(conformanceFile(t, "public-suffix", "tests.txt")))
	for lines.Scan() {
		domain, want, found := strings.Cut(strings.TrimSpace(lines.Text()), " ")
		if !found || strings.HasPrefix(domain, "//") {
			continue
		}
		total++
		if checkSuffixVector(t, domain, want) {
			passed++
		}
	}
	t.Logf("public suffix vectors: %d of %d", passed, total)
}

func checkSuffixVector(t *testing.T, domain, want string) bool {
	t.Helper()
	if domain == "null" {
		domain = ""
	}
	host, hostOK := CanonicalHost(domain)
	site, siteOK := RegistrableDomain(host)
	if want == "null" {
		if siteOK {
			t.Errorf("%s: registrable domain %q, want none", domain, site)
		}
		return !siteOK && (!hostOK || refusedAsSuffix(t, "www."+host, host))
	}
	canonical, _ := CanonicalHost(want)
	if !siteOK || site != canonical {
		t.Errorf("%s: registrable domain %q %v, want %q", domain, site, siteOK, canonical)
		return false
	}
	_, suffix, _ := strings.Cut(site, ".")
	if site == "city.kobe.jp" {
		// The rules are "*.kobe.jp" and "!city.kobe.jp": kobe.jp is no suffix itself.
		return storedFor(t, host, site) && storedFor(t, host, suffix)
	}
	return storedFor(t, host, site) && refusedAsSuffix(t, host, suffix)
}

func storedFor(t *testing.T, host, domain string) bool {
	t.Helper()
	var jar Jar
	change := jar.Receive(conformanceNow, URL{Host: host}, ParseSetCookie("a=b; Domain="+domain))
	if change.Kind != ChangeStored {
		t.Errorf("%s: Domain=%s: %s %s, want stored", host, domain, change.Kind, change.Reason)
	}
	return change.Kind == ChangeStored
}

func refusedAsSuffix(t *testing.T, host, domain string) bool {
	t.Helper()
	var jar Jar
	change := jar.Receive(conformanceNow, URL{Host: host}, ParseSetCookie("a=b; Domain="+domain))
	if change.Reason != ReasonPublicSuffix {
		t.Errorf("%s: Domain=%s: %s %q, want refused as public suffix", host, domain, change.Kind, change.Reason)
	}
	return change.Reason == ReasonPublicSuffix
}
