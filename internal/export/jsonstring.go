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
		v := uint64(s[0]) | uint64(s[1])<<8 | uint64(s[2])<<16 | uint64(s[3])<<24 | uint64(s[4])<<32 | uint64(s[5])<<40 | uint64(s[6])<<48 | uint64(s[7])<<56
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
	start := 0
	for i := 0; i < len(s); {
		c := s[i]
		if plain[c] {
			i++
			continue
		}
		if c >= utf8.RuneSelf {
			r, n := utf8.DecodeRuneInString(s[i:])
			if valid := r != utf8.RuneError || n > 1; valid && !visible.Hidden(r) {
				i += n
				continue
			} else if valid {
				b = visible.AppendJSONEscape(append(b, s[start:i]...), r)
				i += n
				start = i
				continue
			}
		}
		b = append(b, s[start:i]...)
		b = appendEscape(b, c, escaped)
		i++
		start = i
	}
	return append(append(b, s[start:]...), '"')
}

func appendEscape(b []byte, c byte, escaped *bool) []byte {
	switch {
	case c == '"' || c == '\\':
		return append(b, '\\', c)
	case c == '\t':
		return append(b, '\\', 't')
	case c == '\r':
		return append(b, '\\', 'r')
	case c == '\n':
		return append(b, '\\', 'n')
	case c < utf8.RuneSelf:
		return append(b, '\\', 'u', '0', '0', hexDigits[c>>4], hexDigits[c&15])
	}
	*escaped = true
	return append(b, '\\', '\\', 'x', hexDigits[c>>4], hexDigits[c&15])
}
