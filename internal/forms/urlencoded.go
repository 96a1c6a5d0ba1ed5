package forms

import (
	"strings"
	"unicode/utf8"

	"httpscope/internal/problem"
)

// MaxPairs bounds the pairs read from one form. PHP stops at 1000 by default
// (max_input_vars) and Java servers at 10000, after the hash table attacks of
// 2011.
const MaxPairs = 10000

// Pair is one name and value of a form or a query string.
type Pair struct {
	Name     string // decoded bytes; may be no valid UTF-8
	Value    string // decoded bytes; may be no valid UTF-8
	Raw      string // as sent
	Offset   int    // of Raw in the input
	HasValue bool   // an equals sign was there
	Problems []Problem
}

// ParseURLEncoded reads an application/x-www-form-urlencoded body, or a query
// string without its question mark. Like browsers it separates at ampersands
// only, and keeps malformed escapes as text (WHATWG URL, section 5.1).
// The returned problems concern the form as a whole.
func ParseURLEncoded(s string) ([]Pair, []Problem) {
	var pairs []Pair
	var ps problem.List
	seen := map[string]bool{}
	offset := 0
	for more := s != ""; more; {
		var raw string
		raw, s, more = strings.Cut(s, "&")
		at := offset
		offset += len(raw) + 1
		if raw == "" {
			ps.Add(FormEmptyPair, "found.form-empty-pair", at)
			continue
		}
		if len(pairs) == MaxPairs {
			ps.Add(FormLimit, "found.form-limit", MaxPairs)
			break
		}
		p := parsePair(raw, at)
		if seen[p.Name] {
			ps.Add(FormRepeated, "found.value", problem.Quote(p.Name))
		}
		seen[p.Name] = true
		pairs = append(pairs, p)
	}
	return pairs, ps
}

// parsePair reads one pair.
func parsePair(raw string, at int) Pair {
	var ps problem.List
	p := Pair{Raw: raw, Offset: at}
	name, value, found := strings.Cut(raw, "=")
	p.HasValue = found
	p.Name, p.Value = unescape(name, &ps), unescape(value, &ps)
	if name == "" {
		ps.Add(FormEmptyName, "found.value", problem.Quote(raw))
	}
	if strings.Contains(raw, ";") {
		ps.Add(FormSemicolon, "found.value", problem.Quote(raw))
	}
	if i := strings.IndexFunc(raw, mustEscape); i >= 0 {
		ps.Add(FormRawByte, "found.form-raw-byte", raw[i], at+i)
	}
	p.Problems = ps
	return p
}

// mustEscape reports whether a character may not stand unescaped in a URI
// (RFC 3986, Section 2). Invalid UTF-8 comes in as U+FFFD and counts.
func mustEscape(r rune) bool { return r <= ' ' || r >= 0x7f }

// unescape undoes + and percent escapes.
func unescape(s string, ps *problem.List) string {
	out := s
	if strings.ContainsAny(s, "%+") {
		out = unescapeSlow(s, ps)
	}
	if !utf8.ValidString(out) {
		ps.Add(FormUTF8, "found.value", problem.Quote(out))
	}
	if strings.IndexByte(out, 0) >= 0 {
		ps.Add(FormNUL, "found.value", problem.Quote(out))
	}
	return out
}

func unescapeSlow(s string, ps *problem.List) string {
	b := make([]byte, 0, len(s))
	for i := 0; i < len(s); i++ {
		c := s[i]
		switch {
		case c == '+':
			c = ' '
		case c != '%':
		case i+2 < len(s) && unhex(s[i+1]) >= 0 && unhex(s[i+2]) >= 0:
			c = byte(unhex(s[i+1])<<4 | unhex(s[i+2]))
			i += 2
		default:
			ps.Add(FormEscape, "found.value", problem.Quote(s[i:min(len(s), i+3)]))
		}
		b = append(b, c)
	}
	return string(b)
}

// unhex returns the value of a hexadecimal digit, or -1.
func unhex(c byte) int {
	switch {
	case '0' <= c && c <= '9':
		return int(c - '0')
	case 'a' <= c && c <= 'f':
		return int(c-'a') + 10
	case 'A' <= c && c <= 'F':
		return int(c-'A') + 10
	}
	return -1
}
