// Package report writes what came of marking for people: the report of one student's answers, and the list of a class.
//
// It marks nothing, and knows no flag and no exit code. What is written for gradebooks is package gradebook's.
package report

import (
	"io"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
)

// reportWidth is the longest line of a report, in columns.
const reportWidth = 100

// markWidth is the width of the column of verdicts in front of questions.
const markWidth = 8

// Verdict is a verdict as it stands in front of a question.
func Verdict(c texts.Catalogue, v coursework.Verdict) string {
	return c.Phrase("coursework.verdict." + string(v))
}

// Write writes a report for a terminal, in its language.
func Write(w io.Writer, r *coursework.Report) error {
	t := writer{Catalogue: r.Words()}
	t.write(r)
	_, err := io.WriteString(w, t.String())
	return err
}

// writer is a report while it is written.
type writer struct {
	strings.Builder
	texts.Catalogue
}

func (t *writer) write(r *coursework.Report) {
	t.line(r.Title)
	if r.Student != "" {
		t.line(r.Student)
	}
	if r.Problem != "" {
		t.indented("", t.Phrase("check.not-marked", r.Problem))
	}
	for i := range r.Questions {
		t.question(&r.Questions[i])
	}
	t.line("")
	if r.Open > 0 {
		t.line(t.Phrase("check.score-open", r.Score, r.Max, r.Open))
	} else {
		t.line(t.Phrase("check.score", r.Score, r.Max))
	}
	for _, m := range r.Remarks {
		t.indented("  ", t.Phrase("check.remark", t.Phrase("severity."+m.Severity), m.Code, m.Text))
	}
}

func (t *writer) line(s string) { t.WriteString(s + "\n") }

// indented writes a text in lines.
func (t *writer) indented(by, text string) {
	for part := range strings.SplitSeq(text, "\n") {
		for _, line := range doc.WrapText(part, reportWidth-len(by)) {
			t.line(by + line)
		}
	}
}

func (t *writer) question(m *coursework.Marked) {
	verdict := doc.Column(Verdict(t.Catalogue, m.Verdict), markWidth, "", false)
	t.line("")
	t.line(verdict + " " + t.Phrase("check.question", m.ID, m.Points, m.Max))
	t.indented("  ", m.Prompt)
	if m.Given != "" {
		t.indented("  > ", m.Given)
	}
	for _, f := range m.Feedback {
		t.indented("  ", f)
	}
	for i := range m.Cells {
		if c := &m.Cells[i]; c.Verdict != coursework.Right {
			t.indented("  ", Cell(t.Catalogue, c))
		}
	}
	for _, h := range m.Hints {
		t.indented("  ", t.Phrase("check.hint", h))
	}
	if m.Expected != "" {
		t.indented("  ", t.Phrase("check.right", m.Expected))
	}
	for _, p := range m.Proof {
		t.indented("  ", t.Phrase("check.packet", p.Frame, p.Text))
	}
}

// Cell says what is wrong with a cell.
func Cell(c texts.Catalogue, cell *coursework.Cell) string {
	column := coursework.ColumnName(c, cell.Column)
	where := c.Phrase("check.cell", cell.Row, column)
	if cell.Row == 0 {
		where = c.Phrase("check.cell-missing", column)
	}
	line := c.Phrase("check.cell-verdict", where, Verdict(c, cell.Verdict))
	if cell.Given != "" {
		line = c.Phrase("check.cell-given", where, cell.Given, Verdict(c, cell.Verdict))
	}
	if cell.Expected != "" {
		line = c.Phrase("check.cell-right", line, cell.Expected)
	}
	if cell.Comment != "" {
		line = c.Phrase("check.cell-comment", line, cell.Comment)
	}
	return line
}
