package filter

import "strings"

// String is the filter in one spelling: operators as signs, text in double
// quotes, parentheses where they are needed. It compiles to the same filter.
func (f *Filter) String() string {
	if f.root == nil {
		return ""
	}
	return f.root.String()
}

// String writes a test or an operand.
func (n *node) String() string {
	var b strings.Builder
	n.write(&b)
	return b.String()
}

func (n *node) write(b *strings.Builder) {
	switch n.form {
	case orForm:
		n.join(b, " || ")
	case xorForm:
		n.join(b, " ^^ ")
	case andForm:
		n.join(b, " && ")
	case notForm:
		b.WriteByte('!')
		n.inner(b, n.kids[0])
	case existsForm:
		n.kids[0].write(b)
	case inForm:
		n.writeSet(b)
	case compareForm, containsForm, matchesForm:
		n.writeQuantifier(b)
		n.kids[0].write(b)
		b.WriteString(" " + n.sign() + " ")
		n.kids[1].write(b)
	default:
		n.writeOperand(b)
	}
}

// sign is the operator between the two operands of a test.
func (n *node) sign() string {
	switch n.form {
	case containsForm:
		return "contains"
	case matchesForm:
		return "matches"
	}
	return n.op
}

func (n *node) writeQuantifier(b *strings.Builder) {
	switch n.quant {
	case anyValue:
		b.WriteString("any ")
	case allValues:
		b.WriteString("all ")
	}
}

func (n *node) join(b *strings.Builder, sign string) {
	for i, k := range n.kids {
		if i > 0 {
			b.WriteString(sign)
		}
		n.inner(b, k)
	}
}

// inner puts a test that binds no tighter than the one around it in
// parentheses: forms come in the order in which they bind.
func (n *node) inner(b *strings.Builder, k *node) {
	bare := k.form > n.form || k.form == notForm
	if n.form == notForm && k.form > existsForm {
		bare = false // !(a == b) is not what people read in !a == b
	}
	if !bare {
		b.WriteByte('(')
	}
	k.write(b)
	if !bare {
		b.WriteByte(')')
	}
}

func (n *node) writeSet(b *strings.Builder) {
	n.writeQuantifier(b)
	n.kids[0].write(b)
	if n.op == "not" {
		b.WriteString(" not")
	}
	b.WriteString(" in {")
	for i, m := range n.kids[1:] {
		if i > 0 {
			b.WriteString(", ")
		}
		m.write(b)
	}
	b.WriteByte('}')
}

func (n *node) writeOperand(b *strings.Builder) {
	switch n.form {
	case fieldForm:
		n.writeField(b)
	case referenceForm:
		b.WriteString("${")
		n.writeField(b)
		b.WriteByte('}')
	case literalForm:
		b.WriteString(n.literal())
	case sliceForm:
		n.grouped(b, n.kids[0], false)
		writeCuts(b, n.cuts)
	case callForm:
		b.WriteString(n.name + "(")
		for i, k := range n.kids {
			if i > 0 {
				b.WriteString(", ")
			}
			k.write(b)
		}
		b.WriteByte(')')
	case calcForm:
		n.grouped(b, n.kids[0], n.kids[0].form == calcForm)
		b.WriteString(" " + n.op + " ")
		n.grouped(b, n.kids[1], n.kids[1].form == calcForm)
	case negateForm:
		b.WriteByte('-')
		n.grouped(b, n.kids[0], false)
	case rangeForm:
		n.kids[0].write(b)
		b.WriteString(" .. ")
		n.kids[1].write(b)
	}
}

func (n *node) writeField(b *strings.Builder) {
	if n.raw {
		b.WriteByte('@')
	}
	b.WriteString(n.name)
	if n.cuts != nil {
		b.WriteByte('#')
		writeCuts(b, n.cuts)
	}
}

// grouped writes an operand of arithmetic, in braces when asked to.
func (n *node) grouped(b *strings.Builder, k *node, braces bool) {
	if braces {
		b.WriteByte('{')
	}
	k.write(b)
	if braces {
		b.WriteByte('}')
	}
}

func writeCuts(b *strings.Builder, cuts []cut) {
	b.WriteByte('[')
	for i, c := range cuts {
		if i > 0 {
			b.WriteByte(',')
		}
		b.WriteString(c.text)
	}
	b.WriteByte(']')
}

// literal is a constant in one spelling: text in double quotes whichever way
// it was written, anything else as it was.
func (n *node) literal() string {
	if n.lit == textToken || n.typ == String {
		return quote(n.characters())
	}
	return n.name
}
