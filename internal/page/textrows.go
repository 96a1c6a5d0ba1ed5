package page

import (
	"sort"
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/visible"
)

// textRows shows text, broken at its line ends and at a width. Rows are made
// when asked for. When the text is bytes of a body, each row is about its own.
type textRows struct {
	text   string
	starts []int // of each row; one more at the end
	role   doc.Role
	ref    func(from, to int) doc.Ref
}

// defaultWidth is the width of text where a page has none.
const defaultWidth = 100

func newTextRows(text string, width int, role doc.Role, ref func(from, to int) doc.Ref) *textRows {
	if width <= 0 {
		width = defaultWidth
	}
	return &textRows{text, rowStarts(text, width), role, ref}
}

// rowStarts breaks a text into rows of at most width columns as shown.
func rowStarts(text string, width int) []int {
	starts := []int{0}
	used := 0
	for i := 0; i < len(text); {
		n, w := character(text[i:])
		if text[i] == '\n' {
			i++
			used = 0
			if i < len(text) {
				starts = append(starts, i)
			}
			continue
		}
		if used+w > width && used > 0 {
			starts = append(starts, i)
			used = 0
		}
		i, used = i+n, used+w
	}
	return append(starts, len(text))
}

// character is the length of the first character of s and the columns that it
// takes when it is shown.
func character(s string) (n, width int) {
	if c := s[0]; 0x20 <= c && c < 0x7f && (len(s) == 1 || s[1] < utf8.RuneSelf) {
		return 1, 1
	}
	cluster, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	if len(cluster) > 1 && cluster[len(cluster)-1] == '\n' {
		return len(cluster) - 1, 0 // CR LF: the LF ends the row
	}
	return len(cluster), uniseg.StringWidth(visible.Line(cluster))
}

// Len implements [Doc].
func (r *textRows) Len() int {
	if r.text == "" {
		return 0
	}
	return len(r.starts) - 1
}

// Line implements [Doc].
func (r *textRows) Line(i int) doc.Line {
	from, to := r.starts[i], r.starts[i+1]
	shown := r.text[from:to]
	if n := len(shown); n > 0 && shown[n-1] == '\n' {
		shown = shown[:n-1]
		if n > 1 && shown[n-2] == '\r' {
			shown = shown[:n-2]
		}
	}
	return doc.LineOf(r.ref(from, to), doc.SentParts(r.role, shown)...)
}

// rowOf is the row that holds a byte of the text.
func (r *textRows) rowOf(at int) int {
	return sort.SearchInts(r.starts, at+1) - 1
}
