package quiz

import (
	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/texts"
)

// Session leads through questions: it holds where one is and what was answered.
// It is not safe for concurrent use.
type Session struct {
	texts     explain.Catalogue
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

// Asked is how many questions are done.
func (s Score) Asked() int { return s.Right + s.Wrong + s.Skipped }

// Verdict is what is said to an answer.
type Verdict struct {
	Outcome Outcome
	Lines   doc.Lines // the verdict, what was mixed up, and the explanation
}

// NewSession begins at the first question. The language is that of the questions.
func NewSession(lang texts.Lang, questions []Question) *Session {
	return &Session{texts: explain.In(lang), questions: questions}
}

// Len is the number of questions.
func (s *Session) Len() int { return len(s.questions) }

// Done is the number of questions that are over.
func (s *Session) Done() int { return len(s.results) }

// Title says which question is asked, and its topic.
func (s *Session) Title() string {
	return s.texts.Phrase("quiz.question", s.Done()+1, s.Len(), TopicName(s.texts.Catalogue, s.Question().Topic))
}

// Question is the current question, nil after the last.
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
		return Verdict{o, doc.Lines{line(doc.Warning, remark)}}
	}
	s.results = append(s.results, Result{q, o, typed, s.hinted})
	s.hinted = false
	return Verdict{o, verdictLines(q, o, remark)}
}

func verdictLines(q *Question, o Outcome, remark string) doc.Lines {
	if o == Right {
		return append(doc.Lines{line(doc.Response, q.phrase("quiz.right"))}, q.Why...)
	}
	out := doc.Lines{line(doc.Error, q.phrase("quiz.wrong"))}
	if o == Skipped {
		out = doc.Lines{line(doc.Note, q.phrase("quiz.skipped"))}
	}
	if remark != "" {
		out = append(out, line(doc.Warning, remark))
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
	if len(s.results) == 0 {
		return doc.Lines{line(doc.Title, s.texts.Phrase("quiz.nothing-answered"))}
	}
	out := doc.Lines{line(doc.Title, s.scoreText())}
	for _, t := range s.ByTopic() {
		name := TopicName(s.texts.Catalogue, t.Topic)
		name = doc.Column(name, max(topicWidth, uniseg.StringWidth(name)), "", false)
		out = append(out, line(doc.Plain, "  "+name+" "+s.texts.Phrase("quiz.score-of-topic", t.Right, t.Asked())))
	}
	return append(out, s.again()...)
}

// topicWidth is how many columns the names of topics have.
const topicWidth = 12

func (s *Session) scoreText() string {
	all := s.Score()
	asked := texts.Say("quiz.answers", all.Asked())
	if all.Hints == 0 {
		return s.texts.Phrase("quiz.score", all.Right, asked, all.Wrong, all.Skipped)
	}
	hints := texts.Say("quiz.hints", all.Hints)
	return s.texts.Phrase("quiz.score-hints", all.Right, asked, all.Wrong, all.Skipped, hints)
}

// again lists what to look at again.
func (s *Session) again() doc.Lines {
	var out doc.Lines
	for _, r := range s.results {
		if r.Outcome == Right {
			continue
		}
		if out == nil {
			out = doc.Lines{{}, line(doc.Title, s.texts.Phrase("quiz.again"))}
		}
		q := r.Question
		topic := TopicName(s.texts.Catalogue, q.Topic)
		l := line(doc.Plain, "  "+s.texts.Phrase("quiz.again-one", topic, q.About, q.place()))
		l.Ref = q.Ref
		out = append(out, l)
	}
	return out
}
