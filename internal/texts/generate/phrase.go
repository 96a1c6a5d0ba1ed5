package main

import (
	"bytes"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
)

// phrase is a phrase in one language, by its plural forms as Unicode names them. One without forms has form "".
type phrase map[string]string

// pluralForms are the names of forms (CLDR, Language Plural Rules).
const pluralForms = "zero one two few many other"

// UnmarshalYAML implements [yaml.BytesUnmarshaler]: a text, or texts by the names of forms.
func (p *phrase) UnmarshalYAML(b []byte) error {
	var text string
	if yaml.Unmarshal(b, &text) == nil {
		*p = phrase{"": text}
		return nil
	}
	forms := map[string]string{}
	if err := yaml.Unmarshal(b, &forms); err != nil {
		return err
	}
	for name := range forms {
		if !slices.Contains(strings.Fields(pluralForms), name) {
			return fmt.Errorf("%q is no plural form: expected %s", name, pluralForms)
		}
	}
	if forms["other"] == "" {
		return fmt.Errorf("plural forms %q: expected one with the name other", forms)
	}
	*p = forms
	return nil
}

// samePhrases reports a language that lacks a phrase, has one too many, or has other parameters in it.
func samePhrases(phrases map[string]map[string]phrase) error {
	const reference = "en"
	for lang, own := range phrases {
		for key, p := range phrases[reference] {
			if own[key] == nil {
				return fmt.Errorf("%s: the phrase %s is missing", lang, key)
			}
			want := parameters(p["other"] + p[""])
			for form, text := range own[key] {
				got := parameters(text)
				if form != "" && form != "other" && got == withoutNumber(want) { // "the byte that follows"
					continue
				}
				if text == "" || got != want {
					return fmt.Errorf("%s: the phrase %s has the parameters %s (%s), expected those of %s: %s", lang,
						strings.TrimSuffix(key+"|"+form, "|"), got, text, reference, want)
				}
			}
		}
		for key := range own {
			if phrases[reference][key] == nil {
				return fmt.Errorf("%s: the phrase %s is not in %s", lang, key, reference)
			}
		}
	}
	return nil
}

// withoutNumber are the parameters without the first: a plural form may leave out its number. The others have numbers
// then, since nothing stands before them: %[2]s.
func withoutNumber(parameters string) string {
	first, rest, _ := strings.Cut(parameters, " ")
	if first != "01d" {
		return parameters
	}
	return rest
}

// verb is a place for a parameter in a phrase.
var verb = regexp.MustCompile(`%([-+# 0]*)(?:\[(\d+)\])?[0-9]*(?:\.[0-9]+)?(\[(\d+)\])?([a-zA-Z%])`)

// parameters are the parameters that a phrase has, in the order of their numbers: "1d 2s".
func parameters(text string) string {
	var found []string
	next := 1
	for _, m := range verb.FindAllStringSubmatch(text, -1) {
		if m[5] == "%" {
			continue
		}
		for _, number := range []string{m[2], m[4]} {
			if number != "" {
				fmt.Sscan(number, &next)
			}
		}
		found = append(found, fmt.Sprintf("%02d%s", next, kindOf(m[5])))
		next++
	}
	slices.Sort(found)
	return strings.Join(slices.Compact(found), " ")
}

// kindOf takes %s, %q and %v for the same, since one language has quotes where another has none.
func kindOf(verb string) string {
	if strings.Contains("sqv", verb) {
		return "s"
	}
	return verb
}

// phraseTable is the phrases by key, and beside them those that have plural forms.
func phraseTable(lang string, phrases map[string]phrase) []byte {
	b := head("texts")
	b.WriteString("import \"golang.org/x/text/feature/plural\"\n\n")
	fmt.Fprintf(b, "// phrases_%s are the phrases in one language by key.\n", lang)
	fmt.Fprintf(b, "var phrases_%s = map[string]string{\n", lang)
	for _, key := range sortedKeys(phrases) {
		if text, ok := phrases[key][""]; ok {
			fmt.Fprintf(b, "%q: %q,\n", key, text)
		}
	}
	fmt.Fprintf(b, "}\n\n// plurals_%s are the phrases with plural forms.\n", lang)
	fmt.Fprintf(b, "var plurals_%s = map[string]*pluralForms{\n", lang)
	for _, key := range sortedKeys(phrases) {
		if _, ok := phrases[key][""]; !ok {
			fmt.Fprintf(b, "%q: {", key)
			writeForms(b, phrases[key])
			b.WriteString("},\n")
		}
	}
	b.WriteString("}\n")
	return b.Bytes()
}

func writeForms(b *bytes.Buffer, p phrase) {
	for _, form := range sortedKeys(p) {
		fmt.Fprintf(b, "plural.%s: %q, ", strings.ToUpper(form[:1])+form[1:], p[form])
	}
}
