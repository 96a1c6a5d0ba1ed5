package main

import (
	"bufio"
	"fmt"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// lead asks one question after the other, and prints the score at the end.
func (f *quizFlags) lead(s streams, path string, questions []quiz.Question) error {
	session := quiz.NewSession(s.texts.Lang(), questions)
	l := leading{session: session, w: bufio.NewWriter(s.out), in: bufio.NewScanner(s.in), texts: s.texts}
	fmt.Fprintf(l.w, "%s%s\n", f.title(s.texts, path, session.Len()), s.texts.Phrase("quiz.instructions"))
	for more := true; more && session.Question() != nil; {
		l.ask()
		more = l.answer()
	}
	fmt.Fprintf(l.w, "\n%s", quizText(session.Summary()))
	if session.Done() > 0 {
		command := fmt.Sprintf("httpscope quiz --seed %d%s %s", f.seed, f.options(), quoteArg(visible.Line(path)))
		fmt.Fprintln(l.w, s.texts.Phrase("quiz.same-again", command))
	}
	return l.w.Flush()
}

// options are the flags that matter for which questions are asked.
func (f *quizFlags) options() string {
	var b strings.Builder
	if f.questions != quiz.DefaultQuestions {
		fmt.Fprintf(&b, " --questions %d", f.questions)
	}
	for _, t := range f.topics {
		b.WriteString(" --topic " + t)
	}
	return b.String()
}

// leading is a quiz on standard input and output.
type leading struct {
	session *quiz.Session
	w       *bufio.Writer
	in      *bufio.Scanner
	texts   texts.Catalogue
}

// ask prints the current question.
func (l *leading) ask() {
	q := l.session.Question()
	fmt.Fprintf(l.w, "\n%s\n%s", l.session.Title(), quizText(q.Lines()))
}

// answer reads lines until the question is over; false is the end of the quiz.
func (l *leading) answer() bool {
	for {
		fmt.Fprint(l.w, l.texts.Phrase("quiz.prompt", l.session.Question().Form()))
		if l.w.Flush() != nil || !l.in.Scan() {
			fmt.Fprintln(l.w)
			return false
		}
		switch typed := strings.TrimSpace(l.in.Text()); strings.ToLower(typed) {
		case "q", "ｑ", "quit", "exit":
			return false
		case "?", "？":
			hint := l.texts.Phrase("quiz.hint-is", l.session.Hint())
			fmt.Fprint(l.w, quizText(doc.Lines{doc.Linef(doc.Plain, "%s", hint)}))
		default:
			v := l.session.Answer(typed)
			fmt.Fprint(l.w, quizText(v.Lines))
			if v.Outcome != quiz.Unclear {
				return true
			}
		}
	}
}
