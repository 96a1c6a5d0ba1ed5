package sheet

import (
	"io"

	"github.com/goccy/go-yaml"
)

// WriteYAML writes a sheet in the form that [Parse] reads. Every value is
// quoted where YAML would take it for something else.
func (s *Sheet) WriteYAML(w io.Writer) error {
	var root yaml.MapSlice
	if s.Student != "" {
		root = append(root, yaml.MapItem{Key: "student", Value: s.Student})
	}
	answers := yaml.MapSlice{}
	for i := range s.Answers {
		answers = append(answers, yaml.MapItem{Key: s.Answers[i].ID, Value: s.Answers[i].value()})
	}
	b, err := yaml.MarshalWithOptions(append(root, yaml.MapItem{Key: "answers", Value: answers}), yaml.IndentSequence(true))
	if err != nil {
		return err
	}
	_, err = w.Write(b)
	return err
}

// value is an answer as YAML has it.
func (a *Answer) value() any {
	switch {
	case a.Rows != nil:
		rows := [][]string{}
		if a.Header != nil {
			rows = append(rows, a.Header)
		}
		return append(rows, a.Rows...)
	case a.List != nil:
		return a.List
	}
	return a.Text
}
