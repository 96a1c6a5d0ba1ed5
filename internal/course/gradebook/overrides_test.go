package gradebook

import (
	"strings"
	"testing"

	"httpscope/internal/course/coursework"
)

// TestOverrides gives points by the student's name, number or submission, and says which rows give none.
func TestOverrides(t *testing.T) {
	class := []Entry{
		{Submission: "alice", Student: &Student{Name: "Alice A", ID: "11"}, Report: report(
			answered("3-1", coursework.Right, 1, 1, "5"), answered("3-2", coursework.Unread, 0, 2, "4 or 5"))},
		{Submission: "bob", Report: report(answered("3-2", coursework.Wrong, 0, 2, "7"))},
	}
	all, err := ReadOverrides(strings.NewReader("student;question;given;points;comment\n" +
		"11;3-2;4 or 5;1,5;You saw both.\nBOB;3-2;7;2;\nbob;3-2;7;;\nbob;9;;1;\ncarol;3-2;;1;\nalice;3-1;;4;\n"))
	if err != nil || len(all) != 5 {
		t.Fatalf("%v, %v", all, err)
	}
	notices := ApplyOverrides(class, all)
	var said []string
	for _, n := range notices {
		said = append(said, n.Text.String())
	}
	want := []string{"overrides.csv, line 5: there is no question 9",
		"overrides.csv, line 6: no submission is that of carol",
		"overrides.csv, line 7: 4 points for question 3-1, which has 0 to 1"}
	if strings.Join(said, "|") != strings.Join(want, "|") {
		t.Errorf("%q, want %q", said, want)
	}
	a, b := class[0].Report, class[1].Report
	if a.Score != 2.5 || a.Max != 3 || a.Open != 0 || b.Score != 2 || b.Max != 2 {
		t.Errorf("%v of %v, %v open; %v of %v", a.Score, a.Max, a.Open, b.Score, b.Max)
	}
	m := a.Questions[1]
	if m.Verdict != coursework.Partly || m.Feedback[0] != "Your teacher gave 1.5 points: You saw both." {
		t.Errorf("%+v", m)
	}
}

// TestBadOverrides are errors that name the line.
func TestBadOverrides(t *testing.T) {
	for text, want := range map[string]string{
		"":                                    "expected a header",
		"name,points\n":                       "expected a header",
		"student,question,points\na,1,many\n": "line 2: expected a number of points",
		"student,question,points\na,1,NaN\n":  "line 2: expected a number of points",
		"student,question,points\na,1,0x1\n":  "line 2: expected a number of points",
		"student,question,points\n\"a,1,1\n":  "line 2",
		"student,question,points\n\xff,1,1\n": "line 2",
	} {
		if _, err := ReadOverrides(strings.NewReader(text)); err == nil || !strings.Contains(err.Error(), want) {
			t.Errorf("%q: %v, want %q", text, err, want)
		}
	}
	class := []Entry{{Submission: "a", Report: report(answered("1", coursework.Wrong, 0, 2, "x"))}}
	all, err := ReadOverrides(strings.NewReader("student,question,points\na,1,3\na,1,-1\n"))
	if err != nil || len(ApplyOverrides(class, all)) != 2 || class[0].Report.Score != 0 {
		t.Errorf("%v, %v, %v", all, err, class[0].Report.Score)
	}
}

// TestOverridesOfOneName go to no one when two students have it, and to the submission that is named.
func TestOverridesOfOneName(t *testing.T) {
	open := func() *coursework.Report { return report(answered("1", coursework.Unread, 0, 2, "x")) }
	class := []Entry{
		{Submission: "wei_1", Student: &Student{Name: "Wei"}, Report: open()},
		{Submission: "wei_2", Student: &Student{Name: "Wei"}, Report: open()},
		{Submission: "-Ann", Report: open()},
	}
	notices := ApplyOverrides(class, []Override{{Student: "Wei", Question: "1", Points: 1},
		{Student: "wei_2", Question: "1", Points: 2}})
	if len(notices) != 1 || class[0].Report.Open != 2 || class[1].Report.Score != 2 {
		t.Errorf("%v; %v open, score %v", notices, class[0].Report.Open, class[1].Report.Score)
	}
	all, err := ReadOverrides(strings.NewReader("student,question,points\n'-Ann,1,2\n"))
	if err != nil || len(ApplyOverrides(class, all)) != 0 || class[2].Report.Score != 2 {
		t.Errorf("%v, %v", all, err)
	}
}
