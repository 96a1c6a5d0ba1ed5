package filter

import "fmt"

// unexpected is the error that the next token is not what must come.
func (p *parser) unexpected(expected, why string) *Error {
	t := p.peek()
	if t.kind == badToken {
		return t.fault
	}
	e := &Error{Offset: t.at, Length: t.to - t.at, Expected: expected, Found: p.expr[t.at:t.to]}
	if t.kind == endToken {
		e.Found = "the end"
		e.Message = fmt.Sprintf("The filter ends where %s is expected.", spell(expected))
	} else {
		e.Message = fmt.Sprintf("%q stands where %s is expected.", e.Found, spell(expected))
	}
	if why != "" {
		e.Message += " " + why
	}
	p.joined(e)
	return misspelt(e)
}

// joined puts signs together that were meant as one.
func (p *parser) joined(e *Error) {
	t := p.peek()
	switch {
	case t.kind != signToken:
		return
	case t.text == "=" && p.tokens[p.next+1].kind == signToken && p.tokens[p.next+1].at == t.to:
		e.Found += p.tokens[p.next+1].text
		e.Length = len(e.Found)
	case t.text == ">" && p.next > 0 && p.tokens[p.next-1].text == "<" && p.tokens[p.next-1].to == t.at:
		e.Offset, e.Found, e.Length = t.at-1, "<>", 2
	default:
		return
	}
	e.Message = fmt.Sprintf("%q is no operator.", e.Found)
}

// noComma is the error that a set goes on without a comma, as older versions of
// Wireshark had sets. It says how to write it.
func (p *parser) noComma(open *token) *Error {
	e := p.unexpected("}", "Members of a set are separated by commas.")
	set, operand := "", false
	for _, t := range p.tokens[p.next:] {
		if t.kind == endToken || t.kind == badToken {
			return e
		}
		if t.kind == signToken && t.text == "}" {
			break
		}
	}
	for i := range p.tokens {
		t := &p.tokens[i]
		switch {
		case t.at < open.to:
			continue
		case t.text == "}":
			return e.suggest("Write {%s}.", set)
		case t.kind == signToken && t.text == ",":
			set, operand = set+", ", false
			continue
		case operand && t.kind != signToken:
			set += ", "
		}
		set, operand = set+t.text, t.kind != signToken
	}
	return e
}

// spell puts signs in quotes.
func spell(expected string) string {
	if len(expected) <= 2 {
		return fmt.Sprintf("%q", expected)
	}
	return expected
}

// misspellings are what people write for operators of this language.
var misspellings = map[string]string{"=": "==", "=>": ">=", "=<": "<=", "<>": "!=", "|": "||", "^": "^^", "AND": "and", "OR": "or", "NOT": "not",
	"XOR": "xor", "EQ": "eq", "NE": "ne", "GT": "gt", "LT": "lt", "GE": "ge", "LE": "le", "IN": "in", "CONTAINS": "contains", "MATCHES": "matches",
	"like": "contains", "equals": "==", "is": "==", ";": ","}

// misspelt suggests the operator that was meant.
func misspelt(e *Error) *Error {
	if meant, ok := misspellings[e.Found]; ok {
		e.suggest("Write %s.", meant)
	}
	return e
}

// after is the error about what follows a complete expression.
func (p *parser) after(n *node) *Error {
	t := p.peek()
	e := p.unexpected("and, or, or the end", "")
	switch {
	case t.kind == badToken:
		return t.fault
	case p.next > 0 && p.tokens[p.next-1].text == ")" && t.kind == signToken && comparing(t.text):
		e.suggest("Group arithmetic with { }, and tests with ( ).")
	case t.kind == signToken && t.text == ")":
		e.Message = "There is no ( to this )."
	case n.form == existsForm && n.kids[0].form == literalForm && n.kids[0].lit == wordToken:
		return unknownField(n.kids[0])
	}
	return e
}

// noOperand is the error that there is no operand where one must be.
func (p *parser) noOperand() *Error {
	e := p.unexpected("a field or a value", "")
	t := p.peek()
	switch {
	case e.Suggestion != "" || t.kind != signToken || p.next == 0 || !comparing(p.tokens[p.next-1].text):
	case t.text == "(":
		e.suggest(`To compare with several values write in {"a", "b"}.`)
	case t.text == "/" || t.text == "*":
		e.suggest("Put text in double quotes.")
	}
	return e
}

func comparing(sign string) bool {
	switch sign {
	case "==", "!=", "===", "!==", ">", "<", ">=", "<=", "contains", "matches", "in":
		return true
	}
	return false
}
