package gradebook

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"
	"testing"
	"unicode/utf8"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"httpscope/internal/course/coursework"
)

// canvasImport is what Canvas's importer makes of a file (lib/gradebook_importer.rb):
// one assignment, its points, and the grade of each student.
type canvasImport struct {
	Title, Points string
	Students      []canvasStudent
}

type canvasStudent struct{ Name, ID, SISUser, SISLogin, Grade string }

// importCanvas follows the importer rule by rule.
func importCanvas(file string) (canvasImport, error) {
	var in canvasImport
	c := csv.NewReader(strings.NewReader(file))
	c.Comma, c.FieldsPerRecord = canvasDelimiter(file), -1
	rows, err := c.ReadAll()
	if err != nil || len(rows) == 0 {
		return in, fmt.Errorf("malformed: %v", err)
	}
	header := rows[0]
	if len(header) <= 3 || !strings.Contains(header[0], "Student") || !strings.Contains(header[1], "ID") {
		return in, fmt.Errorf("invalid header %q", header)
	}
	columns, user, login := canvasStudentColumns(header)
	if columns > len(header) || !strings.Contains(header[columns-1], "Section") {
		return in, fmt.Errorf("the last column about students of %q is not Section", header)
	}
	titles := slices.DeleteFunc(slices.Clone(header[columns:]),
		func(h string) bool { return canvasTotals.MatchString(h) })
	if len(titles) != 1 {
		return in, fmt.Errorf("%d assignments: %q", len(titles), titles)
	}
	in.Title = titles[0]
	at := slices.Index(header, in.Title)
	for _, row := range rows[1:] {
		if len(row) != len(header) {
			return in, fmt.Errorf("row %q has other columns than %q", row, header)
		}
		for i := range row {
			row[i] = canvasNumber(row[i])
		}
		switch {
		case strings.Contains(row[0], "Points Possible"):
			in.Points = row[at]
		case !slices.ContainsFunc(row, func(s string) bool { return !canvasMuted.MatchString(s) }):
		default:
			s := canvasStudent{Name: row[0], ID: row[1], Grade: strings.TrimSpace(row[at])}
			if user > 0 {
				s.SISUser = row[user]
			}
			if login > 0 {
				s.SISLogin = row[login]
			}
			in.Students = append(in.Students, s)
		}
	}
	return in, nil
}

var (
	canvasTotals  = regexp.MustCompile(`Current Score|Current Points|Current Grade|Final Score|Final Points|Final Grade|Override Score|Override Grade|Override Status`)
	canvasMuted   = regexp.MustCompile(`(?i)^\s*(Muted|Manual Posting.*)?\s*$`)
	canvasDecimal = regexp.MustCompile(`^-?[0-9.,]+%?$`)
)

// canvasDelimiter counts the fields of the first three lines, quoted or not.
func canvasDelimiter(file string) rune {
	lines := strings.SplitAfterN(file, "\n", 4)
	count := map[rune]int{}
	for _, d := range ";," {
		var counts []int
		for _, l := range lines[:min(3, len(lines))] {
			c := csv.NewReader(strings.NewReader(l))
			c.Comma = d
			row, err := c.Read()
			if err != nil {
				counts = append(counts, -len(counts)-1)
			}
			counts = append(counts, len(row))
		}
		if slices.Min(counts) == slices.Max(counts) {
			count[d] = counts[0]
		}
	}
	if count[';'] > count[','] {
		return ';'
	}
	return ','
}

func canvasStudentColumns(header []string) (n, user, login int) {
	is := func(i int, name string) bool { return i < len(header) && strings.Contains(header[i], name) }
	switch {
	case is(2, "SIS Login ID"):
		return 4, 0, 2
	case is(2, "SIS User ID") && is(3, "SIS Login ID"):
		n = 5
		if is(4, "Integration ID") {
			n++
		}
		if is(n-1, "Root Account") {
			n++
		}
		return n, 2, 3
	}
	return 3, 0, 0
}

// canvasNumber takes a comma for a decimal point, and drops the others.
func canvasNumber(s string) string {
	if !canvasDecimal.MatchString(s) {
		return s
	}
	parts := regexp.MustCompile(`[,.]`).Split(s, -1)
	if len(parts) == 1 {
		return s
	}
	return strings.Join(parts[:len(parts)-1], "") + "." + parts[len(parts)-1]
}

