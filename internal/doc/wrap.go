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
	for _, s := range l.Spans {
		for rest := s.Text; rest != ""; {
			var word string
			word, rest = CutPiece(rest)
			w.add(word, s.Role)
		}
	}
	return append(w.out, w.now)
}

// add puts a word into the line, or into the next.
func (w *wrapper) add(word string, r Role) {
	n := uniseg.StringWidth(word)
	if w.used+n > w.width && !w.fresh && (word[0] == ' ' || w.indent+n <= w.width) { // else it is broken in any case
		w.next()
		word = strings.TrimLeft(word, " ")
		n = uniseg.StringWidth(word)
	}
	for w.used+n > w.width {
		end := Prefix(word, w.width-w.used)
		if end == 0 && !w.fresh {
			w.next()
			continue
		}
		end = max(end, firstCluster(word))
		w.put(word[:end], r)
		if word = word[end:]; word == "" {
			return
		}
		w.next()
		n = uniseg.StringWidth(word)
	}
	w.put(word, r)
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
