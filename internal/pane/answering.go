// Package pane has what stands beside the traffic on the screen and asks, answers and writes: the assignment, the quiz,
// the lessons, and the files that are saved.
//
// It knows no flag, no exit code and no wiring, and draws nothing: the screen shows the pages that it makes. What is
// asked and marked is packages quiz's and coursework's.
package pane

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"strings"
	"sync"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/sheet"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/wholefile"
	"httpscope/tui"
)

// NewAssignment is an assignment to be answered for the capture so far, on a sheet in Markdown at a path. The sheet is
// read, or begun. An error says what to do about it, where that is known.
func NewAssignment(a *coursework.Assignment, path string, lang texts.Lang, capture Capture) (tui.Assignment, error) {
	w := &answering{assignment: a, path: path, lang: lang, capture: capture}
	if ext := strings.ToLower(filepath.Ext(w.path)); ext != ".md" && ext != ".markdown" {
		return nil, texts.WithHint(texts.Errorf("error.answering.no-markdown", w.path),
			texts.Say("hint.answering.no-markdown"))
	}
	return w, w.load()
}

// Capture writes the capture so far, and says how much that was.
type Capture func(w io.Writer) (string, error)

// answering is an assignment while it is answered on the screen. Every answer
// is saved at once.
type answering struct {
	assignment *coursework.Assignment
	path       string
	lang       texts.Lang
	capture    Capture // nil: there is none

	mu     sync.Mutex
	text   string // of the sheet
	sheet  *sheet.Sheet
	report *coursework.Report // of the last check
	doc    doc.Page           // nil: to be made
}

// texts are the phrases in the language in which it is answered.
func (w *answering) texts() texts.Catalogue { return texts.In(w.lang) }

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
		return err
	}
	if w.sheet, err = sheet.Parse(w.path, b); err != nil {
		return texts.WithHint(texts.Errorf("error.of", w.path, err), texts.Say("hint.answering.sheet"))
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
	if q.TableColumns() != nil {
		a = table(q, text)
	}
	filled, ok := sheet.Fill(w.text, a)
	if !ok {
		filled = fmt.Sprintf("%s\n\n## %s\n\n%s:\n", strings.TrimRight(w.text, "\n"), q.ID,
			w.texts().Phrase("coursework.sheet-answer"))
		filled, _ = sheet.Fill(filled, a)
	}
	s, err := sheet.Parse(w.path, []byte(filled))
	if err != nil {
		return "", texts.Errorf("answering.does-not-fit", err)
	}
	if err := replaceFile(w.path, filled); err != nil {
		return "", err
	}
	w.text, w.sheet, w.doc = filled, s, nil
	w.forget(q.ID)
	return w.texts().Phrase("answering.saved", w.path), nil
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
		return texts.Errorf("answering.changed", w.path, err)
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
	return w.texts().Phrase("answering.score", report.Score, report.Max), nil
}
