package chart

import (
	"unicode/utf8"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/visible"
)

// ink is the characters that pictures are drawn with. None of the second set
// is of ambiguous width in Unicode's East Asian Width, so that pictures stay
// aligned in the terminals of East Asian locales. Solid lines, arrows of U+219x
// and the usual ellipsis are ambiguous.
type ink struct {
	phase       [phaseKinds]string
	rail        string // the life line of an end
	data, ack   string // what arrows are made of
	left, right string // arrowheads
	silence     string
	cut         string // what ends a text that was cut
}

var asciiInk = ink{
	phase: [phaseKinds]string{" ", ".", "+", "=", "-", "#", "i", "o", "x"},
	rail:  "|", data: "-", ack: ".", left: "<", right: ">", silence: "...", cut: "..",
}

var unicodeInk = ink{
	phase: [phaseKinds]string{" ", "⠂", "▚", "░", "▐", "⣿", "⣇", "⣤", "✕"},
	rail:  "╎", data: "╌", ack: "⠂", left: "◄", right: "►", silence: "⋮", cut: "⋯",
}

func inkFor(ascii bool) *ink {
	if ascii {
		return &asciiInk
	}
	return &unicodeInk
}

// clip cuts text that was made visible to a number of columns.
func (k *ink) clip(s string, width int) string { return doc.CutText(s, width, k.cut) }

// pad cuts or fills text to exactly so many columns.
func (k *ink) pad(s string, width int) string { return doc.Column(s, width, k.cut, false) }

// padLeft is pad with the filling in front.
func (k *ink) padLeft(s string, width int) string { return doc.Column(s, width, k.cut, true) }

// fit cuts a line to a number of columns.
func (k *ink) fit(l doc.Line, width int) doc.Line {
	for i := range l.Spans {
		w := uniseg.StringWidth(l.Spans[i].Text)
		if w > width {
			l.Spans[i].Text = k.clip(l.Spans[i].Text, width)
			l.Spans = l.Spans[:i+1]
			break
		}
		width -= w
	}
	return l
}

// wrap sets words in lines of at most width columns, with gap between them.
func (k *ink) wrap(words []string, gap string, width int, r doc.Role) []doc.Line {
	var lines []doc.Line
	row := ""
	for _, w := range words {
		if row != "" && uniseg.StringWidth(row+gap+w) > width {
			lines = append(lines, k.text(row, width, r))
			row = ""
		}
		if row != "" {
			row += gap
		}
		row += w
	}
	return append(lines, k.text(row, width, r))
}

// text is a line of one role.
func (k *ink) text(s string, width int, r doc.Role) doc.Line {
	return doc.Line{Spans: []doc.Span{doc.Shown(k.clip(s, width), r)}}
}

// paragraph sets a sentence in lines of at most width columns.
func (k *ink) paragraph(s string, width int, r doc.Role) []doc.Line {
	var lines []doc.Line
	for _, row := range doc.WrapText(s, width) {
		lines = append(lines, k.text(row, width, r))
	}
	return lines
}

// mostShown is how many bytes of a network text are looked at for one line:
// a field may have megabytes, a line never has more columns than this.
const mostShown = 1024

// shown makes the beginning of network text visible.
func shown(s string) string {
	if len(s) > mostShown {
		n := mostShown
		for n > mostShown-utf8.UTFMax && !utf8.RuneStart(s[n]) {
			n--
		}
		s = s[:n]
	}
	return visible.Text(s)
}
