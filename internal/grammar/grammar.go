// Package grammar reads the elements that the values of HTTP fields share
// (RFC 9110, Section 5.6). It knows no field, and says nothing about mistakes
// but that there is one.
package grammar

import "strings"

// Trim removes optional whitespace, OWS (RFC 9110, Section 5.6.3).
func Trim(s string) string { return strings.Trim(s, " \t") }

// IsToken reports whether s is a token (RFC 9110, Section 5.6.2).
func IsToken(s string) bool {
	for i := range len(s) {
		if !IsTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

// IsTokenByte reports whether c may stand in a token.
func IsTokenByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}

// Unquote reads a quoted string behind its opening quote and returns what is
// behind the closing one (RFC 9110, Section 5.6.4). Where that is missing the
// value is all there is, and closed is false.
func Unquote(s string) (value, rest string, closed bool) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case s[i] == '"':
			return b.String(), s[i+1:], true
		case s[i] == '\\' && i+1 < len(s):
			i++
		}
		b.WriteByte(s[i])
	}
	return b.String(), "", false
}
