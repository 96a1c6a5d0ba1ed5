package quiz_test

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/texts"
)

func TestSession(t *testing.T) {
	questions := quiz.New(demo(t), 5, quiz.Options{Questions: 4})
	s := quiz.NewSession(texts.English, questions)
	if v := s.Answer(questions[0].Answer); v.Outcome != quiz.Right ||
		!strings.HasPrefix(doc.Text(v.Lines), "Right.\nPacket ") {
		t.Errorf("%s:\n%s", v.Outcome, doc.Text(v.Lines))
	}
	if s.Hint() != questions[1].Hint || s.Done() != 1 {
		t.Errorf("the hint is %q, after %d questions", s.Hint(), s.Done())
	}
	if v := s.Answer("what?!"); v.Outcome != quiz.Unclear || s.Done() != 1 || s.Question().ID != questions[1].ID {
		t.Errorf("%s, after %d questions", v.Outcome, s.Done())
	}
	if v := s.Answer(wrongFor(&questions[1])); v.Outcome != quiz.Wrong ||
		!strings.Contains(doc.Text(v.Lines), "\nAnswer: ") {
		t.Errorf("%s:\n%s", v.Outcome, doc.Text(v.Lines))
	}
	if v := s.Answer(" "); v.Outcome != quiz.Skipped {
		t.Errorf("%s", v.Outcome)
	}
	want := quiz.Score{Right: 1, Wrong: 1, Skipped: 1, Hints: 1}
	if d := cmp.Diff(want, s.Score()); d != "" {
		t.Error(d)
	}
	summary := doc.Text(s.Summary())
	for _, part := range []string{"1 of 3 answers right, 1 wrong, 1 skipped, 1 hint taken.\n", questions[1].About,
		questions[2].About} {
		if !strings.Contains(summary, part) {
			t.Errorf("the summary lacks %q:\n%s", part, summary)
		}
	}
	if strings.Contains(summary, questions[0].About) {
		t.Errorf("the summary names what was right:\n%s", summary)
	}
	s.Answer(questions[3].Answer)
	if v := s.Answer("1"); s.Question() != nil || s.Hint() != "" || len(v.Lines) > 0 {
		t.Errorf("a session goes on behind its end: %v", v)
	}
}

// TestTopicsAddUp holds that the scores of the topics are the score.
func TestTopicsAddUp(t *testing.T) {
	questions := quiz.New(demo(t), 9, quiz.Options{Questions: 30})
	s := quiz.NewSession(texts.English, questions)
	for i := range questions {
		s.Answer([]string{questions[i].Answer, "", wrongFor(&questions[i])}[i%3])
	}
	var sum quiz.Score
	for _, one := range s.ByTopic() {
		sum.Right, sum.Wrong, sum.Skipped = sum.Right+one.Right, sum.Wrong+one.Wrong, sum.Skipped+one.Skipped
	}
	if d := cmp.Diff(quiz.Score{Right: 10, Wrong: 10, Skipped: 10}, sum); d != "" {
		t.Error(d)
	}
}

func TestNothingAnswered(t *testing.T) {
	if got := doc.Text(quiz.NewSession(texts.English, nil).Summary()); got != "Nothing was answered.\n" {
		t.Errorf("%q", got)
	}
}

// wrongFor is a wrong answer to a question.
func wrongFor(q *quiz.Question) string {
	switch q.Kind {
	case quiz.OneOf:
		for i, c := range q.Choices {
			if !c.Right {
				return quiz.Letter(i)
			}
		}
	case quiz.YesNo:
		return map[string]string{"yes": "no", "no": "yes"}[q.Answer]
	}
	return "123456789"
}
