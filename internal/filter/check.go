package filter

import "strings"

// check gives every operand its type and every literal its value. Faults are
// panics of *Error, as in the parser.
func (n *node) check() {
	switch n.form {
	case existsForm:
		n.kids[0].tested()
	case compareForm:
		n.checkComparison()
	case containsForm:
		n.checkContains()
	case matchesForm:
		n.checkMatches()
	case inForm:
		n.checkMembers()
	default:
		for _, k := range n.kids {
			k.check()
		}
	}
}

// tested checks an operand that stands alone.
func (n *node) tested() {
	switch {
	case n.form == callForm && n.infer() == Boolean:
	case n.form == callForm:
		e := wrong(n.at, n.to, "A function alone is no test.")
		e.Expected = "a comparison"
		panic(e.suggest("Compare its result with a value."))
	case n.form == referenceForm:
		panic(wrong(n.at, n.to, "A value alone is no test.").suggest("Compare it with a field."))
	case !n.constant():
		n.infer()
	case n.form == literalForm && n.lit == wordToken && !numeric(n.name):
		e := unknownField(n)
		if e.Suggestion == "" && !strings.Contains(n.name, ".") {
			e.suggest(severalValues)
		}
		panic(e)
	default:
		e := wrong(n.at, n.to, "A value alone is no test.")
		e.Expected, e.Found = "a field", n.name
		panic(e.suggest(severalValues))
	}
}

// severalValues is for those who write FIELD == "a" or "b".
const severalValues = `To compare a field with several values write FIELD in {"a", "b"}.`

func numeric(s string) bool { return '0' <= s[0] && s[0] <= '9' || s[0] == ':' }

// left checks the operand before an operator, which must hold a field.
func (n *node) left(op string) Type {
	if n.constant() {
		if n.form == literalForm && n.lit == wordToken && !numeric(n.name) {
			panic(unknownField(n))
		}
		e := wrong(n.at, n.to, "The left side of %s must be a field or a function of one.", op)
		e.Expected = "a field"
		panic(e.suggest("Put the field on the left."))
	}
	t := n.infer()
	n.recorded()
	return t
}

// recorded refuses the value of a label, and the bytes of protocols below HTTP
// where rows are no packets.
func (n *node) recorded() {
	switch {
	case n.form != fieldForm && n.form != referenceForm:
	case n.raw && n.field.Type == Label:
	case n.field.Type == Label:
		panic(wrong(n.at, n.to, "%s has no value: it is there or not.", n.name).suggest("Write the name alone."))
	case n.field.opaque && !n.packets:
		panic(wrong(n.at, n.to, "The bytes of %s are in packets, and the rows here are exchanges.", n.name).suggest("Search http for bytes of messages, or filter packets: httpscope read --packets -Y."))
	}
}

// right checks the operand after an operator, against the type before it.
func (n *node) right(l *node, t Type) {
	if n.constant() {
		n.assume(t)
		return
	}
	rt := n.infer()
	n.recorded()
	if !compatible(t, rt) {
		panic(wrong(n.at, n.to, "The type on the left is %s, and on the right %s: they do not compare.", t, rt))
	}
}

func (n *node) checkComparison() {
	l, r := n.kids[0], n.kids[1]
	r.right(l, l.left(n.op))
}

func (n *node) checkContains() {
	l, r := n.kids[0], n.kids[1]
	t := l.left("contains")
	if !t.text() {
		panic(wrong(l.at, l.to, "%s has the type %s, in which nothing can be contained.", l, t).suggest("Write string(%s) to search its text.", l))
	}
	r.right(l, t)
}

func (n *node) checkMatches() {
	l, r := n.kids[0], n.kids[1]
	if t := l.left("matches"); !t.text() {
		panic(wrong(l.at, l.to, "%s has the type %s, which no pattern matches.", l, t).suggest("Write string(%s) to search its text.", l))
	}
	if r.form != literalForm || r.lit != textToken {
		e := wrong(r.at, r.to, "The pattern after matches must stand in double quotes.")
		e.Expected, e.Found = "a pattern in double quotes", r.name
		panic(e)
	}
	r.typ = String
	r.datum = text(r.value)
}

func (n *node) checkMembers() {
	l := n.kids[0]
	t := l.left("in")
	for _, m := range n.kids[1:] {
		if m.form != rangeForm {
			m.right(l, t)
			continue
		}
		m.kids[0].right(l, t)
		m.kids[1].right(l, t)
	}
}

// infer finds the type of an operand that holds a field.
func (n *node) infer() Type {
	switch n.form {
	case fieldForm, referenceForm:
		n.inferField()
	case sliceForm:
		n.inferSlice()
	case callForm:
		n.typ = functions()[n.name].check(n)
	case calcForm:
		n.inferCalculation()
	case negateForm:
		n.typ = n.kids[0].infer()
		n.calculable("-")
	}
	return n.typ
}

// inferField refuses a field of packets where rows are none.
func (n *node) inferField() {
	if n.field.Packets && !n.packets {
		e := wrong(n.at, n.to, "%s is a field of packets, and the rows here are exchanges.", n.name)
		panic(e.suggest("Filter packets with it: httpscope read --packets -Y."))
	}
	n.typ = n.field.Type
	if n.raw {
		n.typ = Bytes
	}
}

func (n *node) inferSlice() {
	k := n.kids[0]
	if k.constant() {
		panic(wrong(k.at, k.to, "Only fields can be sliced."))
	}
	t := k.infer()
	k.recorded()
	if !t.text() && !t.address() {
		panic(wrong(k.at, k.to, "%s has the type %s, which has no parts.", k, t).suggest("Write string(%s) to slice its text.", k))
	}
	n.typ = Bytes
}

// inferCalculation gives both sides the type of the side that holds a field.
func (n *node) inferCalculation() {
	l, r := n.kids[0], n.kids[1]
	switch {
	case l.constant():
		n.typ = r.infer()
		l.assume(n.typ)
	default:
		n.typ = l.infer()
		r.right(l, n.typ)
		if n.typ < r.typ && n.typ.integer() && !r.constant() {
			n.typ = r.typ // the wider of the two
		}
	}
	n.calculable(n.op)
}

// calculable refuses arithmetic that a type does not have.
func (n *node) calculable(op string) {
	t := n.typ
	switch {
	case t.integer(), t == TimeOffset && (op == "+" || op == "-"):
	case op == "&" && (t == Bytes || t.address()):
	default:
		panic(wrong(n.at, n.to, "One cannot calculate %s with the type %s.", op, t))
	}
}

// assume reads a constant operand as one of a type.
func (n *node) assume(t Type) {
	n.typ = t
	switch n.form {
	case literalForm:
		v, err := convert(n, t)
		if err != nil {
			panic(err)
		}
		n.datum = v
	case negateForm, calcForm:
		n.calculable(n.operator())
		for _, k := range n.kids {
			k.assume(t)
		}
	default:
		panic(wrong(n.at, n.to, "%s needs a field.", n))
	}
}

func (n *node) operator() string {
	if n.form == negateForm {
		return "-"
	}
	return n.op
}
