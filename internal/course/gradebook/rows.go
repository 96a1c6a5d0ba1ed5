package gradebook

import "fmt"

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
		s, why := e.Student, "No student is known for this submission."
		if s == nil && roster != nil {
			s, why = roster.Match(e.Submission)
		}
		if s == nil {
			notices = append(notices, Notice{e.Submission, why + " It is left out of the grade file; enter its score by hand."})
			continue
		}
		rows = append(rows, gradeRow{e, s})
	}
	kept, doubled := onePerStudent(rows)
	return kept, append(notices, doubled...)
}

func onePerStudent(rows []gradeRow) (kept []gradeRow, notices []Notice) {
	count := map[Student]int{}
	for _, r := range rows {
		count[*r.student]++
	}
	for _, r := range rows {
		if n := count[*r.student]; n > 1 {
			notices = append(notices, Notice{r.Submission, fmt.Sprintf(
				"%d submissions belong to %s. None of them is in the grade file: keep the one that counts, and mark again.",
				n, line(r.student.called()))})
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
		if p := r.problem(); p != "" {
			notices = append(notices, Notice{r.Submission, "It has no grade in the file, because it could not be marked: " + line(p)})
		}
	}
	return notices
}
