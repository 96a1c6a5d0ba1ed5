package sheet

import (
	"io"
	"strconv"
	"strings"
	"unicode/utf8"

	"github.com/goccy/go-yaml"

	"httpscope/internal/visible"
)

// WriteYAML writes a sheet in the form that [Parse] reads. Every value is
// quoted where YAML would take it for something else.
func (s *Sheet) WriteYAML(w io.Writer) error {
	var root yaml.MapSlice
	if s.Student != "" {
		root = append(root, yaml.MapItem{Key: "student", Value: yamlText(s.Student)})
	}
	answers := yaml.MapSlice{}
	for i := range s.Answers {
		answers = append(answers, yaml.MapItem{Key: visible.Line(s.Answers[i].ID), Value: s.Answers[i].value()})
	}
	b, err := yaml.MarshalWithOptions(append(root, yaml.MapItem{Key: "answers", Value: answers}),
		yaml.IndentSequence(true))
	if err != nil {
		return err
	}
	_, err = w.Write(visible.YAML(b))
	return err
}

// yamlText is a string that is quoted if anything in it must be escaped.
type yamlText string

// MarshalYAML implements [yaml.BytesMarshaler].
func (t yamlText) MarshalYAML() ([]byte, error) {
	s := string(t)
	switch {
	case !utf8.ValidString(s): // YAML has no bytes but in base64
		return yaml.Marshal(visible.Line(s))
	case strings.ContainsFunc(s, func(r rune) bool { return r != '\n' && visible.Hidden(r) }):
		return []byte(strconv.Quote(s)), nil
	}
	return yaml.Marshal(s)
}

// value is an answer as YAML has it.
func (a *Answer) value() any {
	switch {
	case a.Rows != nil:
		rows := [][]yamlText{}
		if a.Header != nil {
			rows = append(rows, yamlTexts(a.Header))
		}
		for _, r := range a.Rows {
			rows = append(rows, yamlTexts(r))
		}
		return rows
	case a.List != nil:
		return yamlTexts(a.List)
	}
	return yamlText(a.Text)
}

func yamlTexts(list []string) []yamlText {
	out := make([]yamlText, len(list))
	for i, s := range list {
		out[i] = yamlText(s)
	}
	return out
}
