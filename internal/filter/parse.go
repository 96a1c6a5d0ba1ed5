package filter

import (
	"strings"

	"httpscope/internal/texts"
)

// Limits of an expression. Filters are typed, and come in students' answers.
const (
	maxExpression = 4096 // bytes
	maxDepth      = 100  // brackets and signs inside each other: the parser recurses
)

// parser is a recursive descent over the grammar of wireshark-filter(4), from
// the loosest operator to the tightest: or, xor, and, not, comparison, bitwise
// and, sum, product, sign. Faults are panics of *Error within the parser.
type parser struct {
	expr   string
	tokens []token
	next   int
	depth  int
}

// parse reads a whole expression, which is not empty.
func parse(expr string) (n *node, err *Error) {
	if len(expr) > maxExpression {
		return nil, wrong(maxExpression, len(expr), "filter.long", len(expr), maxExpression)
	}
	p := &parser{expr: expr, tokens: scan(expr)}
	defer func() {
		switch e := recover().(type) {
		case nil:
		case *Error:
			n, err = nil, e
		default:
			panic(e)
		}
	}()
	p.expand()
	n = p.or()
	if p.peek().kind != endToken {
		panic(p.after(n))
	}
	return n, nil
}

func (p *parser) peek() *token { return &p.tokens[p.next] }

// is reports whether a sign is next.
func (p *parser) is(sign string) bool {
	t := p.peek()
	return t.kind == signToken && t.text == sign
}

// take steps over the next token.
func (p *parser) take() *token {
	t := p.peek()
	if t.kind == badToken {
		panic(t.fault)
	}
	if t.kind != endToken {
		p.next++
	}
	return t
}

// sign steps over one of some signs, and returns it or "".
func (p *parser) sign(signs ...string) string {
	if t := p.peek(); t.kind == signToken {
		for _, s := range signs {
			if t.text == s {
				p.next++
				return s
			}
		}
	}
	return ""
}

// need steps over a sign that must come. why is the key of what it means when it does not, or "".
func (p *parser) need(text, why string) *token {
	t := p.peek()
	if p.sign(text) == "" {
		panic(p.unexpected(sign(text), why))
	}
	return t
}

// end is where the last token that was taken ends.
func (p *parser) end() int {
	if p.next == 0 {
		return 0
	}
	return p.tokens[p.next-1].to
}

// deeper guards against expressions that only nest.
func (p *parser) deeper() func() {
	if p.depth++; p.depth > maxDepth {
		t := p.peek()
		panic(wrong(t.at, t.to, "filter.deep", maxDepth))
	}
	return func() { p.depth-- }
}

// list parses operands of an operator that groups to the left.
func (p *parser) list(f form, sign string, operand func() *node) *node {
	n := operand()
	if !p.is(sign) {
		return n
	}
	n = &node{form: f, kids: []*node{n}, at: n.at}
	for p.sign(sign) != "" {
		n.kids = append(n.kids, operand())
	}
	n.to = p.end()
	return n
}

func (p *parser) or() *node  { return p.list(orForm, "||", p.xor) }
func (p *parser) xor() *node { return p.list(xorForm, "^^", p.and) }
func (p *parser) and() *node { return p.list(andForm, "&&", p.not) }

func (p *parser) not() *node {
	t := p.peek()
	if p.sign("!") == "" {
		return p.test()
	}
	defer p.deeper()()
	k := p.not()
	return &node{form: notForm, kids: []*node{k}, at: t.at, to: k.to}
}

// test is one test, or an expression in parentheses.
func (p *parser) test() *node {
	if open := p.peek(); p.sign("(") != "" {
		defer p.deeper()()
		n := p.or()
		p.need(")", "filter.open-round")
		n.at, n.to = open.at, p.end()
		return n
	}
	at, quant := p.peek().at, byOperator
	switch p.sign("any", "all") {
	case "any":
		quant = anyValue
	case "all":
		quant = allValues
	}
	n := p.relation(quant)
	if quant != byOperator && n.form == existsForm {
		panic(p.unexpected(texts.Say("filter.expected.comparison"), "filter.quantified"))
	}
	n.at = at
	return n
}

func (p *parser) relation(quant quantifier) *node {
	l := p.sum(0)
	n := &node{form: existsForm, quant: quant, kids: []*node{l}, at: l.at, to: l.to}
	switch {
	case p.sign("contains") != "":
		n.form, n.kids = containsForm, append(n.kids, p.entity())
	case p.sign("matches") != "":
		n.form, n.kids = matchesForm, append(n.kids, p.entity())
	case p.sign("in") != "":
		n.form, n.kids = inForm, append(n.kids, p.set()...)
	case p.is("!") && p.tokens[p.next+1].text == "in":
		p.next += 2
		n.form, n.op, n.kids = inForm, "not", append(n.kids, p.set()...)
	default:
		return p.comparison(n, quant)
	}
	n.to = p.end()
	return n
}

