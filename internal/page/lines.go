package page

import (
	"fmt"
	"sort"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// maxLines bounds the lines of one head: honest ones have less than a hundred,
// and 256 KiB have room for 80 000.
const maxLines = 2000

// SideWord is request or response; connection for what belongs to both sides.
func SideWord(s layer.Side) texts.Phrase { return texts.Say("side." + s.String()) }

// RoleWord is client or server.
func RoleWord(s layer.Side) texts.Phrase { return texts.Say("role." + s.Role()) }

// packetsMark names the first and the last packet of those that brought what a line shows.
func packetsMark(c texts.Catalogue, first, last int64) string {
	if last > 0 && last != first {
		return c.Phrase("page.pkt", fmt.Sprintf("%d-%d", first, last))
	}
	return c.Phrase("page.pkt", strconv.FormatInt(first, 10))
}

// packetsWord is one packet or several.
func packetsWord(first, last int64) texts.Phrase {
	if last <= first {
		return texts.Say("page.packet", first)
	}
	return texts.Say("page.packets", first, last)
}

// ByteRange names the bytes [from, to) as Range fields do, with the last one included.
func ByteRange(from, to int64) texts.Phrase {
	if to-from == 1 {
		return texts.Say("page.byte", from)
	}
	return texts.Say("page.bytes", from, to-1)
}

// heading is what stands over a column of a table: the key of a phrase, and the columns that it takes; less than 0
// where the text begins on the left.
type heading struct {
	key   string
	width int
}

// apart stands between two columns that are further apart than others.
var apart = heading{}

// headings is the first line of a table, with a space between its columns.
func headings(c texts.Catalogue, list ...heading) string {
	row := make([]string, len(list))
	for i, h := range list {
		if row[i] = c.Phrase(h.key); i < len(list)-1 {
			row[i] = doc.Column(row[i], max(h.width, -h.width), "..", h.width > 0)
		}
	}
	return strings.Join(row, " ")
}

// indent begins a line that stands under another one.
const indent = "   "

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
	return len(l.Spans) > 0 && (l.Spans[0].Role == doc.Note || l.Spans[0].Role == doc.Warning ||
		l.Spans[0].Role == doc.Error)
}

// findingLine makes the line of a finding.
func findingLine(c texts.Catalogue, x *trace.Exchange, f *trace.Finding) doc.Line {
	w, r := doc.NewWriter(c), severityRole(f.Severity)
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
	severity := texts.Say("severity." + f.Severity.String())
	return doc.LineOf(ref, doc.Shown(indent, r), w.Span(r, "page.finding", severity, f.Code, f.Detail))
}

// joined is a page of several parts, one under the other.
type joined struct {
	parts []doc.Page
	ends  []int // the line after each part
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
