package explain_test

import (
	"regexp"
	"slices"
	"strings"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/cookies"
	"httpscope/internal/explain"
	"httpscope/internal/forms"
	"httpscope/internal/inspect"
	"httpscope/internal/ranges"
)

// codes are all codes that a text may belong to.
func codes() []string {
	all := inspect.Codes()
	for _, c := range httpdecode.Codes() {
		all = append(all, string(c))
	}
	for _, c := range cookies.Codes {
		all = append(all, c.Code)
	}
	for _, c := range ranges.Codes {
		all = append(all, c.Code)
	}
	for _, c := range content.Codes {
		all = append(all, c.Code)
	}
	for _, c := range forms.Codes {
		all = append(all, c.Code)
	}
	for n := 1; n <= 8; n++ {
		all = append(all, explain.RuleCode(n))
	}
	slices.Sort(all)
	return all
}

func TestEveryCodeHasOneText(t *testing.T) {
	want := codes()
	if twice := len(want) - len(slices.Compact(slices.Clone(want))); twice > 0 {
		t.Errorf("%d codes are used by two packages", twice)
	}
	var got []string
	for _, x := range explain.All() {
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
	severities := []string{"note", "warning", "error", explain.RuleSeverity}
	for _, x := range explain.All() {
		if n := len([]rune(x.Title)); n == 0 || n > 70 || strings.HasSuffix(x.Title, ".") {
			t.Errorf("%s: title %q: 1 to 70 characters, no full stop", x.Code, x.Title)
		}
		if !slices.Contains(severities, x.Severity) {
			t.Errorf("%s: severity %q", x.Code, x.Severity)
		}
		for part, s := range map[string]string{"what": x.What, "why": x.Why, "look": x.Look} {
			if len(s) < 10 || !strings.ContainsAny(s[len(s)-1:], ".?") || s != strings.TrimSpace(s) || strings.Contains(s, "  ") {
				t.Errorf("%s: %s is no sentence: %q", x.Code, part, s)
			}
		}
	}
}

func TestSeveritiesAreThoseOfTheDecoder(t *testing.T) {
	for _, c := range httpdecode.Codes() {
		want, _ := httpdecode.SeverityOf(c)
		if x, _ := explain.Lookup(string(c)); x.Severity != want.String() {
			t.Errorf("%s: %s, want %s", c, x.Severity, want)
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
		"8.6 8.8.1 8.8.2 8.8.3 9.1 9.2 9.2.1 9.2.2 9.3.1 9.3.2 9.3.3 9.3.6 9.3.7 10.1.1 10.1.4 11.1 11.2 11.3 11.4 11.5 11.6.1 11.6.2 11.6.3 12.5.3 " +
		"13.1 13.1.1 13.1.2 13.1.3 13.1.4 13.1.5 13.2 13.2.1 13.2.2 14.1 14.1.1 14.1.2 14.2 14.3 14.4 14.5 14.6 15 15.1 15.2 15.2.1 15.2.2 " +
		"15.3.5 15.3.7 15.3.7.1 15.3.7.2 15.3.7.3 15.4.5 15.5.1 15.5.9 15.5.13 15.5.17 15.5.18 15.6.6 16.1.1 16.2.1 17.5 17.15",
	"RFC 9293": "3.4 3.4.1 3.4.2 3.4.3 3.5 3.5.1 3.5.2 3.5.3 3.6 3.6.1 3.7 3.8 3.8.1 3.8.4 3.8.6 3.8.6.1 3.10.7.4",
	"RFC 1928": "3", "RFC 1945": "5 6", "RFC 1952": "2.2 2.3.1 2.3.1.2", "RFC 2046": "5.1 5.1.1", "RFC 2965": "3.3.4",
	"RFC 3986": "2 2.1 2.5 3.4 7.3", "RFC 5961": "3.2 5.2", "RFC 6335": "6", "RFC 6585": "5", "RFC 6750": "2.1", "RFC 7230": "A.2",
	"RFC 7578": "4.2 4.7 5.1", "RFC 7616": "3.4", "RFC 7617": "2 2.1 4", "RFC 8297": "3", "RFC 9659": "3",
	"RFC 6265bis": "3 3.1 4.1.1 4.1.2 4.1.2.2 4.1.2.3 4.1.2.6 4.1.3 4.2.1 4.2.2 5.1.1 5.1.2 5.1.4 5.4 5.5 5.6 5.6.1 5.6.2 5.6.3 5.6.4 5.6.5 5.6.6 " +
		"5.6.7 5.7 5.8.1 5.8.2 5.8.3 6.1 8.4 8.6 8.9",
}

func TestCitesNameSectionsThatExist(t *testing.T) {
	const number = `(\d+|[A-Z])(\.\d+)*`
	document := regexp.MustCompile(`^(RFC \d+(?:bis)?) ((?:sections?|appendix) ` + number + `.*)$`)
	draft := regexp.MustCompile(`^draft(-[a-z0-9]+)+$`)
	inSections := regexp.MustCompile(`steps? [\d, and]*\d( to \d+)?|attributes|\([a-z ]+\)|(` + number + `)`)
	for _, x := range explain.All() {
		for cite := range strings.SplitSeq(x.Cite, "; ") {
			if draft.MatchString(cite) {
				continue
			}
			m := document.FindStringSubmatch(cite)
			if m == nil {
				t.Errorf("%s: cite %q", x.Code, cite)
				continue
			}
			known := strings.Fields(sections[m[1]])
			for _, n := range inSections.FindAllStringSubmatch(m[2], -1) {
				if n[2] != "" && !slices.Contains(known, n[2]) {
					t.Errorf("%s: %s has no section %s", x.Code, m[1], n[2])
				}
			}
		}
	}
}

func TestRule(t *testing.T) {
	for n := 1; n <= 8; n++ {
		if x := explain.Rule(n); x.Code != explain.RuleCode(n) || !strings.Contains(x.Cite, "6.3") || !strings.HasPrefix(x.Title, "Rule "+x.Code[len(x.Code)-1:]) {
			t.Errorf("rule %d: %+v", n, x)
		}
	}
	for _, n := range []int{0, 9, -1} {
		if x := explain.Rule(n); x != (explain.Text{}) {
			t.Errorf("rule %d exists: %s", n, x.Title)
		}
	}
}

func TestNearest(t *testing.T) {
	for _, c := range []struct{ typed, first string }{
		{"field-swalowed", "field-swallowed"},
		{"Bare-LF", "bare-lf"},
		{"tcp-rst", "tcp-reset"},
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
	explain.All()[0].Title = "changed"
	if explain.All()[0].Title == "changed" {
		t.Error("a caller can change the texts")
	}
}
