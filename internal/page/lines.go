package page

import (
	"fmt"
	"sort"

	"httpscope/internal/doc"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// maxLines bounds the lines of one head: honest ones have less than a hundred,
// and 256 KiB have room for 80 000.
const maxLines = 2000

// plural writes a number of things.
func plural(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// column fills a text up to n columns, cut with two dots when it is longer.
func column(s string, n int) string { return doc.Column(visible.Text(s), n, "..", false) }

// severityRole is the role of a finding's severity.
func severityRole(severity finding.Severity) doc.Role {
	switch severity {
	case finding.Error:
		return doc.Error
	case finding.Warning:
		return doc.Warning
	}
	return doc.Note
}

// isRemark reports a line that stands under another one and says something of it.
func isRemark(l doc.Line) bool {
	return len(l.Spans) > 0 && (l.Spans[0].Role == doc.Note || l.Spans[0].Role == doc.Warning || l.Spans[0].Role == doc.Error)
}

// findingLine makes the line of a finding.
func findingLine(x *trace.Exchange, f *trace.Finding) doc.Line {
	r := severityRole(f.Severity)
	ref := doc.Ref{Frame: f.Frame, Code: f.Code}
	if x != nil {
		ref.Exchange = x.ID
	}
	if f.Side == layer.Server {
		ref.Side = f.Side
	}
	if f.Shown() {
		ref.Stream, ref.Span = f.Stream, f.Span
	}
	return doc.LineOf(ref, doc.Spanf(r, "   %s %s", f.Severity, f.Code), doc.Spanf(r, ": %s", f.Detail))
}

// joined is a page of several parts, one under the other.
type joined struct {
	parts []doc.Page
	ends  []int // the line behind each part
}

// join puts parts under one another.
func join(parts ...doc.Page) *joined {
	j := &joined{}
	for _, p := range parts {
		j.add(p)
	}
	return j
}

// add appends a part; empty ones are left out.
func (j *joined) add(p doc.Page) {
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
func (j *joined) Line(i int) doc.Line {
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
