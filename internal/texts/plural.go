package texts

import (
	"fmt"
	"strconv"

	"golang.org/x/text/feature/plural"
	"golang.org/x/text/language"
)

// phrases are the phrases in one language.
type phrases struct {
	simple map[string]string       // by key
	plural map[string]*pluralForms // those that have forms for numbers, by key
	tag    language.Tag            // the language as the rules of numbers know it: to read a name takes long
}

// pluralForms are the forms of a phrase, "" where a number's form is that of all others (CLDR, Language Plural Rules).
type pluralForms [plural.Many + 1]string

// languageTag reads the name of a language.
func languageTag(l Lang) language.Tag { return language.Make(string(l)) }

// form is the phrase with a key in the plural form for a number; "" where there is no such phrase.
func (p *phrases) form(key string, number any) string {
	forms := p.plural[key]
	if forms == nil {
		return ""
	}
	if n, ok := whole(number); ok {
		return forms.by(plural.Cardinal, p.tag, n)
	}
	return forms[plural.Other]
}

// by is the form that the language's rules of a kind give to a number.
func (f *pluralForms) by(rules *plural.Rules, lang language.Tag, n int) string {
	if text := f[rules.MatchPlural(lang, n, 0, 0, 0, 0)]; text != "" {
		return text
	}
	return f[plural.Other]
}

// ordinal is the word for a place in an order.
func (c Catalogue) ordinal(n Ordinal) string {
	return fmt.Sprintf(c.own().plural["ordinal"].by(plural.Ordinal, c.own().tag, int(n)), int(n))
}

// whole is a number of any integer type.
func whole(number any) (int, bool) {
	var n int
	switch v := number.(type) {
	case int:
		n = v
	case int64:
		n = int(v)
	case int32:
		n = int(v)
	case uint16:
		n = int(v)
	case uint32:
		n = int(v)
	case uint64:
		n = int(v)
	default: // a fraction is none: 1.5 points
		var err error
		if n, err = strconv.Atoi(fmt.Sprint(number)); err != nil {
			return 0, false
		}
	}
	return max(n, -n), true
}
