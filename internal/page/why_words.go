package page

import (
	"fmt"
	"unicode"
	"unicode/utf8"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// words is a phrase of the Why pane in the language of the texts.
func (w *why) words(key string, args ...any) string { return w.texts.Phrase(key, args...) }

// named is the word that a language has for a thing of a kind; the name itself where it has none.
func (w *why) named(kind, name string) string {
	if word := w.words(kind + name); word != "" {
		return word
	}
	return name
}

// side is request or response.
func (w *why) side(m *trace.Message) string { return w.words("side." + m.Side.String()) }

// bytes is a number of them.
func (w *why) bytes(n int64) string {
	return w.words("count.byte", n)
}

// sentence is [Verdict] as a sentence.
func (w *why) sentence(m *trace.Message) string {
	v := verdictIn(w.texts, m)
	first, n := utf8.DecodeRuneInString(v)
	return w.words("why.sentence", string(unicode.ToUpper(first))+v[n:])
}

// factIn is a fact in the language of the texts.
func factIn(texts explain.Catalogue, f httpdecode.Fact) string {
	return visible.Line(texts.Phrase(f.Key, f.Args...))
}

// verdictIn is [Verdict] in the language of the texts.
func verdictIn(texts explain.Catalogue, m *trace.Message) string {
	if !m.Head.Complete {
		return texts.Phrase("verdict.cut")
	}
	f := m.Head.Framing()
	v := texts.Phrase("verdict.rule", bodyWordsIn(texts, m), f.Rule, factIn(texts, f.Proof()))
	for _, r := range f.Rejected() {
		v += texts.Phrase("verdict.rejected", r.Kind, factIn(texts, r.Why))
	}
	if !m.Complete {
		v += texts.Phrase("verdict.incomplete")
	}
	return v
}

// bodyWordsIn says how a body is framed, in the language of the texts.
func bodyWordsIn(texts explain.Catalogue, m *trace.Message) string {
	switch m.Head.Framing().Kind {
	case httpdecode.NoBody:
		return texts.Phrase("body.none")
	case httpdecode.Length:
		return texts.Phrase("body.length", m.Body)
	case httpdecode.Chunked:
		return texts.Phrase("body.chunks", m.Body, m.ChunkCount)
	case httpdecode.UntilClose:
		return texts.Phrase("body.close", m.Body)
	}
	return texts.Phrase("body.leaves")
}

// persistKeys are the phrases for what a message says of the connection after it.
var persistKeys = [...]string{
	httpdecode.PersistDefault: "persist.default", httpdecode.PersistKeepAlive: "persist.keep-alive",
	httpdecode.CloseAsked: "persist.close", httpdecode.CloseOld: "persist.old",
}

// hereIn is a sentence on what a field decides in its message, in the language of the texts; "" for nothing.
func hereIn(texts explain.Catalogue, head *trace.Head, f *httpdecode.Field) string {
	framing := head.Framing()
	switch {
	case f.ID == httpdecode.FieldConnection:
		return texts.Phrase("here.connection", texts.Phrase(persistKeys[head.Persist()]))
	case f.ID != httpdecode.FieldContentLength && f.ID != httpdecode.FieldTransferEncoding:
		return ""
	case framing.Rule == 0:
		return texts.Phrase("here.cut")
	case f.ID == httpdecode.FieldContentLength && framing.Kind == httpdecode.Length:
		return texts.Phrase("here.counts", framing.Rule)
	case f.ID == httpdecode.FieldTransferEncoding && framing.Kind == httpdecode.Chunked:
		return texts.Phrase("here.chunks", framing.Rule)
	}
	return texts.Phrase("here.not", framing.Rule)
}

// title is the exchange in a line.
func (w *why) title() string {
	x, key, args := w.x, "why.exchange", []any{w.x.ID}
	if x.Conn != nil {
		key, args = "why.exchange-on", []any{x.ID, x.Conn.ID, texts.Ordinal(x.Ordinal)}
	}
	return fmt.Sprint(w.words(key, args...), doc.Line{Spans: startLines(x)}.String())
}
