package quiz

import (
	"fmt"

	"httpscope/internal/doc"
)

// Session leads through questions: it holds where one is and what was answered.
// It is not safe for concurrent use.
type Session struct {
	questions []Question
	results   []Result // of the questions before the current one
	hinted    bool     // the current question's hint was asked for
}

// Result is how a question went.
type Result struct {
	Question *Question
	Outcome  Outcome
	Typed    string
	Hinted   bool
}

// Score counts results.
type Score struct {
	Topic                        string // "" for all together
	Right, Wrong, Skipped, Hints int
}

// Asked is how many questions are behind one.
func (s Score) Asked() int { return s.Right + s.Wrong + s.Skipped }

// Verdict is what is said to an answer.
type Verdict struct {
	Outcome Outcome
	Lines   doc.Lines // the verdict, what was mixed up, and the explanation
}

// NewSession begins at the first question.
func NewSession(questions []Question) *Session { return &Session{questions: questions} }

// Len is the number of questions.
func (s *Session) Len() int { return len(s.questions) }

// Done is the number of questions that are behind one.
func (s *Session) Done() int { return len(s.results) }

// Question is the current question, nil behind the last.
func (s *Session) Question() *Question {
	if s.Done() == s.Len() {
		return nil
	}
	return &s.questions[s.Done()]
}

// Hint is the current question's hint; that it was asked for is remembered.
func (s *Session) Hint() string {
	q := s.Question()
	if q == nil {
		return ""
	}
	s.hinted = true
	return q.Hint
}

// Answer judges a typed answer and goes on to the next question. An answer that
// is unclear is not counted: the question stays. An empty one skips it.
func (s *Session) Answer(typed string) Verdict {
	q := s.Question()
	if q == nil {
		return Verdict{}
	}
	o, remark := q.Judge(typed)
	if o == Unclear {
		return Verdict{o, doc.Lines{words(doc.Warning, "%s", remark)}}
	}
	s.results = append(s.results, Result{q, o, typed, s.hinted})
	s.hinted = false
	return Verdict{o, verdictLines(q, o, remark)}
}

func verdictLines(q *Question, o Outcome, remark string) doc.Lines {
	if o == Right {
		return append(doc.Lines{words(doc.Response, "Right.")}, q.Why...)
	}
	out := doc.Lines{words(doc.Error, "Wrong.")}
	if o == Skipped {
		out = doc.Lines{words(doc.Note, "Skipped.")}
	}
	if remark != "" {
		out = append(out, words(doc.Warning, "%s", remark))
	}
	return append(out, q.AnswerLines()...)
}

// Results are the questions so far and how they went.
func (s *Session) Results() []Result { return s.results }

// Score is the result of all questions so far.
func (s *Session) Score() Score {
	var all Score
	for _, r := range s.results {
		all.count(r)
	}
	return all
}

func (s *Score) count(r Result) {
	switch r.Outcome {
	case Right:
		s.Right++
	case Wrong:
		s.Wrong++
	case Skipped:
		s.Skipped++
	}
	if r.Hinted {
		s.Hints++
	}
}

// ByTopic are the scores of the topics that were asked about, in the order of
// [Topics].
func (s *Session) ByTopic() []Score {
	var out []Score
	for _, topic := range Topics() {
		one := Score{Topic: topic}
		for _, r := range s.results {
			if r.Question.Topic == topic {
				one.count(r)
			}
		}
		if one.Asked() > 0 {
			out = append(out, one)
		}
	}
	return out
}

// Summary is the score, by topic where there are several, and what to look at
// again.
func (s *Session) Summary() doc.Lines {
	all := s.Score()
	text := fmt.Sprintf("%d of %s right, %d wrong, %d skipped", all.Right, counted(int64(all.Asked()), "answer", "answers"), all.Wrong, all.Skipped)
	if all.Asked() == 0 {
		return doc.Lines{words(doc.Title, "Nothing was answered.")}
	}
	if all.Hints > 0 {
		text += fmt.Sprintf(", %s taken", counted(int64(all.Hints), "hint", "hints"))
	}
	out := doc.Lines{words(doc.Title, "%s.", text)}
	for _, t := range s.ByTopic() {
		out = append(out, words(doc.Plain, "  %-12s %d of %d", t.Topic, t.Right, t.Asked()))
	}
	return append(out, s.again()...)
}

// again lists what to look at again.
func (s *Session) again() doc.Lines {
	var out doc.Lines
	for _, r := range s.results {
		if r.Outcome == Right {
			continue
		}
		if out == nil {
			out = doc.Lines{{}, words(doc.Title, "Look at these again:")}
		}
		l := words(doc.Plain, "  %s: %s (%s)", r.Question.Topic, r.Question.About, r.Question.place())
		l.Ref = r.Question.Ref
		out = append(out, l)
	}
	return out
}
