package quiz

import (
	"net/netip"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Bounds of what a question quotes of the network.
const (
	maxQuote  = 120 // characters of a line or a value
	maxFields = 16  // lines of a head
)

// line makes a line of one role. Everything in it becomes visible.
func line(r doc.Role, text string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: visible.Line(text), Role: r}}}
}

// given makes a line of what is shown with a question, about a packet.
func given(r doc.Role, frame int64, text string) doc.Line {
	l := line(r, "    "+text)
	l.Ref.Frame = frame
	return l
}

// more is the line after a list of which n were left out, which are things of
// the phrase with a key.
func (c *capture) more(key string, n int) doc.Line {
	return given(doc.Dim, 0, c.texts.Phrase("quiz.more", texts.Say(key, n)))
}

// quoted is text of the network for the middle of a sentence.
func quoted(s string) string {
	if len(s) > 4*maxQuote {
		s = s[:4*maxQuote] // Clip would look through all of it
	}
	return visible.Clip(s, maxQuote)
}

// bytesOf is a number of bytes, as parameter of a phrase.
func bytesOf(n int64) texts.Phrase { return texts.Say("count.byte", n) }

// phrase is a phrase in the language of the question.
func (q *Question) phrase(key string, args ...any) string {
	return visible.Line(q.texts.Phrase(key, args...))
}

// show adds a line to what is shown with the question, about a packet.
func (q *Question) show(r doc.Role, frame int64, key string, args ...any) {
	q.Given = append(q.Given, given(r, frame, q.phrase(key, args...)))
}

// say adds a line to the explanation.
func (q *Question) say(key string, args ...any) *Question { return q.tell(phrase(key, args...)) }

// tell adds a line to the explanation.
func (q *Question) tell(s saying) *Question {
	q.Why = append(q.Why, line(doc.Plain, s(q.texts)))
	return q
}

// at adds a line about a packet to the explanation. It begins with its number,
// which is the phrase's first parameter.
func (q *Question) at(frame int64, key string, args ...any) *Question {
	q.say(key, append([]any{frame}, args...)...)
	q.Why[len(q.Why)-1].Ref = doc.Ref{Frame: frame, Exchange: q.Ref.Exchange}
	return q
}

// rule adds why a text of package explain says that it is so, and its source.
func (q *Question) rule(t explain.Text) *Question {
	if t.Code == "" {
		return q
	}
	q.say("quiz.rule", t.Title, t.Why)
	q.Why[len(q.Why)-1].Ref.Code = t.Code
	return q.cite(t.Cite)
}

// cite adds where it is written.
func (q *Question) cite(s string) *Question {
	q.Why = append(q.Why, line(doc.Dim, q.phrase("quiz.cite", s)))
	return q
}

// hint says where to look.
func (q *Question) hint(key string) *Question {
	q.Hint = q.phrase(key)
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
func (q *Question) place() texts.List {
	var at []texts.Phrase
	if q.Ref.Exchange > 0 {
		at = append(at, texts.Say("quiz.place.exchange", q.Ref.Exchange))
	}
	if q.Connection >= 0 {
		at = append(at, texts.Say("quiz.place.connection", q.Connection))
	}
	if q.Ref.Frame > 0 {
		at = append(at, texts.Say("quiz.place.packet", q.Ref.Frame))
	}
	return texts.ListOf("", at)
}

// nameOf names an exchange by its number and request line.
func nameOf(x *trace.Exchange) texts.Phrase {
	if x.Request == nil || x.Request.Head == nil {
		return texts.Say("quiz.exchange", x.ID)
	}
	return texts.Say("quiz.exchange-named", x.ID, visible.Clip(x.Request.Head.Method+" "+x.Request.Head.Target, 60))
}

// startOf is the start line of a message for the middle of a sentence.
func startOf(m *trace.Message) string { return quoted(m.Head.StartLine()) }

// headOf shows the start line of a message, and those of its fields that keep
// wants to see; nil for all.
func (c *capture) headOf(m *trace.Message, keep func(f *httpdecode.Field) bool) doc.Lines {
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
		out = append(out, c.more("count.field", left))
	}
	return out
}

// shown is a line of a head with the packet that it came in.
func shown(m *trace.Message, r doc.Role, from int64, line string) doc.Line {
	ref := doc.Ref{Place: m.At(from, from+1), Frame: m.Head.StampAt(from).Packet}
	return doc.Line{Spans: []doc.Span{{Text: "    "}, {Text: quoted(line), Role: r}}, Ref: ref}
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

// whose names a side by what it is, as parameter of a phrase.
func whose(side int) texts.Phrase {
	if side == int(layer.Client) {
		return texts.Say("role.client")
	}
	return texts.Say("role.server")
}

// kindOf names a message by its side, as parameter of a phrase.
func kindOf(m *trace.Message) texts.Phrase {
	if m.Side == layer.Client {
		return texts.Say("side.request")
	}
	return texts.Say("side.response")
}

func endText(a netip.AddrPort) string { return a.String() }
