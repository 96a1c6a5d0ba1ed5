package coursework

import (
	"encoding/json"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/course/sheet"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
)

// evidence opens sample captures.
func evidence(t testing.TB, names ...string) *Evidence {
	t.Helper()
	var all []*recording.Recording
	for _, n := range names {
		all = append(all, testkit.OpenSample(t, n))
	}
	return NewEvidence(all...)
}

// labs are the assignments of the course with captures of its practices.
var labs = []struct {
	assignment string
	captures   []string
}{
	{"cs305-4.1", []string{"echo-telnet.pcap", "web-hello.pcap"}},
	{"cs305-4.2", []string{"two-interfaces.pcapng"}},
	{"cs305-4.2", []string{"http-server-own.pcap", "http-server-classmate.pcap"}},
	{"cs305-4.3", []string{"browser-flask.pcap"}},
	{"cs305-4.3", []string{"flask-form.pcap"}},
	{"kurose-http-1", []string{"conditional-304.pcap"}},
	{"kurose-http-2", []string{"conditional-304.pcap"}},
	{"kurose-http-4", []string{"browser-images.pcap"}},
	{"kurose-http-5", []string{"basic-auth.pcap"}},
}

// TestKeysAreRight: the sheet of right answers has all points.
func TestKeysAreRight(t *testing.T) {
	for _, lab := range labs {
		a, e := Builtin(lab.assignment), evidence(t, lab.captures...)
		key := a.Key(e)
		r := a.Mark(e, key, "en")
		if r.Score != r.Max || r.Max == 0 {
			b, _ := json.MarshalIndent(r, "", " ")
			t.Errorf("%s on %v: %v of %v\n%s", lab.assignment, lab.captures, r.Score, r.Max, b)
		}
	}
}

// mutation is a way to make a right answer wrong.
type mutation struct {
	name string
	of   func(q *Question, a sheet.Answer) (sheet.Answer, bool)
}

// reasons are the misconceptions that mutations must be taken for, by words
// in their names; one of several is enough.
var reasons = map[string][]string{
	"one more": {"off-by-one", "packet-number", "other-message", "other-side", "middle-of-message",
		"counts-packets", "counts-connections", "counts-messages", "counts-exchanges", "counts-all"},
	"one less": {"off-by-one", "packet-number", "other-message", "other-side", "middle-of-message",
		"counts-packets", "counts-connections", "counts-messages", "counts-exchanges", "counts-all"},
	"row missing":    {"missing-row"},
	"row too many":   {"extra-row"},
	"swapped":        {"client-port"},
	"GET for POST":   {"selects-too-much"},
	"lower case":     {"selects-nothing"},
	"anywhere":       {"selects-too-much"},
	"network for lo": {"wrong-interface"},
}

var mutations = []mutation{
	{"left out", func(_ *Question, a sheet.Answer) (sheet.Answer, bool) { return sheet.Answer{ID: a.ID}, true }},
	{"one more", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		changed, is := digits(a, 1)
		return changed, is && (&marking{q: q}).countable()
	}},
	{"one less", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		changed, is := digits(a, -1)
		return changed, is && (&marking{q: q}).countable()
	}},
	{"another number", func(_ *Question, a sheet.Answer) (sheet.Answer, bool) { return digits(a, 1) }},
	{"other words", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		return sheet.Answer{ID: a.ID, Text: "something else"}, true
	}},
	{"the opposite", opposite},
	{"next option", nextOption},
	{"row missing", func(_ *Question, a sheet.Answer) (sheet.Answer, bool) {
		if len(a.Rows) < 2 {
			return a, false
		}
		a.Rows = slices.Clone(a.Rows[1:])
		return a, true
	}},
	{"row too many", func(_ *Question, a sheet.Answer) (sheet.Answer, bool) {
		if len(a.Rows) == 0 {
			return a, false
		}
		a.Rows = append(slices.Clone(a.Rows), []string{"1.2.3.4", "1", "5.6.7.8", "2", "200"})
		return a, true
	}},
	{"item missing", func(_ *Question, a sheet.Answer) (sheet.Answer, bool) {
		if len(a.List) < 2 {
			return a, false
		}
		a.List = slices.Clone(a.List[:len(a.List)-1])
		return a, true
	}},
	{"GET for POST", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		a.Text = strings.Replace(a.Text, "POST", "GET", 1)
		return a, q.Kind == KindDisplayFilter
	}},
	{"lower case", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		a.Text = strings.ToLower(a.Text)
		return a, q.Kind == KindDisplayFilter
	}},
	{"anywhere", func(q *Question, a sheet.Answer) (sheet.Answer, bool) {
		a.Text = `tcp contains "POST"`
		return a, q.Kind == KindDisplayFilter
	}},
}

// digits changes a number by a step.
func digits(a sheet.Answer, step int) (sheet.Answer, bool) {
	n, err := strconv.Atoi(a.Text)
	if err != nil {
		return a, false
	}
	a.Text = fmt.Sprint(n + step)
	return a, true
}

func opposite(_ *Question, a sheet.Answer) (sheet.Answer, bool) {
	other := map[string]string{"yes": "no", "no": "yes", "loopback": "WLAN", "network": "lo", "serial": "parallel",
		"parallel": "serial"}[a.Text]
	a.Text = other
	return a, other != ""
}

