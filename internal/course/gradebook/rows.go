package gradebook

import "httpscope/internal/texts"

// gradeRow is one student's row of a grade file.
type gradeRow struct {
	Entry
	student *Student
}

// gradeRows finds the student of every entry. An entry without a student, and
// entries that share one, are left out: importers of grades match wrongly, refuse
// the whole file, or take the last row, and none of this may happen unseen.
func gradeRows(class []Entry, roster *Roster) ([]gradeRow, []Notice) {
	var rows []gradeRow
	var notices []Notice
	for _, e := range class {
		s, why := e.Student, texts.Say("gradebook.unknown")
		if s == nil && roster != nil {
			s, why = roster.Match(e.Submission)
		}
		if s == nil {
			notices = append(notices, without(e.Submission, why))
			continue
		}
		rows = append(rows, gradeRow{e, s})
	}
	kept, doubled := onePerStudent(rows)
	return kept, append(notices, doubled...)
}

// HandedInNothing says that there is no submission of a student.
func (s *Student) HandedInNothing() Notice {
	return Notice{"", texts.Say("gradebook.without-submission", s.name())}
}

// without says that a submission is not in the file, and why.
func without(submission string, why texts.Phrase) Notice {
	return Notice{submission, texts.Say("gradebook.left-out", why)}
}

func onePerStudent(rows []gradeRow) (kept []gradeRow, notices []Notice) {
	count := map[Student]int{}
	for _, r := range rows {
		count[*r.student]++
	}
	for _, r := range rows {
		if n := count[*r.student]; n > 1 {
			notices = append(notices, Notice{r.Submission, texts.Say("gradebook.belong", n, r.student.name())})
			continue
		}
		kept = append(kept, r)
	}
	return kept, notices
}

// unmarkedNotices lists the rows that have no score.
func unmarkedNotices(rows []gradeRow) []Notice {
	var notices []Notice
	for _, r := range rows {
		if !r.marked() {
			notices = append(notices, Notice{r.Submission, texts.Say("gradebook.no-grade", r.problem())})
		}
	}
	return notices
}
