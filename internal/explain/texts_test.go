package explain_test

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/cookies"
	"httpscope/internal/explain"
	"httpscope/internal/filter"
	"httpscope/internal/forms"
	"httpscope/internal/inspect"
	"httpscope/internal/ranges"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
)

// codes are all codes that a text may belong to.
func codes() []string {
	all := inspect.Codes()
	for _, c := range httpdecode.Codes() {
		all = append(all, string(c))
	}
	all = slices.Concat(all, cookies.Codes, ranges.Codes, content.Codes, forms.Codes)
	for n := 1; n <= 8; n++ {
		all = append(all, explain.RuleCode(n))
	}
	slices.Sort(all)
	return all
}

// subjects are the codes of what is no finding: all that the program can show
// of methods, statuses, fields, TCP and TLS.
func subjects() []string {
	var all []string
	for m := range strings.FieldsSeq("GET HEAD POST PUT DELETE CONNECT OPTIONS TRACE PATCH QUERY") {
		all = append(all, explain.MethodCode(m))
	}
	for status := 100; status < 600; status++ {
		if httpdecode.StatusText(status) != "" {
			all = append(all, explain.StatusCode(status))
		}
		if status%100 == 0 {
			all = append(all, fmt.Sprintf("status-%dxx", status/100))
		}
	}
	for id := httpdecode.FieldOther + 1; id <= httpdecode.FieldWWWAuthenticate; id++ {
		all = append(all, explain.FieldCode(id.String()))
	}
	for _, f := range filter.Fields() {
		if name, ok := strings.CutPrefix(f.Doc.String(), "value of the field "); ok {
			all = append(all, explain.FieldCode(name))
		}
	}
	for word := range strings.SplitSeq(tcp.Told.String(), ", ") {
		all = append(all, "tcp-"+word)
	}
	for name := range strings.FieldsSeq(
		"handshake syn syn-ack ack data psh fin rst refused close time-wait fast-retransmission duplicate-ack " +
			"spurious-retransmission lost-segment acked-lost-segment keep-alive-ack zero-window-probe-ack " +
			"window-update window-full zero-window-probe delayed-ack urg no-flags mss window-scale sack timestamps") {
		all = append(all, "tcp-"+name)
	}
	for name := range strings.FieldsSeq(
		"record handshake client-hello server-hello hello-retry-request encrypted-extensions certificate " +
			"certificate-status certificate-request certificate-verify server-key-exchange server-hello-done client-key-exchange " +
			"change-cipher-spec finished new-session-ticket session-resumption early-data end-of-early-data key-update hello-request " +
			"application-data encrypted-handshake alert close-notify heartbeat sni alpn supported-versions key-share cipher-suite ech") {
		all = append(all, "tls-"+name)
	}
	return all
}

// TestEverySubjectHasAText also holds that there is no text for what cannot be
// shown. Of fields there may be more than the program reads.
func TestEverySubjectHasAText(t *testing.T) {
	want := subjects()
	if len(want) < 180 {
		t.Fatalf("only %d subjects", len(want))
	}
	for _, c := range want {
		if _, ok := explain.In(texts.English).Lookup(c); !ok {
			t.Errorf("%s has no text", c)
		}
	}
	want = append(want, codes()...)
	for _, x := range explain.In(texts.English).Group() {
		if !slices.Contains(want, x.Code) && x.Severity != explain.FieldSeverity {
			t.Errorf("%s has a text and cannot be shown", x.Code)
		}
	}
}

func TestEveryCodeHasOneText(t *testing.T) {
	want := codes()
	if twice := len(want) - len(slices.Compact(slices.Clone(want))); twice > 0 {
		t.Errorf("%d codes are used by two packages", twice)
	}
	var got []string
	for _, x := range explain.In(texts.English).All() {
		got = append(got, x.Code)
	}
	for _, c := range want {
		if !slices.Contains(got, c) {
			t.Errorf("%s has no text", c)
		}
	}
	for i, c := range got {
		if !slices.Contains(want, c) {
			t.Errorf("%s has a text and is no code", c)
		}
		if i > 0 && got[i-1] >= c {
			t.Errorf("%s comes twice, or after %s", c, got[i-1])
		}
	}
}

func TestTextsAreComplete(t *testing.T) {
	severities := []string{"note", "warning", "error", explain.RuleSeverity, explain.MethodSeverity,
		explain.StatusSeverity,
		explain.FieldSeverity, explain.TCPSeverity, explain.TLSSeverity}
	for _, x := range explain.In(texts.English).Group() {
		if n := len([]rune(x.Title)); n == 0 || n > 70 || strings.HasSuffix(x.Title, ".") {
			t.Errorf("%s: title %q: 1 to 70 characters, no full stop", x.Code, x.Title)
		}
		if !slices.Contains(severities, x.Severity) {
			t.Errorf("%s: severity %q", x.Code, x.Severity)
		}
		for part, s := range map[string]string{"what": x.What, "why": x.Why, "look": x.Look} {
			if len(s) < 10 || !strings.ContainsAny(s[len(s)-1:], ".?") || s != strings.TrimSpace(s) ||
				strings.Contains(s, "  ") {
				t.Errorf("%s: %s is no sentence: %q", x.Code, part, s)
			}
		}
	}
}

