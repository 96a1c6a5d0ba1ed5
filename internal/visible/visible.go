// Package visible makes text from the network fit to be shown: nothing in it is
// obeyed by a terminal, and everything in it can be seen. It does not know what
// the text means.
package visible

import (
	"fmt"
	"strings"
	"unicode/utf8"
)

// Text makes network text fit to be shown in a terminal: control characters,
// among them the escape that begins terminal commands, characters that turn
// the direction of text or have no width, and bytes that are not UTF-8 become
// visible escapes.
func Text(s string) string {
	for i := 0; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if unsafeRune(r, n) {
			return escape(s, i)
		}
		i += n
	}
	return s
}

// escape rewrites s from the first unsafe character on.
func escape(s string, from int) string {
	var b strings.Builder
	b.WriteString(s[:from])
	for i := from; i < len(s); {
		r, n := utf8.DecodeRuneInString(s[i:])
		if !unsafeRune(r, n) {
			b.WriteString(s[i : i+n])
			i += n
			continue
		}
		b.WriteString(escapeRune(r, n, s[i]))
		i += n
	}
	return b.String()
}

func escapeRune(r rune, n int, c byte) string {
	switch {
	case r == '\r':
		return `\r`
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == utf8.RuneError && n == 1 || r < 0x80:
		return fmt.Sprintf(`\x%02x`, c)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// unsafeRune reports what must not reach a terminal.
func unsafeRune(r rune, n int) bool {
	switch {
	case r == utf8.RuneError && n <= 1:
		return true
	case r < 0x20 || 0x7f <= r && r <= 0x9f: // C0, DEL, C1
		return true
	case r == 0x061c || 0x200b <= r && r <= 0x200f || 0x2028 <= r && r <= 0x202e || 0x2060 <= r && r <= 0x206f || r == 0xfeff:
		return true // direction marks, zero width, line separators
	case 0xfff9 <= r && r <= 0xfffb || 0xe0000 <= r && r <= 0xe0fff: // annotation and tag characters
		return true
	}
	return false
}

// Clip shortens text to n characters, the last of them an ellipsis when something was cut.
func Clip(s string, n int) string {
	s = Text(s)
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n-1]) + "…"
}
