package gradebook

import (
	"fmt"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/visible"
)

// maxShown bounds the text about one answer on the page.
const maxShown = 4 << 10

// equalTo counts, for every submission, the others with an equal capture.
func equalTo(groups []Group) map[string]int {
	n := map[string]int{}
	for _, g := range groups {
		for _, s := range g.Submissions {
			n[s] = max(n[s], len(g.Submissions)-1)
		}
	}
	return n
}

func newStudentRow(n int, e Entry, items []Item, equal int) studentRow {
	r := studentRow{Number: n, Name: line(e.Submission), Problem: text(e.problem()), Score: "–", Share: "–"}
	if e.Student != nil {
		r.Name = line(e.Student.called())
		r.Who = who(e)
	} else {
		r.Notes = append(r.Notes, "No student of the roster is known for it.")
	}
	if r.Name == "" {
		r.Name = fmt.Sprintf("Submission %d", n)
	}
	if equal > 0 {
		r.Notes = append(r.Notes, fmt.Sprintf("Its capture is equal to %d other%s.", equal, plural(equal)))
	}
	if e.Report != nil {
		r.report(clean(e.Report), items)
	} else {
		r.Cells = blank(len(items))
	}
	return r
}

func plural(n int) string {
	if n == 1 {
		return ""
	}
	return "s"
}

// who is the student's keys and the submission's name, for finding it again.
func who(e Entry) string {
	words := []string{"Handed in as " + e.Submission}
	for _, s := range []string{e.Student.number(), e.Student.Login, e.Student.Email, e.Student.Section} {
		if s != "" && s != e.Submission {
			words = append(words, s)
		}
	}
	return line(strings.Join(words, " · "))
}

// report fills in what a clean report says.
func (r *studentRow) report(c *coursework.Report, items []Item) {
	r.Max, r.Remarks = points(c.Max), c.Remarks
	if c.Problem == "" {
		r.Score = number(c.Score)
		if c.Max > 0 {
			r.Share = fmt.Sprintf("%.0f", 100*share(c.Score, c.Max))
		}
	}
	byID := map[string]verdictCell{}
	for _, m := range c.Questions {
		byID[m.ID] = newVerdictCell(m)
		r.Answers = append(r.Answers, newAnswerRow(m))
	}
	for _, item := range items {
		if v, has := byID[item.ID]; has {
			r.Cells = append(r.Cells, v)
		} else {
			r.Cells = append(r.Cells, blank(1)...)
		}
	}
	for _, remark := range c.Remarks {
		r.Notes = append(r.Notes, visible.Cut(visible.Line(strings.Join(strings.Fields(remark.Text), " ")), 120))
	}
}

// blank is cells of questions that a submission does not have.
func blank(n int) []verdictCell {
	cells := make([]verdictCell, n)
	for i := range cells {
		cells[i] = verdictCell{Class: "n"}
	}
	return cells
}

func newVerdictCell(m coursework.Marked) verdictCell {
	switch m.Verdict {
	case coursework.Right:
		return verdictCell{"r", "R", number(m.Points)}
	case coursework.Partly:
		return verdictCell{"p", "P", number(m.Points)}
	case coursework.Missing:
		return verdictCell{"m", "M", ""}
	case coursework.Person:
		return verdictCell{"h", "?", ""}
	}
	return verdictCell{"w", "W", number(m.Points)}
}

func newAnswerRow(m coursework.Marked) answerRow {
	a := answerRow{verdictCell: newVerdictCell(m), Title: visible.Cut(visible.Line(title(m)), 160), Tags: m.Tags}
	switch {
	case m.Verdict == coursework.Right && len(m.Feedback)+len(m.Hints)+len(m.Proof)+len(m.Cells) == 0:
		a.Text = short(m.Given, maxShown)
	case m.Verdict == coursework.Person:
		a.Text = short(strings.Join(labelled("Answer", m.Given), "\n"), maxShown)
	default:
		a.Text = short(answer(m), maxShown)
	}
	return a
}
