package filter

import (
	"fmt"
	"strconv"
	"strings"
	"time"
)

// Verdict is why a filter selects a row, or does not.
type Verdict struct {
	Match   bool
	Reasons []Reason // the tests that decided, in the order of the filter
}

// Reason is a test that decided, and what it saw. Another answer of any one of
// the reasons could have changed the verdict, or they all held together.
type Reason struct {
	Expr           string // the test as [Filter.String] writes it
	Offset, Length int    // its place in the expression that was compiled
	Holds          bool
	Values         []string // of the left side, as literals; long ones cut, many of them left out
	Text           string   // the same in sentences
}

// String is the sentences of all reasons.
func (v Verdict) String() string {
	var s []string
	for _, r := range v.Reasons {
		s = append(s, r.Text)
	}
	if len(s) == 0 {
		return "The filter is empty and selects everything."
	}
	return strings.Join(s, " ")
}

// Why tells which tests decided about a row.
func (f *Filter) Why(s *Subject) Verdict {
	if f.root == nil {
		return Verdict{Match: true}
	}
	r := f.rows.Get().(*row)
	r.set(s)
	v := Verdict{Match: f.root.test(r)}
	f.root.decide(r, func(n *node) { v.Reasons = append(v.Reasons, n.reason(r)) })
	f.done(r)
	return v
}

// decide visits the tests that decided a node: of an and that fails the first
// that fails, of an or that holds the first that holds, else all.
func (n *node) decide(r *row, visit func(*node)) {
	if n.form > notForm {
		visit(n)
		return
	}
	for _, k := range n.kids {
		if n.form == andForm && !n.test(r) && k.test(r) || n.form == orForm && n.test(r) && !k.test(r) {
			continue
		}
		k.decide(r, visit)
		if n.form == andForm && !n.test(r) || n.form == orForm && n.test(r) {
			return
		}
	}
}

// maxSeen bounds the values that a reason lists.
const maxSeen = 8

// reason says what a test saw.
func (n *node) reason(r *row) Reason {
	out := Reason{Expr: n.String(), Offset: n.at, Length: n.to - n.at, Holds: n.test(r)}
	left := n.kids[0]
	values := left.see(r)
	for i := range min(len(values), maxSeen) {
		out.Values = append(out.Values, left.typ.show(&values[i]))
	}
	answer := "holds"
	if !out.Holds {
		answer = "does not hold"
	}
	switch {
	case len(values) == 0:
		out.Text = fmt.Sprintf("%s %s: there is no %s.%s", out.Expr, answer, left, r.absence(left))
	case left.typ == Protocol && n.form == existsForm:
		out.Text = fmt.Sprintf("%s %s: it is there.", out.Expr, answer)
	default:
		out.Text = fmt.Sprintf("%s %s: %s is %s.%s", out.Expr, answer, left, listed(out.Values, len(values)), n.hint(r, values, out.Holds))
	}
	return out
}

// see is the values of an operand.
func (n *node) see(r *row) []value {
	n.source()(r)
	values := append([]value(nil), r.values...)
	r.values = r.values[:0]
	return values
}

func listed(values []string, n int) string {
	if n > len(values) {
		return fmt.Sprintf("%s, and %d more", strings.Join(values, ", "), n-len(values))
	}
	if n == 1 {
		return values[0]
	}
	return strings.Join(values[:n-1], ", ") + " and " + values[n-1]
}

// absence says why a field is not there, when the side that has it is not.
func (r *row) absence(n *node) string {
	if n.form != fieldForm || n.field.side == either || n.field.level != ofMessage {
		return ""
	}
	what := "request"
	if n.field.side == response {
		what = "response"
	}
	for i := range r.parts {
		if n.field.concerns(&r.parts[i]) {
			return ""
		}
	}
	return fmt.Sprintf(" Only a %s has it, and there is none here.", what)
}

// hint says what about an operator surprises people.
func (n *node) hint(r *row, values []value, holds bool) string {
	if n.form == compareForm && n.op == "!=" && !holds && len(values) > 1 {
		return " The operator != asks that none of the values is equal."
	}
	if n.form > matchesForm || n.form < compareForm || !n.kids[0].typ.text() {
		return ""
	}
	right := n.kids[1].see(r)
	if len(right) != 1 {
		return ""
	}
	want := right[0].whole()
	for i := range values {
		if s := n.surprise(values[i].whole(), want, holds, len(values[i].s)); s != "" {
			return s
		}
	}
	return ""
}

// surprise looks at one value beside the text it is compared with. head is how
// much of the value is the head of a message.
func (n *node) surprise(got, want string, holds bool, head int) string {
	equal := n.form == compareForm && (n.op == "==" || n.op == "===")
	switch at := strings.Index(got, want); {
	case want == "":
		return ""
	case equal && !holds && got != want && strings.EqualFold(got, want):
		return " The comparison is case-sensitive."
	case equal && !holds && at >= 0 && got != want:
		return " The operator == asks for the whole value; contains searches in it."
	case n.form == containsForm && !holds && strings.Contains(strings.ToLower(got), strings.ToLower(want)):
		return " The operator contains is case-sensitive; matches is not."
	case n.form == containsForm && holds && at >= 0 && n.kids[0].typ == Protocol:
		return fmt.Sprintf(" The text stands at byte %d, in the %s.", at, place(got[:min(head, len(got))], at, head))
	}
	return ""
}

// place is the part of a message in which a byte lies.
func place(head string, at, n int) string {
	switch {
	case at >= n:
		return "body"
	case at < strings.IndexByte(head, '\n'):
		return "start line"
	}
	return "fields"
}

// maxShown bounds the text of a value that is shown, in bytes.
const maxShown = 60

// show writes a value as a literal; a message only with its beginning.
func (t Type) show(v *value) string {
	switch {
	case t == Boolean && v.n == 0:
		return "False"
	case t == Boolean:
		return "True"
	case t.text():
		return v.shown()
	case t == TimeOffset:
		return seconds(v)
	case t == DateTime:
		return strconv.Quote(time.Unix(0, int64(v.n)).UTC().Format("2006-01-02T15:04:05.999999999Z"))
	}
	return t.format(v)
}

func (v *value) shown() string {
	if v.len() <= maxShown {
		return quote(v.whole())
	}
	cut := v.piece(0, maxShown)
	return fmt.Sprintf("%s… (%d bytes)", quote(cut.whole()), v.len())
}

func seconds(v *value) string {
	n, sign := int64(v.n), ""
	if v.hi != 0 {
		n, sign = -n, "-"
	}
	return fmt.Sprintf("%s%d.%09d", sign, uint64(n)/1e9, uint64(n)%1e9)
}