// sections are the numbers of the tables of contents of the documents cited
// most, and the sections used of the others.
var sections = map[string]string{
	"RFC 9112": "2 2.1 2.2 2.3 3 3.1 3.2 3.2.1 3.2.2 3.2.3 3.2.4 3.3 4 5 5.1 5.2 6 6.1 6.2 6.3 7 7.1 7.1.1 7.1.2 7.1.3 7.2 7.3 7.4 8 " +
		"9 9.1 9.2 9.3 9.3.1 9.3.2 9.4 9.5 9.6 9.7 9.8 10 10.1 10.2 11 11.1 11.2 11.3 11.4 C.1 C.2 C.2.1 C.2.2 C.2.3 C.3",
	"RFC 9110": "2 2.3 2.4 2.5 4.2.5 5 5.1 5.2 5.3 5.4 5.5 5.6 5.6.1 5.6.1.1 5.6.1.2 5.6.2 5.6.3 5.6.4 5.6.5 5.6.6 5.6.7 6 6.1 6.2 6.3 6.4 6.4.1 6.4.2 " +
		"6.5 6.5.1 6.5.2 6.6 6.6.1 6.6.2 7 7.1 7.2 7.3 7.4 7.5 7.6 7.6.1 7.6.2 7.6.3 7.7 7.8 8.3 8.3.1 8.3.2 8.3.3 8.4 8.4.1 8.4.1.1 8.4.1.2 8.4.1.3 " +
		"8.5 8.6 8.7 8.8 8.8.1 8.8.2 8.8.3 9.1 9.2 9.2.1 9.2.2 9.2.3 9.3.1 9.3.2 9.3.3 9.3.4 9.3.5 9.3.6 9.3.7 9.3.8 10.1.1 10.1.2 10.1.3 10.1.4 10.1.5 " +
		"10.2.1 10.2.2 10.2.3 10.2.4 11.1 11.2 11.3 11.4 11.5 11.6.1 11.6.2 11.6.3 11.7.1 11.7.2 11.7.3 12.5.1 12.5.2 12.5.3 12.5.4 12.5.5 " +
		"13.1 13.1.1 13.1.2 13.1.3 13.1.4 13.1.5 13.2 13.2.1 13.2.2 14.1 14.1.1 14.1.2 14.2 14.3 14.4 14.5 14.6 15 15.1 " +
		"15.2 15.2.1 15.2.2 15.3 15.3.1 15.3.2 15.3.3 15.3.4 15.3.5 15.3.6 15.3.7 15.3.7.1 15.3.7.2 15.3.7.3 " +
		"15.4 15.4.1 15.4.2 15.4.3 15.4.4 15.4.5 15.4.6 15.4.7 15.4.8 15.4.9 15.5 15.5.1 15.5.2 15.5.3 15.5.4 15.5.5 15.5.6 15.5.7 15.5.8 15.5.9 " +
		"15.5.10 15.5.11 15.5.12 15.5.13 15.5.14 15.5.15 15.5.16 15.5.17 15.5.18 15.5.19 15.5.20 15.5.21 15.5.22 " +
		"15.6 15.6.1 15.6.2 15.6.3 15.6.4 15.6.5 15.6.6 16.1.1 16.2.1 17.5 17.15",
	"RFC 9111": "5.1 5.2 5.3 5.4 5.5",
	"RFC 9293": "3.1 3.2 3.4 3.4.1 3.4.2 3.4.3 3.5 3.5.1 3.5.2 3.5.3 3.6 3.6.1 3.7 3.7.1 3.7.4 3.8 3.8.1 3.8.2 3.8.4 3.8.5 3.8.6 3.8.6.1 3.8.6.2 3.8.6.3 " +
		"3.9.1.2 3.10.7.1 3.10.7.4",
	"RFC 8446": "2 2.1 2.2 2.3 4 4.1.1 4.1.2 4.1.3 4.1.4 4.2 4.2.1 4.2.8 4.2.10 4.2.11 4.3.1 4.3.2 4.4.1 4.4.2 4.4.3 4.4.4 4.5 4.6.1 4.6.2 4.6.3 " +
		"5 5.1 5.2 6 6.1 6.2 D.4",
	"RFC 5246": "7.1 7.2 7.3 7.4.1.1 7.4.1.2 7.4.1.3 7.4.2 7.4.3 7.4.4 7.4.5 7.4.6 7.4.7 7.4.8 7.4.9",
	"RFC 1928": "3", "RFC 1945": "5 6", "RFC 1952": "2.2 2.3.1 2.3.1.2", "RFC 2018": "2 3", "RFC 2046": "5.1 5.1.1",
	"RFC 2068": "19.7.1",
	"RFC 2295": "8.1", "RFC 2518": "10.1", "RFC 2774": "7", "RFC 2965": "3.3.4", "RFC 3229": "10.4.1",
	"RFC 3986": "2 2.1 2.5 3.4 7.3", "RFC 4918": "11.1 11.2 11.3 11.4 11.5", "RFC 5077": "3.3", "RFC 5681": "2 3.2",
	"RFC 5789": "2",
	"RFC 5842": "7.1 7.2", "RFC 5961": "3.2 5.2", "RFC 6066": "3 8", "RFC 6093": "3.2", "RFC 6266": "4",
	"RFC 6298": "2 5", "RFC 6335": "6",
	"RFC 6454": "7", "RFC 6455": "4.2.2 11.3.1 11.3.2 11.3.3 11.3.4 11.3.5", "RFC 6520": "3 4", "RFC 6585": "3 4 5 6",
	"RFC 6750": "2.1",
	"RFC 6797": "6.1", "RFC 7034": "2", "RFC 7230": "A.2", "RFC 7239": "4", "RFC 7301": "3.1 3.2", "RFC 7323": "2 3",
	"RFC 7540": "3.2.1",
	"RFC 7578": "4.2 4.7 5.1", "RFC 7616": "3.4", "RFC 7617": "2 2.1 4", "RFC 7725": "3", "RFC 7838": "3",
	"RFC 8288": "3", "RFC 8297": "2 3",
	"RFC 8470": "5.2", "RFC 8701": "2", "RFC 9659": "3",
	"RFC 6265bis": "3 3.1 4.1 4.1.1 4.1.2 4.1.2.2 4.1.2.3 4.1.2.6 4.1.3 4.2 4.2.1 4.2.2 5.1.1 5.1.2 5.1.4 5.4 5.5 5.6 5.6.1 5.6.2 5.6.3 5.6.4 5.6.5 5.6.6 " +
		"5.6.7 5.7 5.8.1 5.8.2 5.8.3 6.1 8.4 8.6 8.9",

	"Fetch standard": "3.3.2 3.3.3 3.6", "Fetch Metadata": "2.1 2.2 2.3 2.4",
	"User-Agent Client Hints": "3.1 3.5 3.7", "CSP Level 3": "3.1",
	"Referrer Policy": "4.1", "Tracking Preference Expression": "5.2", "Upgrade Insecure Requests": "3.2",
}

