package quiz

import (
	"slices"
	"strconv"

	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// Kind is how a question is answered.
type Kind uint8

// Kinds.
const (
	OneOf  Kind = iota // by one of the choices
	Number             // by a number
	Text               // by a short text
	YesNo              // by yes or no
)

var kindNames = [...]string{"choice", "number", "text", "yes-no"}

// String is the word in JSON.
func (k Kind) String() string { return kindNames[k] }

// Question is one question with its answer, in one language. All its text is fit
// to be shown.
type Question struct {
	ID         string // the same for the same capture and seed
	About      string // what is asked, over all captures: chunk-size
	Topic      string // one of [Topics]
	Kind       Kind
	Prompt     string
	Given      doc.Lines // what of the capture is shown with it, perhaps nothing
	Choices    []Choice  // of a question that is answered by one of them
	Answer     string    // the right answer; yes and no in every language
	Slips      []Slip    // wrong answers that show what was mixed up
	Hint       string
	Why        doc.Lines // the explanation, with the packets that show it
	Ref        doc.Ref   // where in the capture to look: Exchange and Frame
	Connection int64     // number of the connection, -1 when it is about none

	value     float64 // the right number
	tolerance float64 // how far a number may be off
	hex       bool    // the answer is a hexadecimal number
	verbatim  bool    // 0x10 stands in the question and is no answer
	texts     explain.Catalogue
}

// Choice is one of several answers.
type Choice struct {
	Text  string
	Right bool
	Why   string // what is wrong with it; "" when the explanation says all

	forms []string // what it says in every language: see [saying.forms]
}

// Slip is a wrong answer that people give, and why.
type Slip struct {
	Answer string
	Why    string
}

// Letter names a choice by its place, from 0.
func Letter(i int) string { return string(rune('A' + i)) }

// Lines are the question as it is put: the prompt, what is given, the choices.
func (q *Question) Lines() doc.Lines {
	out := doc.Lines{{Spans: []doc.Span{{Text: q.Prompt, Role: doc.Title}}, Ref: q.Ref}}
	out = append(out, q.Given...)
	for i, c := range q.Choices {
		out = append(out, doc.Line{Spans: []doc.Span{{Text: "  " + Letter(i) + ") ", Role: doc.Key}, {Text: c.Text}}})
	}
	return out
}

// AnswerLines are the right answer and the explanation.
func (q *Question) AnswerLines() doc.Lines {
	begin := doc.Span{Text: q.phrase("quiz.answer"), Role: doc.Dim}
	out := doc.Lines{{Spans: []doc.Span{begin, {Text: q.right(), Role: doc.Name}}}}
	return append(out, q.Why...)
}

// right is the right answer as it is shown.
func (q *Question) right() string {
	switch q.Kind {
	case YesNo:
		if q.Answer == yes {
			return q.phrase("quiz.yes")
		}
		return q.phrase("quiz.no")
	case OneOf:
		i := slices.IndexFunc(q.Choices, func(c Choice) bool { return c.Right })
		return Letter(i) + ") " + q.Choices[i].Text
	}
	return q.Answer
}

// Form says how to answer.
func (q *Question) Form() string { return q.texts.Of(q.form()) }

func (q *Question) form() texts.Phrase {
	switch q.Kind {
	case OneOf:
		return texts.Say("quiz.form.letter", Letter(len(q.Choices)-1))
	case Number:
		if q.hex {
			return texts.Say("quiz.form.hexadecimal")
		}
		return texts.Say("quiz.form.number")
	case YesNo:
		return texts.Say("quiz.form.yes-no")
	}
	return texts.Say("quiz.form.text")
}

// sound reports a question that can be asked: choices that differ, exactly one
// of them right, and slips that are wrong.
func (q *Question) sound() bool {
	right := 0
	for _, c := range q.Choices {
		if blank(c.forms) {
			return false
		}
		if c.Right {
			right++
		}
	}
	if q.Kind == OneOf && (right != 1 || len(q.Choices) < 2 || !q.distinct()) {
		return false
	}
	return q.Answer != "" && len(q.Why) > 0
}

// distinct reports that each choice is meant by its text in every language, by
// its letter and by its place: a host of the name B would be meant by another
// letter.
func (q *Question) distinct() bool {
	for i, c := range q.Choices {
		byLetter, _ := q.meant(normal(Letter(i)))
		byPlace, ok := q.meant(strconv.Itoa(i + 1))
		if byLetter != i || ok && byPlace != i {
			return false
		}
		for _, text := range c.forms {
			if byText, _ := q.meant(text); byText != i {
				return false
			}
		}
	}
	return true
}
