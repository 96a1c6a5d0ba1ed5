package gradebook

import (
	"fmt"
	"io"
	"strings"

	"httpscope/internal/course/coursework"
)

// maxFeedback is what a spreadsheet shows of one cell: Excel takes 32 767 characters.
const maxFeedback = 24 << 10

// maxMoodleGrade is the largest grade that Moodle imports unless the site raised it.
const maxMoodleGrade = 100

// Moodle writes a CSV file for "Import, CSV file": Email address, ID number, the
// grade, and its feedback beside it, because feedback imported alone wipes grades.
// Map "Email address" or "ID number" to the student. A student who could not be
// marked gets "-", no grade, and the reason as feedback. Moodle takes feedback as
// HTML, so < and & are written as &lt; and &amp;.
//
// Moodle's importer gives a row with an empty key to the student of the row before
// (load_data.php, map_user_data_with_value). So a key column is filled for every
// row or for none, where the import stops at once.
func Moodle(w io.Writer, class []Entry, assignment string, roster *Roster) ([]Notice, error) {
	if strings.TrimSpace(assignment) == "" {
		return nil, fmt.Errorf("write Moodle grades: the grade item needs a name")
	}
	rows, notices := gradeRows(class, roster)
	rows, keys, more := moodleKeys(rows)
	notices = append(append(notices, more...), moodleNotices(rows, keys)...)
	c := csvWriter{w: w}
	name := line(strings.TrimSpace(assignment))
	c.row("Email address", "ID number", cell(name), cell("Feedback: "+name))
	for _, r := range rows {
		c.row(moodleRow(r, keys)...)
	}
	if c.err != nil {
		return notices, fmt.Errorf("write Moodle grades: %w", c.err)
	}
	return notices, nil
}

// keys says which columns that identify a student are filled.
type keys struct{ email, number bool }

// key is a value that Moodle looks up; PHP takes "0" for empty.
func key(s string) string {
	if s = strings.TrimSpace(s); s == "0" {
		return ""
	}
	return s
}

// moodleKeys fills the email column if all have one, or else if there is no other
// way; those without one are then left out.
func moodleKeys(rows []gradeRow) ([]gradeRow, keys, []Notice) {
	all := func(rows []gradeRow, get func(*Student) string) bool {
		for _, r := range rows {
			if key(get(r.student)) == "" {
				return false
			}
		}
		return true
	}
	email := func(s *Student) string { return s.Email }
	if all(rows, email) {
		return rows, keys{true, all(rows, (*Student).number)}, nil
	}
	if all(rows, (*Student).number) {
		return rows, keys{false, true}, []Notice{{"", `Not every student has an email address, so that column is empty: map "ID number" when you import.`}}
	}
	kept, notices := withEmail(rows)
	return kept, keys{true, all(kept, (*Student).number)}, notices
}

func withEmail(rows []gradeRow) (kept []gradeRow, notices []Notice) {
	for _, r := range rows {
		if key(r.student.Email) == "" {
			notices = append(notices, Notice{r.Submission, line(r.student.called()) + " has no email address in the roster. It is left out of the grade file; enter its score by hand."})
			continue
		}
		kept = append(kept, r)
	}
	return kept, notices
}

func moodleRow(r gradeRow, k keys) []string {
	email, id := "", ""
	if k.email {
		email = cell(line(key(r.student.Email)))
	}
	if k.number {
		id = cell(line(key(r.student.number())))
	}
	if p := r.problem(); p != "" {
		return []string{email, id, "-", moodleFeedback("This submission could not be marked.\n" + p)}
	}
	return []string{email, id, number(r.Report.Score), moodleFeedback(feedback(clean(r.Report)))}
}

var moodleHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;")

func moodleFeedback(s string) string {
	return cell(moodleHTML.Replace(short(text(s), maxFeedback)))
}

// feedback is all that a clean report says, in one text.
func feedback(r *coursework.Report) string {
	parts := []string{summary(r)}
	for _, m := range r.Questions {
		if m.Verdict != coursework.Person {
			parts = append(parts, title(m)+"\n"+answer(m))
		}
	}
	return strings.Join(parts, "\n\n")
}

// moodleNotices says what Moodle will not import as it stands.
func moodleNotices(rows []gradeRow, k keys) []Notice {
	notices := unmarkedNotices(rows)
	if len(rows) > 0 && !k.number {
		notices = append(notices, Notice{"", `Not every student has an ID number, so that column is empty: map "Email address" when you import.`})
	}
	for _, r := range rows {
		if r.problem() == "" && r.Report.Score > maxMoodleGrade {
			notices = append(notices, Notice{r.Submission, fmt.Sprintf("Its grade is above %d. Moodle refuses the whole file unless the site allows such grades.", maxMoodleGrade)})
		}
		if e := key(r.student.Email); k.email && cell(line(e)) != e {
			notices = append(notices, Notice{r.Submission, "Its email address could be taken for a formula or holds control characters. It is written so that it cannot; Moodle may not find the student."})
		}
	}
	return notices
}
