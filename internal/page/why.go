package page

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/trace"
)

// Why explains what a line is about: a finding, a framing decision, a line of
// a head, or a part of a body. For a line about nothing in particular it says
// what is worth knowing of the whole exchange. [Wrap] fits it into a pane.
func Why(x *trace.Exchange, ref Ref) Doc {
	w := why{x: x}
	if t, ok := explain.Lookup(ref.Code); ok {
		w.code(t)
		return w.out
	}
	m := messageAt(x, ref)
	switch {
	case m == nil:
		w.exchange()
	case m.Head != nil && ref.From < m.Head.Offset+int64(len(m.Head.Raw)):
		w.headLine(m, int(ref.From-m.Head.Offset))
	default:
		w.body(m, ref)
	}
	return w.out
}

type why struct {
	x   *trace.Exchange
	out Lines
}

// head begins a section.
func (w *why) head(format string, args ...any) {
	if len(w.out) > 0 {
		w.out = append(w.out, Line{})
	}
	w.out = append(w.out, say(Title, format, args...))
}

func (w *why) say(format string, args ...any) { w.out = append(w.out, say(Plain, format, args...)) }

func (w *why) cite(s string) {
	if s != "" {
		w.out = append(w.out, Line{}, say(Dim, "%s", s))
	}
}

// messageAt is the message of the exchange that the bytes of a line belong to.
func messageAt(x *trace.Exchange, ref Ref) *trace.Message {
	if ref.To <= ref.From {
		return nil
	}
	var found *trace.Message
	for m := range x.Messages() {
		if m.Side == ref.Side && baseOf(m) <= ref.From {
			found = m
		}
	}
	return found
}

// code writes a text, and what of it was seen in this exchange.
func (w *why) code(t explain.Text) {
	w.head("%s", t.Title)
	if t.Severity == explain.RuleSeverity {
		w.framing(t.Code)
	} else {
		w.seen(t.Code)
	}
	for _, part := range []string{t.What, t.Why, t.Look} {
		if part != "" {
			w.out = append(w.out, Line{})
			w.say("%s", part)
		}
	}
	w.cite(t.Cite)
}

// seen lists the findings with a code.
func (w *why) seen(code string) {
	lists := [][]trace.Finding{w.x.Findings}
	if w.x.Conn != nil {
		lists = append(lists, w.x.Conn.Findings)
	}
	for _, list := range lists {
		for i := range list {
			if f := &list[i]; f.Code == code {
				w.out = append(w.out, about(Ref{Frame: f.Frame}, span(severityRole(f.Severity), "Here: %s", f.Detail)))
			}
		}
	}
}

// framing writes the verdicts that rest on a rule.
func (w *why) framing(code string) {
	for m := range w.x.Messages() {
		if m.Head != nil && ruleCode(m.Head.Framing.Rule) == code {
			w.verdict(m)
		}
	}
}

// verdict writes a framing decision with its proof and the rejected readings.
func (w *why) verdict(m *trace.Message) {
	if !m.Head.Complete {
		w.out = append(w.out, say(Warning, "Here: %s", Verdict(m)))
		return
	}
	f := &m.Head.Framing
	w.out = append(w.out, about(Ref{Code: ruleCode(f.Rule)}, span(sideRole(m.Side), "Here, %s: ", m.Side), span(Plain, "%s.", bodyWords(m))),
		say(Plain, "Proof: %s.", f.Proof()))
	for _, r := range f.Rejected() {
		w.out = append(w.out, say(Warning, "Not %s, by rule %d: %s.", r.Kind, r.Rule, r.Why))
	}
	if m.Framing > 0 {
		w.say("%s of chunk framing are not part of the body.", bytesWord(m.Framing))
	}
	if !m.Complete {
		w.out = append(w.out, say(Warning, "The %s is not complete in this capture.", m.Side))
	}
}

