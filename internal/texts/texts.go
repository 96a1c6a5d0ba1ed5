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
	"strings"
	"unicode"
	"unicode/utf8"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// Catalogue is all phrases in one language. The zero Catalogue is English.
type Catalogue struct{ lang Lang }

// In is the catalogue in a language.
func In(lang Lang) Catalogue { return Catalogue{lang} }

// Lang is the language of the phrases.
func (c Catalogue) Lang() Lang {
	if phrasesIn[c.lang] == nil {
		return English
	}
	return c.lang
}

// Has reports that there is a phrase with a key.
func (c Catalogue) Has(key string) bool {
	own := phrasesIn[c.Lang()]
	return own[key] != "" || own[key+otherForm] != ""
}

// Named is the word for a thing of a kind, the phrase kind + name; the name itself where there is none.
func (c Catalogue) Named(kind, name string) string {
	if word := phrasesIn[c.Lang()][kind+name]; word != "" {
		return word
	}
	return name
}

// Phrase is the phrase with a key, with its parameters as [fmt.Sprintf] takes them. A parameter that is itself a
// [Phrase], a [List] or an error of [Errorf] is said in the same language. A phrase with plural forms has the form
// for its first parameter, a number. Where there is no such key the result is empty.
func (c Catalogue) Phrase(key string, args ...any) string {
	text, ok := phrasesIn[c.Lang()][key]
	if !ok && len(args) > 0 {
		text = c.form(key, args[0])
	}
	if len(args) == 0 || !strings.Contains(text, "%") { // a plural form may leave out its number
		return text
	}
	return fmt.Sprintf(text, c.spoken(args)...)
}

// Of says a phrase.
func (c Catalogue) Of(p Phrase) string { return c.Phrase(p.Key, p.Args...) }

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

// otherForm marks the form of a phrase for all numbers that have none of their own.
const otherForm = "|other"

// formNames are the plural forms as Unicode names them (CLDR, Language Plural Rules).
var formNames = map[plural.Form]string{plural.Zero: "|zero", plural.One: "|one", plural.Two: "|two", plural.Few: "|few",
	plural.Many: "|many", plural.Other: otherForm}

// form is the phrase with a key in the plural form for a number.
func (c Catalogue) form(key string, number any) string {
	n, ok := whole(number)
	if !ok {
		return phrasesIn[c.Lang()][key+otherForm]
	}
	return c.formBy(plural.Cardinal, key, n)
}

// ordinal is the word for a place in an order.
func (c Catalogue) ordinal(n Ordinal) string {
	return fmt.Sprintf(c.formBy(plural.Ordinal, "ordinal", int(n)), int(n))
}

// tags are the languages as the rules of numbers know them: to read a name takes longer than to apply a rule.
var tags = readTags()

func readTags() map[Lang]language.Tag {
	all := map[Lang]language.Tag{}
	for lang := range phrasesIn {
		all[lang] = language.Make(string(lang))
	}
	return all
}

// formBy is the phrase with a key in the form that the language's rules of a kind give to a number.
func (c Catalogue) formBy(rules *plural.Rules, key string, n int) string {
	own := phrasesIn[c.Lang()]
	f := rules.MatchPlural(tags[c.Lang()], n, 0, 0, 0, 0)
	if text, ok := own[key+formNames[f]]; ok {
		return text
	}
	return own[key+otherForm]
}
