package quiz

import (
	"fmt"
	"net/netip"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Bounds of what a question quotes of the network.
const (
	maxQuote  = 120 // characters of a line or a value
	maxFields = 16  // lines of a head
)

// words makes a line of one role. Everything in it becomes visible.
func words(r doc.Role, format string, args ...any) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: visible.Line(fmt.Sprintf(format, args...)), Role: r}}}
}

// quoted is text of the network for the middle of a sentence.
func quoted(s string) string {
	if len(s) > 4*maxQuote {
		s = s[:4*maxQuote] // Clip would look through all of it
	}
	return visible.Clip(s, maxQuote)
}

// counted writes a number of things.
func counted(n int64, one, many string) string {
	if n == 1 {
		return "1 " + one
	}
	return fmt.Sprintf("%d %s", n, many)
}

func bytesOf(n int64) string { return counted(n, "byte", "bytes") }

// say adds a line to the explanation.
func (q *Question) say(format string, args ...any) *Question {
	q.Why = append(q.Why, words(doc.Plain, format, args...))
	return q
}

// at adds a line about a packet to the explanation. It begins with its number.
func (q *Question) at(frame int64, format string, args ...any) *Question {
	l := words(doc.Plain, "Packet %d "+format, append([]any{frame}, args...)...)
	l.Ref = doc.Ref{Frame: frame, Exchange: q.Ref.Exchange}
	q.Why = append(q.Why, l)
	return q
}

// rule adds why a text of package explain says that it is so, and its source.
func (q *Question) rule(t explain.Text) *Question {
	if t.Code == "" {
		return q
	}
	q.say("%s. %s", t.Title, t.Why)
	q.Why[len(q.Why)-1].Ref.Code = t.Code
	return q.cite(t.Cite)
}

// cite adds where it is written.
func (q *Question) cite(s string) *Question {
	q.Why = append(q.Why, words(doc.Dim, "%s.", s))
	return q
}

// hint says where to look.
func (q *Question) hint(format string, args ...any) *Question {
	q.Hint = visible.Line(fmt.Sprintf(format, args...))
	return q
}

// about says where in the capture to look.
func (q *Question) about(x *trace.Exchange, frame int64) *Question {
	q.Ref.Frame, q.Ref.Exchange, q.Connection = frame, x.ID, x.Conn.ID
	return q
}

// on says which connection it is about.
func (q *Question) on(c *trace.Connection, frame int64) *Question {
	q.Ref.Frame, q.Connection = frame, c.ID
	return q
}

// place says in words where to look.
func (q *Question) place() string {
	var at []string
	if q.Ref.Exchange > 0 {
		at = append(at, fmt.Sprintf("exchange %d", q.Ref.Exchange))
	}
	if q.Connection >= 0 {
		at = append(at, fmt.Sprintf("connection %d", q.Connection))
	}
	if q.Ref.Frame > 0 {
		at = append(at, fmt.Sprintf("packet %d", q.Ref.Frame))
	}
	return strings.Join(at, ", ")
}

// nameOf names an exchange by its number and request line.
func nameOf(x *trace.Exchange) string {
	if x.Request == nil || x.Request.Head == nil {
		return fmt.Sprintf("exchange %d", x.ID)
	}
	return fmt.Sprintf("exchange %d (%s)", x.ID, visible.Clip(x.Request.Head.Method+" "+x.Request.Head.Target, 60))
}

// startOf is the start line of a message for the middle of a sentence.
func startOf(m *trace.Message) string { return quoted(m.Head.StartLine()) }

// headOf shows the start line of a message, and those of its fields that keep
// wants to see; nil for all.
func headOf(m *trace.Message, keep func(f *httpdecode.Field) bool) doc.Lines {
	role := doc.Request
	if m.Side == layer.Server {
		role = doc.Response
	}
	out := doc.Lines{shown(m, role, m.Head.Span.From, m.Head.StartLine())}
	left := 0
	for i := range m.Head.Fields {
		f := &m.Head.Fields[i]
		switch {
		case keep != nil && !keep(f):
		case len(out) > maxFields:
			left++
		default:
			out = append(out, shown(m, role, m.Head.FieldSpan(f).From, f.Name+": "+f.Value))
		}
	}
	if left > 0 {
		out = append(out, words(doc.Dim, "    and %s more", counted(int64(left), "field", "fields")))
	}
	return out
}

// shown is a line of a head with the packet that it came in.
func shown(m *trace.Message, r doc.Role, from int64, line string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: "    "}, {Text: quoted(line), Role: r}}, Ref: doc.Ref{Place: m.At(from, from+1), Frame: m.Head.StampAt(from).Packet}}
}

// only keeps some fields that the decoder knows.
func only(ids ...httpdecode.FieldID) func(f *httpdecode.Field) bool {
	return func(f *httpdecode.Field) bool {
		for _, id := range ids {
			if f.ID == id {
				return true
			}
		}
		return false
	}
}

// whose names a side in a sentence.
func whose(side int) string {
	if side == int(layer.Client) {
		return "client"
	}
	return "server"
}

func endText(a netip.AddrPort) string { return a.String() }
