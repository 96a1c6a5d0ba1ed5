package main

import (
	"errors"
	"fmt"
	"io"
	"sync"
	"time"

	"httpscope/internal/course/grading"
	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
)

// Lines of the quiz pane that can be chosen.
const (
	quizAnswer = iota
	quizHint
	quizAnew
)

// quizPane is a quiz on the screen, about the capture so far.
type quizPane struct {
	capture func(io.Writer) (string, error) // nil: there is none

	mu      sync.Mutex
	session *quiz.Session
	verdict doc.Lines // of the last answer
	hint    string
	doc     doc.Page // nil: to be made
}

func newQuizPane(capture func(io.Writer) (string, error)) *quizPane {
	return &quizPane{capture: capture}
}

// soFar reads the capture as far as it goes.
func soFar(capture func(io.Writer) (string, error)) (*recording.Recording, error) {
	if capture == nil {
		return nil, errors.New("there are no packets here; only the servers' sockets are heard")
	}
	r, w := io.Pipe()
	go func() {
		_, err := capture(w)
		w.CloseWithError(err)
	}()
	defer r.Close()
	rec, err := recording.Read(r, 0)
	if err != nil {
		return nil, grading.CaptureProblem(texts.Say("grading.the-capture"), err)
	}
	return rec, nil
}

// Ask implements tui.Asking.
func (p *quizPane) Ask(n int) (label, answer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n == quizAnswer && p.session != nil && p.session.Question() != nil {
		return "Answer:", ""
	}
	return "", ""
}

// Answer implements tui.Asking.
func (p *quizPane) Answer(n int, text string) (string, error) {
	p.mu.Lock()
	anew := n == quizAnew || p.session == nil
	p.mu.Unlock()
	if anew {
		return "", p.begin()
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.doc = nil
	switch {
	case p.session.Question() == nil:
	case n == quizHint:
		p.hint = p.session.Hint()
	default:
		p.verdict, p.hint = p.session.Answer(text).Lines, ""
	}
	return "", nil
}

// begin makes questions from what has been captured. The screen is drawn meanwhile.
func (p *quizPane) begin() error {
	rec, err := soFar(p.capture)
	if err != nil {
		return err
	}
	questions := quiz.New(quizSource{rec}, uint64(time.Now().UnixNano()), quiz.Options{})
	if len(questions) == 0 {
		return errors.New("the capture has nothing that could be asked about")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.session, p.verdict, p.hint, p.doc = quiz.NewSession(questions), nil, "", nil
	return nil
}

// Page implements tui.Asking.
func (p *quizPane) Page() doc.Page {
	p.mu.Lock()
	defer p.mu.Unlock()
	if p.doc == nil {
		p.doc = p.page()
	}
	return p.doc
}

// choose makes a line that Enter chooses.
func choose(n int, r doc.Role, text string) doc.Line {
	return doc.Line{Spans: []doc.Span{{Text: text, Role: r}}, Ref: doc.Ref{Code: fmt.Sprintf("try:%d", n)}}
}

func (p *quizPane) page() doc.Page {
	if p.session == nil {
		return doc.Lines{choose(quizAnew, doc.Key, "Enter begins a quiz about what has been captured so far.")}
	}
	var out doc.Lines
	if p.verdict != nil {
		out = append(append(out, p.verdict...), doc.Line{})
	}
	q := p.session.Question()
	if q == nil {
		out = append(out, p.session.Summary()...)
		return append(out, doc.Line{}, choose(quizAnew, doc.Key, "Another quiz"))
	}
	out = append(out, choose(quizAnswer, doc.Title, fmt.Sprintf("Question %d of %d: %s", p.session.Done()+1, p.session.Len(), q.Topic)), choose(quizAnswer, doc.Plain, q.Prompt))
	out = append(out, q.Given...)
	for i, c := range q.Choices {
		out = append(out, choose(quizAnswer, doc.Plain, fmt.Sprintf("  %c) %s", 'a'+i, c.Text)))
	}
	out = append(out, choose(quizAnswer, doc.Key, "Enter here answers; an empty answer skips."), choose(quizHint, doc.Dim, "Enter here gives a hint."))
	if p.hint != "" {
		out = append(out, words(doc.Note, p.hint))
	}
	return out
}
