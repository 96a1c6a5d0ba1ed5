package doc

import (
	"fmt"
	"strings"

	"httpscope/internal/visible"
)

// MaxShown bounds the bytes of network text in one span: a head may hold a
// line of 256 KiB, and nobody reads that far sideways.
const MaxShown = 8 << 10

// Spanf makes text of one role. Everything in it becomes visible, also what
// came from the network by way of an argument.
func Spanf(r Role, format string, args ...any) Span {
	s := format
	if len(args) > 0 {
		s = fmt.Sprintf(format, args...)
	}
	return Span{visible.Line(Bounded(s)), r}
}

// Sent makes text of one role from bytes of the network.
func Sent(r Role, s string) Span { return Span{visible.Text(Bounded(s)), r} }

// SentParts makes spans of a body. What had to be escaped has the role of framing, which tells it
// from backslashes that were sent: were those doubled, as in heads, no code could be read.
func SentParts(r Role, s string) []Span {
	var out []Span
	for part, escaped := range visible.Parts(Bounded(s)) {
		if escaped {
			out = append(out, Span{part, Framing})
		} else {
			out = append(out, Span{part, r})
		}
	}
	return out
}

// Bounded cuts what is too long for a line, and says how much that was.
func Bounded(s string) string {
	if len(s) <= MaxShown {
		return s
	}
	return fmt.Sprintf("%s … (+%d B)", s[:MaxShown], len(s)-MaxShown)
}

// Linef makes a line of one role that is about nothing in particular.
func Linef(r Role, format string, args ...any) Line {
	return Line{Spans: []Span{Spanf(r, format, args...)}}
}

// LineOf makes a line of spans.
func LineOf(ref Ref, spans ...Span) Line { return Line{spans, ref} }

// Space is n columns of nothing, at least one.
func Space(n int) Span { return Span{strings.Repeat(" ", max(n, 1)), Plain} }

// made is a page, or a part of one, whose lines are made when asked for.
type made struct {
	n    int
	line func(i int) Line
}

// Len implements [Page].
func (m made) Len() int { return m.n }

// Line implements [Page].
func (m made) Line(i int) Line { return m.line(i) }

// Made is a page of n lines that are made when they are asked for.
func Made(n int, line func(i int) Line) Page { return made{n, line} }

// Shown is a span of text that is visible already.
func Shown(text string, r Role) Span { return Span{text, r} }
