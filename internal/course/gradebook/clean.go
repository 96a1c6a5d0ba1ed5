package gradebook

import (
	"fmt"
	"math"
	"strconv"
	"unicode/utf8"

	"httpscope/internal/course/coursework"
	"httpscope/internal/visible"
)

// maxText bounds one text of a student, in bytes: enough for any honest answer,
// and a class of 500 stays something that a browser opens.
const maxText = 16 << 10

// line makes text fit for one line: line ends become visible too.
func line(s string) string {
	return visible.Line(short(s, maxText))
}

// text makes text visible and keeps its line ends, CR LF as LF.
func text(s string) string { return visible.Lines(short(s, maxText)) }

// short cuts s to at most n bytes between two characters, and says so.
func short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	cut := n
	for cut > n-utf8.UTFMax && cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return s[:cut] + fmt.Sprintf(" … [shortened: %d of %d bytes are shown]", cut, len(s))
}

// finite keeps numbers that JSON and gradebooks can hold, to four places.
func finite(x float64) float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return 0
	}
	if r := math.Round(x*1e4) / 1e4; !math.IsInf(r, 0) {
		return r + 0 // no negative zero
	}
	return x
}

// number writes points as people and importers read them: no exponent, no zeros at the end.
func number(x float64) string {
	return strconv.FormatFloat(finite(x), 'f', -1, 64)
}

// points is "1 point" or "2 points".
func points(x float64) string {
	if finite(x) == 1 {
		return "1 point"
	}
	return number(x) + " points"
}

// clean copies a report with every text made visible and every number finite.
func clean(r *coursework.Report) *coursework.Report {
	c := *r
	c.Assignment, c.Title, c.Student = line(r.Assignment), line(r.Title), line(r.Student)
	c.Score, c.Max, c.Open = finite(r.Score), finite(r.Max), finite(r.Open)
	c.Problem = text(r.Problem)
	c.Questions = make([]coursework.Marked, len(r.Questions))
	for i, m := range r.Questions {
		c.Questions[i] = cleanMarked(m)
	}
	c.Remarks = mapped(r.Remarks, func(x coursework.Remark) coursework.Remark {
		return coursework.Remark{Code: line(x.Code), Severity: line(x.Severity), Text: text(x.Text)}
	})
	return &c
}

func cleanMarked(m coursework.Marked) coursework.Marked {
	m.ID, m.Kind, m.Prompt = line(m.ID), line(m.Kind), text(m.Prompt)
	m.Verdict = coursework.Verdict(line(string(m.Verdict)))
	m.Points, m.Max = finite(m.Points), finite(m.Max)
	m.Given, m.Expected = text(m.Given), text(m.Expected)
	m.Feedback, m.Hints, m.Tags = mapped(m.Feedback, text), mapped(m.Hints, text), mapped(m.Tags, line)
	m.Cells = mapped(m.Cells, cleanCell)
	m.Proof = mapped(m.Proof, func(p coursework.Proof) coursework.Proof {
		return coursework.Proof{Frame: p.Frame, Text: text(p.Text)}
	})
	return m
}

func cleanCell(c coursework.Cell) coursework.Cell {
	c.Column, c.Given, c.Expected = line(c.Column), line(c.Given), line(c.Expected)
	c.Verdict = coursework.Verdict(line(string(c.Verdict)))
	c.Tag, c.Comment = line(c.Tag), text(c.Comment)
	return c
}

// mapped applies f to a copy of list; nil stays nil.
func mapped[T any](list []T, f func(T) T) []T {
	if list == nil {
		return nil
	}
	out := make([]T, len(list))
	for i, x := range list {
		out[i] = f(x)
	}
	return out
}
