package gradebook

import (
	"io"
	"time"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
)

// classJSON is the one object of JSON.
type classJSON struct {
	Assignment string      `json:"assignment"`
	Title      string      `json:"title"`
	Marked     string      `json:"marked"` // RFC 3339
	Summary    Summary     `json:"summary"`
	Items      []Item      `json:"items"`
	Groups     []Group     `json:"groups"`
	Entries    []entryJSON `json:"entries"`
	Missing    []Student   `json:"without_submission,omitempty"` // of the roster
}

type entryJSON struct {
	Submission string             `json:"submission"`
	Student    *Student           `json:"student"` // null when nobody was found
	Problem    string             `json:"problem,omitempty"`
	Report     *coursework.Report `json:"report"` // null when it was not marked
}

// JSON writes a class as one object: assignment, title, marked (RFC 3339), summary,
// items, groups, entries, and the students without a submission. Control characters and bytes that are no UTF-8 are
// visible escapes in it; numbers that are not defined are null.
func JSON(w io.Writer, c Class) error {
	v := voice{texts.In(c.Lang)}
	out := classJSON{
		Assignment: v.line(c.Assignment), Title: v.line(c.Title), Marked: c.Marked.Format(time.RFC3339),
		Summary: Summarise(c.Entries), Items: Statistics(c.Entries), Groups: v.cleanGroups(c.Groups),
		Entries: []entryJSON{},
	}
	for _, e := range c.Entries {
		j := entryJSON{Submission: v.line(e.Submission), Student: v.cleanStudent(e.Student),
			Problem: v.text(v.Of(e.problem()))}
		if e.Report != nil {
			j.Report = clean(e.Report)
		}
		out.Entries = append(out.Entries, j)
	}
	for i := range c.Missing {
		out.Missing = append(out.Missing, *v.cleanStudent(&c.Missing[i]))
	}
	return writeJSON(w, out)
}

func (v voice) cleanGroups(groups []Group) []Group {
	out := []Group{}
	for _, g := range groups {
		out = append(out, Group{Submissions: mapped(g.Submissions, v.line), Why: v.text(g.Why)})
	}
	return out
}

func (v voice) cleanStudent(s *Student) *Student {
	if s == nil {
		return nil
	}
	return &Student{
		Name: v.line(s.Name), First: v.line(s.First), Last: v.line(s.Last),
		ID: v.line(s.ID), SISUser: v.line(s.SISUser), Login: v.line(s.Login),
		Participant: v.line(s.Participant), Email: v.line(s.Email), Section: v.line(s.Section),
		Integration: v.line(s.Integration), RootAccount: v.line(s.RootAccount),
	}
}
