package page

import (
	"unicode"
	"unicode/utf8"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// words is a phrase of the Why pane in the language of the texts.
func (w *why) words(key string, args ...any) string { return w.texts.Phrase(key, args...) }

// side is request or response.
func (w *why) side(m *trace.Message) string { return w.words("side." + m.Side.String()) }

// bytes is a number of them.
func (w *why) bytes(n int64) string {
	return w.words("count.byte", n)
}

// sentence is [Verdict] as a sentence.
func (w *why) sentence(m *trace.Message) string {
	v := verdict(w.texts.Catalogue, m)
	first, n := utf8.DecodeRuneInString(v)
	return w.words("why.sentence", string(unicode.ToUpper(first))+v[n:])
}

// persistKeys are the phrases for what a message says of the connection after it.
var persistKeys = [...]string{
	httpdecode.PersistDefault: "persist.default", httpdecode.PersistKeepAlive: "persist.keep-alive",
	httpdecode.CloseAsked: "persist.close", httpdecode.CloseOld: "persist.old",
}
