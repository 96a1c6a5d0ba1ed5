package filter

import (
	"strings"
	"unicode/utf8"

	"httpscope/internal/texts"
)

// Explain says in words what a filter selects. The error is an [*Error].
func Explain(lang texts.Lang, expr string) (string, error) {
	w := words{Catalogue: texts.In(lang), said: map[string]bool{}}
	if strings.TrimSpace(expr) == "" {
		return w.Phrase("filter.selects-all"), nil
	}
	root, err := compile(expr, true, nil, true)
	if err != nil {
		return "", err
	}
	return w.Phrase("filter.selects", w.of(root)), nil
}

// words puts a tree into words of a language. A field is introduced when it is first named.
type words struct {
	texts.Catalogue
	said map[string]bool
}

func (w *words) of(n *node) string {
	switch n.form {
	case orForm:
		return w.joined(n, "filter.or")
	case xorForm:
		return w.joined(n, "filter.xor")
	case andForm:
		return w.joined(n, "filter.and")
	case notForm:
		return w.Phrase("filter.not", w.after(w.inner(n.kids[0])))
	case existsForm:
		return w.exists(n.kids[0])
	}
	return w.test(n)
}

func (w *words) joined(n *node, key string) string {
	s := w.inner(n.kids[0])
	for _, k := range n.kids[1:] {
		s = w.Phrase(key, s, w.after(w.inner(k)))
	}
	return s
}

func (w *words) inner(k *node) string {
	if k.form < notForm {
		return w.Phrase("filter.brackets", w.of(k))
	}
	return w.of(k)
}

// before is what stands before words of the language, after what stands after them: a language that writes words
// without spaces has one beside a name.
func (w *words) before(s string) string {
	if s[len(s)-1] < utf8.RuneSelf {
		return w.Phrase("filter.before", s)
	}
	return s
}

func (w *words) after(s string) string {
	if s[0] < utf8.RuneSelf {
		return w.Phrase("filter.after", s)
	}
	return s
}

func (w *words) exists(n *node) string {
	key := "filter.there"
	switch {
	case n.form == calcForm && n.op == "&":
		key = "filter.bit"
	case n.form == sliceForm:
		key = "filter.filled"
	}
	return w.Phrase(key, w.before(w.operand(n)))
}

// test says what a test asks of its left side.
func (w *words) test(n *node) string {
	left := w.before(w.operand(n.kids[0]))
	how := n.howMany()
	key, right := w.predicate(n, how == "no")
	return w.Phrase("filter."+how+"."+key, left, right)
}

// howMany says how many values of the left side must satisfy a test: one, when there can be no more, every, some or no.
func (n *node) howMany() string {
	l := n.kids[0]
	switch {
	case n.quant == allValues || n.form == compareForm && n.op == "===" && n.quant == byOperator:
		return "every"
	case n.quant == byOperator && many(l) && (n.op == "!=" || n.op == "not"):
		return "no"
	case n.quant == anyValue, many(l):
		return "some"
	}
	return "one"
}

// many reports whether an operand can have several values in a message.
func many(n *node) bool {
	switch n.form {
	case fieldForm, referenceForm:
		return n.field.Many
	case callForm:
		return n.name != "count" && n.name != "max" && n.name != "min" && many(n.kids[0])
	case literalForm:
		return false
	}
	for _, k := range n.kids {
		if many(k) {
			return true
		}
	}
	return false
}

// comparisons are the keys of the operators in words.
var comparisons = map[string]string{"==": "is", "===": "is", "!=": "is-not", "!==": "is-not", ">": "greater",
	"<": "less", ">=": "least", "<=": "most"}

// opposites are those of what no value must satisfy.
var opposites = map[string]string{"is-not": "is", "not-one-of": "one-of"}

// predicate is the last part of the key of a test, and its right side. A test of no value says not already.
func (w *words) predicate(n *node, no bool) (key string, right any) {
	switch n.form {
	case containsForm:
		return "contains", w.after(w.operand(n.kids[1]))
	case matchesForm:
		return "matches", w.after(quote(n.kids[1].value))
	case inForm:
		if key, right = "one-of", w.members(n.kids[1:]); n.op == "not" {
			key = "not-one-of"
		}
	default:
		key, right = comparisons[n.op], w.after(w.operand(n.kids[1]))
	}
	if no {
		key = opposites[key]
	}
	return key, right
}

func (w *words) members(members []*node) (all texts.List) {
	for _, m := range members {
		if m.form == rangeForm {
			all.Items = append(all.Items, w.Phrase("filter.range", w.operand(m.kids[0]), w.operand(m.kids[1])))
		} else {
			all.Items = append(all.Items, w.operand(m))
		}
	}
	return all
}

func (w *words) operand(n *node) string {
	switch n.form {
	case fieldForm:
		return w.field(n)
	case referenceForm:
		return w.Phrase("filter.of-selected", w.after(w.field(n.named())))
	case callForm:
		return w.call(n)
	case sliceForm:
		var b strings.Builder
		writeCuts(&b, n.cuts)
		return w.Phrase("filter.bytes", b.String(), w.before(w.operand(n.kids[0])))
	case calcForm:
		return w.operand(n.kids[0]) + " " + n.op + " " + w.operand(n.kids[1])
	}
	return n.String()
}

// named is the field of a reference.
func (n *node) named() *node {
	f := *n
	f.form = fieldForm
	return &f
}

func (w *words) field(n *node) string {
	s := n.String()
	if n.raw {
		s = w.Phrase("filter.raw", w.before(s[1:]))
	}
	if !w.said[n.name] {
		w.said[n.name] = true
		s = w.Phrase("filter.first", s, n.field.Doc)
	}
	return s
}

func (w *words) call(n *node) string {
	of := w.operand(n.kids[0])
	for _, k := range n.kids[1:] {
		of = w.Phrase("filter.both", w.before(of), w.after(w.operand(k)))
	}
	return w.Phrase("filter.call", texts.Say("filter.function."+keyOf(n.name)), w.before(of))
}
