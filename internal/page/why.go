package page

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Why explains in English what a line is about: see [WhyIn].
func Why(x *trace.Exchange, ref Ref) Doc { return WhyIn(explain.English, x, ref) }

// WhyIn explains what a line is about: a finding, a framing decision, a line of
// a head, or a part of a body. For a line about nothing in particular it says
// what is worth knowing of the whole exchange. The details of findings are in
// English in every language. [Wrap] fits it into a pane.
func WhyIn(lang explain.Lang, x *trace.Exchange, ref Ref) Doc {
	w := why{x: x, texts: explain.In(lang)}
	if t, ok := w.texts.Lookup(ref.Code); ok {
		w.code(t)
		return w.out
	}
	m := messageAt(x, ref)
	switch {
	case m == nil:
		w.exchange()
	case m.Head != nil && ref.From < m.Head.Span.To:
		w.headLine(m, ref.From)
	default:
		w.body(m, ref)
	}
	return w.out
}

type why struct {
	x     *trace.Exchange
	texts explain.Catalogue
	out   Lines
}

// head begins a section.
func (w *why) head(format string, args ...any) {
	if len(w.out) > 0 {
		w.out = append(w.out, Line{})
	}
	w.line(Title, format, args...)
}

func (w *why) say(format string, args ...any) { w.line(Plain, format, args...) }

// line adds a line of one role in the language of the texts.
func (w *why) line(r Role, format string, args ...any) {
	w.out = append(w.out, say(r, w.words(format), args...))
}

// blank separates what follows.
func (w *why) blank() { w.out = append(w.out, Line{}) }

func (w *why) cite(s string) {
	if s != "" {
		w.blank()
		w.line(Dim, "%s", s)
	}
}

// messageAt is the message of the exchange that the bytes of a line belong to.
func messageAt(x *trace.Exchange, ref Ref) *trace.Message {
	if ref.To <= ref.From {
		return nil
	}
	var found *trace.Message
	for m := range x.Messages() {
		if m.Stream == ref.Stream && m.Side == ref.Side && m.Span().From <= ref.From {
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
	w.parts(t.What, t.Why, t.Look)
	w.cite(t.Cite)
}

// parts writes paragraphs of a text.
func (w *why) parts(text ...string) {
	for _, part := range text {
		if part != "" {
			w.blank()
			w.say("%s", part)
		}
	}
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
				w.out = append(w.out, about(Ref{Frame: f.Frame}, span(severityRole(f.Severity), w.words("Here: %s"), f.Detail)))
			}
		}
	}
}

// framing writes the verdicts that rest on a rule.
func (w *why) framing(code string) {
	for m := range w.x.Messages() {
		if m.Head != nil && ruleCode(m.Head.Framing().Rule) == code {
			w.verdict(m)
		}
	}
}

// verdict writes a framing decision with its proof and the rejected readings.
func (w *why) verdict(m *trace.Message) {
	if !m.Head.Complete {
		w.line(Warning, "Here: %s", w.fact(Verdict(m)))
		return
	}
	f := m.Head.Framing()
	w.out = append(w.out, about(Ref{Code: ruleCode(f.Rule)}, span(sideRole(m.Side), w.words("Here, %s: "), w.side(m)), span(Plain, w.words("%s."), w.fact(bodyWords(m)))))
	w.say("Proof: %s.", w.fact(f.Proof()))
	for _, r := range f.Rejected() {
		w.line(Warning, "Not %s, by rule %d: %s.", r.Kind, r.Rule, w.fact(r.Why))
	}
	if m.Framing > 0 {
		w.say("%s of chunk framing are not part of the body.", w.bytes(m.Framing))
	}
	if !m.Complete {
		w.line(Warning, "The %s is not complete in this capture.", w.side(m))
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
		w.say("The line %x, hexadecimal, says that %s follow. Then CR LF ends the chunk.", c.Size, w.bytes(c.Size))
		if c.Ext != "" {
			w.say("Behind the semicolon stands an extension, %q. Hardly any program uses them, and recipients ignore those that they do not know.", c.Ext)
		}
		if s := sinceHead(m, c.At); s != "" {
			w.say("It came in packet %d, %s after the head.", c.At.Packet, strings.TrimPrefix(s, ", +"))
		}
	} else {
		w.head("Body of the %s", w.side(m))
	}
	w.blank()
	w.verdict(m)
	w.cite(explain.Rule(m.Head.Framing().Rule).Cite)
}

// chunkAt is the listed chunk that a stream byte belongs to, -1 for none.
func chunkAt(m *trace.Message, offset int64) int {
	for i := len(m.Chunks) - 1; i >= 0; i-- {
		if c := &m.Chunks[i]; c.Offset <= offset {
			if i == len(m.Chunks)-1 && offset >= c.Data()+c.Size+int64(len("\r\n")) {
				return -1
			}
			return i
		}
	}
	return -1
}

// exchange says what is worth knowing of the whole.
func (w *why) exchange() {
	w.head("%s", w.fact(Summary(w.x).String()))
	if w.x.Request == nil {
		w.say("The request was not captured.")
	}
	for m := range w.x.Messages() {
		if m.Head != nil {
			w.out = append(w.out, Line{}, about(Ref{Place: m.Begins(), Code: ruleCode(m.Head.Framing().Rule), Frame: m.First.Packet, Exchange: w.x.ID},
				span(sideRole(m.Side), "%s", m.Head.StartLine())))
			w.say("%s", w.sentence(m))
		}
	}
	if w.x.Simple != nil {
		w.say("The response is a bare document without a status line, as in HTTP/0.9: its %s go up to the close.", w.bytes(w.x.Simple.Body))
	}
	w.connection()
	for i := range w.x.Findings {
		w.finding(&w.x.Findings[i])
	}
	w.look()
}

// connection says what the messages want of the connection.
func (w *why) connection() {
	q, r := w.x.Request, w.x.Response
	id := ""
	if w.x.Conn != nil {
		id = fmt.Sprintf(w.words("connection %d "), w.x.Conn.ID)
	}
	switch {
	case r != nil && r.Head != nil && r.Head.Framing().Kind == httpdecode.Tunnel:
		w.blank()
		w.say("After the response %sspeaks another protocol.", id)
	case q != nil && q.Head != nil && !q.Head.Persist().Keeps():
		w.blank()
		w.say("By the request %s%s.", id, w.fact(persistWords(q.Head.Persist())))
	case r != nil && r.Head != nil:
		w.blank()
		w.say("After the response %s%s.", id, w.fact(persistWords(r.Head.Persist())))
	}
}

// look says which page shows more.
func (w *why) look() {
	var pages []string
	m := messageOf(w.x, layer.Server)
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
		w.say("%s", w.words(p))
	}
}
