package gradebook

import (
	"encoding/csv"
	"errors"
	"io"
	"regexp"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// Override is what a teacher gives for an answer, whatever the program says of it.
type Override struct {
	Student, Question string
	Points            float64
	Comment           string
	Line              int // of the file
}

// maxOverrides bounds a file: every answer of a large class to a long assignment.
const maxOverrides = 100_000

// ReadOverrides reads a CSV file with the columns student, question, points and, if there is one, comment, in any
// order; columns of other names are left alone, so that a pending.csv with a column for points can be handed back.
// Rows without points give none. Errors name the line.
func ReadOverrides(r io.Reader) ([]Override, error) {
	b, err := readList(r)
	if err != nil {
		return nil, texts.Errorf("gradebook.reading-overrides", err)
	}
	all, err := overridesIn(b)
	if err != nil {
		return nil, texts.Errorf("gradebook.reading-overrides", err)
	}
	return all, nil
}

// overridesIn takes the delimiter under which the header has the columns.
func overridesIn(b []byte) ([]Override, error) {
	for _, d := range delimiters {
		c := reader(b, d)
		header, err := c.Read()
		if err != nil {
			continue
		}
		if columns, ok := overrideColumns(header); ok {
			return columns.rows(c)
		}
	}
	header, _, _ := strings.Cut(string(b), "\n")
	return nil, texts.Errorf("gradebook.overrides-header", named(header))
}

// rows reads what stands under the header.
func (columns columnsOfOverrides) rows(c *csv.Reader) ([]Override, error) {
	var all []Override
	for {
		row, err := c.Read()
		switch {
		case errors.Is(err, io.EOF):
			return all, nil
		case err != nil:
			return nil, lineError(err)
		case len(all) == maxOverrides:
			return nil, texts.Errorf("gradebook.overrides-many", maxOverrides)
		}
		line, _ := c.FieldPos(0)
		o, given, err := columns.override(row)
		if err != nil {
			return nil, texts.Errorf("gradebook.roster-line", line, err)
		}
		if o.Line = line; given {
			all = append(all, o)
		}
	}
}

// columnsOfOverrides are the places of the columns in a row, -1 for one that is not there.
type columnsOfOverrides struct{ student, question, points, comment int }

func overrideColumns(header []string) (columns columnsOfOverrides, ok bool) {
	at := func(name string) int {
		return slices.IndexFunc(header, func(h string) bool { return strings.EqualFold(strings.TrimSpace(h), name) })
	}
	columns = columnsOfOverrides{at("student"), at("question"), at("points"), at("comment")}
	return columns, columns.student >= 0 && columns.question >= 0 && columns.points >= 0
}

// pointsWritten is a number of points as people write it.
var pointsWritten = regexp.MustCompile(`^-?\d{1,9}(?:\.\d{1,9})?$`)

// override reads a row; given is false where it has no points.
func (c columnsOfOverrides) override(row []string) (o Override, given bool, err error) {
	cell := func(i int) string {
		if i < 0 || i >= len(row) {
			return ""
		}
		return visible.CellText(strings.TrimSpace(row[i]))
	}
	o = Override{Student: cell(c.student), Question: cell(c.question), Comment: cell(c.comment)}
	points := cell(c.points)
	if points == "" {
		return o, false, nil
	}
	written := strings.Replace(points, ",", ".", 1)
	if o.Points, err = strconv.ParseFloat(written, 64); err != nil || !pointsWritten.MatchString(written) {
		return o, false, texts.Errorf("gradebook.overrides-points", points)
	}
	return o, true, nil
}

// ApplyOverrides gives the points of overrides to the answers that they are about. The notices are about those that are
// about none, or give what the question does not have.
func ApplyOverrides(class []Entry, all []Override) []Notice {
	var notices []Notice
	for _, o := range all {
		e, err := entryOf(class, o.Student)
		if err == nil {
			err = e.Report.Override(o.Question, o.Points, o.Comment)
		}
		if err != nil {
			notices = append(notices, Notice{"", texts.Say("gradebook.overrides-line", o.Line, err)})
		}
	}
	return notices
}

// entryOf is the marked submission of a student, by its own name, else by what the roster has, which must name one
// alone.
func entryOf(class []Entry, student string) (*Entry, error) {
	var found []*Entry
	for i := range class {
		e := &class[i]
		switch {
		case e.Report == nil:
		case strings.EqualFold(e.Submission, student):
			return e, nil
		case e.of(student):
			found = append(found, e)
		}
	}
	switch len(found) {
	case 0:
		return nil, texts.Errorf("gradebook.overrides-student", named(student))
	case 1:
		return found[0], nil
	}
	return nil, texts.Errorf("gradebook.overrides-several", len(found), named(student))
}

// of reports whether a submission is that of a student, as a teacher names one by what the roster has.
func (e *Entry) of(student string) bool {
	s := e.Student
	if s == nil {
		return false
	}
	names := []string{s.Name, s.First + " " + s.Last, s.ID, s.SISUser, s.Login, s.Email}
	return student != "" && slices.ContainsFunc(names, func(n string) bool { return strings.EqualFold(n, student) })
}
