package page

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/forms"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Columns of a field's name.
const (
	leastName = 12
	mostName  = 28
)

// Headers is the start line and the fields of each message in columns, with
// one line of meaning for each. Query strings, forms and credentials stand
// decoded under the line that has them.
func Headers(x *trace.Exchange) doc.Page {
	h := headers{x: x}
	if x.Request == nil {
		h.add(doc.Linef(doc.Warning, "The request was not captured."))
	}
	for m := range x.Messages() {
		if len(h.out) > 0 {
			h.add(doc.Line{})
		}
		if m.Head == nil {
			h.add(doc.Linef(doc.Title, "Response without a head, as in HTTP/0.9: %s", bytesWord(m.Body)))
			continue
		}
		h.message(m)
	}
	for i, line := range RangeLines(x.Ranges, -1) {
		if i == 0 {
			h.add(doc.Line{}, doc.Linef(doc.Title, "Ranges"))
		}
		h.add(doc.Linef(doc.Plain, "%s", line))
	}
	return h.out
}

type headers struct {
	x    *trace.Exchange
	out  doc.Lines
	name int // columns of names in the message
}

func (h *headers) add(lines ...doc.Line) { h.out = append(h.out, lines...) }

func (h *headers) message(m *trace.Message) {
	h.name = leastName
	for i := range m.Head.Fields {
		h.name = max(h.name, min(len(m.Head.Fields[i].Name), mostName))
	}
	h.startLine(m)
	for i := range m.Head.Fields {
		if i == maxLines {
			h.add(doc.Linef(doc.Dim, "... %s", plural(int64(len(m.Head.Fields)-i), "more field", "more fields")))
			break
		}
		h.field(m, &m.Head.Fields[i], refTo(h.x, m, m.Head.FieldSpan(&m.Head.Fields[i])))
	}
	for i := range m.Trailers {
		f := &m.Trailers[i]
		if i == 0 {
			h.add(doc.Linef(doc.Title, "Trailer fields, after the body"))
		}
		h.field(m, &f.Field, doc.Ref{Place: m.At(f.Offset, f.Offset+max(1, int64(f.Len))), Frame: f.From.Packet, Exchange: h.x.ID})
	}
	h.form(m)
}

// refTo is what a line about bytes of a head is about.
func refTo(x *trace.Exchange, m *trace.Message, s layer.Span) doc.Ref {
	return doc.Ref{Place: m.At(s.From, s.To), Frame: m.Head.StampAt(s.From).Packet, Exchange: x.ID}
}

func (h *headers) startLine(m *trace.Message) {
	title := "Request"
	if m.Side == layer.Server {
		title = "Response"
		if s := m.Head.Status; s/100 == 1 && s != 101 {
			title = "Interim response"
		}
	}
	h.add(doc.Linef(doc.Title, "%s", title))
	h.add(doc.LineOf(refTo(h.x, m, m.Head.StartSpan()), doc.Sent(sideRole(m.Side), m.Head.StartLine())))
	if s := startMeaning(m.Head); s != "" {
		h.add(doc.Linef(doc.Dim, "   %s", s))
	}
	if _, query, ok := strings.Cut(m.Head.Target, "?"); ok && query != "" {
		h.table("query", query)
	}
}

// startMeaning says what the method or the status is for.
func startMeaning(head *trace.Head) string {
	if head.Side == layer.Client {
		m, _ := explain.Method(head.Method)
		return m.Text
	}
	if m, ok := explain.Status(head.Status); ok {
		return m.Text
	}
	return ""
}

// table adds the fields of a form or a query string.
func (h *headers) table(what, text string) {
	for _, l := range formTable(what, text) {
		l.Spans = append([]doc.Span{doc.Space(3)}, l.Spans...)
		h.add(l)
	}
}

// field adds a field, its meaning, and what it decodes to.
func (h *headers) field(m *trace.Message, f *httpdecode.Field, ref doc.Ref) {
	h.add(doc.LineOf(ref, doc.Shown(column(f.Name, h.name), doc.Name), doc.Sent(sideRole(m.Side), "  "+f.Value)))
	if s := fieldMeaning(m.Head, f); s != "" {
		h.add(doc.LineOf(doc.Ref{Place: m.Begins(), Frame: ref.Frame, Exchange: ref.Exchange}, doc.Spanf(doc.Dim, "   %s", s)))
	}
	if f.ID == httpdecode.FieldAuthorization || f.ID == httpdecode.FieldProxyAuthorization {
		h.credentials(f.Value)
	}
}

// fieldMeaning is what a field is for, and what it decides in this message.
func fieldMeaning(head *trace.Head, f *httpdecode.Field) string {
	m, _ := explain.Field(f.Name)
	return strings.TrimSpace(m.Text + " " + here(head, f))
}

// here is a sentence on what a field decides in its message, "" for nothing.
func here(head *trace.Head, f *httpdecode.Field) string {
	return hereIn(explain.In(texts.English), head, f)
}

// credentials decodes what proves who the user is. It is readable for
// everybody on the way, and that is the lesson.
func (h *headers) credentials(value string) {
	c, problems := forms.ParseAuthorization(value)
	row := func(name, value string) {
		h.add(doc.LineOf(doc.Ref{}, doc.Space(3), doc.Spanf(doc.Dim, "%-5s ", "auth"), doc.Shown(column(name, 16), doc.Name), doc.Spanf(doc.Body, " %s", value)))
	}
	row("scheme", c.Scheme)
	switch {
	case c.Decoded:
		row("user", c.User)
		row("password", c.Password)
	case c.Token != "":
		row("token", c.Token)
	}
	for i, p := range c.Params {
		if i == maxRows {
			break
		}
		row(p.Name, p.Value)
	}
	for _, l := range problemLines(problems) {
		h.add(l)
	}
}

// form adds the fields of a form that the record kept whole.
func (h *headers) form(m *trace.Message) {
	kind, _ := m.Head.Lookup(httpdecode.FieldContentType)
	media, _ := content.ParseMediaType(kind)
	if !m.KeptAll || media.Essence() != "application/x-www-form-urlencoded" || m.Head.Has(httpdecode.FieldContentEncoding) {
		return
	}
	h.add(doc.Linef(doc.Title, "Form in the body"))
	h.table("form", string(m.Kept))
}
