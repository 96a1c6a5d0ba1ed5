package tui

import (
	"context"

	"httpscope/internal/texts"
)

// asking is what asks in the side pane, nil when nothing does.
func (a *app) asking() Asking {
	switch a.side {
	case assignmentSide:
		return a.Assignment
	case quizSide:
		return a.Quiz
	}
	return nil
}

func (a *app) showAssignment() { a.showSide(assignmentSide) }

func (a *app) showQuiz() { a.showSide(quizSide) }

// check marks the answers, and shows what came of it.
func (a *app) check() {
	if a.side != assignmentSide {
		a.showSide(assignmentSide)
	}
	a.do(texts.Say("tui.doing.check"), a.Assignment.Check)
}

// ask asks for the answer to a question of the side pane.
func (a *app) ask(n int) {
	asking := a.asking()
	label, text := asking.Ask(n)
	if label == "" { // it may take a while
		a.do(texts.Say("tui.doing.ask"), func(context.Context) (string, error) { return asking.Answer(n, "") })
		return
	}
	p := a.newPrompt(answerPrompt, text)
	p.field.SetLabel(label + " ")
	p.asks = n
	a.prompt = p
}

// answer takes what was typed.
func (a *app) answer(n int, text string) {
	said, err := a.asking().Answer(n, text)
	switch {
	case err != nil:
		a.fail(err)
	case said != "":
		a.tell(said)
	}
}
