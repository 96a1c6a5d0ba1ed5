//go:build clients && linux

package clients

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
	"sync/atomic"
	"testing"
)

// leastChanges is how many ways there are at least to make a sheet wrong.
const leastChanges = 80

// tried counts the changes that were made, and those that were found.
type tried struct {
	made, found  atomic.Int64
	named        atomic.Int64 // with a misconception or a sentence
	placed       atomic.Int64 // without one, but with the cell that is wrong
	missing      atomic.Int64 // left out
	onlyTheHints atomic.Int64
}

func (c *tried) String() string {
	return fmt.Sprintf("%d changes, %d found: %d with a reason, %d with the cell, %d with hints alone, %d left out",
		c.made.Load(), c.found.Load(), c.named.Load(), c.placed.Load(), c.onlyTheHints.Load(), c.missing.Load())
}

// everyChange makes each answer of a right sheet wrong in each way, one at a
// time. The question loses points and no other does, the reason is said, and
// nothing of the right answer is told. It says how many ways were tried.
func (p *practice) everyChange(t *testing.T, f form, more ...change) {
	t.Helper()
	var all []change
	for _, a := range p.sheet {
		all = append(all, changes(a)...)
	}
	t.Run("changes", func(t *testing.T) {
		var count tried
		t.Run("of", func(t *testing.T) { // ends when the parallel tests have
			for i, c := range append(all, more...) {
				t.Run(fmt.Sprintf("%d %s %s", i+1, c.to.id, c.name), func(t *testing.T) {
					t.Parallel()
					count.made.Add(1)
					p.foundOut(t, f, c, &count)
				})
			}
		})
		t.Logf("%s: %v", p.assignment, &count)
		if n := count.made.Load(); n < leastChanges || count.found.Load() != n {
			t.Errorf("%d changes of at least %d were tried, %d found", n, leastChanges, count.found.Load())
		}
	})
}

// foundOut makes one change and looks at what is said to it.
func (p *practice) foundOut(t *testing.T, f form, c change, count *tried) {
	sheet := slices.Clone(p.sheet)
	for i := range sheet {
		if sheet[i].id == c.to.id {
			sheet[i] = c.to
		}
	}
	path := p.hand(t, f, sheet)
	m, code := p.check(t, path, "--feedback", "hints")
	if code != 1 {
		t.Errorf("exit code %d, want 1", code)
	}
	for _, q := range m.Questions {
		if q.ID != c.to.id && q.Verdict != "right" && q.Verdict != "person" {
			t.Errorf("question %s is %s as well: %+v", q.ID, q.Verdict, q)
		}
	}
	q := m.of(c.to.id)
	if q.Verdict == "right" || q.Points >= q.Max || m.Score >= m.Max && q.Verdict != "unread" {
		t.Errorf("%q %q is taken for right: %+v", c.to.line(), c.to.rows, q)
		return
	}
	count.found.Add(1)
	p.reasoned(t, c, q, count)
	right := answerTo(p.sheet, c.to.id)
	untold(t, right, &c.to, q, strings.Join(said(q), "\n"))
	if right.kind == "table" && len(q.Tags) == 0 {
		return // the text has no more than the cells
	}
	text, _, code := ran(t, p.arguments(path)...)
	mustBe(t, "exit code of the text", code, 1)
	untold(t, right, &c.to, q, section(t, text, q.ID))
}

// reasoned holds that a wrong answer gets a reason, and the one it should.
func (p *practice) reasoned(t *testing.T, c change, q *marked, count *tried) {
	t.Helper()
	switch {
	case c.name == "left out":
		count.missing.Add(1)
		mustBe(t, "verdict on what was left out", q.Verdict, "missing")
		return
	case len(q.Tags) > 0 || len(q.Feedback) > 0:
		count.named.Add(1)
	case slices.ContainsFunc(q.Cells, func(c cell) bool { return c.Verdict != "right" }):
		count.placed.Add(1)
	case len(q.Hints) > 0:
		count.onlyTheHints.Add(1)
		t.Logf("hints alone: %q", c.to.line())
	default:
		t.Errorf("no reason is given: %+v", q)
	}
	if c.why != nil && !slices.ContainsFunc(c.why, func(tag string) bool { return slices.Contains(q.Tags, tag) }) {
		t.Errorf("the misconceptions are %q, want one of %q: %+v", q.Tags, c.why, q)
	}
}

// said are the sentences that a report has for the student.
func said(q *marked) []string {
	all := slices.Concat(q.Feedback, q.Hints, []string{q.Expected})
	for _, c := range q.Cells {
		all = append(all, c.Expected, c.Comment)
	}
	for _, p := range q.Proof {
		all = append(all, p.Text)
	}
	return all
}

// section is what the text of a report says to a question, without the question
// and what the student wrote.
func section(t *testing.T, text, id string) string {
	t.Helper()
	for _, part := range strings.Split(text, "\n\n") {
		head, rest, _ := strings.Cut(part, "\n")
		if words := strings.Fields(head); !slices.Contains(words, id) {
			continue
		}
		var out []string
		for line := range strings.Lines(rest) {
			if !strings.HasPrefix(line, "  > ") && !strings.HasPrefix(line, "  row ") {
				out = append(out, line)
			}
		}
		return strings.Join(out, "")
	}
	t.Errorf("the text has nothing on question %s:\n%s", id, text)
	return ""
}

// untold holds that nothing of the right answer stands in a text, but what
// stands in the question or in what the student wrote.
func untold(t *testing.T, right, given *answer, q *marked, text string) {
	t.Helper()
	own := q.Prompt + " " + given.line() + " " + fmt.Sprint(given.rows)
	if right.kind == "choice" {
		return // the options stand in the question
	}
	secrets := append([]string{right.line()}, right.list...)
	for _, row := range right.rows {
		secrets = append(secrets, row...)
	}
	for _, s := range secrets {
		if s == "-" || strings.Contains(own, s) {
			continue
		}
		if regexp.MustCompile(`(^|[^\w.])` + regexp.QuoteMeta(s) + `($|[^\w])`).MatchString(text) {
			t.Errorf("the right answer %q is told:\n%s", s, text)
		}
	}
}
