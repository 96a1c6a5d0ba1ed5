package quiz_test

import (
	"math"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"github.com/google/go-cmp/cmp/cmpopts"

	"httpscope/internal/doc"
	"httpscope/internal/quiz"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// TestRightAndWrong holds that the right answer is accepted however it is
// given, that no wrong one is, and that choices differ.
func TestRightAndWrong(t *testing.T) {
	each(t, func(t *testing.T, _ sample, q *quiz.Question) {
		if o, _ := q.Judge(q.Answer); o != quiz.Right {
			t.Errorf("%s: the answer %q is %s\n%s", q.ID, q.Answer, o, doc.Text(q.Lines()))
		}
		texts := map[string]bool{}
		for i, c := range q.Choices {
			want := quiz.Wrong
			if c.Right {
				want = quiz.Right
			}
			for _, typed := range []string{c.Text, quiz.Letter(i), strings.ToLower(quiz.Letter(i)) + ")",
				strings.ToUpper(c.Text)} {
				if o, _ := q.Judge(typed); o != want {
					t.Errorf("%s: %q is %s, want %s\n%s", q.ID, typed, o, want, doc.Text(q.Lines()))
				}
			}
			if texts[strings.ToLower(c.Text)] {
				t.Errorf("%s: the choice %q is offered twice", q.ID, c.Text)
			}
			texts[strings.ToLower(c.Text)] = true
		}
		for _, s := range q.Slips {
			if o, remark := q.Judge(s.Answer); o != quiz.Wrong || remark != s.Why {
				t.Errorf("%s: the slip %q is %s, with %q; the answer is %q", q.ID, s.Answer, o, remark, q.Answer)
			}
		}
		if q.Kind == quiz.OneOf && (len(q.Choices) < 2 || len(q.Choices) > 4) {
			t.Errorf("%s has %d choices", q.ID, len(q.Choices))
		}
	})
}

var packetWord = regexp.MustCompile(`^Packet ([0-9]+) `)

// TestExplanationsNamePackets holds that an explanation names packets of the
// capture, that its lines lead to them, and that it says where the rule stands.
func TestExplanationsNamePackets(t *testing.T) {
	cited := regexp.MustCompile(`([sS]ection|[aA]ppendix|RFC |draft-|docs/)`)
	each(t, func(t *testing.T, s sample, q *quiz.Question) {
		named, source := 0, false
		for _, l := range q.Why {
			if m := packetWord.FindStringSubmatch(l.String()); m != nil {
				n, _ := strconv.ParseInt(m[1], 10, 64)
				if s.Recording.Packet(n) == nil || (l.Ref.Frame != 0 && l.Ref.Frame != n) {
					t.Errorf("%s: %q leads to packet %d", q.ID, l, l.Ref.Frame)
				}
				named++
			}
			source = l.Spans[0].Role == doc.Dim && cited.MatchString(l.String()) // the last line
		}
		if named == 0 || !source {
			t.Errorf("%s: the explanation names %d packets, and a source: %t\n%s", q.ID, named, source, doc.Text(q.Why))
		}
		if s.Recording.Packet(q.Ref.Frame) == nil || q.Connection >= 0 && s.Recording.Connection(q.Connection) == nil {
			t.Errorf("%s leads to packet %d, connection %d", q.ID, q.Ref.Frame, q.Connection)
		}
		if q.Hint == "" || q.Prompt == "" || !slices.Contains(quiz.Topics(), q.Topic) ||
			!slices.Contains(quiz.Kinds(), q.About) {
			t.Errorf("%s: hint %q, topic %q, kind %q", q.ID, q.Hint, q.Topic, q.About)
		}
	})
}

// shownText is every text of a question that reaches a screen.
func shownText(q *quiz.Question) []string {
	out := []string{q.Prompt, q.Answer, q.Hint, q.ID}
	for _, l := range slices.Concat(q.Lines(), q.AnswerLines(), q.Given, q.Why) {
		out = append(out, l.String())
	}
	for _, c := range q.Choices {
		out = append(out, c.Text, c.Why)
	}
	for _, s := range q.Slips {
		out = append(out, s.Answer, s.Why)
	}
	return out
}

func checkVisible(t interface{ Errorf(string, ...any) }, q *quiz.Question) {
	for _, s := range shownText(q) {
		if visible.Line(s) != s {
			t.Errorf("%s: %q is not fit to be shown", q.ID, s)
		}
	}
}

func TestAllTextIsVisible(t *testing.T) {
	each(t, func(t *testing.T, _ sample, q *quiz.Question) { checkVisible(t, q) })
}

// TestEveryKindOccurs holds that each kind of question is asked about some sample.
func TestEveryKindOccurs(t *testing.T) {
	asked := map[string]int{}
	for _, s := range allSamples(t) {
		for _, q := range quiz.New(s, 1, quiz.Options{Questions: everything}) {
			asked[q.About]++
		}
	}
	if n := len(quiz.Kinds()); n < 25 {
		t.Errorf("there are %d kinds", n)
	}
	for _, k := range quiz.Kinds() {
		if asked[k] == 0 {
			t.Errorf("no sample leads to the question %s", k)
		}
	}
}

var exported = cmpopts.IgnoreUnexported(quiz.Question{}, quiz.Choice{})

func TestSameSeedSameQuestions(t *testing.T) {
	for _, s := range allSamples(t) {
		a, b := quiz.New(s, 7, quiz.Options{Questions: 30}), quiz.New(s, 7, quiz.Options{Questions: 30})
		if d := cmp.Diff(a, b, exported); d != "" {
			t.Errorf("%s: %s", s.name, d)
		}
		ids := map[string]bool{}
		for _, q := range a {
			if ids[q.ID] {
				t.Errorf("%s: the question %s is asked twice", s.name, q.ID)
			}
			ids[q.ID] = true
		}
	}
}

func TestSeedsDiffer(t *testing.T) {
	s := demo(t)
	if a, b := quiz.New(s, 1, quiz.Options{}), quiz.New(s, 2, quiz.Options{}); cmp.Equal(a, b, exported) {
		t.Error("two seeds give the same quiz")
	}
}

// TestAQuizIsBroad holds that ten questions about the demo are of ten topics.
func TestAQuizIsBroad(t *testing.T) {
	topics := map[string]bool{}
	questions := quiz.New(demo(t), 3, quiz.Options{})
	for _, q := range questions {
		topics[q.Topic] = true
	}
	if len(questions) != quiz.DefaultQuestions || len(topics) != quiz.DefaultQuestions {
		t.Errorf("%d questions of %d topics", len(questions), len(topics))
	}
}

func TestOneTopic(t *testing.T) {
	questions := quiz.New(demo(t), 3, quiz.Options{Topics: []string{"framing", "ranges"}, Questions: 12})
	for _, q := range questions {
		if q.Topic != "framing" && q.Topic != "ranges" {
			t.Errorf("%s is of the topic %s", q.ID, q.Topic)
		}
	}
	if len(questions) != 12 {
		t.Errorf("%d questions", len(questions))
	}
}

func TestWithoutHTTPThereAreQuestionsAboutTCP(t *testing.T) {
	for _, q := range quiz.New(named(t, "echo-telnet.pcap"), 1, quiz.Options{Questions: everything}) {
		if !slices.Contains([]string{"tcp", "connections", "time"}, q.Topic) {
			t.Errorf("%s is of the topic %s", q.ID, q.Topic)
		}
	}
}

// nothing is a capture without packets.
type nothing struct{}

func (nothing) Connections() []*trace.Connection { return nil }
func (nothing) Exchanges() []*trace.Exchange     { return nil }
func (nothing) Tape(int64) *trace.Tape           { return nil }
func (nothing) Packet(int64) *trace.Packet       { return nil }

func TestNothingToAsk(t *testing.T) {
	if questions := quiz.New(nothing{}, 1, quiz.Options{Questions: math.MaxInt}); len(questions) > 0 {
		t.Errorf("%d questions about nothing", len(questions))
	}
}

// forgetful has records and keeps no packets.
type forgetful struct{ source }

func (forgetful) Tape(int64) *trace.Tape     { return nil }
func (forgetful) Packet(int64) *trace.Packet { return nil }

// TestWithoutPackets holds that a screen that dropped old bytes still has
// questions, and none about packets that it cannot show.
func TestWithoutPackets(t *testing.T) {
	questions := quiz.New(forgetful{demo(t).source}, 1, quiz.Options{Questions: everything})
	if len(questions) < 20 {
		t.Errorf("%d questions", len(questions))
	}
	for _, q := range questions {
		if q.Topic == "tcp" {
			t.Errorf("%s needs packets", q.ID)
		}
	}
}

func named(t testing.TB, name string) sample {
	t.Helper()
	for _, s := range allSamples(t) {
		if s.name == name {
			return s
		}
	}
	t.Fatalf("no sample %s", name)
	return sample{}
}

func demo(t testing.TB) sample { return named(t, "demo.pcapng") }
