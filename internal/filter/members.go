package filter

// member asks whether a value is in a part of a set.
type member func(r *row, v *value) bool

// buildMembers asks of each value whether it is in the set. Without a quantifier
// not in is the opposite of in, also for a field that is not there.
func (n *node) buildMembers() test {
	left, in := n.kids[0].source(), n.membership()
	not := n.op == "not"
	all, opposite := n.quant == allValues, false
	if not && n.quant == byOperator {
		not, opposite = false, true
	}
	return func(r *row) bool {
		base := len(r.values)
		left(r)
		end := len(r.values)
		ok := all && end > base
		for i := base; i < end; i++ {
			if (in(r, &r.values[i]) != not) != all {
				ok = !all
				break
			}
		}
		r.values = r.values[:base]
		return ok != opposite
	}
}

func (n *node) membership() member {
	compare := order(n.kids[0].typ)
	var members []member
	for _, m := range n.kids[1:] {
		if m.form == rangeForm {
			members = append(members, between(m.kids[0], m.kids[1], compare))
			continue
		}
		members = append(members, oneOf(m, func(a, b *value) bool { return compare(a, b) == 0 }))
	}
	return func(r *row, v *value) bool {
		for _, m := range members {
			if m(r, v) {
				return true
			}
		}
		return false
	}
}

func oneOf(n *node, holds relation) member {
	get := n.source()
	if n.constant() {
		all := fixed(get)
		return func(_ *row, v *value) bool {
			for i := range all {
				if holds(v, &all[i]) {
					return true
				}
			}
			return false
		}
	}
	return func(r *row, v *value) bool {
		base := len(r.values)
		get(r)
		ok := false
		for i := base; i < len(r.values) && !ok; i++ {
			ok = holds(v, &r.values[i])
		}
		r.values = r.values[:base]
		return ok
	}
}

func between(from, to *node, compare func(a, b *value) int) member {
	atLeast := oneOf(from, func(a, b *value) bool { return compare(a, b) >= 0 })
	atMost := oneOf(to, func(a, b *value) bool { return compare(a, b) <= 0 })
	return func(r *row, v *value) bool { return atLeast(r, v) && atMost(r, v) }
}
