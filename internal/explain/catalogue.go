package explain

import (
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// Catalogue is all texts in one language, and the phrases beside them. The zero Catalogue is English.
type Catalogue struct{ texts.Catalogue }

// In is the catalogue in a language.
func In(lang texts.Lang) Catalogue { return Catalogue{texts.In(lang)} }

// all is all there are, sorted by code.
func (c Catalogue) all() []Text {
	own := make([]Text, len(codes))
	for i := range own {
		own[i] = c.at(i)
	}
	return own
}

// at is the text of the i-th code.
func (c Catalogue) at(i int) Text {
	r, w := &codes[i], &wordsIn[c.Lang()][i]
	return Text{Code: r.code, Severity: r.severity, Title: w.title, What: w.what, Why: w.why, Look: w.look,
		Cite: r.cite}
}

// All lists the findings and the framing rules, sorted by code.
func (c Catalogue) All() []Text { return c.Group(GroupFindings, GroupRules) }

// Lookup returns the text of a code.
func (c Catalogue) Lookup(code string) (Text, bool) {
	i, ok := slices.BinarySearchFunc(codes[:], code,
		func(r codeRecord, code string) int { return strings.Compare(r.code, code) })
	if !ok {
		return Text{}, false
	}
	return c.at(i), true
}

// Rule returns the text of a rule of RFC 9112, Section 6.3, 1 to 8; the zero
// Text for other numbers.
func (c Catalogue) Rule(n int) Text {
	t, _ := c.Lookup(RuleCode(n))
	return t
}

// Method returns the text of a request method, which is case-sensitive.
func (c Catalogue) Method(name string) (Text, bool) {
	if name != strings.ToUpper(name) {
		return Text{}, false
	}
	return c.Lookup(MethodCode(name))
}

// Status returns the text of a status code; of one that is not registered, that
// of its class.
func (c Catalogue) Status(code int) (Text, bool) {
	if t, ok := c.Lookup(StatusCode(code)); ok {
		return t, true
	}
	return c.Lookup("status-" + strconv.Itoa(code/100) + "xx")
}

// Field returns the text of a field by its name, in any case.
func (c Catalogue) Field(name string) (Text, bool) { return c.Lookup(FieldCode(name)) }

// MethodCode is the code of the text for a method: method-get.
func MethodCode(name string) string { return "method-" + strings.ToLower(name) }

// StatusCode is the code of the text for a status: status-404.
func StatusCode(status int) string { return "status-" + strconv.Itoa(status) }

// FieldCode is the code of the text for a field: field-content-length. The
// name may be in any case.
func FieldCode(name string) string { return "field-" + strings.ToLower(name) }

// RuleCode is the code of the text for a rule of RFC 9112, Section 6.3.
func RuleCode(n int) string { return "framing-rule-" + strconv.Itoa(n) }
