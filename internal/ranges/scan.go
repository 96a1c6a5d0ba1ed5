package ranges

import (
	"fmt"
	"math"
	"strings"
)

// maxQuote bounds quoted network data in a Detail: the text ends up on a
// screen line, and a field may be many kilobytes long.
const maxQuote = 60

// quoted is hostile text that prints as a bounded, escaped Go string. It is
// formatted only when a problem is kept: a field with a million bad elements
// must not cost a million formatted quotes.
type quoted string

// quote marks hostile text for a Detail.
func quote(s string) quoted { return quoted(s) }

func (q quoted) String() string {
	if len(q) > maxQuote {
		return fmt.Sprintf("%q...", string(q[:maxQuote]))
	}
	return fmt.Sprintf("%q", string(q))
}

// problems collects problems and keeps the first of each code: a field with a
// thousand bad ranges teaches no more than a field with one, and the list
// stays bounded by the number of codes.
type problems []Problem

// add records a problem unless its code is already there.
func (p *problems) add(code, format string, args ...any) {
	for _, q := range *p {
		if q.Code == code {
			return
		}
	}
	*p = append(*p, Problem{code, fmt.Sprintf(format, args...)})
}

// join adds each problem of list under the same rule.
func (p *problems) join(list []Problem) {
	for _, q := range list {
		p.add(q.Code, "%s", q.Detail)
	}
}

// number reads 1*DIGIT. Numbers beyond int64 saturate, because a position that
// is too large to exist must stay too large and not wrap to a small one.
func number(s string) (n int64, overflow, ok bool) {
	if s == "" {
		return 0, false, false
	}
	for i := 0; i < len(s); i++ {
		c := s[i]
		if c < '0' || c > '9' {
			return 0, false, false
		}
		d := int64(c - '0')
		if overflow || n > (math.MaxInt64-d)/10 {
			n, overflow = math.MaxInt64, true
			continue
		}
		n = n*10 + d
	}
	return n, overflow, true
}

// trim removes optional whitespace, OWS (RFC 9110, section 5.6.3).
func trim(s string) string { return strings.Trim(s, " \t") }

// squeeze removes every space and tab and says whether there was one.
func squeeze(s string) (string, bool) {
	if !strings.ContainsAny(s, " \t") {
		return s, false
	}
	return strings.NewReplacer(" ", "", "\t", "").Replace(s), true
}

// isToken reports whether s is a token (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isTokenByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
