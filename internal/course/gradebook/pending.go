package gradebook

import (
	"cmp"
	"io"

	"httpscope/internal/texts"
)

// Pending writes a CSV file of what is left to a person: student, question, given, the points that are open, those
// that the answer has already and those that the question has, and the submission. It lists the questions that no
// program can mark, and the answers that could not be read. Line ends in an answer are made visible.
func Pending(w io.Writer, class []Entry) error {
	c := csvWriter{w: w}
	c.row("student", "question", "given", "open", "earned", "max", "submission")
	for _, e := range class {
		if e.Report == nil {
			continue
		}
		for _, m := range leftToPerson(clean(e.Report)) {
			line := func(s string) string { return cell(importers.line(s)) }
			c.row(line(e.name()), line(m.ID), line(m.Given), number(m.Open), number(m.Points), number(m.Max),
				line(e.Submission))
		}
	}
	if c.err != nil {
		return texts.Errorf("gradebook.writing-pending", c.err)
	}
	return nil
}

// name is the student's where the roster has one, else that of the submission.
func (e *Entry) name() string {
	if e.Student != nil {
		return cmp.Or(e.Student.called(), e.Submission)
	}
	return e.Submission
}
