package quiz_test

import (
	"regexp"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/texts"
)

// shape is what of a question depends on no language.
type shape struct {
	ID, Topic, About string
	Kind             quiz.Kind
	Answer           string // of one that is not answered by a choice
	Right            []bool
	Remarks          []bool // which choices have one
	Slips            []string
	Given, Why       []doc.Ref
	Ref              doc.Ref
	Connection       int64
	Hint, Asked      bool
}

func shapeOf(q *quiz.Question) shape {
	s := shape{ID: q.ID, Topic: q.Topic, About: q.About, Kind: q.Kind, Given: refs(q.Given), Why: refs(q.Why),
		Ref: q.Ref, Connection: q.Connection, Hint: q.Hint != "", Asked: q.Prompt != ""}
	if q.Kind != quiz.OneOf {
		s.Answer = q.Answer
	}
	for _, c := range q.Choices {
		s.Right, s.Remarks = append(s.Right, c.Right), append(s.Remarks, c.Why != "")
	}
	for _, slip := range q.Slips {
		s.Slips = append(s.Slips, slip.Answer)
	}
	return s
}

func refs(lines doc.Lines) []doc.Ref {
	var out []doc.Ref
	for _, l := range lines {
		out = append(out, l.Ref)
	}
	return out
}

func shapes(questions []quiz.Question) []shape {
	var out []shape
	for i := range questions {
		out = append(out, shapeOf(&questions[i]))
	}
	return out
}

// TestSameQuizInEveryLanguage holds that a seed asks the same questions in the
// same order, with the choices in the same places, whatever the language; and that
// what is right in one language is so in the others.
func TestSameQuizInEveryLanguage(t *testing.T) {
	for _, s := range allSamples(t) {
		t.Run(s.name, func(t *testing.T) {
			english := quiz.New(s, 4, quiz.Options{Questions: everything})
			for _, lang := range texts.Languages() {
				other := quiz.New(s, 4, quiz.Options{Questions: everything, Lang: lang})
				if d := cmp.Diff(shapes(english), shapes(other)); d != "" {
					t.Fatalf("%s: %s", lang, d)
				}
				for i := range english {
					checkSameAnswers(t, &english[i], &other[i])
				}
			}
		})
	}
}

func checkSameAnswers(t *testing.T, a, b *quiz.Question) {
	t.Helper()
	for _, typed := range append(typedFor(a), typedFor(b)...) {
		o, remark := a.Judge(typed)
		same, remarkToo := b.Judge(typed)
		if o != same || (remark == "") != (remarkToo == "") {
			t.Errorf("%s: %q is %s with %q, and in the other language %s with %q", a.ID, typed, o, remark, same,
				remarkToo)
		}
	}
}

// typedFor are answers that people may type to a question.
func typedFor(q *quiz.Question) []string {
	out := []string{q.Answer, "1", "A", "b)", "yes", "true", "是", "会", "否", "选C", "42 字节", "42 bytes", "perhaps", ""}
	for _, c := range q.Choices {
		out = append(out, c.Text, c.Text+"。")
	}
	for _, s := range q.Slips {
		out = append(out, s.Answer)
	}
	return out
}

// inEnglish is a sentence, or a part of one.
var inEnglish = regexp.MustCompile(`[a-z]{2,}( [a-z]+){2,}`)

// startLines are those of a sample: they are the same in every language.
func startLines(s sample) string {
	var b strings.Builder
	for _, x := range s.Exchanges() {
		for m := range x.Messages() {
			if m.Head != nil {
				b.WriteString(m.Head.StartLine() + "\n")
			}
		}
	}
	return b.String()
}

