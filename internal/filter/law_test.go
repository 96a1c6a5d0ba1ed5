package filter

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// operand draws a left side and a literal of its type.
var operandLiterals = []struct{ left, literals string }{
	{"http.request.method", `"GET" "POST" POST "" "po"`},
	{"upper(http.cookie_pair)", `"A=1" "B" "="`},
	{"http.set_cookie[0:3]", `"sid" 73:69:64 0x73`},
	{"http.response.code", `200 0xc8 404 0 65535`},
	{"http.response.code % 7", `4 0 1`},
	{"-tcp.port", `8000 0 1`},
	{"tcp.port", `8000 40001 80`},
	{"tcp.port#1", `8000 80`},
	{"count(http.chunk_size)", `3 0`},
	{"len(http)", `100 0`},
	{"ip.addr", `10.0.0.1 10.0.0.0/8 127.0.0.1`},
	{"ipv6.src", `::1 fe80::/10`},
	{"http.time", `0 0.001 3`},
	{"frame.time", `"2026-03-02" "2026-03-03T00:00:00Z"`},
	{"http.request", `True False 1`},
	{"scope.finding", `"cookie-missing" note`},
}

func drawTest(t *rapid.T) string {
	c := rapid.SampledFrom(operandLiterals).Draw(t, "left")
	literals := strings.Fields(c.literals)
	literal := func() string { return rapid.SampledFrom(literals).Draw(t, "literal") }
	quant := rapid.SampledFrom([]string{"", "", "any ", "all "}).Draw(t, "quantifier")
	switch rapid.IntRange(0, 5).Draw(t, "kind") {
	case 0:
		if strings.ContainsAny(c.left, "(") {
			return c.left + " == " + literal()
		}
		return c.left
	case 1:
		if strings.HasPrefix(c.left, "-") {
			return c.left + " in {" + literal() + "}"
		}
		return quant + c.left + rapid.SampledFrom([]string{" in {", " not in {"}).Draw(t, "in") + literal() + ", " +
			literal() + " .. " + literal() + "}"
	default:
		op := rapid.SampledFrom([]string{"==", "!=", "===", "!==", "<", "<=", ">", ">=", "eq", "any_ne", "all_eq",
			"ge"}).Draw(t, "op")
		return quant + c.left + " " + op + " " + literal()
	}
}

func drawExpr(t *rapid.T, depth int) string {
	if depth == 0 {
		return drawTest(t)
	}
	switch rapid.IntRange(0, 4).Draw(t, "form") {
	case 0:
		return drawTest(t)
	case 1:
		return rapid.SampledFrom([]string{"!", "not "}).Draw(t, "not") + "(" + drawExpr(t, depth-1) + ")"
	default:
		op := rapid.SampledFrom([]string{"and", "or", "xor", "&&", "||", "^^"}).Draw(t, "op")
		return "(" + drawExpr(t, depth-1) + ") " + op + " " + drawExpr(t, depth-1)
	}
}

func subjects(t testing.TB) []*Subject {
	x := login(t)
	only := conversation(t, "GET / HTTP/1.1\r\nHost: a\r\n\r\n")[0]
	begin := start.UnixNano()
	return []*Subject{{X: x, Begin: begin}, {X: x, M: x.Request, Begin: begin}, {X: x, M: x.Response}, {X: only},
		{X: only, M: only.Request, With: []Subject{{X: x, M: x.Request}}}}
}

// TestOneSpelling: what String writes compiles, is its own spelling, and
// selects the same.
func TestOneSpelling(t *testing.T) {
	rows := subjects(t)
	rapid.Check(t, func(t *rapid.T) {
		expr := drawExpr(t, 3)
		f, err := Compile(expr)
		if err != nil {
			t.Fatal(err)
		}
		again, err := Compile(f.String())
		if err != nil {
			t.Fatalf("%s is written %s, which does not compile: %v", expr, f, err)
		}
		if again.String() != f.String() {
			t.Fatalf("%s is written %s, and that %s", expr, f, again)
		}
		for i, s := range rows {
			if f.Match(s) != again.Match(s) {
				t.Fatalf("%s and %s differ on row %d", expr, f, i)
			}
		}
	})
}

// TestLogic: not, and, or, xor are those of logic, != is the opposite of == where
// there is a value, and an order has exactly one of three outcomes for one value.
func TestLogic(t *testing.T) {
	rows := subjects(t)
	rapid.Check(t, func(t *rapid.T) {
		a, b := drawExpr(t, 1), drawExpr(t, 1)
		for i, s := range rows {
			match := func(format string, args ...any) bool {
				f, err := Compile(fmt.Sprintf(format, args...))
				if err != nil {
					t.Fatal(err)
				}
				return f.Match(s)
			}
			x, y := match("%s", a), match("%s", b)
			if match("!(%s)", a) == x || match("(%s) and (%s)", a, b) != (x && y) ||
				match("(%s) or (%s)", a, b) != (x || y) || match("(%s) xor (%s)", a, b) != (x != y) {
				t.Fatalf("%s is %t and %s is %t on row %d, and their combinations are not", a, x, b, y, i)
			}
		}
	})
}

