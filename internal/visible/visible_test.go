package visible

import (
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
		if i := strings.IndexFunc(got, func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }); i >= 0 {
			t.Fatalf("Text(%q) lets through the character at %d of %q", in, i, got)
		}
	})
}

func TestClip(t *testing.T) {
	if got := Clip("简体中文简体中文", 5); got != "简体中文…" {
		t.Errorf("Clip = %q", got)
	}
}
