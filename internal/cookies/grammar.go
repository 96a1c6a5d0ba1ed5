package cookies

import (
	"strings"

	"httpscope/internal/grammar"
)

// tokenLength returns how many octets at the start of s are token characters.
func tokenLength(s string) int {
	for i := 0; i < len(s); i++ {
		if !grammar.IsTokenByte(s[i]) {
			return i
		}
	}
	return len(s)
}

// badValueOctet returns the first octet that cookie-value does not allow. A pair
// of double quotes around the value is allowed, and is part of the value
// (section 4.1.1).
func badValueOctet(value string) (byte, bool) {
	if len(value) >= 2 && value[0] == '"' && value[len(value)-1] == '"' {
		value = value[1 : len(value)-1]
	}
	for i := 0; i < len(value); i++ {
		if c := value[i]; c <= ' ' || c >= 0x7F || strings.IndexByte(`",;\`, c) >= 0 {
			return c, true
		}
	}
	return 0, false
}

// foldedAt looks for ", name=" outside quotes: the trace of two Set-Cookie fields
// joined into one line. Other list fields may be joined (RFC 9110, Section 5.3);
// Set-Cookie may not, because the comma is also part of dates (section 3).
func foldedAt(s string) string {
	quoted := false
	for i := 0; i < len(s); i++ {
		switch s[i] {
		case '"':
			quoted = !quoted
		case ',':
			rest := strings.TrimLeft(s[i+1:], " \t")
			n := tokenLength(rest)
			if !quoted && 0 < n && n < len(rest) && rest[n] == '=' {
				return rest
			}
		}
	}
	return ""
}
