package report

import (
	"io"
	"slices"
	"strings"

	"github.com/rivo/uniseg"

	"httpscope/internal/course/gradebook"
	"httpscope/internal/doc"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Bounds of what is printed of a submission's name: characters, and columns of the names that others are filled up to.
const (
	longestName   = 60
	longestColumn = 40
)

// WriteClass prints a line for each submission, and what a teacher must look at.
func WriteClass(w io.Writer, c gradebook.Class, dir string, notices []Notice) error {
	t := writer{Catalogue: texts.In(c.Lang)}
	t.line(visible.Line(c.Title))
	t.line("")
	failed := t.submissions(c.Entries)
	for _, g := range c.Groups {
		t.line("")
		t.indented("", t.Phrase("grade.same-capture", several(g.Submissions, len(g.Submissions))))
		t.indented("  ", visible.Line(g.Why))
	}
	if len(notices) > 0 {
		t.line("")
	}
	t.notices(notices)
	t.line("")
	n := len(c.Entries)
	t.line(t.Phrase("grade.summary", n, n-failed, failed, visible.Line(dir)))
	_, err := io.WriteString(w, t.String())
	return err
}

// submissions writes a line for each, and counts those that were not marked.
func (t *writer) submissions(all []gradebook.Entry) (failed int) {
	longest := 10
	for _, e := range all {
		longest = min(max(longest, uniseg.StringWidth(e.Submission)), longestColumn)
	}
	for _, e := range all {
		name := visible.Clip(e.Submission, longestName)
		name = doc.Column(name, max(longest, uniseg.StringWidth(name)), "", false)
		if e.Report.Problem != "" {
			failed++
			t.line(name + "  " + t.Phrase("grade.not-marked", e.Report.Problem))
			continue
		}
		t.line(name + "  " + t.score(&e))
	}
	return failed
}

// Notice is what a teacher should know, in the language of the program.
type Notice struct {
	Submission string // "" for what is about none
	Text       string
}

// notices prints notices. What is the same for many submissions is printed
// once: without a roster, no student is known for any of them.
func (t *writer) notices(all []Notice) {
	same := map[string][]string{}
	for _, n := range all {
		same[n.Text] = append(same[n.Text], n.Submission)
	}
	for _, n := range all {
		const few = 3
		text, names := visible.Line(n.Text), same[n.Text]
		switch {
		case len(names) > few && names[0] == n.Submission:
			t.indented("", t.Phrase("grade.notice-several", len(names), several(names, few), text))
		case len(names) <= few && n.Submission == "":
			t.indented("", text)
		case len(names) <= few:
			t.indented("", t.Phrase("grade.notice", visible.Clip(n.Submission, longestName), text))
		}
	}
}

// several are the first of some names.
func several(names []string, most int) string {
	var all []string
	for _, n := range names[:min(len(names), most)] {
		all = append(all, visible.Clip(n, longestName))
	}
	if len(names) > most {
		all = append(all, "…")
	}
	return strings.Join(all, ", ")
}

// score is what a submission has, with the remarks on its captures that a teacher should look at.
func (t *writer) score(e *gradebook.Entry) string {
	var codes []string
	for _, m := range e.Report.Remarks {
		if m.Severity == "warning" && !slices.Contains(codes, m.Code) {
			codes = append(codes, m.Code)
		}
	}
	score := t.Phrase("grade.score", e.Report.Score, e.Report.Max)
	if e.Report.Open > 0 {
		score = t.Phrase("grade.score-open", score, e.Report.Open)
	}
	if len(codes) == 0 {
		return score
	}
	return t.Phrase("grade.score-warnings", score, strings.Join(codes, ", "))
}
