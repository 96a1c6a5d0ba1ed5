package filter

import (
	"strings"
	"sync"
)

// Filter is a compiled expression. Any number of goroutines may use it.
type Filter struct {
	expr string
	root *node // nil selects everything
	rows sync.Pool
}

// Compile reads a display filter for rows that are exchanges or messages. The
// empty filter selects everything. The error is an [*Error].
func Compile(expr string) (*Filter, error) { return build(expr, false, nil) }

// CompilePackets reads a display filter for rows that are packets, which have
// more fields: see [Field].
func CompilePackets(expr string) (*Filter, error) { return build(expr, true, nil) }

// CompileBeside is [Compile] or, for rows that are packets, [CompilePackets],
// where a row is selected: ${field} has its values. It is looked at now and not
// kept. Without one such an expression is an error.
func CompileBeside(expr string, packets bool, selected *Subject) (*Filter, error) {
	return build(expr, packets, selected)
}

func build(expr string, packets bool, selected *Subject) (*Filter, error) {
	f := &Filter{expr: expr}
	f.rows.New = func() any { return new(row) }
	if strings.TrimSpace(expr) == "" {
		return f, nil
	}
	root, err := compile(expr, packets, selected, false)
	if err != nil {
		return nil, err
	}
	f.root = root
	return f, nil
}

// compile parses, checks and builds. References without a selected row are a
// fault, unless the filter is only explained.
func compile(expr string, packets bool, selected *Subject, only bool) (root *node, err *Error) {
	root, err = parse(expr)
	if err != nil {
		return nil, err
	}
	if packets {
		root.onPackets()
	}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			root, err = nil, e
		default:
			panic(e)
		}
	}()
	root.check()
	if n := root.unbound(); n != nil && selected == nil && !only {
		return nil, n.needsSelection()
	}
	root.bind(selected)
	root.build()
	return root, nil
}

// maxSpare is how many values a row may have held to be used again: one of
// many thousand chunks would keep its memory for ever.
const maxSpare = 4096

// Match reports whether the filter selects a row.
func (f *Filter) Match(s *Subject) bool {
	if f.root == nil {
		return true
	}
	r := f.rows.Get().(*row)
	r.set(s)
	ok := f.root.test(r)
	f.done(r)
	return ok
}

// done lets a row be used again. It holds on to no message.
func (f *Filter) done(r *row) {
	if cap(r.values) > maxSpare {
		return
	}
	clear(r.parts)
	f.rows.Put(r)
}

// test is a compiled test, source a compiled operand: it pushes its values.
type (
	test   func(r *row) bool
	source func(r *row)
)

// build compiles a test.
func (n *node) build() test {
	switch n.form {
	case orForm, andForm, xorForm, notForm:
		n.test = n.buildLogic()
	case existsForm:
		n.test = n.buildExists()
	case compareForm, containsForm, matchesForm:
		n.test = n.buildRelation()
	case inForm:
		n.test = n.buildMembers()
	}
	return n.test
}

func (n *node) buildLogic() test {
	tests := make([]test, len(n.kids))
	for i, k := range n.kids {
		tests[i] = k.build()
	}
	switch n.form {
	case notForm:
		return func(r *row) bool { return !tests[0](r) }
	case xorForm:
		return func(r *row) bool {
			odd := false
			for _, t := range tests {
				odd = odd != t(r)
			}
			return odd
		}
	}
	ends := n.form == orForm // the answer that needs no further test
	return func(r *row) bool {
		for _, t := range tests {
			if t(r) == ends {
				return ends
			}
		}
		return !ends
	}
}

// buildExists is whether an operand has a value: of a slice one that is not
// empty, of a bitwise and one with a bit set, of a function one that is true.
func (n *node) buildExists() test {
	k := n.kids[0]
	get := k.source()
	empty := func(*value) bool { return false }
	switch {
	case k.form == sliceForm:
		empty = func(v *value) bool { return v.len() == 0 }
	case k.form == callForm: // of a function that says yes or no
		empty = func(v *value) bool { return v.n == 0 }
	case k.form == calcForm && k.op == "&":
		empty = func(v *value) bool { return v.hi|v.n == 0 && strings.Trim(v.s, "\x00") == "" }
	}
	return func(r *row) bool {
		base := len(r.values)
		get(r)
		ok := false
		for i := base; i < len(r.values) && !ok; i++ {
			ok = !empty(&r.values[i])
		}
		r.values = r.values[:base]
		return ok
	}
}

// relation compares two values.
type relation func(a, b *value) bool

// outcomes say for less, equal and greater whether an operator holds.
var outcomes = map[string][3]bool{
	"==": {false, true, false}, "===": {false, true, false}, "!=": {true, false, true}, "!==": {true, false, true},
	"<": {true, false, false}, "<=": {true, true, false}, ">": {false, false, true}, ">=": {false, true, true},
}

func (n *node) relation() relation {
	switch n.form {
	case containsForm:
		return (*value).contains
	case matchesForm:
		return n.pattern()
	}
	compare, holds := order(n.kids[0].typ), outcomes[n.op]
	return func(a, b *value) bool { return holds[compare(a, b)+1] }
}

// all reports whether a comparison asks for all values: != and === do.
func (n *node) all() bool {
	if n.quant == byOperator {
		return n.form == compareForm && (n.op == "!=" || n.op == "===")
	}
	return n.quant == allValues
}

// buildRelation compares every value on the left with every one on the right.
// Without a value on either side nothing holds.
func (n *node) buildRelation() test {
	left, right, holds, all := n.kids[0].source(), n.kids[1].source(), n.relation(), n.all()
	if n.kids[1].constant() {
		return withConstants(left, fixed(right), holds, all)
	}
	return func(r *row) bool {
		base := len(r.values)
		left(r)
		middle := len(r.values)
		if middle == base {
			return false
		}
		right(r)
		a, b := r.values[base:middle], r.values[middle:]
		r.values = r.values[:base]
		if len(b) == 0 {
			return false
		}
		for i := range a {
			for j := range b {
				if holds(&a[i], &b[j]) != all {
					return !all
				}
			}
		}
		return all
	}
}

// fixed are the values of a constant operand: none where it cannot be calculated.
func fixed(get source) []value {
	var r row
	get(&r)
	return r.values
}

// withConstants is buildRelation for a right side that no row changes: nearly
// every comparison.
func withConstants(left source, b []value, holds relation, all bool) test {
	if len(b) == 0 {
		return func(*row) bool { return false }
	}
	return func(r *row) bool {
		base := len(r.values)
		left(r)
		a := r.values[base:]
		r.values = r.values[:base]
		for i := range a {
			for j := range b {
				if holds(&a[i], &b[j]) != all {
					return !all
				}
			}
		}
		return all && len(a) > 0
	}
}