// TestQuizInChinese holds that a Chinese quiz says nothing in English, and that
// each explanation ends with where it is written.
func TestQuizInChinese(t *testing.T) {
	cited := regexp.MustCompile(`^出处：|docs/`)
	for _, s := range allSamples(t) {
		said := startLines(s)
		questions := quiz.New(s, 1, quiz.Options{Questions: everything, Lang: texts.Chinese})
		for i := range questions {
			q := &questions[i]
			for _, text := range ownText(q) {
				if found := inEnglish.FindString(text); found != "" && !strings.Contains(said, found) {
					t.Errorf("%s, %s: English in %q", s.name, q.ID, text)
				}
			}
			for _, text := range []string{q.Prompt, q.Hint, q.Form()} {
				if !strings.ContainsFunc(text, func(r rune) bool { return unicode.Is(unicode.Han, r) }) {
					t.Errorf("%s, %s: no Chinese in %q", s.name, q.ID, text)
				}
			}
			if last := q.Why[len(q.Why)-1].String(); !cited.MatchString(last) {
				t.Errorf("%s, %s: no source in %q", s.name, q.ID, last)
			}
		}
	}
}

// ownText is what a question says itself.
func ownText(q *quiz.Question) []string {
	out := []string{q.Prompt, q.Hint}
	for _, l := range q.Why {
		out = append(out, l.String())
	}
	for _, c := range q.Choices {
		out = append(out, c.Why)
	}
	for _, s := range q.Slips {
		out = append(out, s.Why)
	}
	return out
}

// TestTableInChinese holds that the columns of a table are where its headings are.
func TestTableInChinese(t *testing.T) {
	tables := 0
	for _, s := range allSamples(t) {
		for _, q := range quiz.New(s, 1, quiz.Options{Questions: everything, Lang: texts.Chinese,
			Topics: []string{"tcp"}}) {
			if len(q.Given) == 0 {
				continue
			}
			tables++
			width := q.Given[0].Width()
			for _, l := range q.Given[1:] {
				if !strings.Contains(l.String(), "还有") && l.Width() != width {
					t.Errorf("%s, %s: a line has not the width of the heading\n%s", s.name, q.ID, doc.Text(q.Given))
					break
				}
			}
		}
	}
	if tables < 50 {
		t.Errorf("only %d tables", tables)
	}
}

// TestSessionInChinese answers in Chinese, in English and not at all.
func TestSessionInChinese(t *testing.T) {
	o := quiz.Options{Questions: 30, Lang: texts.Chinese}
	questions := quiz.New(demo(t), 9, o)
	s := quiz.NewSession(texts.Chinese, questions)
	if v := s.Answer("???x"); v.Outcome != quiz.Unclear || !strings.HasPrefix(doc.Text(v.Lines), "看不懂这个答案。请输入") {
		t.Errorf("%s: %s", v.Outcome, doc.Text(v.Lines))
	}
	s.Hint()
	english := quiz.New(demo(t), 9, quiz.Options{Questions: 30})
	for i := range questions {
		v := s.Answer([]string{english[i].Answer, "", wrongFor(&questions[i])}[i%3])
		want := []string{"正确。\n分组 ", "已跳过。\n答案：", "错误。\n"}[i%3]
		if got := doc.Text(v.Lines); !strings.HasPrefix(got, want) {
			t.Errorf("%s: %s", questions[i].ID, got)
		}
	}
	checkSummary(t, s.Summary())
	if got := doc.Text(quiz.NewSession(texts.Chinese, nil).Summary()); got != "一道题也没有回答。\n" {
		t.Errorf("%q", got)
	}
}

// checkSummary looks at the score of thirty questions of which ten are right.
func checkSummary(t *testing.T, summary doc.Lines) {
	t.Helper()
	if got := summary[0].String(); got != "30 道题中，答对 10 道，答错 10 道，跳过 10 道，看了 1 次提示。" {
		t.Error(got)
	}
	for _, l := range summary[1:] {
		before, _, ok := strings.Cut(l.String(), "答对")
		if ok && uniseg.StringWidth(before) != len("  persistence  ") {
			t.Errorf("the column is not where it should be: %q", l)
		}
	}
	if rest := doc.Text(summary); !strings.Contains(rest, "\n再看看这些题：\n") || !strings.Contains(rest, "、分组 ") {
		t.Errorf("the summary:\n%s", rest)
	}
}
