package filter

import (
	"fmt"
	"strconv"
	"strings"
	"unicode/utf8"
)

// quoted takes a string in double quotes. In a raw one backslashes are kept,
// also the one that keeps a quote from ending the string.
func (s *scanner) quoted(at, open int, raw bool) token {
	var b strings.Builder
	for s.pos = at + open; s.pos < len(s.expr); {
		switch c := s.expr[s.pos]; {
		case c == '"':
			s.pos++
			return token{kind: textToken, at: at, to: s.pos, text: s.expr[at:s.pos], value: b.String()}
		case c != '\\':
			b.WriteByte(c)
			s.pos++
		case raw:
			end := min(s.pos+2, len(s.expr))
			b.WriteString(s.expr[s.pos:end])
			s.pos = end
		default:
			if fault := s.escape(&b); fault != nil {
				return bad(fault)
			}
		}
	}
	return bad(wrong(at, len(s.expr), "filter.open-string"))
}

// simpleEscapes are the escapes of one letter.
var simpleEscapes = map[byte]byte{'\'': '\'', '"': '"', '\\': '\\', 'a': '\a', 'b': '\b', 'f': '\f', 'n': '\n',
	'r': '\r', 't': '\t', 'v': '\v'}

// escape takes a backslash and what belongs to it.
func (s *scanner) escape(b *strings.Builder) *Error {
	at, rest := s.pos, s.expr[s.pos+1:]
	switch c := first(rest); {
	case '0' <= c && c <= '7':
		return s.number(b, at, digits(rest, 3, "01234567"), 8, 0)
	case c == 'x':
		return s.number(b, at, digits(rest[1:], 2, hexDigits), 16, 1)
	case c == 'u':
		return s.character32(b, at, digits(rest[1:], 4, hexDigits), 4)
	case c == 'U':
		return s.character32(b, at, digits(rest[1:], 8, hexDigits), 8)
	case simpleEscapes[c] != 0:
		b.WriteByte(simpleEscapes[c])
		s.pos += 2
		return nil
	}
	_, n := utf8.DecodeRuneInString(rest)
	return wrong(at, at+1+n, "filter.escape", s.expr[at:at+1+n]).suggest("filter.backslash")
}

const hexDigits = "0123456789abcdefABCDEF"

// number is a byte by its octal or hexadecimal number.
func (s *scanner) number(b *strings.Builder, at int, text string, base, skip int) *Error {
	end := at + 1 + skip + len(text)
	n, err := strconv.ParseUint(text, base, 8)
	if err != nil {
		return wrong(at, end, "filter.escape-byte", s.expr[at:end])
	}
	b.WriteByte(byte(n))
	s.pos = end
	return nil
}

// character32 is a character by its Unicode number of exactly so many digits.
func (s *scanner) character32(b *strings.Builder, at int, text string, want int) *Error {
	end := at + 2 + len(text)
	n, err := strconv.ParseUint(text, 16, 32)
	if err != nil || len(text) != want || !utf8.ValidRune(rune(n)) || n > utf8.MaxRune {
		return wrong(at, end, "filter.escape-character", s.expr[at:end])
	}
	b.WriteRune(rune(n))
	s.pos = end
	return nil
}

func first(s string) byte {
	if s == "" {
		return 0
	}
	return s[0]
}

// digits is the longest beginning of s of at most most bytes of a set.
func digits(s string, most int, set string) string {
	n := 0
	for n < min(len(s), most) && strings.IndexByte(set, s[n]) >= 0 {
		n++
	}
	return s[:n]
}

// character takes one byte in single quotes.
func (s *scanner) character() token {
	at := s.pos
	var b strings.Builder
	for s.pos++; s.pos < len(s.expr) && s.expr[s.pos] != '\''; {
		if s.expr[s.pos] != '\\' {
			b.WriteByte(s.expr[s.pos])
			s.pos++
		} else if fault := s.escape(&b); fault != nil {
			return bad(fault)
		}
	}
	if s.pos == len(s.expr) {
		return bad(wrong(at, s.pos, "filter.open-character"))
	}
	s.pos++
	if b.Len() != 1 {
		return bad(wrong(at, s.pos, "filter.not-character", s.expr[at:s.pos]).suggest("filter.double-quotes"))
	}
	return token{kind: charToken, at: at, to: s.pos, text: s.expr[at:s.pos], value: b.String()}
}

// quote writes text as a literal that reads back as the same bytes.
func quote(s string) string {
	var b strings.Builder
	b.WriteByte('"')
	for len(s) > 0 {
		r, n := utf8.DecodeRuneInString(s)
		switch {
		case r == '"' || r == '\\':
			b.WriteByte('\\')
			b.WriteByte(s[0])
		case strings.ContainsRune("\r\n\t", r):
			b.WriteString(strings.Trim(strconv.Quote(s[:1]), `"`))
		case r == utf8.RuneError && n == 1 || !strconv.IsPrint(r):
			for i := range n {
				fmt.Fprintf(&b, `\x%02x`, s[i])
			}
		default:
			b.WriteString(s[:n])
		}
		s = s[n:]
	}
	b.WriteByte('"')
	return b.String()
}
