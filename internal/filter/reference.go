package filter

import (
	"strings"

	"httpscope/internal/texts"
)

// reference is ${field}: the values of a field in the selected row, which are
// found when the filter is compiled.
func (p *parser) reference(d *substitution) *node {
	name, raw := strings.CutPrefix(d.name, "@")
	at := d.nameAt + len(d.name) - len(name)
	inner := &parser{expr: p.expr, tokens: scanFrom(name, at)}
	n := inner.field(raw)
	if inner.peek().kind != endToken {
		panic(unknownField(&node{name: name, at: at, to: at + len(name)}))
	}
	n.form, n.at, n.to = referenceForm, d.at, d.to
	return n
}

// field is the name of a field, with layers, where there can be nothing else.
func (p *parser) field(raw bool) *node {
	t := p.peek()
	if t.kind != wordToken {
		panic(p.unexpected(texts.Say("filter.expected.field"), ""))
	}
	p.take()
	n := &node{form: fieldForm, name: t.text, raw: raw, at: t.at, to: t.to, field: lookup(t.text)}
	if n.field == nil {
		panic(unknownField(n))
	}
	return p.layers(n)
}

// bind gives every reference its values in the selected row. Without one they
// have none, and the filter can only be explained.
func (n *node) bind(selected *Subject) {
	if n.form == referenceForm && selected != nil {
		var r row
		r.set(selected)
		n.read()(&r)
		for i := range r.values {
			v := &r.values[i]
			v.s, v.b = strings.Clone(v.whole()), nil // the row may be used again
			n.bound = append(n.bound, *v)
		}
	}
	for _, k := range n.kids {
		k.bind(selected)
	}
}

// unbound finds a reference, nil when there is none.
func (n *node) unbound() *node {
	if n.form == referenceForm {
		return n
	}
	for _, k := range n.kids {
		if found := k.unbound(); found != nil {
			return found
		}
	}
	return nil
}

// needsSelection is the error that no row is selected.
func (n *node) needsSelection() *Error {
	e := wrong(n.at, n.to, "filter.no-selection", n)
	return e.suggest("filter.select")
}
