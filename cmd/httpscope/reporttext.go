package main

import (
	"fmt"
	"io"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/doc"
)

// reportWidth is the longest line of a report, in columns.
const reportWidth = 100

// marks are the verdicts as they stand in front of a question.
var marks = map[coursework.Verdict]string{coursework.Right: "right", coursework.Partly: "partly", coursework.Wrong: "wrong", coursework.Missing: "missing", coursework.Person: "by hand"}

// writeReportText writes a report for a terminal.
func writeReportText(w io.Writer, r *coursework.Report) error {
	var b strings.Builder
	fmt.Fprintf(&b, "%s\n", r.Title)
	if r.Student != "" {
		fmt.Fprintf(&b, "%s\n", r.Student)
	}
	if r.Problem != "" {
		indented(&b, "", "Not marked: "+r.Problem)
	}
	for i := range r.Questions {
		writeMarked(&b, &r.Questions[i])
	}
	fmt.Fprintf(&b, "\n%g of %g points", r.Score, r.Max)
	if r.Open > 0 {
		fmt.Fprintf(&b, ", and %g to be given by hand", r.Open)
	}
	b.WriteString("\n")
	for _, m := range r.Remarks {
		indented(&b, "  ", m.Severity+" "+m.Code+": "+m.Text)
	}
	_, err := io.WriteString(w, b.String())
	return err
}

// indented writes a text in lines.
func indented(b *strings.Builder, by, text string) {
	for part := range strings.SplitSeq(text, "\n") {
		for _, line := range doc.WrapText(part, reportWidth-len(by)) {
			fmt.Fprintf(b, "%s%s\n", by, line)
		}
	}
}

func writeMarked(b *strings.Builder, m *coursework.Marked) {
	fmt.Fprintf(b, "\n%-8s %s  %g of %g\n", marks[m.Verdict], m.ID, m.Points, m.Max)
	indented(b, "  ", m.Prompt)
	if m.Given != "" {
		indented(b, "  > ", m.Given)
	}
	for _, f := range m.Feedback {
		indented(b, "  ", f)
	}
	for _, c := range m.Cells {
		if c.Verdict != coursework.Right {
			indented(b, "  ", cellWords(&c))
		}
	}
	for _, h := range m.Hints {
		indented(b, "  ", "Hint: "+h)
	}
	if m.Expected != "" {
		indented(b, "  ", "Right is: "+m.Expected)
	}
	for _, p := range m.Proof {
		indented(b, "  ", fmt.Sprintf("Packet %d: %s", p.Frame, p.Text))
	}
}

// cellWords says what is wrong with a cell.
func cellWords(c *coursework.Cell) string {
	where := fmt.Sprintf("row %d, %s", c.Row, c.Column)
	if c.Row == 0 {
		where = "a missing " + c.Column
	}
	line := where + ": " + marks[c.Verdict]
	if c.Given != "" {
		line = fmt.Sprintf("%s: %s (%s)", where, c.Given, marks[c.Verdict])
	}
	if c.Expected != "" {
		line += "; right is " + c.Expected
	}
	if c.Comment != "" {
		line += ". " + c.Comment
	}
	return line
}
