package gradebook

import (
	"io"
	"regexp"
	"strings"

	"httpscope/internal/texts"
)

// canvasReserved are the columns that Canvas does not take for an assignment, and
// noAssignment the titles that it drops (lib/gradebook_importer.rb,
// GRADEBOOK_IMPORTER_RESERVED_NAMES and NON_ASSIGNMENT_COLUMN_HEADERS).
var (
	canvasReserved = []string{"Student", "LastName", "FirstName", "ID", "SIS User ID", "SIS Login ID", "Section",
		"Integration ID", "Root Account"}
	noAssignment = regexp.MustCompile(`(Current|Final) (Score|Points|Grade)|Override (Score|Grade|Status)`)
)

// pointsPossible marks the row of points in an import into Canvas.
const pointsPossible = "Points Possible"

// Canvas writes a CSV file for "Import Grades". The header has the optional
// columns that the roster has. Assignment is the title of the column; with Canvas's
// number after it, as in "Lab 4 (1234)", the scores go to that assignment, else to
// the one of that title or a new one. A student who could not be marked gets an
// empty cell, which clears an older score; a student without a submission has no row
// and keeps it. Canvas imports no comments, so the reasons are notices.
func Canvas(w io.Writer, class []Entry, assignment string, roster *Roster) ([]Notice, error) {
	if err := canvasTitle(assignment); err != nil {
		return nil, err
	}
	rows, notices := gradeRows(class, roster)
	cols := canvasColumns(rows, roster)
	rows, hidden := canvasRows(rows, cols)
	notices = append(append(notices, hidden...), unmarkedNotices(rows)...)
	c := csvWriter{w: w}
	c.row(append(cols.header(), canvasCell(assignment))...)
	c.row(append(cols.points(), number(possible(class)))...)
	for _, r := range rows {
		score := ""
		if r.marked() {
			score = number(r.Report.Score)
		}
		c.row(append(cols.student(r.student), score)...)
	}
	if c.err != nil {
		return notices, texts.Errorf("gradebook.writing-canvas", c.err)
	}
	return notices, nil
}

// canvasCell is a cell of one line: Canvas guesses the delimiter from the first three lines.
func canvasCell(s string) string { return cell(importers.line(strings.TrimSpace(s))) }

func canvasTitle(title string) error {
	t := strings.TrimSpace(title)
	if t == "" {
		return texts.Errorf("gradebook.writing-canvas", texts.Say("gradebook.no-title"))
	}
	for _, r := range canvasReserved {
		if t == r {
			return texts.Errorf("gradebook.writing-canvas", texts.Say("gradebook.reserved", t))
		}
	}
	if noAssignment.MatchString(t) {
		return texts.Errorf("gradebook.writing-canvas", texts.Say("gradebook.ignored", t))
	}
	return nil
}

// canvasRows leaves out the rows that Canvas would not take for a student.
func canvasRows(rows []gradeRow, cols columns) (kept []gradeRow, notices []Notice) {
	for _, r := range rows {
		cells := cols.student(r.student)
		if strings.Contains(cells[0], pointsPossible) || notStudent(cells) {
			notices = append(notices, without(r.Submission, texts.Say("gradebook.canvas-row", cells[0])))
			continue
		}
		kept = append(kept, r)
	}
	return kept, notices
}

// possible is the largest maximum of the class.
func possible(class []Entry) float64 {
	max := 0.0
	for _, e := range class {
		if e.Report != nil && finite(e.Report.Max) > max {
			max = finite(e.Report.Max)
		}
	}
	return max
}

// columns says which optional columns a Canvas file has. Canvas wants SIS User ID,
// SIS Login ID, Integration ID and Root Account in this order, and Section last.
type columns struct{ sisUser, sisLogin, integration, root, canvasID bool }

func canvasColumns(rows []gradeRow, roster *Roster) columns {
	has := func(get func(*Student) string) bool {
		for _, r := range rows {
			if get(r.student) != "" {
				return true
			}
		}
		return false
	}
	c := columns{canvasID: roster == nil || roster.Kind == CanvasRoster}
	c.sisUser = has(func(s *Student) string { return c.sis(s) })
	c.sisLogin = c.sisUser || has((*Student).canvasLogin)
	c.integration = c.sisUser && has(func(s *Student) string { return s.Integration })
	c.root = c.sisUser && has(func(s *Student) string { return s.RootAccount })
	return c
}

// sis is the SIS user ID. The number in another system's list is no Canvas ID: it
// could be the Canvas ID of somebody else.
func (c columns) sis(s *Student) string {
	if s.SISUser != "" || c.canvasID {
		return s.SISUser
	}
	return s.number()
}

func (c columns) header() []string {
	return c.pick("Student", "ID", "SIS User ID", "SIS Login ID", "Integration ID", "Root Account", "Section")
}

func (c columns) points() []string {
	return c.pick("    "+pointsPossible, "", "", "", "", "", "")
}

func (c columns) student(s *Student) []string {
	id := ""
	if c.canvasID {
		id = s.ID
	}
	fields := []string{s.sortable(), id, c.sis(s), s.canvasLogin(), s.Integration, s.RootAccount, s.Section}
	for i := range fields {
		fields[i] = canvasCell(fields[i])
	}
	return c.pick(fields...)
}

// pick keeps the columns that the file has, of all seven.
func (c columns) pick(all ...string) []string {
	out := all[:2:2]
	for i, keep := range []bool{c.sisUser, c.sisLogin, c.integration, c.root, true} {
		if keep {
			out = append(out, all[2+i])
		}
	}
	return out
}