func nextOption(q *Question, a sheet.Answer) (sheet.Answer, bool) {
	if q.Kind != KindChoice {
		return a, false
	}
	i := int(a.Text[0] - 'a')
	a.Text = letter((i + 1) % len(q.Options))
	return a, true
}

// cellMutations change each cell of a table, and each entry of a list.
func cellMutations(a sheet.Answer, visit func(name string, changed sheet.Answer)) {
	for i := range a.Rows {
		for j, cell := range a.Rows[i] {
			changed := a
			changed.Rows = slices.Clone(a.Rows)
			changed.Rows[i] = slices.Clone(a.Rows[i])
			changed.Rows[i][j] = "7" + cell
			visit(fmt.Sprintf("cell %d,%d", i+1, j+1), changed)
		}
		if len(a.Rows[i]) >= 4 && a.Rows[i][1] != a.Rows[i][3] {
			changed := a
			changed.Rows = slices.Clone(a.Rows)
			r := slices.Clone(a.Rows[i])
			r[1], r[3] = r[3], r[1]
			changed.Rows[i] = r
			visit(fmt.Sprintf("ports of row %d swapped", i+1), changed)
		}
	}
	for i := range a.List {
		changed := a
		changed.List = slices.Clone(a.List)
		changed.List[i] = "7" + a.List[i]
		visit(fmt.Sprintf("entry %d", i+1), changed)
	}
}

// TestEveryMutationIsFound: a right sheet with a single answer changed loses
// points at that question alone, with a reason, and without telling the answer.
func TestEveryMutationIsFound(t *testing.T) {
	tried := 0
	for _, lab := range labs {
		a, e := Builtin(lab.assignment), evidence(t, lab.captures...)
		key := a.Key(e)
		for i := range key.Answers {
			q := a.question(key.Answers[i].ID)
			check := func(name string, changed sheet.Answer) {
				tried++
				s := &sheet.Sheet{Answers: slices.Clone(key.Answers)}
				s.Answers[i] = changed
				found(t, a, e, q, fmt.Sprintf("%s on %v, %s %s: %+v", lab.assignment, lab.captures, q.ID, name,
					changed), s, key.Answers[i])
			}
			for _, m := range mutations {
				if changed, ok := m.of(q, key.Answers[i]); ok {
					check(m.name, changed)
				}
			}
			cellMutations(key.Answers[i], check)
		}
	}
	t.Logf("%d mutations", tried)
	if tried < 220 {
		t.Errorf("only %d mutations were tried", tried)
	}
}

// question is a question by its ID.
func (a *Assignment) question(id string) *Question {
	for i := range a.Questions {
		if a.Questions[i].ID == id {
			return &a.Questions[i]
		}
	}
	return nil
}

func found(t *testing.T, a *Assignment, e *Evidence, q *Question, name string, s *sheet.Sheet, right sheet.Answer) {
	t.Helper()
	r := a.Mark(e, s, "en")
	for i := range r.Questions {
		m := &r.Questions[i]
		switch {
		case m.ID != q.ID && m.Verdict != Right && m.Verdict != Person:
			t.Errorf("%s: question %s is %s as well", name, m.ID, m.Verdict)
		case m.ID != q.ID:
		case m.Verdict == Right || m.Points >= m.Max:
			t.Errorf("%s: taken for right", name)
		case m.Verdict != Missing && len(m.Feedback) == 0 && len(m.Hints) == 0 && len(m.Cells) == 0:
			t.Errorf("%s: nothing is said", name)
		case m.Expected == "":
			t.Errorf("%s: full feedback does not say what is right", name)
		}
		for words, tags := range reasons {
			if m.ID == q.ID && strings.Contains(name, " "+words) &&
				!slices.ContainsFunc(m.Tags, func(tag string) bool { return slices.Contains(tags, tag) }) {
				t.Errorf("%s: tags %q, want one of %q", name, m.Tags, tags)
			}
		}
	}
	silent(t, name, q, r, right)
}

// silent holds that hints do not tell the answer: nothing of it stands there
// but what the question or the student's own answer has.
func silent(t *testing.T, name string, q *Question, r *Report, right sheet.Answer) {
	t.Helper()
	for _, m := range r.At("hints").Questions {
		if m.ID != q.ID {
			continue
		}
		said := strings.Join(append(append([]string{}, m.Feedback...), m.Hints...), " ")
		for _, c := range m.Cells {
			said += " " + c.Comment + " " + c.Expected
		}
		answers := append([]string{right.Text}, right.List...)
		for _, row := range right.Rows {
			answers = append(answers, row...)
		}
		for _, answer := range answers {
			if len(answer) > 3 && strings.Contains(said, answer) && !strings.Contains(m.Prompt, answer) &&
				!strings.Contains(m.Given, answer) && m.Kind != KindChoice {
				t.Errorf("%s: the hints tell the answer %q: %s", name, answer, said)
			}
		}
		if m.Expected != "" || m.Proof != nil {
			t.Errorf("%s: hints hold what is right", name)
		}
	}
}
