package gradebook

import (
	"io"
	"time"

	"httpscope/internal/course/coursework"
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
}

type entryJSON struct {
	Submission string             `json:"submission"`
	Student    *Student           `json:"student"` // null when nobody was found
	Problem    string             `json:"problem,omitempty"`
	Report     *coursework.Report `json:"report"` // null when it was not marked
}

// JSON writes a class as one object: assignment, title, marked (RFC 3339), summary,
// items, groups and entries. Control characters and bytes that are no UTF-8 are
// visible escapes in it; numbers that are not defined are null.
func JSON(w io.Writer, c Class) error {
	out := classJSON{
		Assignment: line(c.Assignment), Title: line(c.Title), Marked: c.Marked.Format(time.RFC3339),
		Summary: Summarise(c.Entries), Items: Statistics(c.Entries), Groups: cleanGroups(c.Groups), Entries: []entryJSON{},
	}
	for _, e := range c.Entries {
		j := entryJSON{Submission: line(e.Submission), Student: cleanStudent(e.Student), Problem: text(e.problem())}
		if e.Report != nil {
			j.Report = clean(e.Report)
		}
		out.Entries = append(out.Entries, j)
	}
	return writeJSON(w, out)
}

func cleanGroups(groups []Group) []Group {
	out := []Group{}
	for _, g := range groups {
		out = append(out, Group{Submissions: mapped(g.Submissions, line), Why: text(g.Why)})
	}
	return out
}

func cleanStudent(s *Student) *Student {
	if s == nil {
		return nil
	}
	return &Student{
		Name: line(s.Name), First: line(s.First), Last: line(s.Last), ID: line(s.ID), SISUser: line(s.SISUser), Login: line(s.Login),
		Participant: line(s.Participant), Email: line(s.Email), Section: line(s.Section), Integration: line(s.Integration), RootAccount: line(s.RootAccount),
	}
}
