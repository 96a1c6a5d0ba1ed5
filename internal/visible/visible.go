// Package visible makes text from the network fit to be shown: nothing in it is
// obeyed by a terminal, and everything in it can be seen. It does not know what
// the text means.
package visible

import (
	"fmt"
	"iter"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Text makes network text fit to be shown in a terminal: what [Hidden] reports, bytes that
// are not UTF-8, and a backslash that would read like one of these escapes, become visible
// escapes as Go writes them. So two texts that differ never look the same.
func Text(s string) string { return joined(s, mustEscape) }

// Line makes a text fit to be shown whose parts from the network were made visible before,
// or quoted: what is hidden becomes an escape, and backslashes stay what they are.
func Line(s string) string { return joined(s, unreadable) }

// Lines is Line for a text of several lines, CR LF between them as LF.
func Lines(s string) string {
	lines := strings.Split(strings.ReplaceAll(s, "\r\n", "\n"), "\n")
	for i := range lines {
		lines[i] = Line(lines[i])
	}
	return strings.Join(lines, "\n")
}

// Parts goes through what Line makes of a text: parts that stand for themselves, and escapes.
func Parts(s string) iter.Seq2[string, bool] { return parts(s, unreadable) }

// escapes reports that the rune r, of n bytes, with which rest begins becomes an escape.
type escapes func(rest string, r rune, n int) bool

func parts(s string, becomes escapes) iter.Seq2[string, bool] {
	return func(yield func(part string, escaped bool) bool) {
		kept := 0 // before it all of s was given out
		for i := 0; i < len(s); {
			r, n := utf8.DecodeRuneInString(s[i:])
			if !becomes(s[i:], r, n) {
				i += n
				continue
			}
			if kept < i && !yield(s[kept:i], false) || !yield(escapeRune(r, n, s[i]), true) {
				return
			}
			i += n
			kept = i
		}
		if kept < len(s) {
			yield(s[kept:], false)
		}
	}
}

// joined is the text itself where nothing of it becomes an escape, which is nearly always.
func joined(s string, becomes escapes) string {
	var b strings.Builder
	for part, escaped := range parts(s, becomes) {
		if !escaped && len(part) == len(s) {
			return s
		}
		b.WriteString(part)
	}
	return b.String()
}

// Hidden reports a character that a terminal obeys, that shows nothing, or that changes how
// others are shown: controls, characters that turn the direction of text, those of no
// width, selectors of variants, blanks other than the space, and what has no meaning yet.
// It goes by the properties of Unicode, so that nothing has to be listed here.
func Hidden(r rune) bool {
	if ' ' <= r && r < 0x7f {
		return false
	}
	return !unicode.IsPrint(r) || r == brailleBlank ||
		unicode.In(r, unicode.Other_Default_Ignorable_Code_Point, unicode.Variation_Selector)
}

// brailleBlank is a pattern of dots that has none: by its property it is a symbol.
const brailleBlank = 0x2800

// unreadable reports what cannot stand for itself.
func unreadable(_ string, r rune, n int) bool { return r == utf8.RuneError && n <= 1 || Hidden(r) }

// mustEscape reports the same, and a backslash that would read like the beginning of an escape.
func mustEscape(rest string, r rune, n int) bool {
	if r != '\\' {
		return unreadable(rest, r, n)
	}
	if rest = rest[n:]; rest == "" {
		return false
	}
	next, size := utf8.DecodeRuneInString(rest)
	return strings.ContainsRune(afterBackslash, next) || unreadable(rest, next, size)
}

// afterBackslash are the characters that follow a backslash in what this package writes.
const afterBackslash = `\rntxuU`

func escapeRune(r rune, n int, c byte) string {
	switch {
	case r == '\r':
		return `\r`
	case r == '\n':
		return `\n`
	case r == '\t':
		return `\t`
	case r == '\\':
		return `\\`
	case r == utf8.RuneError && n == 1 || r < 0x80:
		return fmt.Sprintf(`\x%02x`, c)
	case r > 0xffff:
		return fmt.Sprintf(`\U%08x`, r)
	}
	return fmt.Sprintf(`\u%04x`, r)
}

// Clip makes network text visible and shortens it to n characters, the last of them an
// ellipsis when something was cut.
func Clip(s string, n int) string {
	// What lies behind n+1 characters is cut off, however long it is.
	return Cut(Text(s[:min(len(s), utf8.UTFMax*(n+1))]), n)
}

// Cut is Clip for text that is visible.
func Cut(s string, n int) string {
	if utf8.RuneCountInString(s) <= n {
		return s
	}
	r := []rune(s)
	return string(r[:n-1]) + "…"
}
