package lesson

import (
	"fmt"
	"strings"
	"time"

	"github.com/rivo/uniseg"

	"httpscope/httpdecode"
	"httpscope/internal/page"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// maxShown bounds the characters of one network text on a page: more says
// nothing more to a reader, and pages are kept in memory.
const maxShown = 200

// span makes text of one role. Everything in it becomes visible.
func span(r page.Role, format string, args ...any) page.Span {
	if len(args) > 0 {
		format = fmt.Sprintf(format, args...)
	}
	return page.Span{Text: visible.Line(format), Role: r}
}

// clip shortens what came from the network, before it becomes part of a line.
func clip(s string) string { return visible.Clip(cutBytes(s), maxShown) }

// cutBytes keeps visible from working through megabytes.
func cutBytes(s string) string { return s[:min(len(s), 8*maxShown)] }

// say makes a line of one role.
func say(r page.Role, format string, args ...any) page.Line {
	return page.Line{Spans: []page.Span{span(r, format, args...)}}
}

// about makes a line of spans.
func about(ref page.Ref, spans ...page.Span) page.Line { return page.Line{Spans: spans, Ref: ref} }

// sheet is a page that is being made.
type sheet struct{ lines page.Lines }

func (s *sheet) add(lines ...page.Line) { s.lines = append(s.lines, lines...) }

// say adds a line of one role.
func (s *sheet) say(r page.Role, format string, args ...any) { s.add(say(r, format, args...)) }

// title begins a section, with an empty line before all but the first.
func (s *sheet) title(format string, args ...any) {
	if len(s.lines) > 0 {
		s.add(page.Line{})
	}
	s.say(page.Title, format, args...)
}

// cell fills a text up to n columns, on its left when right is asked for, and
// cuts what is longer.
func cell(text string, n int) string {
	text = visible.Line(cutBytes(text))
	if uniseg.StringWidth(text) > n {
		for uniseg.StringWidth(text) > n-2 {
			r := []rune(text)
			text = string(r[:len(r)-1])
		}
		text += ".."
	}
	return text + strings.Repeat(" ", max(0, n-uniseg.StringWidth(text)))
}

// fold breaks a text at spaces into rows of at most n columns; a longer word is
// cut. There is at least one row.
func fold(text string, n int) []string {
	rows, used := []string{""}, 0
	for _, word := range strings.Fields(visible.Line(cutBytes(text))) {
		if uniseg.StringWidth(word) > n {
			word = strings.TrimRight(cell(word, n), " ")
		}
		w := uniseg.StringWidth(word)
		if used > 0 && used+1+w > n {
			rows, used = append(rows, ""), 0
		}
		if used > 0 {
			rows[len(rows)-1] += " "
			used++
		}
		rows[len(rows)-1] += word
		used += w
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