const canvasExport = "Student,ID,SIS User ID,SIS Login ID,Section,Lab 3 (77)\r\n" +
	"    Points Possible,,,,,10\r\n" +
	"\"O'Brien, Mary Ann\",1001,s1,mary,Group A,9\r\n" +
	"\"Müller, Jürgen\",1002,s2,jurgen,Group B,8\r\n"

// roster reads a list that must be right.
func roster(t interface{ Fatal(...any) }, text string) *Roster {
	r, err := ReadRoster(strings.NewReader(text))
	if err != nil {
		t.Fatal(err)
	}
	return r
}

func scored(submission string, score float64) Entry {
	return Entry{Submission: submission, Report: &coursework.Report{Score: score, Max: 12.5}}
}

func TestCanvasOfAClass(t *testing.T) {
	class := []Entry{
		scored("obrienmaryann_1001_5551_lab4.zip", 7.25),
		{Submission: "müllerjürgen_LATE_1002_5552_lab4.zip",
			Report: &coursework.Report{Problem: "There is no capture."}},
		scored("nobody.zip", 3),
	}
	var b bytes.Buffer
	notices, err := Canvas(&b, class, "Lab 4 (4711)", roster(t, canvasExport))
	if err != nil {
		t.Fatal(err)
	}
	want := "Student,ID,SIS User ID,SIS Login ID,Section,Lab 4 (4711)\n" +
		"\"    Points Possible\",,,,,12.5\n" +
		"\"O'Brien, Mary Ann\",1001,s1,mary,Group A,7.25\n" +
		"\"Müller, Jürgen\",1002,s2,jurgen,Group B,\n"
	if d := cmp.Diff(want, b.String()); d != "" {
		t.Error(d)
	}
	wantNotices := [][2]string{
		{"nobody.zip", `No student of the roster belongs to "nobody.zip". It is left out of the grade file; enter its score by hand.`},
		{"müllerjürgen_LATE_1002_5552_lab4.zip",
			"It has no grade in the file, because it could not be marked: There is no capture."},
	}
	if d := cmp.Diff(wantNotices, inEnglish(notices)); d != "" {
		t.Error(d)
	}
}

// inEnglish are notices with their texts.
func inEnglish(notices []Notice) [][2]string {
	var all [][2]string
	for _, n := range notices {
		all = append(all, [2]string{n.Submission, n.Text.String()})
	}
	return all
}

// TestCanvasHeaders has the columns of the roster, in the order that Canvas demands.
func TestCanvasHeaders(t *testing.T) {
	for _, c := range []struct{ roster, submission, header, row string }{
		{"Student,ID,Section\nA B,11,S\n", "11", "Student,ID,Section,Lab", "A B,11,S,5"},
		{"Student,ID,SIS Login ID,Section\nA B,11,ab,S\n", "ab", "Student,ID,SIS Login ID,Section,Lab",
			"A B,11,ab,S,5"},
		{"Student;ID;SIS User ID;SIS Login ID;Integration ID;Root Account;Section\nA B;11;s;ab;i;r;S\n", "A B",
			"Student,ID,SIS User ID,SIS Login ID,Integration ID,Root Account,Section,Lab", "A B,11,s,ab,i,r,S,5"},
		{"LastName,FirstName,ID,SIS User ID,SIS Login ID,Section\nB,A,11,s,ab,S\n", "B, A",
			"Student,ID,SIS User ID,SIS Login ID,Section,Lab", `"B, A",11,s,ab,S,5`},
		{"id,name,email\n11,A B,ab@x.org\n", "11", "Student,ID,SIS User ID,SIS Login ID,Section,Lab",
			"A B,,11,ab@x.org,,5"},
		{"First name,Surname,Email address\nA,B,ab@x.org\n", "A B_33_assignsubmission_file_",
			"Student,ID,SIS Login ID,Section,Lab", `"B, A",,ab@x.org,,5`},
	} {
		var b bytes.Buffer
		notices, err := Canvas(&b, []Entry{scored(c.submission, 5)}, "Lab", roster(t, c.roster))
		lines := strings.Split(b.String(), "\n")
		if err != nil || len(notices) > 0 || lines[0] != c.header || lines[2] != c.row {
			t.Errorf("%q\ngot %v %v\n%s", c.roster, err, notices, b.String())
		}
		if in, err := importCanvas(b.String()); err != nil || len(in.Students) != 1 {
			t.Errorf("%q: Canvas imports %+v, %v", c.roster, in, err)
		}
	}
}

