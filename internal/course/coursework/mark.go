package coursework

import (
	"math"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Mark marks a sheet against the student's captures, with everything that can
// be said: [Report.At] takes away what a feedback level keeps back. The report is in
// a language; what answers are worth does not depend on it.
func (a *Assignment) Mark(e *Evidence, s *sheet.Sheet, lang texts.Lang) *Report {
	r := &Report{Lang: lang, Assignment: a.ID, Title: visible.Line(a.Title.In(lang)), Student: visible.Line(s.Student)}
	answers := a.assign(s, r)
	for i := range a.Questions {
		q := &a.Questions[i]
		m := e.question(q, answers[strings.ToLower(q.ID)], lang)
		r.add(m)
	}
	for i, t := range e.traffics {
		if d := t.Recording.Damage; d != nil {
			r.remark("capture-damaged", "warning", texts.Say("coursework.capture-damaged", i+1, d))
		}
	}
	return r
}

// add counts a question.
func (r *Report) add(m Marked) {
	r.Open = rounded(r.Open + m.Open)
	r.Score, r.Max = rounded(r.Score+m.Points), rounded(r.Max+m.Max-m.Open)
	r.Questions = append(r.Questions, m)
}

// rounded takes away what floats add to sums of fractions.
func rounded(points float64) float64 { return math.Round(points*1e4) / 1e4 }

// question marks one question.
func (e *Evidence) question(q *Question, a *sheet.Answer, lang texts.Lang) Marked {
	return e.marked(q, a, lang).out
}

// marked marks one question, and keeps what a right answer is.
func (e *Evidence) marked(q *Question, a *sheet.Answer, lang texts.Lang) *marking {
	k := &marking{Evidence: e, q: q, a: a, lang: lang}
	k.out = Marked{ID: q.ID, Kind: q.Kind, Prompt: visible.Line(q.Prompt.In(lang)), Max: q.Worth(),
		Given: visible.Lines(short(written(a))), Verdict: Wrong}
	switch {
	case q.ByHand():
		k.out.Verdict, k.out.Open = Person, k.out.Max
	case empty(a):
		k.out.Verdict = Missing
		k.expect()
	case k.hedged():
		k.expect()
		k.unread()
		k.known()
	default:
		k.mark()
		k.read()
	}
	if k.out.Verdict == Right {
		k.out.Points = k.out.Max
	}
	if k.out.Verdict != Right && k.out.Verdict != Person {
		for _, h := range q.Hints {
			k.out.Hints = append(k.out.Hints, visible.Line(h.In(lang)))
		}
	}
	if c := q.Comments.In(lang); c != "" {
		k.out.Expected = strings.TrimSpace(k.out.Expected + " " + visible.Line(c))
	}
	k.out.Points = rounded(k.out.Points)
	return k
}

// Key is a sheet of right answers for the captures: what they do not show, and
// what is left to a person, is missing in it. It is read as students' sheets are, and so is in no language.
func (a *Assignment) Key(e *Evidence) *sheet.Sheet {
	s := &sheet.Sheet{}
	for i := range a.Questions {
		q := &a.Questions[i]
		k := e.marked(q, nil, texts.English)
		k.key.ID = q.ID
		if !empty(&k.key) {
			s.Answers = append(s.Answers, k.key)
		}
	}
	return s
}

// marking is one question while it is marked.
type marking struct {
	*Evidence
	q    *Question
	a    *sheet.Answer
	lang texts.Lang
	out  Marked
	key  sheet.Answer // a right answer; nothing in it where the capture has none
}

// phrase is a phrase in the language of the report.
func (k *marking) phrase(key string, args ...any) string {
	return texts.In(k.lang).Phrase(key, args...)
}

// say adds a sentence for the student that gives no answer away.
func (k *marking) say(key string, args ...any) { k.tell(k.phrase(key, args...)) }

// tell adds what is in the language of the report already.
func (k *marking) tell(text string) { k.out.Feedback = append(k.out.Feedback, visible.Line(text)) }

// tag names a misconception, and says what the lesson is.
func (k *marking) tag(code string) {
	k.out.Tags = append(k.out.Tags, code)
	k.tell(k.lesson(code))
}

// tagOnce names a misconception, however many rows have it.
func (k *marking) tagOnce(code string) {
	if !slices.Contains(k.out.Tags, code) {
		k.tag(code)
	}
}

// lesson is what is said to a misconception.
func (k *marking) lesson(code string) string { return k.phrase("coursework.mistake." + code) }

// expected sets what is right, and the packet that shows it.
func (k *marking) expected(text string, proof ...Proof) {
	k.out.Expected = visible.Line(text)
	k.out.Proof = append(k.out.Proof, proof...)
}

// either joins what is right in one way or another.
func (k *marking) either(forms []string) string {
	text := forms[0]
	for _, f := range forms[1:] {
		text = k.phrase("coursework.or", text, f)
	}
	return text
}

// share gives the points of a share of the answer.
func (k *marking) share(part float64) {
	switch {
	case part >= 1-1e-9:
		k.out.Verdict = Right
	case part <= 0:
		k.out.Verdict = Wrong
	default:
		k.out.Verdict, k.out.Points = Partly, part*k.out.Max
	}
}

// mark compares an answer by the kind of its question.
func (k *marking) mark() {
	k.q.kind.mark(k)
	if k.out.Verdict != Right {
		k.known()
	}
}

// read says what was marked: all of the answer, unless the kind has read a value in it.
func (k *marking) read() {
	if k.out.Verdict != Unread && k.out.ReadAs == nil {
		k.readAs(k.out.Given)
	}
}

// readAs notes the value that was read in the answer.
func (k *marking) readAs(value string) {
	value = visible.Line(value)
	k.out.ReadAs = &value
}

// unread leaves an answer to a person: it cannot be read as what is asked for.
func (k *marking) unread() {
	form := k.q.form()
	k.out.Verdict, k.out.Open, k.out.ReadAs = Unread, k.out.Max, nil
	k.out.Form = texts.In(k.lang).Of(form)
	k.say("coursework.unread", form)
}

// expect sets what would have been right where there is no answer.
func (k *marking) expect() {
	silent := *k
	silent.a = &sheet.Answer{Text: "\x00"}
	silent.out.Feedback, silent.out.Tags = nil, nil
	silent.mark()
	k.out.Expected, k.out.Proof, k.key = silent.out.Expected, silent.out.Proof, silent.key
}

// known says what the teacher has written to a wrong answer.
func (k *marking) known() {
	for i := range k.q.Wrong {
		w := &k.q.Wrong[i]
		if same(written(k.a), string(w.Answer), 0) {
			if k.out.Verdict == Unread { // the teacher could
				k.out.Verdict, k.out.Open, k.out.Form, k.out.Feedback = Wrong, 0, "", nil
			}
			k.tell(w.Say.In(k.lang))
			if w.Tag != "" {
				k.out.Tags = append(k.out.Tags, w.Tag)
			}
			return
		}
	}
}

// uncaptured is the verdict where the capture has nothing of what is asked.
func (k *marking) uncaptured() {
	k.out.Verdict = Wrong
	k.tag("not-captured")
	k.expected(k.phrase("coursework.right-not-captured"))
}

// At is the report at a feedback level: none (points and verdicts alone), hints
// (what is wrong and where to look, nothing that tells the answer) or full.
func (r *Report) At(level string) *Report {
	if level == "full" {
		return r
	}
	c := *r
	c.Questions = make([]Marked, len(r.Questions))
	for i, m := range r.Questions {
		m.Expected, m.Proof = "", nil
		cells := m.Cells
		m.Cells = nil
		if level == "none" {
			m.Feedback, m.Hints, m.Tags = nil, nil, nil
		} else {
			for _, cell := range cells {
				cell.Expected = ""
				m.Cells = append(m.Cells, cell)
			}
		}
		c.Questions[i] = m
	}
	return &c
}
