package lesson

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// maxShown bounds the characters of one network text on a page: more says
// nothing more to a reader, and pages are kept in memory.
const maxShown = 200

// clip shortens what came from the network, before it becomes part of a line.
func clip(s string) string { return visible.Clip(cutBytes(s), maxShown) }

// cutBytes keeps visible from working through megabytes.
func cutBytes(s string) string { return s[:min(len(s), 8*maxShown)] }

// inset adds a line with a phrase, so many columns from the left.
func inset(w *doc.Writer, columns int, r doc.Role, key string, args ...any) {
	w.About(doc.Ref{}, doc.Space(columns), w.Span(r, key, args...))
}

// cell fills a text up to n columns, and cuts what is longer.
func cell(text string, n int) string {
	return doc.Column(visible.Line(cutBytes(text)), n, "..", false)
}

// filled fills a text up to n columns, on its left where right is asked for, and leaves what is longer.
func filled(text string, n int, right bool) string {
	return doc.Column(text, max(n, uniseg.StringWidth(text)), "", right)
}

// row is a row of a table: cells to the right, as numbers stand; a width below 0 is for one to the left.
func row(widths []int, cells ...any) string {
	out := make([]string, len(cells))
	for i, c := range cells {
		out[i] = filled(fmt.Sprint(c), max(widths[i], -widths[i]), widths[i] > 0)
	}
	return strings.Join(out, " ")
}

// fold breaks a text into rows of at most n columns; a longer word is cut. There is at least one row.
func fold(text string, n int) []string {
	rows := doc.WrapText(visible.Line(cutBytes(text)), n)
	for i := range rows {
		rows[i] = doc.CutText(rows[i], n, "..")
	}
	if len(rows) == 0 {
		return []string{""}
	}
	return rows
}

// Width is the columns for which tables with sentences in them are made.
const Width = 110

// unknown stands in a table for a number or a time that is not known.
const unknown = "-"

// offset is a number of bytes, or a hyphen when it is not known.
func offset(n int64) string {
	if n < 0 {
		return unknown
	}
	return fmt.Sprint(n)
}

// byteCount is a number of bytes.
func byteCount(n int64) texts.Phrase { return texts.Say("count.byte", n) }

// millis writes a duration in milliseconds.
func millis(d time.Duration) string {
	if d == trace.NoDuration {
		return unknown
	}
	switch ms := float64(d) / 1e6; {
	case ms >= 10 || ms <= -10:
		return fmt.Sprintf("%.1f ms", ms)
	default:
		return fmt.Sprintf("%.3f ms", ms)
	}
}

// since is the time from the capture's beginning, in seconds.
func since(begin, nano int64) string {
	if begin == 0 || nano == 0 {
		return unknown
	}
	return fmt.Sprintf("%.4f s", float64(nano-begin)/1e9)
}

// response is the final message of the server's side, nil when there is none.
func response(x *trace.Exchange) *trace.Message {
	if x.Response == nil {
		return x.Simple
	}
	return x.Response
}

// asked is the method and target of a request.
func asked(c texts.Catalogue, x *trace.Exchange) string {
	if x.Request == nil || x.Request.Head == nil {
		return c.Phrase("lesson.not-captured")
	}
	return clip(x.Request.Head.Method + " " + x.Request.Head.Target)
}

// statusOf is the status of the final response, 0 when there is none.
func statusOf(x *trace.Exchange) int {
	if x.Response == nil || x.Response.Head == nil {
		return 0
	}
	return x.Response.Head.Status
}

// user is the client's User-Agent, "" when it sent none.
func user(x *trace.Exchange) string {
	if x.Request == nil || x.Request.Head == nil {
		return ""
	}
	agent, _ := x.Request.Head.Lookup(httpdecode.FieldUserAgent)
	return agent
}
