// Package explain holds the teaching texts, in English and in Chinese: one for
// each finding code, each rule that decides how long a body is, each method,
// status and field that is known by name, and each event of TCP and TLS.
//
// A text says what it is, why the rule exists and what programs do where it is
// broken, and what to look at in the capture. It is about the code, not about
// one message: the finding's detail tells what stood in this message.
//
// The package decodes nothing and knows no connection. The English texts of
// cookies, ranges, content codings and forms stand in the packages that find
// these things, and are only brought into the same form here. It does not
// translate what is made while reading, such as the detail of a finding.
package explain

import (
	"slices"

	"httpscope/httpdecode"
)

// Text explains one code.
type Text struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // note, warning or error; for what is no finding its kind, such as [RuleSeverity]
	Title    string `json:"title"`    // one short line, without a full stop
	What     string `json:"what"`     // what it is, or what was seen
	Why      string `json:"why"`      // why it matters, and what servers and browsers do with it
	Look     string `json:"look"`     // what to look at
	Cite     string `json:"cite"`     // RFC 9112 section 6.3
}

// What stands in [Text.Severity] for texts that are about no finding: about
// rules of body length, since each message with a body follows one of them, and
// about parts of the protocols.
const (
	RuleSeverity   = "rule"
	MethodSeverity = "method"
	StatusSeverity = "status"
	FieldSeverity  = "field"
	TCPSeverity    = "tcp"
	TLSSeverity    = "tls"
)

// lesson is the text for a code of package httpdecode, which knows its severity.
type lesson struct {
	code                         httpdecode.Code
	title, what, why, look, cite string
}

// lessonTexts gives the lessons their severity.
func lessonTexts() []Text {
	var ts []Text
	for _, l := range slices.Concat(startLineLessons, fieldLessons, framingLessons, bodyLessons, exchangeLessons) {
		severity, _ := httpdecode.SeverityOf(l.code)
		ts = append(ts, Text{string(l.code), severity.String(), l.title, l.what, l.why, l.look, l.cite})
	}
	return ts
}

// subjectTexts are about parts of the protocols, which are no findings.
func subjectTexts() []Text {
	return slices.Concat(methodTexts, statusTexts, clientErrorTexts, serverErrorTexts,
		fieldTextsA, fieldTextsC, fieldTextsI, fieldTextsS, tcpEventTexts, tlsTexts)
}

// All lists the findings and the framing rules in English, sorted by code.
func All() []Text { return In(English).All() }

// Lookup returns the English text of a code.
func Lookup(code string) (Text, bool) { return In(English).Lookup(code) }

// Rule returns the English text of a rule of RFC 9112 section 6.3, 1 to 8; the
// zero Text for other numbers.
func Rule(n int) Text { return In(English).Rule(n) }
