package gradebook

import (
	"bytes"
	"fmt"
	"slices"
	"strconv"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
)

// fgetcsv reads as PHP does: white space before a quote is skipped, and with escape
// a backslash in quotes keeps the next character from ending them.
func fgetcsv(file string, escape bool) (rows [][]string) {
	for len(file) > 0 {
		var row []string
		for more := true; more; {
			var field string
			field, file, more = phpField(file, escape)
			row = append(row, field)
		}
		rows = append(rows, row)
	}
	return rows
}

// phpField is one field, the rest of the file, and whether the row goes on.
func phpField(s string, escape bool) (field, rest string, more bool) {
	if quoted := strings.TrimLeft(s, " \t"); strings.HasPrefix(quoted, `"`) {
		field, s = phpQuoted(quoted[1:], escape)
	}
	end := strings.IndexAny(s, ",\n")
	if end < 0 {
		return field + s, "", false
	}
	return field + s[:end], s[end+1:], s[end] == ','
}

func phpQuoted(s string, escape bool) (field, rest string) {
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case escape && s[i] == '\\' && i+1 < len(s):
			b.WriteString(s[i : i+2])
			i++
		case s[i] == '"' && strings.HasPrefix(s[i+1:], `"`):
			b.WriteByte('"')
			i++
		case s[i] == '"':
			return b.String(), s[i+1:]
		default:
			b.WriteByte(s[i])
		}
	}
	return b.String(), ""
}

// moodleGrade is what Moodle gives to a user.
type moodleGrade struct{ Grade, Feedback string }

// importMoodle follows grade/import/csv/classes/load_data.php, with one column
// mapped to the user, the third to a grade item and the fourth to its feedback. A
// row with an empty key goes to the user of the row before, as it does there.
func importMoodle(file string, keyColumn int) (map[string]moodleGrade, error) {
	rows := fgetcsv(file, true)
	if plain := fgetcsv(file, false); !slices.EqualFunc(rows, plain, slices.Equal) {
		return nil, fmt.Errorf("PHP reads it in two ways: %q and %q", rows, plain)
	}
	grades, user := map[string]moodleGrade{}, ""
	for i, row := range rows {
		if len(row) != 4 {
			return nil, fmt.Errorf("row %d has %d columns: %q", i+1, len(row), row)
		}
		if i == 0 {
			continue
		}
		if k := strings.TrimSpace(row[keyColumn]); k != "" && k != "0" {
			user = k
		}
		if user == "" {
			return nil, errNoUser
		}
		if err := moodleValue(strings.TrimSpace(row[2])); err != nil {
			return nil, fmt.Errorf("row %d: %w", i+1, err)
		}
		if before, twice := grades[user]; twice {
			return nil, fmt.Errorf("row %d: %q has the grade %q already", i+1, user, before)
		}
		grades[user] = moodleGrade{strings.TrimSpace(row[2]), strings.TrimSpace(row[3])}
	}
	return grades, nil
}

// errNoUser ends an import before anything is changed.
var errNoUser = fmt.Errorf("user not found")

func moodleValue(s string) error {
	if s == "" || s == "-" {
		return nil
	}
	if _, err := strconv.ParseFloat(s, 64); err != nil {
		return fmt.Errorf("the grade %q is no number", s)
	}
	return nil
}

const moodleParticipants = "\ufeffFirst name,Surname,Email address,ID number\n" +
	"Mary Ann,O'Brien,mary@x.org,s1\nJürgen,Müller,jurgen@x.org,s2\n"

