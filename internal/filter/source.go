package filter

// maxProduct bounds the results of arithmetic between fields of many values
// each: a sum of three fields of 4096 chunks would have 2^36.
const maxProduct = 1 << 16

// source compiles an operand. A constant one is calculated now.
func (n *node) source() source {
	get := n.compute()
	if !n.constant() || n.form == literalForm {
		return get
	}
	var r row
	get(&r)
	return func(to *row) { to.values = append(to.values, r.values...) }
}

func (n *node) compute() source {
	switch n.form {
	case fieldForm:
		return n.read()
	case referenceForm:
		return func(r *row) { r.values = append(r.values, n.bound...) }
	case literalForm:
		v := n.datum
		return func(r *row) { r.push(v) }
	case sliceForm:
		return n.slice()
	case callForm:
		return n.call()
	case negateForm:
		return n.negate()
	}
	return n.calculate()
}

// read pushes the values of a field, or its bytes as they were sent.
func (n *node) read() source {
	f := n.field
	switch {
	case !onlyLayer(n.cuts):
		return func(*row) {}
	case n.raw:
		return func(r *row) { r.rawField(f) }
	}
	return func(r *row) { r.field(f) }
}

// call pushes the values of all operands and lets the function change them.
func (n *node) call() source {
	args := make([]source, len(n.kids))
	for i, k := range n.kids {
		args[i] = k.source()
	}
	apply := functions()[n.name].apply
	return func(r *row) {
		base := len(r.values)
		for _, a := range args {
			a(r)
		}
		r.values = r.values[:base+len(apply(n, r.values[base:]))]
	}
}

// slice cuts each value. A piece that does not lie within it is left out.
func (n *node) slice() source {
	get, t, cuts := n.kids[0].source(), n.kids[0].typ, n.cuts
	return func(r *row) {
		base := len(r.values)
		get(r)
		for i := base; i < len(r.values); i++ {
			v := r.values[i]
			if t.address() {
				v = text(string(v.addr(t).AsSlice()))
			}
			r.values[i] = v.cut(cuts)
		}
	}
}

func (v *value) cut(cuts []cut) (all value) {
	for i, c := range cuts {
		from, to, ok := c.of(v.len())
		switch {
		case !ok:
		case i == 0:
			all = v.piece(from, to)
		default:
			one := v.piece(from, to)
			all = text(all.whole() + one.whole())
		}
	}
	return all
}

func (n *node) negate() source {
	get, zero := n.kids[0].source(), signed(0)
	return func(r *row) {
		base := len(r.values)
		get(r)
		end := base
		for i := base; i < len(r.values); i++ {
			if v, ok := calculations["-"](&zero, &r.values[i]); ok {
				r.values[end] = v
				end++
			}
		}
		r.values = r.values[:end]
	}
}

// calculate combines every value on the left with every one on the right.
func (n *node) calculate() source {
	left, right, do := n.kids[0].source(), n.kids[1].source(), n.calculation()
	return func(r *row) {
		base := len(r.values)
		left(r)
		middle := len(r.values)
		right(r)
		end := len(r.values)
		for i := base; i < middle; i++ {
			for j := middle; j < end && len(r.values)-end < maxProduct; j++ {
				if v, ok := do(&r.values[i], &r.values[j]); ok {
					r.push(v)
				}
			}
		}
		r.values = append(r.values[:base], r.values[end:]...)
	}
}
