package ranges

import (
	"math"
	"strings"
)

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
