package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"github.com/spf13/cobra"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/sheet"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
	"httpscope/internal/wholefile"
	"httpscope/tui"
)

// assignmentFlags let an assignment be answered beside the traffic.
type assignmentFlags struct{ assignment, answers string }

func (f *assignmentFlags) add(cmd *cobra.Command, c texts.Catalogue) {
	cmd.Flags().StringVar(&f.assignment, "assignment", "", "answer an assignment beside the traffic: a YAML file, or the name of one that comes with the program")
	cmd.Flags().StringVar(&f.answers, "answers", "", "the Markdown sheet that the answers are saved to; it is made when it is missing. By default ASSIGNMENT.md")
}

// open makes what the screen asks; nil when no assignment is given.
func (f *assignmentFlags) open(lang string, capture func(io.Writer) (string, error)) (tui.Assignment, error) {
	if f.assignment == "" {
		if f.answers != "" {
			return nil, &exitError{exitUsage, errors.New("--answers needs --assignment"), "which questions are answered"}
		}
		return nil, nil
	}
	a, err := assignment(f.assignment)
	if err != nil {
		return nil, err
	}
	w := &answering{assignment: a, path: f.answers, lang: lang, capture: capture}
	if w.path == "" {
		w.path = a.ID + ".md"
	}
	if ext := strings.ToLower(filepath.Ext(w.path)); ext != ".md" && ext != ".markdown" {
		return nil, &exitError{exitUsage, fmt.Errorf("--answers: %s is no Markdown sheet", w.path), "the screen fills in a sheet that ends in .md; `httpscope check` reads others as well"}
	}
	return w, w.load()
}

// answering is an assignment while it is answered on the screen. Every answer
// is saved at once.
type answering struct {
	assignment *coursework.Assignment
	path, lang string
	capture    func(io.Writer) (string, error) // writes the capture so far; nil: there is none

	mu     sync.Mutex
	text   string // of the sheet
	sheet  *sheet.Sheet
	report *coursework.Report // of the last check
	doc    doc.Page           // nil: to be made
}

// load reads the sheet, or begins an empty one.
func (w *answering) load() error {
	b, err := os.ReadFile(w.path)
	if errors.Is(err, os.ErrNotExist) {
		var blank strings.Builder
		if err := w.assignment.WriteBlank(&blank, w.lang); err != nil {
			return err
		}
		b, err = []byte(blank.String()), nil
	}
	if err != nil {
		return openError(w.path, err)
	}
	if w.sheet, err = sheet.Parse(w.path, b); err != nil {
		return &exitError{exitUsage, fmt.Errorf("%s: %w", w.path, err), "docs/coursework.md shows the form of a sheet"}
	}
	w.text = string(b)
	return nil
}

// answerTo is the answer that the sheet has.
func (w *answering) answerTo(q *coursework.Question) *sheet.Answer {
	for i := range w.sheet.Answers {
		if a := &w.sheet.Answers[i]; strings.EqualFold(strings.TrimRight(a.ID, "._-"), q.ID) {
			return a
		}
	}
	return &sheet.Answer{ID: q.ID}
}

// Ask implements tui.Asking. A table is one line, its rows parted by semicolons.
func (w *answering) Ask(n int) (label, answer string) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n < 0 || n >= len(w.assignment.Questions) {
		return "", ""
	}
	q := &w.assignment.Questions[n]
	return q.ID + ":", onOneLine(w.answerTo(q))
}

func onOneLine(a *sheet.Answer) string {
	if len(a.Rows) == 0 {
		return strings.Join(strings.Fields(a.Text), " ")
	}
	var rows []string
	for _, row := range a.Rows {
		if strings.TrimSpace(strings.Join(row, "")) != "" {
			rows = append(rows, strings.Join(row, ", "))
		}
	}
	return strings.Join(rows, "; ")
}

// Answer implements tui.Asking: it saves the sheet.
func (w *answering) Answer(n int, text string) (string, error) {
	w.mu.Lock()
	defer w.mu.Unlock()
	if n < 0 || n >= len(w.assignment.Questions) {
		return "", nil
	}
	if err := w.reload(); err != nil {
		return "", err
	}
	q := &w.assignment.Questions[n]
	a := &sheet.Answer{ID: q.ID, Text: text}
	if q.Kind == coursework.KindConnections {
		a = table(q, text)
	}
	filled, ok := sheet.Fill(w.text, a)
	if !ok {
		filled = strings.TrimRight(w.text, "\n") + "\n\n## " + q.ID + "\n\nAnswer:\n"
		filled, _ = sheet.Fill(filled, a)
	}
	s, err := sheet.Parse(w.path, []byte(filled))
	if err != nil {
		return "", fmt.Errorf("the answer does not fit into the sheet: %w", err)
	}
	if err := replaceFile(w.path, filled); err != nil {
		return "", err
	}
	w.text, w.sheet, w.doc = filled, s, nil
	w.forget(q.ID)
	return "Saved to " + w.path + ".", nil
}

