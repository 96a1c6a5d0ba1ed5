package gradebook

import (
	"math"
	"strconv"
	"unicode/utf8"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// maxText bounds one text of a student, in bytes: enough for any honest answer,
// and a class of 500 stays something that a browser opens.
const maxText = 16 << 10

// voice is the language that a file speaks. The zero voice speaks English.
type voice struct{ texts.Catalogue }

// importers are the programs that read grade files.
var importers voice

// line makes text fit for one line: line ends become visible too.
func (v voice) line(s string) string { return visible.Line(v.short(s, maxText)) }

// text makes text visible and keeps its line ends, CR LF as LF.
func (v voice) text(s string) string { return visible.Lines(v.short(s, maxText)) }

// short is at most n bytes of s, and says so.
func (v voice) short(s string, n int) string {
	if len(s) <= n {
		return s
	}
	return v.Of(shortened(s, n))
}

// named is what somebody or something is called, visible and short, as a parameter of a phrase.
func named(s string) any {
	const longest = 200
	if len(s) <= longest {
		return visible.Line(s)
	}
	return shortened(visible.Line(s), longest)
}

// shortened cuts s to at most n bytes between two characters, and says so.
func shortened(s string, n int) texts.Phrase {
	cut := n
	for cut > n-utf8.UTFMax && cut > 0 && !utf8.RuneStart(s[cut]) {
		cut--
	}
	return texts.Say("gradebook.shortened", s[:cut], cut, len(s))
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

// points is a number of points with their name.
func (v voice) points(x float64) string { return v.Phrase("coursework.points", number(x)) }

// voiceOf is the language of a report.
func voiceOf(r *coursework.Report) voice { return voice{r.Words()} }

// clean copies a report with every text made visible and every number finite.
func clean(r *coursework.Report) *coursework.Report {
	c, v := *r, voiceOf(r)
	c.Assignment, c.Title, c.Student = v.line(r.Assignment), v.line(r.Title), v.line(r.Student)
	c.Score, c.Max, c.Open = finite(r.Score), finite(r.Max), finite(r.Open)
	c.Problem = v.text(r.Problem)
	c.Questions = make([]coursework.Marked, len(r.Questions))
	for i, m := range r.Questions {
		c.Questions[i] = v.cleanMarked(m)
	}
	c.Remarks = mapped(r.Remarks, func(x coursework.Remark) coursework.Remark {
		return coursework.Remark{Code: v.line(x.Code), Severity: v.line(x.Severity), Text: v.text(x.Text)}
	})
	return &c
}

func (v voice) cleanMarked(m coursework.Marked) coursework.Marked {
	m.ID, m.Kind, m.Prompt = v.line(m.ID), v.line(m.Kind), v.text(m.Prompt)
	m.Verdict = coursework.Verdict(v.line(string(m.Verdict)))
	m.Points, m.Max, m.Open = finite(m.Points), finite(m.Max), finite(m.Open)
	if m.ReadAs != nil {
		read := v.line(*m.ReadAs)
		m.ReadAs = &read
	}
	m.Form = v.line(m.Form)
	m.Given, m.Expected = v.text(m.Given), v.text(m.Expected)
	m.Feedback, m.Hints, m.Tags = mapped(m.Feedback, v.text), mapped(m.Hints, v.text), mapped(m.Tags, v.line)
	m.Cells = mapped(m.Cells, v.cleanCell)
	m.Proof = mapped(m.Proof, func(p coursework.Proof) coursework.Proof {
		return coursework.Proof{Frame: p.Frame, Text: v.text(p.Text)}
	})
	return m
}

func (v voice) cleanCell(c coursework.Cell) coursework.Cell {
	c.Column, c.Given, c.Expected = v.line(c.Column), v.line(c.Given), v.line(c.Expected)
	c.Verdict = coursework.Verdict(v.line(string(c.Verdict)))
	c.Tag, c.Comment = v.line(c.Tag), v.text(c.Comment)
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
