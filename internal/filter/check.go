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
		panic(wrong(n.at, n.to, "filter.function-alone").suggest("filter.compare-result"))
	case n.form == referenceForm:
		panic(wrong(n.at, n.to, "filter.value-alone").suggest("filter.compare-value"))
	case !n.constant():
		n.infer()
	case n.form == literalForm && n.lit == wordToken && !numeric(n.name):
		e := unknownField(n)
		if e.Suggestion.IsZero() && !strings.Contains(n.name, ".") {
			e.suggest("filter.write-field-in")
		}
		panic(e)
	default:
		panic(wrong(n.at, n.to, "filter.value-alone").suggest("filter.write-field-in"))
	}
}

func numeric(s string) bool { return '0' <= s[0] && s[0] <= '9' || s[0] == ':' }

// left checks the operand before an operator, which must hold a field.
func (n *node) left(op string) Type {
	if n.constant() {
		if n.form == literalForm && n.lit == wordToken && !numeric(n.name) {
			panic(unknownField(n))
		}
		panic(wrong(n.at, n.to, "filter.left", op).suggest("filter.field-left"))
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
		panic(wrong(n.at, n.to, "filter.no-value", n.name).suggest("filter.write-alone"))
	case n.field.opaque && !n.packets:
		panic(wrong(n.at, n.to, "filter.bytes-in-packets", n.name).suggest("filter.search-http"))
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
		panic(wrong(n.at, n.to, "filter.types-differ", t.Name(), rt.Name()))
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
		panic(wrong(l.at, l.to, "filter.not-contained", l, t.Name()).suggest("filter.write-searched", l))
	}
	r.right(l, t)
}

func (n *node) checkMatches() {
	l, r := n.kids[0], n.kids[1]
	if t := l.left("matches"); !t.text() {
		panic(wrong(l.at, l.to, "filter.not-matched", l, t.Name()).suggest("filter.write-searched", l))
	}
	if r.form != literalForm || r.lit != textToken {
		panic(wrong(r.at, r.to, "filter.pattern-quoted"))
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
		e := wrong(n.at, n.to, ofPackets, n.name)
		panic(e.suggest("filter.filter-packets"))
	}
	n.typ = n.field.Type
	if n.raw {
		n.typ = Bytes
	}
}

func (n *node) inferSlice() {
	k := n.kids[0]
	if k.constant() {
		panic(wrong(k.at, k.to, "filter.slice-field"))
	}
	t := k.infer()
	k.recorded()
	if !t.text() && !t.address() {
		panic(wrong(k.at, k.to, "filter.no-parts", k, t.Name()).suggest("filter.write-sliced", k))
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
		panic(wrong(n.at, n.to, "filter.calculate", op, t.Name()))
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
		panic(wrong(n.at, n.to, "filter.needs-field", n))
	}
}

func (n *node) operator() string {
	if n.form == negateForm {
		return "-"
	}
	return n.op
}
