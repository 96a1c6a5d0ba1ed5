package page

import (
	"unicode"
	"unicode/utf8"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Why explains what a line is about: a finding, a framing decision, a line of
// a head, or a part of a body. For a line about nothing in particular it says
// what is worth knowing of the whole exchange. The details of findings are in
// English in every language. [Wrap] fits it into a pane.
func Why(lang texts.Lang, x *trace.Exchange, ref doc.Ref) doc.Page {
	w := newWhy(lang, x)
	if t, ok := w.texts.Lookup(ref.Code); ok {
		w.code(t)
		return w.Lines
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
	return w.Lines
}

type why struct {
	*doc.Writer
	x     *trace.Exchange
	texts explain.Catalogue
}

func newWhy(lang texts.Lang, x *trace.Exchange) *why {
	c := explain.In(lang)
	return &why{doc.NewWriter(c.Catalogue), x, c}
}

// section begins a section with a title that is in the language of the texts already, or in none.
func (w *why) section(title string) { w.Title("page.text", title) }

// text adds a line that is in the language of the texts already, or in none.
func (w *why) text(r doc.Role, s string) { w.Say(r, "page.text", s) }

func (w *why) cite(s string) {
	if s != "" {
		w.Empty()
		w.text(doc.Dim, s)
	}
}

// messageAt is the message of the exchange that the bytes of a line belong to.
func messageAt(x *trace.Exchange, ref doc.Ref) *trace.Message {
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
	w.section(t.Title)
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
			w.Empty()
			w.text(doc.Plain, part)
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
				w.About(doc.Ref{Frame: f.Frame}, w.Span(severityRole(f.Severity), "why.here", f.Detail))
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
		w.Say(doc.Warning, "why.here", verdict(w.Catalogue, m))
		return
	}
	f := m.Head.Framing()
	w.About(doc.Ref{Code: ruleCode(f.Rule)}, w.Span(sideRole(m.Side), "why.here-message", SideWord(m.Side)),
		w.Span(doc.Plain, "why.sentence", bodyWords(w.Catalogue, m)))
	w.Say(doc.Plain, "why.proof", fact(w.Catalogue, f.Proof()))
	for _, r := range f.Rejected() {
		w.Say(doc.Warning, "why.rejected", r.Kind, r.Rule, fact(w.Catalogue, r.Why))
	}
	if m.Framing > 0 {
		w.Say(doc.Plain, "why.framing", texts.Say("count.byte", m.Framing))
	}
	if !m.Complete {
		w.Say(doc.Warning, "why.incomplete", SideWord(m.Side))
	}
}

// sentence is [Verdict] as a sentence.
func (w *why) sentence(m *trace.Message) string {
	v := verdict(w.Catalogue, m)
	first, n := utf8.DecodeRuneInString(v)
	return w.Phrase("why.sentence", string(unicode.ToUpper(first))+v[n:])
}

// body explains bytes after the head.
func (w *why) body(m *trace.Message, ref doc.Ref) {
	if m.Head == nil {
		w.Title("why.bare")
		w.Say(doc.Plain, "why.bare-what")
		return
	}
	if i := chunkAt(m, ref.From); i >= 0 {
		c := &m.Chunks[i]
		w.Title("why.chunk", i+1, m.ChunkCount)
		w.Say(doc.Plain, "why.chunk-line", c.Size, texts.Say("count.byte", c.Size))
		if c.Ext != "" {
			w.Say(doc.Plain, "why.chunk-extension", c.Ext)
		}
		if s, ok := sinceHead(m, c.At); ok {
			w.Say(doc.Plain, "why.chunk-came", c.At.Packet, s)
		}
	} else {
		w.Title("why.body", SideWord(m.Side))
	}
	w.Empty()
	w.verdict(m)
	w.cite(w.texts.Rule(m.Head.Framing().Rule).Cite)
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
	w.section(Summary(w.Lang(), w.x).String())
	if w.x.Request == nil {
		w.Say(doc.Plain, "why.no-request")
	}
	for m := range w.x.Messages() {
		if m.Head != nil {
			ref := doc.Ref{Place: m.Begins(), Code: ruleCode(m.Head.Framing().Rule), Frame: m.First.Packet,
				Exchange: w.x.ID}
			w.Empty()
			w.About(ref, doc.Spanf(sideRole(m.Side), "%s", m.Head.StartLine()))
			w.text(doc.Plain, w.sentence(m))
		}
	}
	if w.x.Simple != nil {
		w.Say(doc.Plain, "why.bare-response", texts.Say("count.byte", w.x.Simple.Body))
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
	if w.x.Conn == nil {
		return
	}
	id := w.x.Conn.ID
	switch {
	case r != nil && r.Head != nil && r.Head.Framing().Kind == httpdecode.Tunnel:
		w.Empty()
		w.Say(doc.Plain, "why.after-tunnel", id)
	case q != nil && q.Head != nil && !q.Head.Persist().Keeps():
		w.Empty()
		w.Say(doc.Plain, "why.by-request", id, texts.Say(persistKeys[q.Head.Persist()]))
	case r != nil && r.Head != nil:
		w.Empty()
		w.Say(doc.Plain, "why.after-response", id, texts.Say(persistKeys[r.Head.Persist()]))
	}
}

// look says which page shows more.
func (w *why) look() {
	var pages []string
	m := messageOf(w.x, layer.Server)
	if m != nil && m.ChunkCount > 0 {
		pages = append(pages, "why.look-chunks")
	}
	if m != nil && m.Head != nil && m.Head.Has(httpdecode.FieldContentEncoding) {
		pages = append(pages, "why.look-body")
	}
	if w.x.Cookies != nil {
		pages = append(pages, "why.look-cookies")
	}
	if w.x.Ranges != nil {
		pages = append(pages, "why.look-headers")
	}
	if len(pages) > 0 {
		w.Title("why.look")
	}
	for _, p := range pages {
		w.Say(doc.Plain, p)
	}
}
