package page

import (
	"fmt"
	"sort"
	"strings"

	"github.com/rivo/uniseg"

	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// maxShown bounds the bytes of network text in one span: a head may hold a
// line of 256 KiB, and nobody reads that far sideways.
const maxShown = 8 << 10

// maxLines bounds the lines of one head: honest ones have less than a hundred,
// and 256 KiB have room for 80 000.
const maxLines = 2000

// span makes text of one role. Everything in it becomes visible, also what
// came from the network by way of an argument.
func span(r Role, format string, args ...any) Span {
	s := format
	if len(args) > 0 {
		s = fmt.Sprintf(format, args...)
	}
	return Span{visible.Line(bounded(s)), r}
}

// sent makes text of one role from bytes of the network.
func sent(r Role, s string) Span { return Span{visible.Text(bounded(s)), r} }

// bodyText makes spans of a body. What had to be escaped has the role of framing, which tells it
// from backslashes that were sent: were those doubled, as in heads, no code could be read.
func bodyText(r Role, s string) []Span {
	var out []Span
	for part, escaped := range visible.Parts(bounded(s)) {
		if escaped {
			out = append(out, Span{part, Framing})
		} else {
			out = append(out, Span{part, r})
		}
	}
	return out
}

// bounded cuts what is too long for a line, and says how much that was.
func bounded(s string) string {
	if len(s) <= maxShown {
		return s
	}
	return fmt.Sprintf("%s ... and %d more bytes", s[:maxShown], len(s)-maxShown)
}

// say makes a line of one role that is about nothing in particular.
func say(r Role, format string, args ...any) Line {
	return Line{Spans: []Span{span(r, format, args...)}}
}

// about makes a line of spans.
func about(ref Ref, spans ...Span) Line { return Line{spans, ref} }

// plural writes a number of things.
func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// space is n columns of nothing, at least one.
func space(n int) Span { return Span{strings.Repeat(" ", max(n, 1)), Plain} }

// column fills a text up to n columns, cut with two dots when it is longer.
func column(s string, n int) string {
	s = visible.Text(s)
	if w := uniseg.StringWidth(s); w <= n {
		return s + strings.Repeat(" ", n-w)
	}
	cut := s[:columnsEnd(s, n-2)] + ".."
	return cut + strings.Repeat(" ", max(0, n-uniseg.StringWidth(cut)))
}

// columnsEnd is the index behind the last character that fits into n columns.
func columnsEnd(s string, n int) int {
	end, state := 0, -1
	for rest := s; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if n -= w; n < 0 {
			return end
		}
		end += len(cluster)
	}
	return end
}

// severityRole is the role of a finding's severity.
func severityRole(severity finding.Severity) Role {
	switch severity {
	case finding.Error:
		return Error
	case finding.Warning:
		return Warning
	}
	return Note
}

// remark reports a line that stands under another one and says something of it.
func (l Line) remark() bool {
	return len(l.Spans) > 0 && (l.Spans[0].Role == Note || l.Spans[0].Role == Warning || l.Spans[0].Role == Error)
}

// findingLine makes the line of a finding.
func findingLine(x *trace.Exchange, f *trace.Finding) Line {
	r := severityRole(f.Severity)
	ref := Ref{Frame: f.Frame, Code: f.Code}
	if x != nil {
		ref.Exchange = x.ID
	}
	if f.Side == layer.Server {
		ref.Side = f.Side
	}
	if f.Shown() {
		ref.Stream, ref.Span = f.Stream, f.Span
	}
	return about(ref, span(r, "   %s %s", f.Severity, f.Code), span(r, ": %s", f.Detail))
}

// made is a page, or a part of one, whose lines are made when asked for.
type made struct {
	n    int
	line func(i int) Line
}

// Len implements [Doc].
func (m made) Len() int { return m.n }

// Line implements [Doc].
func (m made) Line(i int) Line { return m.line(i) }

// joined is a page of several parts, one under the other.
type joined struct {
	parts []Doc
	ends  []int // the line behind each part
}

// join puts parts under one another.
func join(parts ...Doc) *joined {
	j := &joined{}
	for _, p := range parts {
		j.add(p)
	}
	return j
}

// add appends a part; empty ones are left out.
func (j *joined) add(p Doc) {
	if n := p.Len(); n > 0 {
		j.parts, j.ends = append(j.parts, p), append(j.ends, j.Len()+n)
	}
}

// Len implements [Doc].
func (j *joined) Len() int {
	if len(j.ends) == 0 {
		return 0
	}
	return j.ends[len(j.ends)-1]
}

// Line implements [Doc].
func (j *joined) Line(i int) Line {
	k := sort.SearchInts(j.ends, i+1)
	return j.parts[k].Line(i - j.begin(k))
}

// begin is the first line of a part.
func (j *joined) begin(k int) int {
	if k == 0 {
		return 0
	}
	return j.ends[k-1]
}
