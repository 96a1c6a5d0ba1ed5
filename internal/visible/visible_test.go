package visible

import (
	"strconv"
	"strings"
	"testing"
	"unicode"
	"unicode/utf8"

	"pgregory.net/rapid"
)

func TestText(t *testing.T) {
	for in, want := range map[string]string{
		"plain text":                "plain text",
		"naïve 简体 ok":               "naïve 简体 ok",
		"\x1b[31mred\x1b]0;t\x07":   `\x1b[31mred\x1b]0;t\x07`,
		"line\r\nend\t":             `line\r\nend\t`,
		"byte \xff\xfe":             `byte \xff\xfe`,
		"c1 \u009b31m":              `c1 \u009b31m`,
		"right \u202eto\u202c left": `right \u202eto\u202c left`,
		"zero\u200bwidth\ufeff":     `zero\u200bwidth\ufeff`,
		"a\u00a0b\u3000c\u2800":     `a\u00a0b\u3000c\u2800`,
		"\u3164\u115f\u034f\ufe0f":  `\u3164\u115f\u034f\ufe0f`,
		"tag \U000e0041":            `tag \U000e0041`,
		`C:\dir`:                    `C:\dir`,
		`C:\new`:                    `C:\\new`,
		`literal \x1b`:              `literal \\x1b`,
		"\\\x1b":                    `\\\x1b`,
		`\\`:                        `\\\`,
	} {
		if got := Text(in); got != want {
			t.Errorf("Text(%q) = %q, want %q", in, got, want)
		}
	}
}

func TestTextNeverLetsControlThrough(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes")) + rapid.String().Draw(t, "text")
		got := Text(in)
		if !utf8.ValidString(got) {
			t.Fatalf("%q is not UTF-8", got)
		}
		if i := strings.IndexFunc(got, func(r rune) bool {
			return unicode.IsControl(r) ||
				unicode.Is(unicode.Bidi_Control, r)
		}); i >= 0 {
			t.Fatalf("Text(%q) lets through the character at %d of %q", in, i, got)
		}
	})
}

// TestTextTellsTextsApart: what is shown can be read back, so a literal backslash is never
// taken for an escape.
func TestTextTellsTextsApart(t *testing.T) {
	special := []string{`\`, "x1b", "n", "u", "\x1b", "\u202e", "\xff", "q"}
	pieces := rapid.OneOf(rapid.SampledFrom(special), rapid.String())
	rapid.Check(t, func(t *rapid.T) {
		in := strings.Join(rapid.SliceOf(pieces).Draw(t, "pieces"), "")
		if got := readBack(Text(in)); got != in {
			t.Fatalf("%q is shown as %q, which reads %q", in, Text(in), got)
		}
	})
}

// readBack undoes Text, by Go's own reader of escapes.
func readBack(shown string) string {
	var b strings.Builder
	for shown != "" {
		if shown[0] == '\\' && len(shown) > 1 && strings.IndexByte(afterBackslash, shown[1]) >= 0 {
			r, multibyte, rest, err := strconv.UnquoteChar(shown, 0)
			if err != nil {
				return err.Error()
			}
			if multibyte {
				b.WriteRune(r)
			} else {
				b.WriteByte(byte(r))
			}
			shown = rest
			continue
		}
		b.WriteByte(shown[0])
		shown = shown[1:]
	}
	return b.String()
}

func TestClip(t *testing.T) {
	for in, want := range map[string]string{
		"简体中文简体中文":     "简体中文…",
		"简体中文简":        "简体中文简",
		"ab\x1b":       `ab\x…`,
		"😀😀😀😀😀😀😀":      "😀😀😀😀…",
		"😀😀😀😀😀":        "😀😀😀😀😀",
		"\xff\xff\xff": `\xff…`,
	} {
		if got := Clip(in, 5); got != want {
			t.Errorf("Clip(%q, 5) = %q, want %q", in, got, want)
		}
	}
}

// TestClipIsCut: what is left out before it is made visible would have been cut off.
func TestClipIsCut(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		in := rapid.String().Draw(t, "text") + string(rapid.SliceOf(rapid.Byte()).Draw(t, "bytes"))
		n := rapid.IntRange(1, 20).Draw(t, "n")
		if got, want := Clip(in, n), Cut(Text(in), n); got != want {
			t.Fatalf("Clip(%q, %d) = %q, want %q", in, n, got, want)
		}
	})
}
