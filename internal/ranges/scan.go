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

// squeeze removes every space and tab and says whether there was one.
func squeeze(s string) (string, bool) {
	if !strings.ContainsAny(s, " \t") {
		return s, false
	}
	return strings.NewReplacer(" ", "", "\t", "").Replace(s), true
}
