package quiz_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// TestGolden holds what a quiz about the demo asks, and how it explains.
func TestGolden(t *testing.T) {
	for _, c := range []struct {
		path string
		o    quiz.Options
	}{
		{"testdata/demo.txt", quiz.Options{Questions: 60}},
		{"testdata/demo-zh.txt", quiz.Options{Questions: 40, Lang: texts.Chinese}},
	} {
		t.Run(c.path, func(t *testing.T) {
			testkit.Golden(t, c.path, written(quiz.New(demo(t), 1, c.o)))
		})
	}
}

// written is everything that questions say.
func written(questions []quiz.Question) string {
	var b strings.Builder
	for i, q := range questions {
		fmt.Fprintf(&b, "%d. %s, %s\n%s%s", i+1, q.Topic, q.ID, doc.Text(q.Lines()), doc.Text(q.AnswerLines()))
		fmt.Fprintf(&b, "Hint: %s\n", q.Hint)
		for _, s := range q.Slips {
			fmt.Fprintf(&b, "Not %s: %s\n", s.Answer, s.Why)
		}
		for j, c := range q.Choices {
			if c.Why != "" {
				fmt.Fprintf(&b, "Not %s: %s\n", quiz.Letter(j), c.Why)
			}
		}
		b.WriteByte('\n')
	}
	return b.String()
}
