// Package explain holds the teaching texts: one for each finding code, and one
// for each rule that decides how long a body is.
//
// A text says what was seen, why the rule exists and what programs do where it
// is broken, and what to look at in the capture. It is about the code, not
// about one message: the finding's detail tells what stood in this message.
//
// Besides it says in a sentence what methods, statuses and fields are for.
//
// The package decodes nothing and knows no connection. The texts of cookies,
// ranges, content codings and forms stand in the packages that find these
// things, and are only brought into the same form here.
package explain

import (
	"slices"
	"strconv"
	"strings"
	"sync"

	"httpscope/httpdecode"
)

// Text explains one code.
type Text struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // note, warning or error; [RuleSeverity] for a framing rule
	Title    string `json:"title"`    // one short line, without a full stop
	What     string `json:"what"`     // what was seen
	Why      string `json:"why"`      // why it matters, and what servers and browsers do with it
	Look     string `json:"look"`     // what to look at
	Cite     string `json:"cite"`     // RFC 9112 section 6.3
}

// RuleSeverity stands in [Text.Severity] for the rules of body length: each
// message with a body follows one of them, so they are no findings.
const RuleSeverity = "rule"

// lesson is the text for a code of package httpdecode, which knows its severity.
type lesson struct {
	code                         httpdecode.Code
	title, what, why, look, cite string
}

// texts is all there are, sorted by code.
var texts = sync.OnceValue(func() []Text {
	all := slices.Concat(framingRules, tcpTexts, cookieTexts(), otherTexts())
	for _, l := range slices.Concat(startLineLessons, fieldLessons, framingLessons, bodyLessons, exchangeLessons) {
		severity, _ := httpdecode.SeverityOf(l.code)
		all = append(all, Text{string(l.code), severity.String(), l.title, l.what, l.why, l.look, l.cite})
	}
	slices.SortFunc(all, byCode)
	return all
})

func byCode(a, b Text) int { return strings.Compare(a.Code, b.Code) }

// All lists the texts, sorted by code.
func All() []Text { return slices.Clone(texts()) }

// Lookup returns the text of a code.
func Lookup(code string) (Text, bool) {
	i, ok := slices.BinarySearchFunc(texts(), code, func(t Text, code string) int { return strings.Compare(t.Code, code) })
	if !ok {
		return Text{}, false
	}
	return texts()[i], true
}

// RuleCode is the code of the text for a rule of RFC 9112 section 6.3.
func RuleCode(n int) string { return "framing-rule-" + strconv.Itoa(n) }

// Rule returns the text of a rule of RFC 9112 section 6.3, 1 to 8; the zero
// Text for other numbers.
func Rule(n int) Text {
	t, _ := Lookup(RuleCode(n))
	return t
}
