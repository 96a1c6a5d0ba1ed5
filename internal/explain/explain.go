// Package explain holds the teaching texts, in every language: one for
// each finding code, each rule that decides how long a body is, each method,
// status and field that is known by name, and each event of TCP and TLS.
//
// A text says what it is, why the rule exists and what programs do where it is
// broken, and what to look at in the capture. It is about the code, not about
// one message: the finding's detail tells what stood in this message.
//
// The texts are data: package texts's folder has a record of each code, and a folder for each
// language; a translator edits these files, and go generate makes tables of them.
//
// The package decodes nothing and knows no connection. What is said of one message, such as the
// detail of a finding, is a phrase of package texts.
package explain

// Text explains one code.
type Text struct {
	Code     string `json:"code"`
	Severity string `json:"severity"` // note, warning or error; for what is no finding its kind, such as [RuleSeverity]
	Title    string `json:"title"`    // one short line, without a full stop
	What     string `json:"what"`     // what it is, or what was seen
	Why      string `json:"why"`      // why it matters, and what servers and browsers do with it
	Look     string `json:"look"`     // what to look at
	Cite     string `json:"cite"`     // RFC 9112, Section 6.3
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

// codeRecord is what a text has in every language.
type codeRecord struct{ code, severity, cite string }

// words are a text in one language.
type words struct{ title, what, why, look string }
