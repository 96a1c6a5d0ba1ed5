package page_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/rivo/uniseg"
	"pgregory.net/rapid"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
)

// lines makes a page of plain lines.
func lines(texts ...string) doc.Lines {
	var out doc.Lines
	for _, s := range texts {
		out = append(out, doc.Line{Spans: []doc.Span{{Text: s}}})
	}
	return out
}

func TestFind(t *testing.T) {
	d := lines("Host: a", "Accept: b", "", "HOST: c")
	for _, c := range []struct {
		text      string
		from      int
		backwards bool
		want      int
	}{
		{"host", 0, false, 0}, {"host", 1, false, 3}, {"host", 3, true, 3}, {"host", 2, true, 0},
		{"host", 4, false, -1}, {"host", -1, true, -1},
		{"host", 99, true, 3}, {"host", -5, false, 0}, {"none", 0, false, -1}, {"", 0, false, -1},
	} {
		if got := page.Find(d, c.text, c.from, c.backwards); got != c.want {
			t.Errorf("Find(%q, %d, %v) = %d, want %d", c.text, c.from, c.backwards, got, c.want)
		}
	}
	if got := page.Find(doc.Lines{}, "a", 0, false); got != -1 {
		t.Errorf("in an empty page line %d has it", got)
	}
}

// TestFindInHexadecimal: the search in bytes finds the row in which the text
// begins, like a search of the whole body.
func TestFindInHexadecimal(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		data := []byte(rapid.StringOfN(rapid.RuneFrom([]rune("abAB")), 1, 120, -1).Draw(rt, "body"))
		text := rapid.StringOfN(rapid.RuneFrom([]rune("abAB")), 1, 5, -1).Draw(rt, "text")
		r := conversation(t, 50, []byte(get),
			append(fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(data)), data...))
		d := page.BodyPage(r.Exchanges[0], r.Tape(0), page.BodyOptions{Side: layer.Server})
		from := rapid.IntRange(1, d.Len()-1).Draw(rt, "from")
		lower, word := bytes.ToLower(data), []byte(strings.ToLower(text))
		want := bytes.Index(lower[(from-1)*16:], word)
		if want >= 0 {
			want = (want+(from-1)*16)/16 + 1
		}
		if got := page.Find(d, text, from, false); got != want {
			rt.Fatalf("%q in %q from line %d: line %d, want %d", text, data, from, got, want)
		}
		want = bytes.LastIndex(lower[:min(len(lower), from*16+len(word)-1)], word)
		if want >= 0 {
			want = want/16 + 1
		}
		if got := page.Find(d, text, from, true); got != want && !(want < 0 && got == 0) {
			rt.Fatalf("%q in %q backwards from line %d: line %d, want %d", text, data, from, got, want)
		}
	})
}

// TestWrapKeepsTheText: no line is wider than asked, unless one character is,
// and nothing but spaces at line ends is lost.
func TestWrapKeepsTheText(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		width := rapid.IntRange(1, 30).Draw(rt, "width")
		var l doc.Line
		for i, s := range rapid.SliceOfN(rapid.StringOfN(rapid.RuneFrom([]rune("ab  é简👩")), 0, 20, -1), 1, 4).Draw(rt,
			"spans") {
			l.Spans = append(l.Spans, doc.Span{Text: s, Role: doc.Role(i)})
		}
		l.Ref = doc.Ref{Place: layer.Place{Span: layer.Span{From: 3, To: 9}}, Frame: 4}
		d := doc.Wrap(doc.Lines{l}, width)
		var text strings.Builder
		for i := range d.Len() {
			line := d.Line(i)
			text.WriteString(line.String())
			if line.Width() > width && uniseg.GraphemeClusterCount(strings.TrimSpace(line.String())) > 1 {
				rt.Fatalf("%q is wider than %d", line, width)
			}
			if line.Ref != l.Ref {
				rt.Fatalf("line %d is about %+v", i, line.Ref)
			}
		}
		if strip(text.String()) != strip(l.String()) {
			rt.Fatalf("%q became %q", l, text.String())
		}
	})
}

func strip(s string) string { return strings.ReplaceAll(s, " ", "") }

func TestWrap(t *testing.T) {
	got := doc.Text(doc.Wrap(lines("  one two three", "", "abcdefghij kl"), 8))
	if want := "  one\n  two\n  three\n\nabcdefgh\nij kl\n"; got != want {
		t.Errorf("wrapped to\n%s", got)
	}
}
