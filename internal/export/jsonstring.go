package export

import (
	"unicode/utf8"

	"httpscope/internal/visible"
)

// isPlain reports a string of bytes that stand for themselves, eight bytes at a
// time: nearly every string is one.
func isPlain(s string) bool {
	const ones, high = 0x0101010101010101, 0x8080808080808080
	for len(s) >= 8 {
		v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 |
			uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
		quote, slash, del := v^'"'*ones, v^'\\'*ones, v^0x7f*ones
		if (v|(v-0x20*ones)|(quote-ones)&^quote|(slash-ones)&^slash|(del-ones)&^del)&high != 0 {
			return false
		}
		s = s[8:]
	}
	for i := range len(s) {
		if !plain[s[i]] {
			return false
		}
	}
	return true
}

// plain marks the bytes that stand for themselves in a JSON string.
var plain = func() (t [256]bool) {
	for c := ' '; c < 0x7f; c++ {
		t[c] = c != '"' && c != '\\'
	}
	return t
}()

const hexDigits = "0123456789abcdef"

// appendString writes a JSON string. Bytes that are not UTF-8 become Go's
// \xNN inside the string, and escaped tells that there were some. What a terminal obeys,
// or shows nothing of, is written by JSON's own escapes, which say the same.
func appendString(b []byte, s string, escaped *bool) []byte {
	b = append(b, '"')
	if isPlain(s) {
		return append(append(b, s...), '"')
	}
	kept := 0 // before it all of s is written
	for i := 0; i < len(s); {
		n := standing(s[i:])
		if n == 0 {
			b, n = appendEscape(append(b, s[kept:i]...), s[i:], escaped)
			kept = i + n
		}
		i += n
	}
	return append(append(b, s[kept:]...), '"')
}

// standing is how many bytes the first character of s takes, 0 when it cannot stand for itself.
func standing(s string) int {
	if plain[s[0]] {
		return 1
	}
	if r, n := utf8.DecodeRuneInString(s); n > 1 && !visible.Hidden(r) {
		return n
	}
	return 0
}

// appendEscape writes the escape of the first character of s, and returns how many bytes that takes.
func appendEscape(b []byte, s string, escaped *bool) (out []byte, n int) {
	c := s[0]
	switch {
	case c == '"' || c == '\\':
		return append(b, '\\', c), 1
	case c == '\t':
		return append(b, '\\', 't'), 1
	case c == '\r':
		return append(b, '\\', 'r'), 1
	case c == '\n':
		return append(b, '\\', 'n'), 1
	}
	r, n := utf8.DecodeRuneInString(s)
	if r == utf8.RuneError && n == 1 {
		*escaped = true
		return append(b, '\\', '\\', 'x', hexDigits[c>>4], hexDigits[c&15]), 1
	}
	return visible.AppendJSONEscape(b, r), n
}