func TestOrders(t *testing.T) {
	rows := subjects(t)
	for _, c := range operandLiterals {
		for _, literal := range strings.Fields(c.literals) {
			f := mustCompile(t, c.left+" == "+literal)
			for i, s := range rows {
				var r row
				r.set(s)
				n := len(f.root.kids[0].see(&r))
				holds := 0
				for _, op := range []string{"<", "===", ">"} {
					if mustCompile(t, "all "+c.left+" "+op+" "+literal).Match(s) {
						holds++
					}
				}
				if n == 0 && holds != 0 || n == 1 && holds != 1 {
					t.Errorf("%s has %d values on row %d, and %d of <, ===, > %s hold", c.left, n, i, holds, literal)
				}
				if ne := mustCompile(t, c.left+" != "+literal).Match(s); ne != (n > 0 && !f.Match(s)) {
					t.Errorf("%s != %s is %t on row %d", c.left, literal, ne, i)
				}
			}
		}
	}
}

// TestWhyAgrees: the verdict is the match, and the reasons that it gives decide
// it: with their answers alone the expression has the same result.
func TestWhyAgrees(t *testing.T) {
	rows := subjects(t)
	rapid.Check(t, func(t *rapid.T) {
		expr := drawExpr(t, 3)
		f, err := Compile(expr)
		if err != nil {
			t.Fatal(err)
		}
		for i, s := range rows {
			v := f.Why(s)
			if v.Match != f.Match(s) || len(v.Reasons) == 0 {
				t.Fatalf("%s on row %d: %+v", expr, i, v)
			}
			for _, r := range v.Reasons {
				if part := expr[r.Offset : r.Offset+r.Length]; mustCompileRapid(t, part).Match(s) != r.Holds {
					t.Fatalf("%s on row %d: %q is said to be %t", expr, i, part, r.Holds)
				}
			}
		}
	})
}

func mustCompileRapid(t *rapid.T, expr string) *Filter {
	f, err := Compile(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return f
}

// FuzzCompile: no text makes the compiler or a filter panic, errors lie within
// the text, and what compiles has one spelling.
func FuzzCompile(f *testing.F) {
	for _, c := range operandLiterals {
		f.Add(c.left + " == " + strings.Fields(c.literals)[0])
	}
	for _, s := range []string{`http.host matches "a|b$" and not tcp.port in {1..2, 3}`, `"\x4\u00e9`,
		`http[0,2-3,-1:] & ff:0`, "a#[1", "'\\", `r"\`, "any (", "{{-1}"} {
		f.Add(s)
	}
	rows := subjects(f)
	f.Fuzz(func(t *testing.T, expr string) {
		for cursor := -1; cursor <= min(len(expr)+1, 20); cursor++ {
			Complete(expr, cursor)
		}
		compiled, err := Compile(expr)
		if err != nil {
			if e := err.(*Error); e.Offset < 0 || e.Length < 0 || e.Offset+e.Length > len(expr) || e.Message.IsZero() {
				t.Fatalf("%q: %+v", expr, e)
			}
			return
		}
		if _, err := Explain(texts.English, expr); err != nil {
			t.Fatal(err)
		}
		again, err := Compile(compiled.String())
		if err != nil && len(compiled.String()) <= maxExpression {
			t.Fatalf("%q is written %q: %v", expr, compiled, err)
		}
		for _, s := range rows {
			if compiled.Match(s) != compiled.Why(s).Match || again != nil && compiled.Match(s) != again.Match(s) {
				t.Fatalf("%q and %q differ", expr, compiled)
			}
		}
	})
}

// TestConcurrent: a filter is asked by several goroutines at once.
func TestConcurrent(t *testing.T) {
	f := mustCompile(t, `http.request.method == "POST" and count(http.set_cookie) == 2`)
	x := login(t)
	done := make(chan bool)
	for range 4 {
		go func() {
			ok := true
			for range 1000 {
				ok = ok && f.Match(&Subject{X: x})
			}
			done <- ok
		}()
	}
	for range 4 {
		if !<-done {
			t.Error("a goroutine got another answer")
		}
	}
}

// TestEmptyExchange: an exchange of which nothing was captured has the fields
// of its connection.
func TestEmptyExchange(t *testing.T) {
	s := &Subject{X: &trace.Exchange{ID: 1, Conn: login(t).Conn}}
	for _, f := range Fields() {
		if f.Type != Protocol && !f.Packets {
			mustCompile(t, f.Name).Match(s)
		}
	}
	if !mustCompile(t, "tcp.port == 8000 and scope.exchange == 1 and !http").Match(s) {
		t.Error("the connection's fields are missing")
	}
}
