package filter

import (
	"maps"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
)

// function is a function of the language. check checks the operands of a call
// and returns its type; apply turns the values of the operands into results, in place.
type function struct {
	check func(n *node) Type
	apply func(n *node, values []value) []value
}

// functions are those of Wireshark 4.
func functions() map[string]function {
	all := generalFunctions()
	maps.Copy(all, addressFunctions())
	return all
}

func generalFunctions() map[string]function {
	return map[string]function{
		"upper":  {(*node).ofString, each(func(_ Type, v value) value { return text(upper(v.whole())) })},
		"lower":  {(*node).ofString, each(func(_ Type, v value) value { return text(lower(v.whole())) })},
		"len":    {(*node).ofText, each(func(_ Type, v value) value { return number(uint64(v.len())) })},
		"string": {(*node).ofNumber, each(func(t Type, v value) value { return text(t.format(&v)) })},
		"dec": {(*node).ofInteger,
			eachOf(func(_ *field, v value) value { return text(strconv.FormatUint(v.n, 10)) })},
		"hex":   {(*node).ofInteger, eachOf(func(f *field, v value) value { return text(f.hex(&v)) })},
		"vals":  {(*node).ofNamed, named},
		"abs":   {(*node).ofSigned, each(absolute)},
		"count": {(*node).ofAny, count},
		"max":   {(*node).ofAlike, extreme(1)},
		"min":   {(*node).ofAlike, extreme(-1)},
	}
}

// unknownFunction is the error that a name before a parenthesis is no function.
func unknownFunction(name *token) *Error {
	e := wrong(name.at, name.to, "filter.no-function", name.text)
	if lookup(name.text) != nil {
		return e.suggest("filter.is-field", name.text)
	}
	names := functionNames()
	if near := nearest(strings.ToLower(name.text), names); near != "" {
		return e.suggest("filter.meant", near)
	}
	return e.suggest("filter.functions", texts.ListOf("", names))
}

func functionNames() []string {
	var names []string
	for n := range functions() {
		names = append(names, n)
	}
	slices.Sort(names)
	return names
}

// only is the single operand of a call.
func (n *node) only() *node {
	if len(n.kids) != 1 {
		panic(wrong(n.at, n.to, "filter.one-field", n.name))
	}
	k := n.kids[0]
	if k.constant() || k.form == referenceForm {
		if k.form == literalForm && k.lit == wordToken && !numeric(k.name) {
			panic(unknownField(k))
		}
		panic(wrong(k.at, k.to, "filter.no-constant", n.name))
	}
	k.infer()
	return k
}

func (n *node) ofString() Type {
	if k := n.only(); k.typ != String {
		panic(wrong(k.at, k.to, "filter.takes-text", n.name, k, k.typ.Name()))
	}
	return String
}

func (n *node) ofText() Type {
	k := n.only()
	k.recorded()
	if !k.typ.text() {
		panic(wrong(k.at, k.to, "filter.takes-bytes", n.name, k, k.typ.Name()))
	}
	return Unsigned32
}

// ofNumber is for string, which Wireshark lets be asked of numbers and addresses only.
func (n *node) ofNumber() Type {
	if k := n.only(); !k.typ.integer() && !k.typ.address() {
		panic(wrong(k.at, k.to, "filter.takes-numbers", n.name, k, k.typ.Name()))
	}
	return String
}

// ofInteger is for hex and dec, which write a number as its field has it.
func (n *node) ofInteger() Type {
	if k := n.only(); k.form != fieldForm || !k.typ.integer() {
		panic(wrong(k.at, k.to, "filter.takes-integers", n.name, k, k.typ.Name()))
	}
	return String
}

// ofNamed is for vals, which knows the names of some fields' values.
func (n *node) ofNamed() Type {
	k := n.only()
	if k.form != fieldForm || k.raw || valueStrings()[k.name] == nil {
		panic(wrong(k.at, k.to, "filter.no-names", k).suggest("filter.write-number"))
	}
	return String
}

// named gives the names of values, and nothing for one without a name.
func named(n *node, values []value) []value {
	names, out := valueStrings()[n.kids[0].name], values[:0]
	for i := range values {
		if name, ok := names[values[i].n]; ok {
			out = append(out, text(name))
		}
	}
	return out
}

// eachOf makes a function of the values of a field out of one of a single value.
func eachOf(f func(f *field, v value) value) func(*node, []value) []value {
	return func(n *node, values []value) []value {
		for i := range values {
			values[i] = f(n.kids[0].field, values[i])
		}
		return values
	}
}

func (n *node) ofSigned() Type {
	k := n.only()
	if !k.typ.integer() && k.typ != TimeOffset {
		panic(wrong(k.at, k.to, "filter.takes-signed", n.name, k, k.typ.Name()))
	}
	return k.typ
}

func (n *node) ofAny() Type {
	n.only()
	return Unsigned32
}

// ofAlike is for operands that compare with each other.
func (n *node) ofAlike() Type {
	at := slices.IndexFunc(n.kids, func(k *node) bool { return !k.constant() })
	if at < 0 {
		panic(wrong(n.at, n.to, "filter.needs-field", n.name))
	}
	first := n.kids[at]
	t := first.infer()
	first.recorded()
	for i, k := range n.kids {
		if i != at {
			k.right(first, t)
		}
	}
	return t
}

// each makes a function of values out of one of a single value.
func each(f func(t Type, v value) value) func(*node, []value) []value {
	return func(n *node, values []value) []value {
		t := n.kids[0].typ
		for i := range values {
			values[i] = f(t, values[i])
		}
		return values
	}
}

// upper and lower change ASCII letters only, as Wireshark does.
func upper(s string) string { return mapLetters(s, 'a', 'z') }
func lower(s string) string { return mapLetters(s, 'A', 'Z') }

func mapLetters(s string, from, to byte) string {
	at := strings.IndexFunc(s, func(r rune) bool { return rune(from) <= r && r <= rune(to) })
	if at < 0 {
		return s
	}
	b := []byte(s)
	for i := at; i < len(b); i++ {
		if from <= b[i] && b[i] <= to {
			b[i] ^= 0x20
		}
	}
	return string(b)
}

func absolute(_ Type, v value) value {
	if n, ok := v.small(); ok && n < 0 && -n > 0 {
		return signed(-n)
	}
	return v
}

// count gives no value when there is none to count: a comparison with nothing
// does not hold.
func count(_ *node, values []value) []value {
	if len(values) == 0 {
		return values
	}
	return append(values[:0], number(uint64(len(values))))
}

func extreme(sign int) func(*node, []value) []value {
	return func(n *node, values []value) []value {
		if len(values) == 0 {
			return values
		}
		compare := order(n.typ)
		for i := range values {
			if compare(&values[i], &values[0])*sign > 0 {
				values[0] = values[i]
			}
		}
		return values[:1]
	}
}

// format writes a value as string() gives it.
func (t Type) format(v *value) string {
	if t.address() {
		return v.addr(t).String()
	}
	if v.hi != 0 {
		return strconv.FormatInt(int64(v.n), 10)
	}
	return strconv.FormatUint(v.n, 10)
}
