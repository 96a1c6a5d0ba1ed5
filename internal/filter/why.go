package filter

import (
	"fmt"
	"strconv"
	"strings"
	"time"

	"httpscope/internal/texts"
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
	Values         []any        // of the left side, as literals; long ones cut (a phrase then), many of them left out
	Text           texts.Phrase // the same in sentences
	Hint           texts.Phrase // what about the operator surprises people, which Text ends with; zero for nothing
}

// Phrase is the sentences of all reasons.
func (v Verdict) Phrase() texts.Phrase {
	if len(v.Reasons) == 0 {
		return texts.Say("filter.empty")
	}
	all := v.Reasons[0].Text
	for _, r := range v.Reasons[1:] {
		all = texts.Say("filter.then", all, r.Text)
	}
	return all
}

// String is the sentences in English.
func (v Verdict) String() string { return v.Phrase().String() }

// Surprise is the first hint of the reasons, zero when there is none.
func (v Verdict) Surprise() texts.Phrase {
	for _, r := range v.Reasons {
		if !r.Hint.IsZero() {
			return r.Hint
		}
	}
	return texts.Phrase{}
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
	key := map[bool]string{true: "filter.holds", false: "filter.fails"}[out.Holds]
	switch {
	case len(values) == 0:
		out.Text = then(texts.Say(key+"-absent", out.Expr, left), r.absence(left))
	case left.typ == Protocol && n.form == existsForm:
		out.Text = texts.Say(key+"-there", out.Expr)
	default:
		out.Text = texts.Say(key, out.Expr, left, listed(out.Values, len(values)))
		var more texts.Phrase
		out.Hint, more = n.hint(r, values, out.Holds)
		out.Text = then(then(out.Text, out.Hint), more)
	}
	return out
}

// then adds a sentence, if there is one.
func then(first, second texts.Phrase) texts.Phrase {
	if second.IsZero() {
		return first
	}
	return texts.Say("filter.then", first, second)
}

// see is the values of an operand.
func (n *node) see(r *row) []value {
	n.source()(r)
	values := append([]value(nil), r.values...)
	r.values = r.values[:0]
	return values
}

// listed are values, of n in all.
func listed(values []any, n int) any {
	switch last := len(values) - 1; {
	case n > len(values):
		return texts.Say("filter.values-more", texts.ListOf("", values), n-len(values))
	case n == 1:
		return values[0]
	default:
		return texts.Say("filter.values", texts.ListOf("", values[:last]), values[last])
	}
}

// absence says why a field is not there, when the side that has it is not.
func (r *row) absence(n *node) texts.Phrase {
	if n.form != fieldForm || n.field.side == either || n.field.level != ofMessage {
		return texts.Phrase{}
	}
	for i := range r.parts {
		if n.field.concerns(&r.parts[i]) {
			return texts.Phrase{}
		}
	}
	if n.field.side == response {
		return texts.Say("filter.only-response")
	}
	return texts.Say("filter.only-request")
}

// hint says what about an operator surprises people, or where what was searched for stands.
func (n *node) hint(r *row, values []value, holds bool) (hint, place texts.Phrase) {
	if n.form == compareForm && n.op == "!=" && !holds && len(values) > 1 {
		return texts.Say("filter.hint.none-equal"), place
	}
	if n.form > matchesForm || n.form < compareForm || !n.kids[0].typ.text() {
		return hint, place
	}
	right := n.kids[1].see(r)
	if len(right) != 1 || right[0].len() == 0 {
		return hint, place
	}
	want := right[0].whole()
	for i := range values {
		got := values[i].whole()
		if hint = n.surprise(got, want, holds); !hint.IsZero() {
			return hint, place
		}
		if place = n.place(got, want, holds, len(values[i].s)); !place.IsZero() {
			return hint, place
		}
	}
	return hint, place
}

// surprise looks at one value beside the text it is compared with.
func (n *node) surprise(got, want string, holds bool) texts.Phrase {
	equal := n.form == compareForm && (n.op == "==" || n.op == "===")
	switch {
	case holds, equal && got == want:
	case equal && strings.EqualFold(got, want):
		return texts.Say("filter.hint.case")
	case equal && strings.Contains(got, want):
		return texts.Say("filter.hint.whole")
	case n.form == containsForm && strings.Contains(strings.ToLower(got), strings.ToLower(want)):
		return texts.Say("filter.hint.contains-case")
	}
	return texts.Phrase{}
}

// place is the part of a message in which text was found. The first bytes of the message, so many, are its head.
func (n *node) place(got, want string, holds bool, head int) texts.Phrase {
	at := strings.Index(got, want)
	switch {
	case n.form != containsForm || !holds || at < 0 || n.kids[0].typ != Protocol:
		return texts.Phrase{}
	case at >= head:
		return texts.Say("filter.place.body", at)
	case at < strings.IndexByte(got[:head], '\n'):
		return texts.Say("filter.place.start-line", at)
	}
	return texts.Say("filter.place.fields", at)
}

// maxShown bounds the text of a value that is shown, in bytes.
const maxShown = 60

// show writes a value as a literal; a long one, as a message, only with its beginning.
func (t Type) show(v *value) any {
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

func (v *value) shown() any {
	if v.len() <= maxShown {
		return quote(v.whole())
	}
	cut := v.piece(0, maxShown)
	return texts.Say("filter.value-cut", quote(cut.whole()), v.len())
}

func seconds(v *value) string {
	n, sign := int64(v.n), ""
	if v.hi != 0 {
		n, sign = -n, "-"
	}
	return fmt.Sprintf("%s%d.%09d", sign, uint64(n)/1e9, uint64(n)%1e9)
}