func TestMoodleOfAClass(t *testing.T) {
	class := []Entry{
		{Submission: "Mary Ann OBrien_4401_assignsubmission_file_",
			Report: report(answered("1", coursework.Wrong, 0, 2, "=<b>&\\"))},
		{Submission: "Jürgen Müller_4402_assignsubmission_file_",
			Report: &coursework.Report{Problem: "There is no capture."}},
	}
	var b bytes.Buffer
	notices, err := Moodle(&b, class, "Lab 4", roster(t, moodleParticipants))
	if err != nil {
		t.Fatal(err)
	}
	want := "Email address,ID number,Lab 4,Feedback: Lab 4\n" +
		"mary@x.org,s1,0,\"0 of 2 points.\n\n1: What is 1?\nWrong: 0 of 2 points.\nYour answer: =&lt;b>&amp;\\ \"\n" +
		"jurgen@x.org,s2,-,\"This submission could not be marked.\nThere is no capture.\"\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
	if len(notices) != 1 || !strings.Contains(notices[0].Text.String(), "There is no capture.") {
		t.Errorf("notices are %v", notices)
	}
}

// TestMoodleKeyColumnsAreFullOrEmpty: with a key missing here and there, a grade
// would go to the student of the row before.
func TestMoodleKeyColumnsAreFullOrEmpty(t *testing.T) {
	for _, c := range []struct {
		name, roster string
		want         string // emails and numbers of the rows
		notice       string
	}{
		{"both", "id,name,email\n1,A,a@x\n2,B,b@x\n", "a@x,1 b@x,2", ""},
		{"a number is missing", "id,name,email\n1,A,a@x\n,B,b@x\n", "a@x, b@x,", `map "Email address"`},
		{"an address is missing", "id,name,email\n1,A,a@x\n2,B,\n", ",1 ,2", `map "ID number"`},
		{"both are missing", "id,name,email\n1,A,\n,B,b@x\n", "b@x,", "A has no email address"},
		{"PHP takes 0 for empty", "id,name,email\n0,A,a@x\n2,B,b@x\n", "a@x, b@x,", `map "Email address"`},
	} {
		var b bytes.Buffer
		notices, err := Moodle(&b, []Entry{scored("A", 1), scored("B", 2)}, "Lab", roster(t, c.roster))
		var got []string
		for _, row := range fgetcsv(b.String(), true)[1:] {
			got = append(got, row[0]+","+row[1])
		}
		if err != nil || strings.Join(got, " ") != c.want || !strings.Contains(fmt.Sprint(notices), c.notice) {
			t.Errorf("%s: %q, %v, %v", c.name, got, notices, err)
		}
	}
}

func TestMoodleSaysThatAGradeIsTooLarge(t *testing.T) {
	notices, err := Moodle(&bytes.Buffer{}, []Entry{scored("A", 101)}, "Lab", roster(t, "id,name,email\n1,A,a@x\n"))
	if err != nil || len(notices) != 1 || !strings.Contains(notices[0].Text.String(), "above 100") {
		t.Errorf("got %v, %v", notices, err)
	}
}

func TestMoodleImportsHostileClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := drawClass(t).Entries
		title := rapid.OneOf(hostile(), rapid.Just("Lab 4")).Draw(t, "title")
		var b bytes.Buffer
		notices, err := Moodle(&b, class, title, nil)
		if err != nil {
			if strings.TrimSpace(title) != "" {
				t.Fatal(err)
			}
			return
		}
		rows := fgetcsv(b.String(), true)
		for column := range 2 {
			grades, err := importMoodle(b.String(), column)
			if err == errNoUser {
				continue
			}
			if err != nil && !strings.Contains(err.Error(), "already") { // students who share an address are the roster's fault
				t.Fatalf("%v\n%s", err, b.String())
			}
			if err == nil && len(grades) != len(rows)-1 {
				t.Fatalf("%d rows became %d grades\n%s", len(rows)-1, len(grades), b.String())
			}
		}
		for _, row := range rows[1:] {
			if strings.Contains(row[3], "<") {
				t.Fatalf("feedback is HTML: %q", row[3])
			}
		}
		if len(rows)-1+leftOut(notices) != len(class) {
			t.Fatalf("%d rows, %v, of %d", len(rows)-1, notices, len(class))
		}
		if err := harmless(b.String(), ','); err != nil {
			t.Fatal(err)
		}
	})
}

func leftOut(notices []Notice) int {
	n := 0
	for _, x := range notices {
		if strings.Contains(x.Text.String(), "grade file") {
			n++
		}
	}
	return n
}
