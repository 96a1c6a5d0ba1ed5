package filter

import (
	"strings"
)

// Explain says in words what a filter selects. The error is an [*Error].
func Explain(expr string) (string, error) {
	if strings.TrimSpace(expr) == "" {
		return "Selects everything.", nil
	}
	root, err := compile(expr, true, nil, true)
	if err != nil {
		return "", err
	}
	w := words{said: map[string]bool{}}
	return "Selects what satisfies this: " + w.of(root) + ".", nil
}

// words puts a tree into words. A field is introduced when it is first named.
type words struct{ said map[string]bool }

func (w *words) of(n *node) string {
	switch n.form {
	case orForm:
		return w.joined(n, " or ")
	case xorForm:
		return w.joined(n, " or else (but not both) ")
	case andForm:
		return w.joined(n, " and ")
	case notForm:
		return "it is not true that " + w.inner(n.kids[0])
	case existsForm:
		return w.exists(n.kids[0])
	}
	return w.subject(n) + " " + w.predicate(n)
}

func (w *words) joined(n *node, by string) string {
	parts := make([]string, len(n.kids))
	for i, k := range n.kids {
		parts[i] = w.inner(k)
	}
	return strings.Join(parts, ","+by)
}

func (w *words) inner(k *node) string {
	if k.form < notForm {
		return "(" + w.of(k) + ")"
	}
	return w.of(k)
}

func (w *words) exists(n *node) string {
	switch {
	case n.form == calcForm && n.op == "&":
		return w.operand(n) + " has a bit set"
	case n.form == sliceForm:
		return w.operand(n) + " is not empty"
	}
	return w.operand(n) + " is there"
}

// subject is the left side, with how many of its values must satisfy the test.
func (w *words) subject(n *node) string {
	l := n.kids[0]
	name := w.operand(l)
	switch {
	case n.quant == allValues || n.form == compareForm && n.op == "===" && n.quant == byOperator:
		return "every value of " + name
	case n.quant == anyValue, many(l):
		if n.quant == byOperator && (n.op == "!=" || n.op == "not") {
			return "no value of " + name
		}
		return "at least one value of " + name
	}
	return name
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

// comparisons are the operators in words.
var comparisons = map[string]string{"==": "is", "===": "is", "!=": "is not", "!==": "is not", ">": "is greater than", "<": "is less than",
	">=": "is at least", "<=": "is at most"}

func (w *words) predicate(n *node) string {
	none := n.quant == byOperator && many(n.kids[0]) // "no value of" has said not
	switch n.form {
	case containsForm:
		return "contains " + w.operand(n.kids[1])
	case matchesForm:
		return "matches the pattern " + quote(n.kids[1].value) + ", in any case of letters"
	case inForm:
		not := ""
		if n.op == "not" && !none {
			not = "not "
		}
		return "is " + not + "one of " + w.members(n.kids[1:])
	}
	op := comparisons[n.op]
	if none && n.op == "!=" {
		op = "is"
	}
	return op + " " + w.operand(n.kids[1])
}

func (w *words) members(members []*node) string {
	var all []string
	for _, m := range members {
		if m.form == rangeForm {
			all = append(all, w.operand(m.kids[0])+" to "+w.operand(m.kids[1]))
		} else {
			all = append(all, w.operand(m))
		}
	}
	return strings.Join(all, ", ")
}

func (w *words) operand(n *node) string {
	switch n.form {
	case fieldForm:
		return w.field(n)
	case referenceForm:
		return "what the selected row has of " + w.field(n.named())
	case callForm:
		return w.call(n)
	case sliceForm:
		var b strings.Builder
		writeCuts(&b, n.cuts)
		return "the bytes " + b.String() + " of " + w.operand(n.kids[0])
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
		s = "the bytes of " + s[1:]
	}
	if !w.said[n.name] {
		w.said[n.name] = true
		s += " (the " + n.field.Doc + ")"
	}
	return s
}

func (w *words) call(n *node) string {
	var of []string
	for _, k := range n.kids {
		of = append(of, w.operand(k))
	}
	return "the " + functions()[n.name].doc + " of " + strings.Join(of, " and ")
}
