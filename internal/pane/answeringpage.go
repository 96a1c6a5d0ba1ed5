package pane

import (
	"fmt"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/report"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Page implements tui.Asking.
func (w *answering) Page() doc.Page {
	w.mu.Lock()
	defer w.mu.Unlock()
	if w.doc == nil {
		w.doc = w.page()
	}
	return w.doc
}

func (w *answering) page() doc.Page {
	out := doc.NewWriter(w.texts())
	out.Add(doc.Linef(doc.Title, "%s", visible.Line(w.assignment.Title.In(w.lang))))
	out.Say(doc.Dim, "answering.keys", w.path)
	if w.report != nil {
		out.Say(doc.Plain, "answering.last-score", w.report.Score, w.report.Max)
	}
	for i := range w.assignment.Questions {
		w.question(out, i)
	}
	return out.Lines
}

// verdictRoles are the roles of verdicts; their words say the same.
var verdictRoles = map[coursework.Verdict]doc.Role{coursework.Right: doc.Key, coursework.Partly: doc.Note,
	coursework.Wrong: doc.Warning, coursework.Missing: doc.Dim, coursework.Person: doc.Dim,
	coursework.Unread: doc.Note}

// question writes the lines of one question.
func (w *answering) question(out *doc.Writer, i int) {
	q := &w.assignment.Questions[i]
	ref := doc.Ref{Code: fmt.Sprintf("try:%d", i)}
	var m *coursework.Marked
	if w.report != nil && w.report.Questions[i].Verdict != "" {
		m = &w.report.Questions[i]
	}
	head := []doc.Span{{Text: q.ID, Role: doc.Name}, doc.Space(2), out.Span(doc.Dim, "answering.worth", q.Worth())}
	if m != nil {
		verdict := out.Span(verdictRoles[m.Verdict], "answering.verdict", report.Verdict(out.Catalogue, m.Verdict),
			m.Points)
		head = append(head, doc.Space(2), verdict)
	}
	out.Empty()
	out.About(ref, head...)
	say := func(r doc.Role, s string) { out.About(ref, doc.Shown(visible.Line(s), r)) }
	w.asked(q, say)
	say(doc.Key, "> "+onOneLine(w.answerTo(q)))
	if m != nil {
		marked(out.Catalogue, m, say)
	}
}

// asked says what a question asks.
func (w *answering) asked(q *coursework.Question, say func(doc.Role, string)) {
	say(doc.Plain, q.Prompt.In(w.lang))
	for _, entry := range q.List(w.lang) {
		say(doc.Plain, "  "+strings.TrimPrefix(entry, "- "))
	}
	if columns := q.TableColumns(); columns != nil {
		say(doc.Dim, "  "+w.texts().Phrase("answering.columns", coursework.ColumnNames(w.texts(), columns)))
	}
}

// marked says what came of an answer.
func marked(c texts.Catalogue, m *coursework.Marked, say func(doc.Role, string)) {
	for _, f := range m.Feedback {
		say(doc.Note, "  "+f)
	}
	for i := range m.Cells {
		if cell := &m.Cells[i]; cell.Verdict != coursework.Right {
			say(doc.Note, "  "+report.Cell(c, cell))
		}
	}
	for _, h := range m.Hints {
		say(doc.Note, "  "+h)
	}
}
