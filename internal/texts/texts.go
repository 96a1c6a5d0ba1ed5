// Package texts holds what the program says, as data: sentences with parameters, by keys, in every language that
// there is a folder for. A translator edits the folder; go generate makes tables of it, so that nothing is parsed when
// the program starts. The folder's README says how.
//
// It knows no protocol and no one who speaks, and lays nothing out. The texts about codes (findings, methods,
// statuses, fields) stand in the same folder and are package explain's.
package texts

//go:generate go run ./generate

import (
	"fmt"
	"strconv"
	"strings"
	"unicode"
	"unicode/utf8"
)

// Catalogue is all phrases in one language. The zero Catalogue is English.
type Catalogue struct {
	lang  Lang
	other *phrases // nil in English
}

// In is the catalogue in a language, in English where there are no texts in that language.
func In(lang Lang) Catalogue {
	if own := phrasesIn[lang]; own != nil && lang != English {
		return Catalogue{lang, own}
	}
	return Catalogue{}
}

// Lang is the language of the phrases.
func (c Catalogue) Lang() Lang {
	if c.other == nil {
		return English
	}
	return c.lang
}

var english = phrasesIn[English]

// own are the phrases in the catalogue's language.
func (c Catalogue) own() *phrases {
	if c.other == nil {
		return english
	}
	return c.other
}

// Has reports that there is a phrase with a key.
func (c Catalogue) Has(key string) bool {
	own := c.own()
	return own.simple[key] != "" || own.plural[key] != nil
}

// Named is the word for a thing of a kind, the phrase kind + name; the name itself where there is none.
func (c Catalogue) Named(kind, name string) string {
	if word := c.own().simple[kind+name]; word != "" {
		return word
	}
	return name
}

// Phrase is the phrase with a key, with its parameters as [fmt.Sprintf] takes them. A parameter that is itself a
// [Phrase], a [List] or an error of [Errorf] is said in the same language. A phrase with plural forms has the form
// for its first parameter, a number. Where there is no such key the result is empty.
func (c Catalogue) Phrase(key string, args ...any) string {
	own := c.own()
	text, ok := own.simple[key]
	if !ok && len(args) > 0 {
		text = own.form(key, args[0])
	}
	if len(args) == 0 || !strings.Contains(text, "%") { // a plural form may leave out its number
		return text
	}
	if said, ok := c.filled(text, args); ok {
		return said
	}
	return fmt.Sprintf(text, c.spoken(args)...)
}

// filled puts parameters in the places %s and %d of a text, in their order. That is what nearly all details of findings
// and cookies are, and reading a capture says thousands of them: package fmt takes three times as long. It reports
// false for every other text.
func (c Catalogue) filled(text string, args []any) (string, bool) {
	b := make([]byte, 0, 128)
	for _, arg := range args {
		before, rest, found := strings.Cut(text, "%")
		var verb string
		if b, verb = c.appendArg(append(b, before...), arg); !found || verb == "" || !strings.HasPrefix(rest, verb) {
			return "", false
		}
		text = rest[len(verb):]
	}
	if strings.Contains(text, "%") {
		return "", false
	}
	return string(append(b, text...)), true
}

// appendArg appends a text or a whole number, and tells the verb that says it so; "" for other types.
func (c Catalogue) appendArg(b []byte, arg any) (out []byte, verb string) {
	switch arg := arg.(type) {
	case string:
		return append(b, arg...), "s"
	case Phrase:
		return append(b, c.Of(arg)...), "s"
	case int:
		return strconv.AppendInt(b, int64(arg), 10), "d"
	case int64:
		return strconv.AppendInt(b, arg, 10), "d"
	}
	return b, ""
}

// Of says a phrase; nothing for the zero Phrase, which is what most verdicts have to say.
func (c Catalogue) Of(p Phrase) string {
	if p.IsZero() {
		return ""
	}
	return c.Phrase(p.Key, p.Args...)
}

// spoken are parameters with phrases, lists and errors said.
func (c Catalogue) spoken(args []any) []any {
	out := make([]any, len(args))
	for i, a := range args {
		switch a := a.(type) {
		case Phrase:
			out[i] = c.Of(a)
		case List:
			out[i] = c.list(a)
		case Ordinal:
			out[i] = c.ordinal(a)
		case error:
			out[i] = c.Error(a)
		default:
			out[i] = a
		}
	}
	return out
}

// list joins what a list has: "a, b and c".
func (c Catalogue) list(l List) string {
	items := c.spoken(l.Items)
	if len(items) == 0 {
		return ""
	}
	words := make([]string, len(items))
	for i, item := range items {
		words[i] = fmt.Sprint(item)
	}
	return c.joined(l.Word, words)
}

// joined lists words. Beside a Chinese word no space stands before a Chinese "and": the phrase has it for Latin words.
func (c Catalogue) joined(word string, words []string) string {
	last := len(words) - 1
	if last == 0 || word == "" {
		return strings.Join(words, c.Phrase("list.comma"))
	}
	const seam = "\x00" // between what is listed and the phrase
	before := strings.Join(words[:last], c.Phrase("list.comma"))
	said := c.Phrase("list."+word, before+seam, seam+words[last])
	end, _ := utf8.DecodeLastRuneInString(before)
	begin, _ := utf8.DecodeRuneInString(words[last])
	left, right, _ := strings.Cut(said, seam)
	middle, right, _ := strings.Cut(right, seam)
	return left + trimBeside(middle, end, begin) + right
}

// trimBeside takes the spaces off text with Chinese in it that stands between two characters, beside Chinese ones.
func trimBeside(text string, before, after rune) string {
	isHan := func(r rune) bool { return unicode.Is(unicode.Han, r) }
	if !strings.ContainsFunc(text, isHan) {
		return text
	}
	if isHan(before) {
		text = strings.TrimLeft(text, " ")
	}
	if isHan(after) {
		text = strings.TrimRight(text, " ")
	}
	return text
}
