package quiz

import (
	"slices"

	"httpscope/internal/explain"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// saying is something that can be said in every language. What of it comes from
// the network becomes visible.
type saying func(c explain.Catalogue) string

// phrase says the phrase with a key.
func phrase(key string, args ...any) saying {
	return func(c explain.Catalogue) string { return visible.Line(c.Phrase(key, args...)) }
}

// phrases say phrases without parameters.
func phrases(keys ...string) []saying {
	var out []saying
	for _, key := range keys {
		out = append(out, phrase(key))
	}
	return out
}

// literal says what is the same in every language: what stands on the wire.
func literal(s string) saying {
	s = visible.Line(s)
	return func(explain.Catalogue) string { return s }
}

// titleOf says the title of a text.
func titleOf(t explain.Text) saying {
	return func(c explain.Catalogue) string { return visible.Line(again(c, t).Title) }
}

// meaningOf says what a text is about, in a sentence or two.
func meaningOf(t explain.Text) saying {
	return func(c explain.Catalogue) string { return visible.Line(again(c, t).What) }
}

// again is a text in the language of a catalogue.
func again(c explain.Catalogue, t explain.Text) explain.Text {
	t, _ = c.Lookup(t.Code)
	return t
}

// forms are a saying in every language, as normal gives it. Two sayings are
// compared by all of them, so that neither what is asked nor what counts as an
// answer depends on the language in which it is asked.
func (s saying) forms() []string {
	var out []string
	for _, lang := range texts.Languages() {
		out = append(out, normal(s(explain.In(lang))))
	}
	return out
}

// equal reports that two sayings are the same in a language. Their forms are
// those of [saying.forms].
func equal(a, b []string) bool {
	for i := range a {
		if a[i] == b[i] {
			return true
		}
	}
	return false
}

// blank reports that a saying says nothing in a language.
func blank(forms []string) bool { return slices.Contains(forms, "") }

// in is the saying in the language of a catalogue; "" for none.
func (s saying) in(c explain.Catalogue) string {
	if s == nil {
		return ""
	}
	return s(c)
}
