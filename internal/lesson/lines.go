package lesson

import (
	"fmt"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
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

// sheet is a page that is being made.
type sheet struct{ lines doc.Lines }

func (s *sheet) add(lines ...doc.Line) { s.lines = append(s.lines, lines...) }

// say adds a line of one role.
func (s *sheet) say(r doc.Role, format string, args ...any) { s.add(doc.Linef(r, format, args...)) }

// title begins a section, with an empty line before all but the first.
func (s *sheet) title(format string, args ...any) {
	if len(s.lines) > 0 {
		s.add(doc.Line{})
	}
	s.say(doc.Title, format, args...)
}

// cell fills a text up to n columns, and cuts what is longer.
func cell(text string, n int) string {
	return doc.Column(visible.Line(cutBytes(text)), n, "..", false)
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

// number is a number, or a hyphen when it is not known.
func number(n int64) string {
	if n < 0 {
		return "-"
	}
	return fmt.Sprint(n)
}

// count writes a number of things.
func count(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

// millis writes a duration in milliseconds.
func millis(d time.Duration) string {
	if d == trace.NoDuration {
		return "-"
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
		return "-"
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
func asked(x *trace.Exchange) string {
	if x.Request == nil || x.Request.Head == nil {
		return "(request not captured)"
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
