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
func Headers(lang texts.Lang, x *trace.Exchange) doc.Page {
	c := explain.In(lang)
	h := headers{Writer: doc.NewWriter(c.Catalogue), texts: c, x: x}
	if x.Request == nil {
		h.Say(doc.Warning, "page.not-captured", texts.Say("side.request"))
	}
	for m := range x.Messages() {
		if len(h.Lines) > 0 {
			h.Empty()
		}
		if m.Head == nil {
			h.Say(doc.Title, "page.headers.bare", texts.Say("count.byte", m.Body))
			continue
		}
		h.message(m)
	}
	for i, line := range RangeLines(lang, x.Ranges, -1) {
		if i == 0 {
			h.Title("page.headers.ranges")
		}
		h.Add(doc.Linef(doc.Plain, "%s", line))
	}
	return h.Lines
}

type headers struct {
	*doc.Writer
	texts explain.Catalogue
	x     *trace.Exchange
	name  int // columns of names in the message
}

func (h *headers) message(m *trace.Message) {
	h.name = leastName
	for i := range m.Head.Fields {
		h.name = max(h.name, min(len(m.Head.Fields[i].Name), mostName))
	}
	h.startLine(m)
	for i := range m.Head.Fields {
		if i == maxLines {
			h.Say(doc.Dim, "page.headers.more-fields", len(m.Head.Fields)-i)
			break
		}
		h.field(m, &m.Head.Fields[i], refTo(h.x, m, m.Head.FieldSpan(&m.Head.Fields[i])))
	}
	for i := range m.Trailers {
		f := &m.Trailers[i]
		if i == 0 {
			h.Say(doc.Title, "page.headers.trailers")
		}
		h.field(m, &f.Field, doc.Ref{Place: m.At(f.Offset, f.Offset+max(1, int64(f.Len))), Frame: f.From.Packet,
			Exchange: h.x.ID})
	}
	h.form(m)
}

// refTo is what a line about bytes of a head is about.
func refTo(x *trace.Exchange, m *trace.Message, s layer.Span) doc.Ref {
	return doc.Ref{Place: m.At(s.From, s.To), Frame: m.Head.StampAt(s.From).Packet, Exchange: x.ID}
}

func (h *headers) startLine(m *trace.Message) {
	h.Say(doc.Title, "page.headers."+MessageKind(m))
	h.About(refTo(h.x, m, m.Head.StartSpan()), doc.Sent(sideRole(m.Side), m.Head.StartLine()))
	if s := h.startMeaning(m.Head); s != "" {
		h.Add(doc.Linef(doc.Dim, indent+"%s", s))
	}
	if _, query, ok := strings.Cut(m.Head.Target, "?"); ok && query != "" {
		h.table("page.form.query", query)
	}
}

// MessageKind is what kind of message it is: request, response or interim.
func MessageKind(m *trace.Message) string {
	if m.Side == layer.Server && m.Head != nil && m.Head.Status/100 == 1 && m.Head.Status != 101 {
		return "interim"
	}
	return m.Side.String()
}

// startMeaning says what the method or the status is for.
func (h *headers) startMeaning(head *trace.Head) string {
	if head.Side == layer.Client {
		t, _ := h.texts.Method(head.Method)
		return t.What
	}
	t, _ := h.texts.Status(head.Status)
	return t.What
}

// table adds the fields of a form or a query string.
func (h *headers) table(kind, text string) {
	for _, l := range formTable(h.Catalogue, kind, text) {
		l.Spans = append([]doc.Span{doc.Shown(indent, doc.Plain)}, l.Spans...)
		h.Add(l)
	}
}

// field adds a field, its meaning, and what it decodes to.
func (h *headers) field(m *trace.Message, f *httpdecode.Field, ref doc.Ref) {
	h.About(ref, doc.Shown(column(f.Name, h.name), doc.Name), doc.Sent(sideRole(m.Side), "  "+f.Value))
	if s := h.fieldMeaning(m.Head, f); s != "" {
		h.About(doc.Ref{Place: m.Begins(), Frame: ref.Frame, Exchange: ref.Exchange},
			doc.Spanf(doc.Dim, indent+"%s", s))
	}
	if f.ID == httpdecode.FieldAuthorization || f.ID == httpdecode.FieldProxyAuthorization {
		h.credentials(f.Value)
	}
}

// fieldMeaning is what a field is for, and what it decides in this message.
func (h *headers) fieldMeaning(head *trace.Head, f *httpdecode.Field) string {
	t, _ := h.texts.Field(f.Name)
	return strings.TrimSpace(h.Phrase("page.headers.meaning", t.What, here(h.Catalogue, head, f)))
}

// credentials decodes what proves who the user is. It is readable for
// everybody on the way, and that is the lesson.
func (h *headers) credentials(value string) {
	c, problems := forms.ParseAuthorization(value)
	row := func(name, value string) {
		const width = 16
		l := formRow(h.Catalogue, "page.form.auth", name, width, value)
		l.Spans = append([]doc.Span{doc.Shown(indent, doc.Plain)}, l.Spans...)
		h.Add(l)
	}
	row(h.Phrase("page.auth.scheme"), c.Scheme)
	switch {
	case c.Decoded:
		row(h.Phrase("page.auth.user"), c.User)
		row(h.Phrase("page.auth.password"), c.Password)
	case c.Token != "":
		row(h.Phrase("page.auth.token"), c.Token)
	}
	for i, p := range c.Params {
		if i == maxRows {
			break
		}
		row(p.Name, p.Value)
	}
	h.Add(problemLines(h.Catalogue, problems)...)
}

// form adds the fields of a form that the record kept whole.
func (h *headers) form(m *trace.Message) {
	kind, _ := m.Head.Lookup(httpdecode.FieldContentType)
	media, _ := content.ParseMediaType(kind)
	if !m.KeptAll || media.Essence() != "application/x-www-form-urlencoded" ||
		m.Head.Has(httpdecode.FieldContentEncoding) {
		return
	}
	h.Say(doc.Title, "page.headers.form")
	h.table("page.form.form", string(m.Kept))
}