func TestCitesNameSectionsThatExist(t *testing.T) {
	const number = `\b(\d+|[A-Z]\b)(\.\d+)*`
	document := regexp.MustCompile(`^(RFC \d+(?:bis)?|[A-Z][A-Za-z3 -]+?), ((?:Sections?|Appendix) ` + number + `.*)$`)
	whole := regexp.MustCompile(`^draft(-[a-z0-9]+)+$|^not a standard$|^see RFC \d+$`)
	inSections := regexp.MustCompile(`steps? [\d, and]*\d( to \d+)?|attributes|\([a-z ]+\)|(` + number + `)`)
	for _, x := range explain.In(texts.English).Group() {
		for cite := range strings.SplitSeq(x.Cite, "; ") {
			if whole.MatchString(cite) {
				continue
			}
			m := document.FindStringSubmatch(cite)
			if m == nil {
				t.Errorf("%s: cite %q", x.Code, cite)
				continue
			}
			known := strings.Fields(sections[m[1]])
			_, list, _ := strings.Cut(m[2], " ")
			for _, n := range inSections.FindAllStringSubmatch(list, -1) {
				if n[2] != "" && !slices.Contains(known, n[2]) {
					t.Errorf("%s: %s has no section %s", x.Code, m[1], n[2])
				}
			}
		}
	}
}

func TestRule(t *testing.T) {
	for n := 1; n <= 8; n++ {
		if x := explain.In(texts.English).Rule(n); x.Code != explain.RuleCode(n) || !strings.Contains(x.Cite, "6.3") ||
			!strings.HasPrefix(x.Title, "Rule "+x.Code[len(x.Code)-1:]) {
			t.Errorf("rule %d: %+v", n, x)
		}
	}
	for _, n := range []int{0, 9, -1} {
		if x := explain.In(texts.English).Rule(n); x != (explain.Text{}) {
			t.Errorf("rule %d exists: %s", n, x.Title)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ typed, first string }{
		{"field-swalowed", "field-swallowed"},
		{"Bare-LF", "bare-lf"},
		{"tcp-rest", "tcp-reset"},
		{"Cotent-Length", "field-content-length"},
		{"clienthelo", "tls-client-hello"},
		{"swallowed", "field-swallowed"},
		{"host-mising", "host-missing"},
		{"framing-rule-9", "framing-rule-1"},
		{"target-noslash", "target-no-slash"},
		{"pipeline", "pipelined"},
		{"zzzzzzzz", ""},
		{"", ""},
		{"x", ""},
	} {
		got := explain.Nearest(c.typed)
		if len(got) > 3 || c.first == "" && len(got) > 0 || c.first != "" && (len(got) == 0 || got[0] != c.first) {
			t.Errorf("%q: %q, want %q first", c.typed, got, c.first)
		}
	}
}

func TestAllIsACopy(t *testing.T) {
	explain.In(texts.English).All()[0].Title = "changed"
	if explain.In(texts.English).All()[0].Title == "changed" {
		t.Error("a caller can change the texts")
	}
}