// comparison is a op b, and a op b op c for the two of them.
func (p *parser) comparison(n *node, quant quantifier) *node {
	var chain []*node
	for l := n.kids[0]; ; {
		op := p.sign("==", "!=", "===", "!==", ">", "<", ">=", "<=")
		if op == "" {
			break
		}
		r := p.sum(0)
		chain = append(chain, &node{form: compareForm, op: op, quant: quant, kids: []*node{l, r}, at: l.at, to: r.to})
		l = r
	}
	switch len(chain) {
	case 0:
		return n
	case 1:
		return chain[0]
	}
	return &node{form: andForm, kids: chain, at: n.at, to: p.end()}
}

// set is the members between braces.
func (p *parser) set() []*node {
	open := p.need("{", "")
	var members []*node
	for {
		m := p.member()
		if p.sign("..") != "" {
			to := p.member()
			m = &node{form: rangeForm, kids: []*node{m, to}, at: m.at, to: to.to}
		}
		members = append(members, m)
		if p.sign(",") == "" {
			break
		}
	}
	if !p.is("}") {
		panic(p.noComma(open))
	}
	p.take()
	return members
}

func (p *parser) member() *node {
	t := p.peek()
	if p.sign("-", "+") == "-" {
		k := p.entity()
		return &node{form: negateForm, kids: []*node{k}, at: t.at, to: k.to}
	}
	return p.entity()
}

// precedence are the arithmetic operators from the loosest to the tightest.
var precedence = [][]string{{"&"}, {"+", "-"}, {"*", "/", "%"}}

func (p *parser) sum(level int) *node {
	if level == len(precedence) {
		return p.signed()
	}
	n := p.sum(level + 1)
	for {
		op := p.sign(precedence[level]...)
		if op == "" {
			return n
		}
		r := p.sum(level + 1)
		n = &node{form: calcForm, op: op, kids: []*node{n, r}, at: n.at, to: r.to}
	}
}

func (p *parser) signed() *node {
	t := p.peek()
	switch {
	case p.sign("+") != "":
		return p.entity()
	case p.sign("-") != "":
		k := p.entity()
		return &node{form: negateForm, kids: []*node{k}, at: t.at, to: k.to}
	case p.sign("{") != "":
		defer p.deeper()()
		n := p.sum(0)
		p.need("}", "filter.open-braces")
		n.at, n.to = t.at, p.end()
		return n
	}
	return p.entity()
}

// entity is a field, a literal, a function, or a slice of these.
func (p *parser) entity() *node {
	n := p.atom()
	for t := p.peek(); t.kind == cutsToken; t = p.peek() {
		n = &node{form: sliceForm, kids: []*node{n}, cuts: readCuts(p.take()), at: n.at, to: t.to}
	}
	return n
}

func (p *parser) atom() *node {
	t := p.peek()
	switch t.kind {
	case textToken, charToken:
		p.take()
		return &node{form: literalForm, lit: t.kind, name: t.text, value: t.value, at: t.at, to: t.to}
	case wordToken:
		p.take()
		if p.is("(") && p.peek().joined {
			return p.call(t)
		}
		n := &node{form: literalForm, lit: wordToken, name: t.text, at: t.at, to: t.to}
		if f := lookup(t.text); f != nil {
			n.form, n.field = fieldForm, f
		}
		return p.layers(n)
	}
	switch {
	case p.is("@"):
		p.take()
		n := p.field(true)
		n.at = t.at
		return n
	case p.is("$"):
		return p.reference(p.substitution())
	}
	panic(p.noOperand())
}

// layers takes #2 or #[1-3] after a field.
func (p *parser) layers(n *node) *node {
	hash := p.peek()
	if p.sign("#") == "" {
		return n
	}
	if n.field == nil {
		panic(unknownField(n))
	}
	switch t := p.peek(); {
	case t.kind == cutsToken:
		n.cuts = readCuts(t)
	case t.kind == wordToken && strings.Trim(t.text, "0123456789") == "":
		n.cuts = readCuts(t)
	default:
		panic(wrong(hash.at, hash.to, "filter.layer").suggest("filter.write-layer"))
	}
	for _, c := range n.cuts {
		if c.from == 0 && c.text[0] != ':' {
			panic(wrong(hash.at, p.peek().to, "filter.layer-zero"))
		}
	}
	n.to = p.take().to
	return n
}

func (p *parser) call(name *token) *node {
	defer p.deeper()()
	p.take() // the parenthesis
	n := &node{form: callForm, name: name.text, at: name.at}
	if _, ok := functions()[n.name]; !ok {
		panic(unknownFunction(name))
	}
	for !p.is(")") {
		n.kids = append(n.kids, p.sum(0))
		if p.sign(",") == "" {
			break
		}
	}
	p.need(")", "filter.open-function")
	n.to = p.end()
	return n
}