// reload takes in what the student has written into the sheet with another
// program. One that is gone is written anew.
func (w *answering) reload() error {
	b, err := os.ReadFile(w.path)
	switch {
	case errors.Is(err, os.ErrNotExist) || err == nil && string(b) == w.text:
		return nil
	case err != nil:
		return err
	}
	s, err := sheet.Parse(w.path, b)
	if err != nil {
		return fmt.Errorf("%s was changed, and cannot be read: %w", w.path, err)
	}
	w.text, w.sheet, w.doc = string(b), s, nil
	return nil
}

// table reads rows that are parted by semicolons.
func table(q *coursework.Question, text string) *sheet.Answer {
	a := &sheet.Answer{ID: q.ID, Header: q.TableColumns()}
	for row := range strings.SplitSeq(strings.ReplaceAll(text, "；", ";"), ";") {
		cells := strings.FieldsFunc(row, func(r rune) bool { return r == ',' || r == '，' || r == '\t' })
		if len(cells) == 1 {
			cells = strings.Fields(row)
		}
		if len(cells) > 0 {
			a.Rows = append(a.Rows, cells)
		}
	}
	return a
}

// replaceFile writes a file whole or not at all.
func replaceFile(path, text string) error {
	return wholefile.Replace(path, wholefile.Private, func(w io.Writer) error {
		_, err := io.WriteString(w, text)
		return err
	})
}

// forget takes back what was said of an answer that has changed.
func (w *answering) forget(id string) {
	if w.report == nil {
		return
	}
	r := *w.report
	r.Questions = append([]coursework.Marked(nil), r.Questions...)
	for i := range r.Questions {
		if r.Questions[i].ID == id {
			r.Questions[i] = coursework.Marked{ID: id}
		}
	}
	w.report = &r
}

// Check implements tui.Assignment. The hints tell no answer: this is for the
// student.
func (w *answering) Check(context.Context) (string, error) {
	rec, err := soFar(w.capture)
	if err != nil {
		return "", err
	}
	w.mu.Lock()
	err = w.reload()
	answers := w.sheet
	w.mu.Unlock()
	if err != nil {
		return "", err
	}
	report := w.assignment.Mark(coursework.NewEvidence(rec), answers, w.lang).At("hints")
	w.mu.Lock()
	defer w.mu.Unlock()
	w.report, w.doc = report, nil
	return fmt.Sprintf("%g of %g points.", report.Score, report.Max), nil
}

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
	keys := "Enter answers the question under the cursor, c checks, " + visible.Line(w.path) + " has the answers."
	out := doc.Lines{words(doc.Title, visible.Line(w.assignment.Title.In(w.lang))), words(doc.Dim, keys)}
	if w.report != nil {
		out = append(out, words(doc.Plain, fmt.Sprintf("%g of %g points when it was last checked.", w.report.Score, w.report.Max)))
	}
	for i := range w.assignment.Questions {
		out = append(out, w.question(i)...)
	}
	return out
}

// verdictRoles are the roles of verdicts; their words say the same.
var verdictRoles = map[coursework.Verdict]doc.Role{coursework.Right: doc.Key, coursework.Partly: doc.Note, coursework.Wrong: doc.Warning, coursework.Missing: doc.Dim, coursework.Person: doc.Dim}

// question is the lines of one question.
func (w *answering) question(i int) doc.Lines {
	q := &w.assignment.Questions[i]
	ref := doc.Ref{Code: fmt.Sprintf("try:%d", i)}
	var m *coursework.Marked
	if w.report != nil && w.report.Questions[i].Verdict != "" {
		m = &w.report.Questions[i]
	}
	head := []doc.Span{{Text: q.ID, Role: doc.Name}, {Text: fmt.Sprintf("  %g p.", q.Worth()), Role: doc.Dim}}
	if m != nil {
		head = append(head, doc.Span{Text: fmt.Sprintf("  %s, %g", marks[m.Verdict], m.Points), Role: verdictRoles[m.Verdict]})
	}
	out := doc.Lines{{}, {Spans: head, Ref: ref}}
	say := func(r doc.Role, s string) {
		out = append(out, doc.Line{Spans: []doc.Span{{Text: visible.Line(s), Role: r}}, Ref: ref})
	}
	say(doc.Plain, q.Prompt.In(w.lang))
	for j := range q.Options {
		say(doc.Plain, fmt.Sprintf("  %c) %s", 'a'+j, q.Options[j].Text.In(w.lang)))
	}
	for j := range q.Parts {
		say(doc.Plain, fmt.Sprintf("  %d. %s", j+1, q.Parts[j].Prompt.In(w.lang)))
	}
	if q.Kind == coursework.KindConnections {
		say(doc.Dim, "  "+strings.Join(q.TableColumns(), ", ")+"; the next row after a semicolon")
	}
	say(doc.Key, "> "+onOneLine(w.answerTo(q)))
	if m != nil {
		for _, f := range m.Feedback {
			say(doc.Note, "  "+f)
		}
		for i := range m.Cells {
			if c := &m.Cells[i]; c.Verdict != coursework.Right {
				say(doc.Note, "  "+cellWords(c))
			}
		}
		for _, h := range m.Hints {
			say(doc.Note, "  "+h)
		}
	}
	return out
}
