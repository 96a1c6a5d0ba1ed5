package filter

import "httpscope/internal/texts"

// unexpected is the error that the next token is not what must come. why is the key of a sentence that explains it,
// or "".
func (p *parser) unexpected(expected texts.Phrase, why string) *Error {
	t := p.peek()
	if t.kind == badToken {
		return t.fault
	}
	e := wrong(t.at, t.to, "filter.ends", expected)
	if e.found = p.expr[t.at:t.to]; t.kind != endToken {
		e.says("filter.stands", e.found, expected)
	}
	if why != "" {
		e.because(why)
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
		e.found += p.tokens[p.next+1].text
		e.Length = len(e.found)
	case t.text == ">" && p.next > 0 && p.tokens[p.next-1].text == "<" && p.tokens[p.next-1].to == t.at:
		e.Offset, e.found, e.Length = t.at-1, "<>", 2
	default:
		return
	}
	e.says("filter.no-operator", e.found)
}

// noComma is the error that a set goes on without a comma, as older versions of
// Wireshark had sets. It says how to write it.
func (p *parser) noComma(open *token) *Error {
	e := p.unexpected(sign("}"), "filter.set-commas")
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
			return e.suggest("filter.write-set", set)
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

// sign is a sign that is expected.
func sign(s string) texts.Phrase { return texts.Say("filter.expected.sign", s) }

// misspellings are what people write for operators of this language.
var misspellings = map[string]string{"=": "==", "=>": ">=", "=<": "<=", "<>": "!=", "|": "||", "^": "^^",
	"AND": "and", "OR": "or", "NOT": "not",
	"XOR": "xor", "EQ": "eq", "NE": "ne", "GT": "gt", "LT": "lt", "GE": "ge", "LE": "le", "IN": "in",
	"CONTAINS": "contains", "MATCHES": "matches",
	"like": "contains", "equals": "==", "is": "==", ";": ","}

// misspelt suggests the operator that was meant.
func misspelt(e *Error) *Error {
	if meant, ok := misspellings[e.found]; ok {
		e.suggest("filter.write", meant)
	}
	return e
}

// after is the error about what follows a complete expression.
func (p *parser) after(n *node) *Error {
	t := p.peek()
	e := p.unexpected(texts.Say("filter.expected.more"), "")
	switch {
	case t.kind == badToken:
		return t.fault
	case p.next > 0 && p.tokens[p.next-1].text == ")" && t.kind == signToken && comparing(t.text):
		e.suggest("filter.group")
	case t.kind == signToken && t.text == ")":
		e.says("filter.not-open")
	case n.form == existsForm && n.kids[0].form == literalForm && n.kids[0].lit == wordToken:
		return unknownField(n.kids[0])
	}
	return e
}

// noOperand is the error that there is no operand where one must be.
func (p *parser) noOperand() *Error {
	e := p.unexpected(texts.Say("filter.expected.operand"), "")
	t := p.peek()
	switch {
	case !e.Suggestion.IsZero() || t.kind != signToken || p.next == 0 || !comparing(p.tokens[p.next-1].text):
	case t.text == "(":
		e.suggest("filter.write-in")
	case t.text == "/" || t.text == "*":
		e.suggest("filter.double-quotes")
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
