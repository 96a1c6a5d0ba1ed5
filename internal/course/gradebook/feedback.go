package gradebook

import (
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
)

// summary is what a student reads first about a clean report.
func (v voice) summary(r *coursework.Report) string {
	if r.Problem != "" {
		return v.Phrase("gradebook.not-markable", r.Problem)
	}
	lines := []string{v.Phrase("gradebook.score", number(r.Score), v.points(r.Max))}
	if left := leftToPerson(r); len(left) > 0 {
		var ids []string
		for _, m := range left {
			ids = append(ids, m.ID)
		}
		lines = append(lines, v.Phrase("gradebook.open", v.points(r.Open), texts.ListOf("", ids)),
			v.Phrase("gradebook.left", v.points(r.Open)))
		for _, m := range left {
			lines = append(lines, "  "+v.title(m))
		}
	}
	return strings.Join(lines, "\n")
}

// leftToPerson is the questions of which a person gives points: those that no program can mark, and those whose answer
// could not be read.
func leftToPerson(r *coursework.Report) []coursework.Marked {
	var left []coursework.Marked
	for _, m := range r.Questions {
		if m.Open > 0 {
			left = append(left, m)
		}
	}
	return left
}

// title is a question's ID and the first line of its prompt.
func (v voice) title(m coursework.Marked) string {
	prompt, _, _ := strings.Cut(strings.TrimSpace(m.Prompt), "\n")
	switch {
	case prompt == "":
		return m.ID
	case m.ID == "":
		return prompt
	}
	return v.Phrase("gradebook.title", m.ID, prompt)
}

// verdict is a verdict as a sentence begins with it.
func (v voice) verdict(verdict coursework.Verdict) string {
	key := "gradebook.verdict." + string(verdict)
	if !v.Has(key) {
		return string(verdict)
	}
	return v.Phrase(key)
}

// answer is all that a clean report says about one question, line by line.
func (v voice) answer(m coursework.Marked) string {
	lines := []string{v.Phrase("gradebook.answer", v.verdict(m.Verdict), number(m.Points), v.points(m.Max))}
	lines = append(lines, v.labelled("gradebook.your-answer", m.Given)...)
	lines = append(lines, v.labelled("gradebook.right-answer", m.Expected)...)
	lines = append(lines, m.Feedback...)
	for _, c := range m.Cells {
		if c.Verdict != coursework.Right {
			lines = append(lines, v.cellLine(c))
		}
	}
	for _, h := range m.Hints {
		lines = append(lines, v.Phrase("gradebook.look", h))
	}
	for _, p := range m.Proof {
		lines = append(lines, v.Phrase("gradebook.packet", p.Frame, p.Text))
	}
	return strings.Join(lines, "\n")
}

// labelled is a label and a text on one line, or the text indented under its label.
func (v voice) labelled(key, s string) []string {
	s, label := strings.TrimRight(s, "\n"), v.Phrase(key)
	switch {
	case s == "":
		return nil
	case !strings.Contains(s, "\n"):
		return []string{v.Phrase("gradebook.labelled", label, s)}
	}
	return []string{v.Phrase("gradebook.label", label), "  " + strings.ReplaceAll(s, "\n", "\n  ")}
}

func (v voice) cellLine(c coursework.Cell) string {
	column, verdict := coursework.ColumnName(v.Catalogue, c.Column), v.verdict(c.Verdict)
	s := v.Phrase("gradebook.cell", c.Row, column, verdict)
	if c.Row == 0 {
		s = v.Phrase("gradebook.cell-missing", column, verdict)
	}
	if c.Given != "" {
		s = v.Phrase("gradebook.cell-given", s, c.Given)
	}
	if c.Expected != "" {
		s = v.Phrase("gradebook.cell-right", s, c.Expected)
	}
	return strings.TrimSpace(v.Phrase("gradebook.cell-comment", s, c.Comment))
}
