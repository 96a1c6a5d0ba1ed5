package doc

import (
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"
)

// mixed draws texts of Chinese, English and signs.
func mixed(r *rapid.T) string {
	return rapid.StringOfN(rapid.SampledFrom([]rune("报文字段请求，。；：？）」（“” abCL-4.0")), 0, 80, -1).Draw(r, "text")
}

// TestWrapKeepsTheText: only spaces at the ends of lines are lost.
func TestWrapKeepsTheText(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text := mixed(r)
		got := strings.Join(WrapText(text, rapid.IntRange(1, 40).Draw(r, "columns")), "")
		if want := strings.ReplaceAll(text, " ", ""); strings.ReplaceAll(got, " ", "") != want {
			r.Fatalf("%q became %q", text, got)
		}
	})
}

// TestWrapBreaksWhereItMay: a line fits or cannot be broken, and none begins
// with a sign that belongs to the one before, or ends with one that belongs to the next.
func TestWrapBreaksWhereItMay(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		text, n := mixed(r), rapid.IntRange(1, 40).Draw(r, "columns")
		lines := WrapText(text, n)
		for i, l := range lines {
			first, _ := utf8.DecodeRuneInString(l)
			last, _ := utf8.DecodeLastRuneInString(l)
			spaced := strings.Contains(text, " "+string(first)) // the text itself puts a space before it
			if i > 0 && strings.ContainsRune("。，；：？）」”", first) && !spaced {
				r.Fatalf("%q at %d: line %q begins with a sign", text, n, l)
			}
			if i < len(lines)-1 && strings.ContainsRune("（“", last) && !strings.Contains(text, string(last)+" ") {
				r.Fatalf("%q at %d: line %q ends with a sign", text, n, l)
			}
			if piece, _ := cutPiece(l); uniseg.StringWidth(l) > n && piece != l {
				r.Fatalf("%q at %d: line %q is too long", text, n, l)
			}
		}
	})
}
