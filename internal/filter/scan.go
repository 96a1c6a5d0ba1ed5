package filter

import "strings"

// kind is what a token is.
type kind uint8

const (
	endToken  kind = iota
	wordToken      // an unquoted literal, a name or a number
	textToken      // "…" or r"…"
	charToken      // '…'
	signToken      // an operator or a bracket; operators written in letters too
	cutsToken      // what stands between [ and ]
	badToken       // cannot be read: fault says why
)

// token is a piece of the expression.
type token struct {
	kind   kind
	at, to int    // where it stands
	text   string // as written; an operator in its one spelling
	value  string // of a text or a character
	joined bool   // nothing stands between it and the token before it
	fault  *Error
}

// signs are the operators and brackets, longer ones first.
var signs = []string{"===", "!==", "==", "!=", "~=", ">=", "<=", "&&", "||", "^^", "..", "~", "!", ">", "<", "&", "+",
	"-", "*", "/", "%",
	"(", ")", "{", "}", ",", "#", "$", "@", "=", "^", "|", ";", "[", "]"}

// oneSpelling is the one spelling of operators that have several. Like all of the
// language they are in lower case.
var oneSpelling = map[string]string{"eq": "==", "any_eq": "==", "ne": "!=", "all_ne": "!=", "all_eq": "===",
	"any_ne": "!==", "~=": "!==",
	"gt": ">", "lt": "<", "ge": ">=", "le": "<=", "~": "matches", "matches": "matches", "contains": "contains",
	"in":  "in",
	"and": "&&", "or": "||", "xor": "^^", "not": "!", "any": "any", "all": "all", "bitwise_and": "&", "bitand": "&"}

// scanner cuts an expression into tokens.
type scanner struct {
	expr string
	pos  int
}

// scan returns all tokens up to the end, or to the first bad one.
func scan(expr string) []token { return scanFrom(expr, 0) }

// scanFrom is scan of what stands at a place of a longer expression.
func scanFrom(expr string, at int) []token {
	s := scanner{expr: expr}
	all := s.all()
	for i := range all {
		all[i].at += at
		all[i].to += at
	}
	return all
}

func (s *scanner) all() []token {
	var all []token
	for {
		t := s.next()
		all = append(all, t)
		if t.kind == endToken || t.kind == badToken {
			return all
		}
	}
}

func (s *scanner) next() token {
	before := s.pos
	for s.pos < len(s.expr) && strings.IndexByte(" \t\r\n", s.expr[s.pos]) >= 0 {
		s.pos++
	}
	t := s.token()
	t.joined = t.at == before && before > 0
	return t
}

func (s *scanner) token() token {
	at, rest := s.pos, s.expr[s.pos:]
	switch {
	case rest == "":
		return token{kind: endToken, at: at, to: at}
	case rest[0] == '[':
		return s.cuts()
	case rest[0] == '"':
		return s.quoted(at, 1, false)
	case len(rest) > 1 && rest[0]|0x20 == 'r' && rest[1] == '"':
		return s.quoted(at, 2, true)
	case rest[0] == '\'':
		return s.character()
	case startsWord(rest[0]):
		return s.word()
	}
	return s.sign()
}

func (s *scanner) sign() token {
	at := s.pos
	for _, sign := range signs {
		if strings.HasPrefix(s.expr[at:], sign) {
			s.pos += len(sign)
			if one, ok := oneSpelling[sign]; ok {
				sign = one
			}
			return token{kind: signToken, at: at, to: s.pos, text: sign}
		}
	}
	n := 1
	for at+n < len(s.expr) && s.expr[at+n]&0xc0 == 0x80 {
		n++ // the rest of a character in UTF-8
	}
	return bad(wrong(at, at+n, "filter.character", s.expr[at:at+n]).suggest("filter.double-quotes"))
}

func bad(e *Error) token {
	return token{kind: badToken, at: e.Offset, to: e.Offset + e.Length, fault: e}
}

func startsWord(c byte) bool {
	return c == '_' || c == ':' || '0' <= c && c <= '9' || 'a' <= c|0x20 && c|0x20 <= 'z'
}

// word is a run of letters, digits and _ . : - without "..", which stands
// between the ends of a range, and with the prefix length of an address.
func (s *scanner) word() token {
	at := s.pos
	for s.pos < len(s.expr) {
		c := s.expr[s.pos]
		if c == '.' && (s.pos+1 == len(s.expr) || !startsWord(s.expr[s.pos+1])) {
			break
		}
		if c != '.' && c != '-' && !startsWord(c) {
			break
		}
		s.pos++
	}
	text := s.expr[at:s.pos]
	if one, ok := oneSpelling[text]; ok {
		return token{kind: signToken, at: at, to: s.pos, text: one}
	}
	if n := prefixLength(s.expr[s.pos:]); n > 0 && isAddress(text) {
		s.pos += n
	}
	return token{kind: wordToken, at: at, to: s.pos, text: s.expr[at:s.pos]}
}

// prefixLength is the length of a "/24" at the beginning of s, or 0.
func prefixLength(s string) int {
	n := 1
	for n < len(s) && '0' <= s[n] && s[n] <= '9' {
		n++
	}
	if n == 1 || s[0] != '/' {
		return 0
	}
	return n
}

// cuts takes a whole bracket, in which - and : have meanings of their own.
func (s *scanner) cuts() token {
	at := s.pos
	n := strings.IndexByte(s.expr[at:], ']')
	if n < 0 {
		return bad(wrong(at, len(s.expr), "filter.open-slice"))
	}
	s.pos += n + 1
	return token{kind: cutsToken, at: at, to: s.pos, text: s.expr[at+1 : s.pos-1]}
}