// body explains bytes behind the head.
func (w *why) body(m *trace.Message, ref Ref) {
	if m.Head == nil {
		w.head("A bare document")
		w.say("The response has no status line and no fields, as in HTTP/0.9: all bytes up to the close are the document.")
		return
	}
	if i := chunkAt(m, ref.From); i >= 0 {
		c := &m.Chunks[i]
		w.head("Chunk %d of %d", i+1, m.ChunkCount)
		w.say("The line %x, hexadecimal, says that %s follow. Then CR LF ends the chunk.", c.Size, bytesWord(c.Size))
		if c.Ext != "" {
			w.say("Behind the semicolon stands an extension, %q. Hardly any program uses them, and recipients ignore those that they do not know.", c.Ext)
		}
		if s := sinceHead(m, c.At); s != "" {
			w.say("It came in packet %d, %s after the head.", c.At.Frame, strings.TrimPrefix(s, ", +"))
		}
	} else {
		w.head("Body of the %s", m.Side)
	}
	w.out = append(w.out, Line{})
	w.verdict(m)
	w.cite(explain.Rule(m.Head.Framing.Rule).Cite)
}

// chunkAt is the listed chunk that a stream byte belongs to, -1 for none.
func chunkAt(m *trace.Message, offset int64) int {
	for i := len(m.Chunks) - 1; i >= 0; i-- {
		if c := &m.Chunks[i]; c.Offset <= offset {
			if i == len(m.Chunks)-1 && offset-c.Offset > c.Size+int64(len(c.Ext))+maxFramingLine {
				return -1
			}
			return i
		}
	}
	return -1
}

// exchange says what is worth knowing of the whole.
func (w *why) exchange() {
	w.head("%s", Summary(w.x).String())
	if w.x.Request == nil {
		w.say("The request was not captured.")
	}
	for m := range w.x.Messages() {
		if m.Head != nil {
			w.out = append(w.out, Line{}, about(Ref{Side: m.Side, Code: ruleCode(m.Head.Framing.Rule), Frame: m.First.Frame, Exchange: w.x.ID},
				span(sideRole(m.Side), "%s", m.Head.StartLine())))
			w.say("%s", sentence(Verdict(m)))
		}
	}
	if w.x.Simple != nil {
		w.say("The response is a bare document without a status line, as in HTTP/0.9: its %s go up to the close.", bytesWord(w.x.Simple.Body))
	}
	w.connection()
	for i := range w.x.Findings {
		w.finding(&w.x.Findings[i])
	}
	w.look()
}

// sentence makes a sentence of words that begin small.
func sentence(s string) string { return strings.ToUpper(s[:1]) + s[1:] + "." }

// connection says what the messages want of the connection.
func (w *why) connection() {
	q, r := w.x.Request, w.x.Response
	id := ""
	if w.x.Conn != nil {
		id = fmt.Sprintf("connection %d ", w.x.Conn.ID)
	}
	switch {
	case r != nil && r.Head != nil && r.Head.Framing.Kind == httpdecode.Tunnel:
		w.out = append(w.out, Line{}, say(Plain, "After the response %sspeaks another protocol.", id))
	case q != nil && q.Head != nil && !q.Head.Persist.Keeps():
		w.out = append(w.out, Line{}, say(Plain, "By the request %s%s.", id, persistWords(q.Head.Persist)))
	case r != nil && r.Head != nil:
		w.out = append(w.out, Line{}, say(Plain, "After the response %s%s.", id, persistWords(r.Head.Persist)))
	}
}

// look says which page shows more.
func (w *why) look() {
	var pages []string
	m := messageOf(w.x, httpdecode.Server)
	if m != nil && m.ChunkCount > 0 {
		pages = append(pages, "Chunks shows when each chunk came.")
	}
	if m != nil && m.Head != nil && m.Head.Has(httpdecode.FieldContentEncoding) {
		pages = append(pages, "Body shows the bytes before and behind the content coding.")
	}
	if w.x.Cookies != nil {
		pages = append(pages, "Cookies shows what was sent, set and kept.")
	}
	if w.x.Ranges != nil {
		pages = append(pages, "Headers shows which part of the resource this is.")
	}
	if len(pages) > 0 {
		w.head("What to look at")
	}
	for _, p := range pages {
		w.say("%s", p)
	}
}
