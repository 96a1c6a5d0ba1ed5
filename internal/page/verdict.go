package page

import (
	"httpscope/httpdecode"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Verdict says in one line where a message's body ends, by which rule of RFC
// 9112 section 6.3, what proves it, and which readings were rejected. The
// message must have a head.
func Verdict(lang texts.Lang, m *trace.Message) string { return verdict(texts.In(lang), m) }

func verdict(c texts.Catalogue, m *trace.Message) string {
	if !m.Head.Complete {
		return c.Phrase("verdict.cut")
	}
	f := m.Head.Framing()
	v := c.Phrase("verdict.rule", bodyWords(c, m), f.Rule, fact(c, f.Proof()))
	for _, r := range f.Rejected() {
		v += c.Phrase("verdict.rejected", r.Kind, fact(c, r.Why))
	}
	if !m.Complete {
		v += c.Phrase("verdict.incomplete")
	}
	return v
}

// fact is a fact in words.
func fact(c texts.Catalogue, f httpdecode.Fact) string {
	return visible.Line(c.Phrase(f.Key, f.Args...))
}

// bodyWords says how a body is framed.
func bodyWords(c texts.Catalogue, m *trace.Message) string {
	switch m.Head.Framing().Kind {
	case httpdecode.NoBody:
		return c.Phrase("body.none")
	case httpdecode.Length:
		return c.Phrase("body.length", m.Body)
	case httpdecode.Chunked:
		return c.Phrase("body.chunks", m.Body, m.ChunkCount)
	case httpdecode.UntilClose:
		return c.Phrase("body.close", m.Body)
	}
	return c.Phrase("body.leaves")
}

// LineWhy explains a line of a message's head: what it decides. It is "" for a
// field that decides nothing about the connection.
func LineWhy(lang texts.Lang, m *trace.Message, l *trace.Line) string {
	h, c := m.Head, texts.In(lang)
	if l.From == h.Span.From {
		if m.Side == layer.Client {
			form := named(c, "form.", h.Form().String())
			return c.Phrase("page.line.request", visible.Text(h.Method), form, versionWord(h))
		}
		return c.Phrase("page.line.status", versionWord(h), h.Status)
	}
	if l.Field != nil && h.FieldSpan(l.Field).From == l.From {
		return fieldWhy(c, h, l.Field)
	}
	if l.Empty {
		return c.Phrase("page.line.empty", verdict(c, m))
	}
	return ""
}

func versionWord(h *trace.Head) string {
	if h.Version == "" {
		return "HTTP/0.9"
	}
	return visible.Text(h.Version)
}

// fieldWhy says what a field decides about framing and the connection, "" for
// one that decides neither.
func fieldWhy(c texts.Catalogue, h *trace.Head, f *httpdecode.Field) string {
	switch f.ID {
	case httpdecode.FieldContentLength, httpdecode.FieldTransferEncoding:
		return framingWhy(c, h.Framing(), f.ID)
	case httpdecode.FieldConnection:
		return c.Phrase("page.field.connection", texts.Say(persistKeys[h.Persist()]))
	case httpdecode.FieldHost:
		return c.Phrase("page.field.host")
	case httpdecode.FieldUpgrade:
		return c.Phrase("page.field.upgrade")
	case httpdecode.FieldExpect:
		return c.Phrase("page.field.expect")
	}
	return ""
}

// framingWhy says what one of the fields that may frame a body decides; a head that is cut decides by no rule.
func framingWhy(c texts.Catalogue, framing *httpdecode.Framing, id httpdecode.FieldID) string {
	switch {
	case framing.Rule == 0:
		return c.Phrase("page.field.frames-cut")
	case id == httpdecode.FieldContentLength && framing.Kind == httpdecode.Length:
		return c.Phrase("page.field.counts", framing.Rule)
	case id == httpdecode.FieldTransferEncoding && framing.Kind == httpdecode.Chunked:
		return c.Phrase("page.field.chunks", framing.Rule)
	}
	return c.Phrase("page.field.frames-not", framing.Rule)
}

// persistKeys are the phrases for what a message says of the connection after it.
var persistKeys = [...]string{
	httpdecode.PersistDefault: "persist.default", httpdecode.PersistKeepAlive: "persist.keep-alive",
	httpdecode.CloseAsked: "persist.close", httpdecode.CloseOld: "persist.old",
}

// here is a sentence on what a field decides in its message; "" for nothing.
func here(c texts.Catalogue, head *trace.Head, f *httpdecode.Field) string {
	framing := head.Framing()
	switch {
	case f.ID == httpdecode.FieldConnection:
		return c.Phrase("here.connection", texts.Say(persistKeys[head.Persist()]))
	case f.ID != httpdecode.FieldContentLength && f.ID != httpdecode.FieldTransferEncoding:
		return ""
	case framing.Rule == 0:
		return c.Phrase("here.cut")
	case f.ID == httpdecode.FieldContentLength && framing.Kind == httpdecode.Length:
		return c.Phrase("here.counts", framing.Rule)
	case f.ID == httpdecode.FieldTransferEncoding && framing.Kind == httpdecode.Chunked:
		return c.Phrase("here.chunks", framing.Rule)
	}
	return c.Phrase("here.not", framing.Rule)
}

// EndWords says where a message with a head ends, and what that means.
func EndWords(lang texts.Lang, m *trace.Message) string { return endWords(texts.In(lang), m) }

func endWords(c texts.Catalogue, m *trace.Message) string {
	key := "page.end.whole"
	switch {
	case !m.Done:
		key = "page.end.early"
	case !m.Complete:
		key = "page.end.incomplete"
	case m.Head.Framing().Kind == httpdecode.UntilClose:
		key = "page.end.close"
	}
	return c.Phrase(key, sideWord(m.Side))
}

// ruleCode is the code of the text for a framing rule, "" when none decided.
func ruleCode(rule int) string {
	if rule == 0 {
		return ""
	}
	return explain.RuleCode(rule)
}
