package doc

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Wrap breaks the lines of a page at spaces and between Chinese characters, so
// that each takes at most width columns; words that are longer are broken. Lines
// that go on are about the same bytes, and begin with the indentation of the first.
func Wrap(d Page, width int) Page {
	if width <= 0 {
		return d
	}
	var out Lines
	for i := range d.Len() {
		l := d.Line(i)
		if l.Width() <= width {
			out = append(out, l)
			continue
		}
		out = append(out, wrapLine(l, width)...)
	}
	return out
}

// wrapper breaks one line.
type wrapper struct {
	width  int
	indent int // of the lines that go on
	out    Lines
	now    Line
	used   int  // columns of now
	fresh  bool // now holds nothing but its indentation
}

func wrapLine(l Line, width int) Lines {
	text := l.String()
	indent := len(text) - len(strings.TrimLeft(text, " "))
	w := wrapper{width: width, indent: min(indent, width/2), now: Line{Ref: l.Ref}, fresh: true}
	spans := l.Spans
	for rest := text; rest != ""; { // over the borders of spans: a sign that must not begin a line may begin one
		var piece string
		var parts []Span
		piece, rest = cutPiece(rest)
		parts, spans = cutSpans(spans, len(piece))
		w.add(piece, parts)
	}
	return append(w.out, w.now)
}

// cutSpans parts spans after n bytes of their text.
func cutSpans(spans []Span, n int) (first, rest []Span) {
	for i, s := range spans {
		if n < len(s.Text) {
			first = append(first, Span{s.Text[:n], s.Role})
			return first, append([]Span{{s.Text[n:], s.Role}}, spans[i+1:]...)
		}
		first, n = append(first, s), n-len(s.Text)
		if n == 0 {
			return first, spans[i+1:]
		}
	}
	return first, nil
}

// add puts a piece, which is all of its parts, into the line, or into the next.
func (w *wrapper) add(piece string, parts []Span) {
	n := uniseg.StringWidth(piece)
	if w.used+n > w.width && !w.fresh && (piece[0] == ' ' || w.indent+n <= w.width) { // else it is broken in any case
		w.next()
		_, parts = cutSpans(parts, len(piece)-len(strings.TrimLeft(piece, " ")))
	}
	for _, p := range parts {
		w.putBroken(p.Text, p.Role)
	}
}

// putBroken puts text into the line, and into as many more as it needs.
func (w *wrapper) putBroken(text string, r Role) {
	for w.used+uniseg.StringWidth(text) > w.width {
		end := prefixLength(text, w.width-w.used)
		if end == 0 && !w.fresh {
			w.next()
			continue
		}
		end = max(end, firstCluster(text))
		w.put(text[:end], r)
		if text = text[end:]; text == "" {
			return
		}
		w.next()
	}
	w.put(text, r)
}

// firstCluster is the length of the first character: something must be taken
// also where not even that fits.
func firstCluster(s string) int {
	c, _, _, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return len(c)
}

func (w *wrapper) put(s string, r Role) {
	if s == "" {
		return
	}
	w.used += uniseg.StringWidth(s)
	w.fresh = w.fresh && strings.Trim(s, " ") == ""
	if k := len(w.now.Spans); k > 0 && w.now.Spans[k-1].Role == r {
		w.now.Spans[k-1].Text += s
		return
	}
	w.now.Spans = append(w.now.Spans, Span{s, r})
}

func (w *wrapper) next() {
	w.out = append(w.out, w.now)
	w.now, w.used, w.fresh = Line{Ref: w.now.Ref}, 0, true
	if w.indent > 0 {
		w.put(strings.Repeat(" ", w.indent), Plain)
	}
}
