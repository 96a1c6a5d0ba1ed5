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

func (v voice) studentRow(n int, e Entry, items []Item, equal int) studentRow {
	r := studentRow{Number: n, Name: v.line(e.Submission), Problem: v.text(v.Of(e.problem())), Score: "–", Share: "–"}
	if e.Student != nil {
		r.Name = fmt.Sprint(e.Student.name())
		r.Who = v.who(e)
	} else {
		r.Notes = append(r.Notes, v.onPage("no-student"))
	}
	if r.Name == "" {
		r.Name = v.onPage("submission", n)
	}
	if equal > 0 {
		r.Notes = append(r.Notes, v.onPage("equal-to", equal))
	}
	if e.Report != nil {
		v.report(&r, clean(e.Report), items)
	} else {
		r.Cells = blank(len(items))
	}
	return r
}

// who is the student's keys and the submission's name, for finding it again.
func (v voice) who(e Entry) string {
	words := []string{v.onPage("handed-in", e.Submission)}
	for _, s := range []string{e.Student.number(), e.Student.Login, e.Student.Email, e.Student.Section} {
		if s != "" && s != e.Submission {
			words = append(words, s)
		}
	}
	return v.line(strings.Join(words, " · "))
}

// report fills in what a clean report says.
func (v voice) report(r *studentRow, c *coursework.Report, items []Item) {
	r.Max, r.Remarks = v.points(c.Max), c.Remarks
	if c.Problem == "" {
		r.Score = number(c.Score)
		if c.Max > 0 {
			r.Share = fmt.Sprintf("%.0f", 100*share(c.Score, c.Max))
		}
	}
	byID := map[string]verdictCell{}
	for _, m := range c.Questions {
		byID[m.ID] = v.verdictCell(m)
		r.Answers = append(r.Answers, v.answerRow(m))
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

func (v voice) verdictCell(m coursework.Marked) verdictCell {
	switch m.Verdict {
	case coursework.Right:
		return verdictCell{"r", v.letter(m.Verdict), number(m.Points)}
	case coursework.Partly:
		return verdictCell{"p", v.letter(m.Verdict), number(m.Points)}
	case coursework.Missing:
		return verdictCell{"m", v.letter(m.Verdict), ""}
	case coursework.Person:
		return verdictCell{"h", v.letter(m.Verdict), ""}
	case coursework.Unread:
		return verdictCell{"h", v.letter(m.Verdict), number(m.Points)}
	}
	return verdictCell{"w", v.letter(coursework.Wrong), number(m.Points)}
}

func (v voice) answerRow(m coursework.Marked) answerRow {
	a := answerRow{verdictCell: v.verdictCell(m), Title: visible.Cut(visible.Line(v.title(m)), 160), Tags: m.Tags}
	switch {
	case m.Verdict == coursework.Right && len(m.Feedback)+len(m.Hints)+len(m.Proof)+len(m.Cells) == 0:
		a.Text = v.short(m.Given, maxShown)
	case m.Verdict == coursework.Person:
		a.Text = v.short(strings.Join(v.labelled("gradebook.an-answer", m.Given), "\n"), maxShown)
	default:
		a.Text = v.short(v.answer(m), maxShown)
	}
	return a
}
