package gradebook

import (
	"io"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/texts"
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
		return nil, texts.Errorf("gradebook.writing-moodle", texts.Say("gradebook.no-item"))
	}
	rows, notices := gradeRows(class, roster)
	rows, keys, more := moodleKeys(rows)
	notices = append(append(notices, more...), moodleNotices(rows, keys)...)
	c := csvWriter{w: w}
	name := importers.line(strings.TrimSpace(assignment))
	c.row("Email address", "ID number", cell(name), cell("Feedback: "+name))
	for _, r := range rows {
		c.row(moodleRow(r, keys)...)
	}
	if c.err != nil {
		return notices, texts.Errorf("gradebook.writing-moodle", c.err)
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
		return rows, keys{false, true}, []Notice{{"", texts.Say("gradebook.no-emails")}}
	}
	kept, notices := withEmail(rows)
	return kept, keys{true, all(kept, (*Student).number)}, notices
}

func withEmail(rows []gradeRow) (kept []gradeRow, notices []Notice) {
	for _, r := range rows {
		if key(r.student.Email) == "" {
			notices = append(notices, without(r.Submission, texts.Say("gradebook.no-email", r.student.name())))
			continue
		}
		kept = append(kept, r)
	}
	return kept, notices
}

func moodleRow(r gradeRow, k keys) []string {
	email, id := "", ""
	if k.email {
		email = cell(importers.line(key(r.student.Email)))
	}
	if k.number {
		id = cell(importers.line(key(r.student.number())))
	}
	if r.Report == nil {
		return []string{email, id, "-",
			moodleFeedback(importers, importers.Phrase("gradebook.not-markable", r.problem()))}
	}
	v, report, score := voiceOf(r.Report), clean(r.Report), number(r.Report.Score)
	if report.Problem != "" {
		return []string{email, id, "-", moodleFeedback(v, v.summary(report))}
	}
	return []string{email, id, score, moodleFeedback(v, v.feedback(report))}
}

var moodleHTML = strings.NewReplacer("&", "&amp;", "<", "&lt;")

func moodleFeedback(v voice, s string) string {
	return v.cell(moodleHTML.Replace(v.short(v.text(s), maxFeedback)))
}

// feedback is all that a clean report says, in one text.
func (v voice) feedback(r *coursework.Report) string {
	parts := []string{v.summary(r)}
	for _, m := range r.Questions {
		if m.Verdict != coursework.Person {
			parts = append(parts, v.title(m)+"\n"+v.answer(m))
		}
	}
	return strings.Join(parts, "\n\n")
}

// moodleNotices says what Moodle will not import as it stands.
func moodleNotices(rows []gradeRow, k keys) []Notice {
	notices := unmarkedNotices(rows)
	if len(rows) > 0 && !k.number {
		notices = append(notices, Notice{"", texts.Say("gradebook.no-numbers")})
	}
	for _, r := range rows {
		if r.marked() && r.Report.Score > maxMoodleGrade {
			notices = append(notices, Notice{r.Submission, texts.Say("gradebook.above", maxMoodleGrade)})
		}
		if e := key(r.student.Email); k.email && cell(importers.line(e)) != e {
			notices = append(notices, Notice{r.Submission, texts.Say("gradebook.formula")})
		}
	}
	return notices
}