func TestCanvasRefusesTitlesThatAreNoAssignment(t *testing.T) {
	for _, title := range []string{"", " ", "ID", "Student", "Section", "My Final Score", "Current Points"} {
		if _, err := Canvas(&bytes.Buffer{}, nil, title, nil); err == nil {
			t.Errorf("%q is taken", title)
		}
	}
}

// TestNamesThatCanvasTakesForOtherRows: a row that is called "Points Possible" sets the
// points of the assignment, and one that is called "Muted" and has nothing else is skipped.
func TestNamesThatCanvasTakesForOtherRows(t *testing.T) {
	for _, name := range []string{"Points Possible", "Muted", "manual posting (all)"} {
		class := []Entry{{Submission: name, Report: &coursework.Report{Problem: "No capture."}}, scored("Ada", 5)}
		var b bytes.Buffer
		notices, err := Canvas(&b, class, "Lab", roster(t, "name\n"+name+"\nAda\n"))
		in, importErr := importCanvas(b.String())
		if err != nil || importErr != nil || len(in.Students) != 1 || in.Points != "12.5" || leftOut(notices) != 1 {
			t.Errorf("%s: %+v, %v, %v, %v", name, in, notices, err, importErr)
		}
	}
}

// TestTwoSubmissionsOfAStudent writes neither, because Canvas and Moodle would take the last.
func TestTwoSubmissionsOfAStudent(t *testing.T) {
	class := []Entry{scored("mary", 1), scored("1001", 9), scored("jurgen", 5)}
	var b bytes.Buffer
	notices, err := Canvas(&b, class, "Lab", roster(t, canvasExport))
	in, importErr := importCanvas(b.String())
	if err != nil || importErr != nil || len(in.Students) != 1 || len(notices) != 2 {
		t.Errorf("got %+v, %v, %v, %v", in, notices, err, importErr)
	}
}

func TestCanvasImportsHostileClasses(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		class := drawClass(t).Entries
		title := rapid.OneOf(hostile(), rapid.SampledFrom([]string{"Lab 4", "Lab 4 (4711)"})).Draw(t, "title")
		var b bytes.Buffer
		notices, err := Canvas(&b, class, title, nil)
		if err != nil {
			if strings.TrimSpace(title) != "" {
				t.Fatal(err)
			}
			return
		}
		in, err := importCanvas(b.String())
		if err != nil {
			t.Fatalf("%v\n%s", err, b.String())
		}
		left := 0
		for _, n := range notices {
			if strings.Contains(n.Text.String(), "grade file") {
				left++
			}
		}
		if len(in.Students)+left != len(class) {
			t.Fatalf("%d students and %d left out of %d\n%s", len(in.Students), left, len(class), b.String())
		}
		for _, s := range in.Students {
			if s.Grade != "" && !plainNumber.MatchString(s.Grade) {
				t.Fatalf("the grade %q is no number", s.Grade)
			}
		}
		if err := harmless(b.String(), ','); err != nil {
			t.Fatal(err)
		}
	})
}

// plainNumber is what stays a number though it begins with a sign.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// harmless reads a CSV file as spreadsheets do, and looks for formulas and for what
// cannot be seen.
func harmless(file string, delimiter rune) error {
	c := csv.NewReader(strings.NewReader(file))
	c.Comma, c.FieldsPerRecord = delimiter, -1
	rows, err := c.ReadAll()
	if err != nil {
		return err
	}
	for _, cells := range rows {
		for _, s := range cells {
			if bad := unseen(s); bad != "" {
				return fmt.Errorf("%s in %q", bad, s)
			}
			start := strings.TrimSpace(s)
			if first, _ := utf8.DecodeRuneInString(start); strings.ContainsRune("=+-@＝＋－＠", first) && start != "-" &&
				!plainNumber.MatchString(start) {
				return errors.New("a formula: " + s)
			}
		}
	}
	return nil
}
