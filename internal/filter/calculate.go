package filter

import "math"

// calculation is arithmetic on two values; not ok is a result that does not
// exist: a division by zero, more than 64 bits, bytes of different lengths.
type calculation func(a, b *value) (value, bool)

// calculations are those of numbers with signs: Wireshark too gets -100 from
// 200 - 300 of unsigned fields.
var calculations = map[string]calculation{
	"+": onNumbers(func(a, b int64) (int64, bool) { return a + b, (a+b > a) == (b > 0) }),
	"-": onNumbers(func(a, b int64) (int64, bool) { return a - b, (a-b < a) == (b > 0) }),
	"*": onNumbers(multiply),
	"/": onNumbers(func(a, b int64) (int64, bool) {
		if b == 0 || a == math.MinInt64 {
			return 0, false
		}
		return a / b, true
	}),
	"%": onNumbers(func(a, b int64) (int64, bool) {
		if b == 0 || a == math.MinInt64 {
			return 0, false
		}
		return a % b, true
	}),
}

func onNumbers(do func(a, b int64) (int64, bool)) calculation {
	return func(a, b *value) (value, bool) {
		x, ok := a.small()
		y, fine := b.small()
		if !ok || !fine {
			return value{}, false
		}
		n, ok := do(x, y)
		return signed(n), ok
	}
}

func multiply(a, b int64) (int64, bool) {
	if a == 0 || b == 0 {
		return 0, true
	}
	n := a * b
	return n, n/b == a && a != math.MinInt64 && b != math.MinInt64
}

// calculation is the operator of a node.
func (n *node) calculation() calculation {
	switch {
	case n.op != "&":
		return calculations[n.op]
	case n.typ == Bytes:
		return maskBytes
	}
	return func(a, b *value) (value, bool) { return value{hi: a.hi & b.hi, n: a.n & b.n}, true }
}

func maskBytes(a, b *value) (value, bool) {
	x, y := []byte(a.whole()), b.whole()
	if len(x) != len(y) {
		return value{}, false
	}
	for i := range x {
		x[i] &= y[i]
	}
	return text(string(x)), true
}
