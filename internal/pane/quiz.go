package pane

import (
	"fmt"
	"io"
	"sync"
	"time"

	"httpscope/internal/course/grading"
	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Lines of the quiz pane that can be chosen.
const (
	quizAnswer = iota
	quizHint
	quizAnew
)

// Quiz is a quiz on the screen, about the capture so far.
type Quiz struct {
	capture Capture // nil: there is none
	texts   texts.Catalogue

	mu      sync.Mutex
	session *quiz.Session
	verdict doc.Lines // of the last answer
	hint    string
	doc     doc.Page // nil: to be made
}

// NewQuiz is a quiz about the capture so far. Without a capture it says so when it is asked to begin.
func NewQuiz(c texts.Catalogue, capture Capture) *Quiz {
	return &Quiz{texts: c, capture: capture}
}

// soFar reads the capture as far as it goes.
func soFar(capture Capture) (*recording.Recording, error) {
	if capture == nil {
		return nil, texts.Errorf("quiz.pane.no-packets")
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
func (p *Quiz) Ask(n int) (label, answer string) {
	p.mu.Lock()
	defer p.mu.Unlock()
	if n == quizAnswer && p.session != nil && p.session.Question() != nil {
		return p.texts.Phrase("quiz.pane.ask"), ""
	}
	return "", ""
}

// Answer implements tui.Asking.
func (p *Quiz) Answer(n int, text string) (string, error) {
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
func (p *Quiz) begin() error {
	rec, err := soFar(p.capture)
	if err != nil {
		return err
	}
	questions := quiz.New(quizSource{rec}, uint64(time.Now().UnixNano()), quiz.Options{Lang: p.texts.Lang()})
	if len(questions) == 0 {
		return texts.Errorf("quiz.pane.nothing")
	}
	p.mu.Lock()
	defer p.mu.Unlock()
	p.session, p.verdict, p.hint, p.doc = quiz.NewSession(p.texts.Lang(), questions), nil, "", nil
	return nil
}

// Page implements tui.Asking.
func (p *Quiz) Page() doc.Page {
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

func (p *Quiz) page() doc.Page {
	if p.session == nil {
		return doc.Lines{p.choice(quizAnew, doc.Key, "quiz.pane.begin")}
	}
	var out doc.Lines
	if p.verdict != nil {
		out = append(append(out, p.verdict...), doc.Line{})
	}
	if q := p.session.Question(); q != nil {
		return append(out, p.question(q)...)
	}
	out = append(out, p.session.Summary()...)
	return append(out, doc.Line{}, p.choice(quizAnew, doc.Key, "quiz.pane.another"))
}

// choice makes a line with a phrase that Enter chooses.
func (p *Quiz) choice(n int, r doc.Role, key string) doc.Line {
	return choose(n, r, p.texts.Phrase(key))
}

// question are the current question, and how to answer it.
func (p *Quiz) question(q *quiz.Question) doc.Lines {
	title := p.session.Title()
	out := doc.Lines{choose(quizAnswer, doc.Title, title), choose(quizAnswer, doc.Plain, q.Prompt)}
	out = append(out, q.Given...)
	for i, c := range q.Choices {
		out = append(out, choose(quizAnswer, doc.Plain, fmt.Sprintf("  %c) %s", 'a'+i, c.Text)))
	}
	out = append(out, p.choice(quizAnswer, doc.Key, "quiz.pane.answer"), p.choice(quizHint, doc.Dim, "quiz.pane.hint"))
	if p.hint != "" {
		out = append(out, doc.Line{Spans: []doc.Span{doc.Shown(p.hint, doc.Note)}})
	}
	return out
}

// quizSource lets a recording be asked about.
type quizSource struct{ *recording.Recording }

func (s quizSource) Connections() []*trace.Connection { return s.Recording.Connections }
func (s quizSource) Exchanges() []*trace.Exchange     { return s.Recording.Exchanges }
