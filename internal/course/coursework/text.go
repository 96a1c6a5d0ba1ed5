package coursework

import (
	"cmp"
	"regexp"
	"slices"

	"httpscope/internal/texts"

	"github.com/goccy/go-yaml/ast"
)

// Text is a text of a teacher: one for all, or one for each language, by the
// language's code.
type Text map[string]string

// anyLanguage is the key of a text that is the same in all languages.
const anyLanguage = ""

// In is the text in a language: in English, or in any, where there is none in
// that language.
func (t Text) In(lang texts.Lang) string {
	for _, l := range []string{string(lang), anyLanguage, string(texts.English)} {
		if s, ok := t[l]; ok {
			return s
		}
	}
	for _, l := range slices.Sorted(func(yield func(string) bool) {
		for k := range t {
			if !yield(k) {
				return
			}
		}
	}) {
		return t[l]
	}
	return ""
}

// UnmarshalYAML takes a word, or a map of languages to words.
func (t *Text) UnmarshalYAML(n ast.Node) error {
	*t = Text{}
	switch n := n.(type) {
	case *ast.MappingNode:
		for _, p := range n.Values {
			if err := t.put(p); err != nil {
				return err
			}
		}
		return nil
	case *ast.MappingValueNode:
		return t.put(n)
	}
	s, err := word(n)
	(*t)[anyLanguage] = s
	return err
}

func (t *Text) put(p *ast.MappingValueNode) error {
	lang, err := word(p.Key)
	if err != nil {
		return err
	}
	if !language.MatchString(lang) {
		at := p.Key.GetToken().Position
		return &LoadError{Line: at.Line, Column: at.Column,
			Reason: texts.Say("coursework.no-language", short(lang)), Hint: texts.Say("coursework.hint-quotes")}
	}
	s, err := word(p.Value)
	(*t)[lang] = s
	return err
}

// language is the code of a language. The rest of a text without quotes after a
// comma would be another key of the map.
var language = regexp.MustCompile(`^[a-z]{2,3}(-[A-Za-z0-9]{2,8})*$`)

// Word is a single value of an assignment as it is written: 0x1a stays 0x1a.
type Word string

// UnmarshalYAML takes any single value.
func (w *Word) UnmarshalYAML(n ast.Node) error {
	s, err := word(n)
	*w = Word(s)
	return err
}

// word is the text of a single value.
func word(n ast.Node) (string, error) {
	switch n := n.(type) {
	case *ast.StringNode:
		return n.Value, nil
	case *ast.LiteralNode:
		return n.Value.Value, nil
	case *ast.NullNode:
		return "", nil
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode:
		return n.GetToken().Value, nil
	}
	at := n.GetToken().Position
	reason := texts.Say("coursework.must-be-text")
	return "", &LoadError{Line: cmp.Or(at.Line, 1), Column: cmp.Or(at.Column, 1), Reason: reason}
}
