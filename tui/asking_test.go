package tui

import (
	"context"
	"errors"
	"strings"
	"testing"

	"httpscope/internal/doc"
)

// fakeAsking asks one question, and acts on another line.
type fakeAsking struct {
	answer  string
	checked bool
	acted   int
}

func (f *fakeAsking) Page() doc.Page {
	lines := doc.Lines{{Spans: []doc.Span{{Text: "1-1  why?"}}, Ref: doc.Ref{Code: "try:0"}},
		{Spans: []doc.Span{{Text: "> " + f.answer}}, Ref: doc.Ref{Code: "try:0"}},
		{Spans: []doc.Span{{Text: "a hint"}}, Ref: doc.Ref{Code: "try:1"}}}
	if f.checked {
		lines = append(lines, textLine(doc.Note, "checked"))
	}
	return lines
}

func (f *fakeAsking) Ask(n int) (string, string) {
	if n == 0 {
		return "1-1:", f.answer
	}
	return "", ""
}

func (f *fakeAsking) Answer(n int, text string) (string, error) {
	switch {
	case n == 1:
		f.acted++
		return "", nil
	case text == "bad":
		return "", errors.New("the disk is full")
	}
	f.answer = text
	return "Saved.", nil
}

func (f *fakeAsking) Check(context.Context) (string, error) {
	f.checked = true
	return "3 of 4 points.", nil
}

// asked gives the user an assignment and a quiz.
func (b *bench) asked() *bench {
	b.app.Assignment, b.app.Quiz = &fakeAsking{}, &fakeAsking{}
	return b
}

// TestAnswering types an answer, corrects it, and has it checked.
func TestAnswering(t *testing.T) {
	for _, size := range [][2]int{{120, 40}, {80, 24}, {60, 16}} {
		b := demo(t, size[0], size[1]).asked()
		b.press("a").sees("1-1  why?")
		b.in(sidePane)
		b.press("g", "Enter").sees("1-1:")
		b.write("because").press("Enter").sees("> because", "Saved.")
		b.press("Enter").sees("1-1: because")
		b.press("Esc").sees("> because").misses("1-1: because")
		b.press("G", "Enter")
		if f := b.app.Assignment.(*fakeAsking); f.acted != 1 || f.answer != "because" {
			t.Errorf("%v: %+v", size, f)
		}
		b.press("g", "Enter").write("[red]").press("Enter").sees("> because[red]")
		b.press("c").sees("3 of 4 points.", "checked")
	}
}

// TestAnAnswerThatCannotBeSaved is said, and stays said until a key.
func TestAnAnswerThatCannotBeSaved(t *testing.T) {
	b := demo(t, 120, 40).asked()
	b.press("a", "g", "Enter").write("bad").press("Enter").sees("the disk is full")
}

// TestAssignmentComesFirst: who gives an assignment sees it at once.
func TestAssignmentComesFirst(t *testing.T) {
	u := sit(t, Config{Store: readSample(t, "demo.pcapng"), Source: "FILE demo.pcapng", Assignment: &fakeAsking{}},
		120, 30)
	u.sees("Assignment", "1-1  why?", "aAssignment", "cCheck")
	u.golden("assignment_120x30")
}

// TestSuggestions shows what may stand in the filter while it is typed.
func TestSuggestions(t *testing.T) {
	b := demo(t, 120, 40)
	b.press("/").write("http.req").sees("Tab:  http.request.method  http.request.uri")
	b.press("Tab").sees("Filter: http.request.method", "Tab:  http.request.method")
	b.press("Esc").misses("Tab:  http")
}

// TestWhyCommand says why exchanges are selected or not.
func TestWhyCommand(t *testing.T) {
	b := demo(t, 120, 40)
	b.press(":").write("why").press("Enter").sees("No display filter is set.")
	b.press(":").write(`why 1 http.request.method == "post"`).press("Enter").sees("Exchange 1 is not selected.",
		`http.request.method is "GET"`)
	b.press("Esc").press("/").write(`http.request.method == "POST"`).press("Enter")
	b.press(":").write("why").press("Enter").sees("is selected.")
	b.press("Esc").press(":").write("why 1").press("Enter").sees("Exchange 1 is not selected.")
	b.press("Esc").press(":").write("why 999").press("Enter").sees("There is no exchange 999.")
	b.press(":").write("why 1 http.x ==").press("Enter").sees("display filter: at")
}

// TestLessonCommand lists the lessons and shows one.
func TestLessonCommand(t *testing.T) {
	b := demo(t, 120, 40)
	b.press(":").write("lesson price").press("Enter").sees("There are no lessons here.")
	b.app.Lessons = []Kind{{Name: "price", What: "Price of connections"}, {Name: "leak", What: "What others learn"}}
	b.app.Lesson = func(kind string) (doc.Page, error) {
		if kind == "leak" {
			return nil, errors.New("nothing leaks")
		}
		return doc.Lines{textLine(doc.Plain, strings.Repeat("dear ", 40))}, nil
	}
	b.press(":").write("lesson").press("Enter").sees("Price of connections", "What others learn")
	b.press("Esc").press(":").write("lesson price").press("Enter").sees("dear dear")
	b.press("Esc").press(":").write("lesson leak").press("Enter").sees("nothing leaks")
	b.press(":").write("lesson p").press("Tab").sees(":lesson price")
}
