//go:build clients && linux

package clients

import (
	"encoding/csv"
	"encoding/json"
	"os/exec"
	"path/filepath"
	"slices"
	"strings"
	"testing"
)

// class is class.json, read as a teacher's script reads it.
type class struct {
	Assignment string
	Summary    struct{ Marked, Unmarked int }
	Groups     []struct {
		Submissions []string
		Why         string
	}
	Entries []struct {
		Submission, Problem string
		Student             *struct{ Name string }
		Report              marks
	}
}

// roster are the students of the class.
const roster = "id,name,email\n1,Alice Adams,alice@example.edu\n2,Bob Brown,bob@example.edu\n3,Carol Clark,carol@example.edu\n4,Dave Doe,dave@example.edu\n5,Eve Evans,eve@example.edu\n"

// handedIn lays out what five students have handed in: alice a folder; bob a zip
// file with alice's captures, an hour later; carol loose files; Dave Doe files
// as Canvas names them; eve a capture that is none. It returns the row that
// bob's sheet leaves out.
func handedIn(t *testing.T, dir string, p *practice, carol, dave visits) (left []string) {
	t.Helper()
	copied := func(from, to string) { must(t, exec.Command("cp", from, filepath.Join(dir, to))) }
	write(t, dir+"/alice/lab4.md", fillIn(p.blank, "alice", p.sheet))
	copied(p.captures[0], "alice/lo.pcapng")
	copied(p.captures[1], "alice/wlan.pcapng")

	bob := t.TempDir()
	sheet := slices.Clone(p.sheet)
	a := answerTo(sheet, "2-5")
	left, a.rows = a.rows[0], a.rows[1:]
	write(t, bob+"/bob.csv", inCSV("", "", sheet))
	must(t, exec.Command("editcap", "-t", "3600", p.captures[0], bob+"/first.pcapng"))
	must(t, exec.Command("editcap", "-t", "3600", p.captures[1], bob+"/second.pcapng"))
	zip := exec.Command("zip", "-q", dir+"/bob.zip", "bob.csv", "first.pcapng", "second.pcapng")
	zip.Dir = bob
	must(t, zip)

	copied(carol.both, "carol.pcapng")
	write(t, dir+"/carol.md", fillIn(p.blank, "", directorySheet(t, carol)))
	copied(dave.both, "doedave_12345_67890_lab4.pcapng")
	write(t, dir+"/doedave_12345_67891_answers.yaml", inYAML("", "dave", directorySheet(t, dave)))
	write(t, dir+"/eve/lab4.md", fillIn(p.blank, "eve", p.sheet))
	write(t, dir+"/eve/lo.pcapng", "my capture did not work\n")
	return left
}

// inClass marks a class of five.
func (p *practice) inClass(t *testing.T) {
	installed(t, "zip", "zip")
	installed(t, "editcap", "wireshark-common")
	dir, out := t.TempDir(), filepath.Join(t.TempDir(), "results")
	left := handedIn(t, dir, p, directoryVisited(t, false), directoryVisited(t, false))
	list := filepath.Join(t.TempDir(), "roster.csv")
	write(t, list, roster)
	said, complaints, code := ran(t, "grade", dir, "--assignment", p.assignment, "--roster", list, "-o", out)
	if code != 0 || complaints != "" || !strings.Contains(said, "5 submissions, 4 marked, 1 not.") {
		t.Fatalf("exit code %d: %s\n%s", code, complaints, said)
	}
	classHolds(t, out)
	gradesHold(t, out)
	feedbackHolds(t, out, left)
}

// classHolds looks at the class as data, and on a page.
func classHolds(t *testing.T, out string) {
	t.Helper()
	var c class
	if err := json.Unmarshal([]byte(contents(t, out+"/class.json")), &c); err != nil {
		t.Fatal(err)
	}
	names := map[string]string{"alice": "Alice Adams", "bob": "Bob Brown", "carol": "Carol Clark",
		"doedave_12345": "Dave Doe", "eve": "Eve Evans"}
	page := contents(t, out+"/overview.html")
	for _, e := range c.Entries {
		if e.Student == nil || e.Student.Name != names[e.Submission] || !strings.Contains(page, names[e.Submission]) {
			t.Errorf("%s belongs to %+v, want %s", e.Submission, e.Student, names[e.Submission])
		}
		switch full := e.Report.Score == e.Report.Max; e.Submission {
		case "eve":
			if !strings.Contains(e.Problem, "lo.pcapng") || e.Report.Score != 0 {
				t.Errorf("eve: %q, %g points", e.Problem, e.Report.Score)
			}
		case "bob":
			if full || e.Report.of("2-5").Verdict != "partly" {
				t.Errorf("bob has %g of %g points: %+v", e.Report.Score, e.Report.Max, e.Report.of("2-5"))
			}
		default:
			if !full || e.Report.Max != 11 || e.Problem != "" {
				t.Errorf("%s has %g of %g points: %s", e.Submission, e.Report.Score, e.Report.Max, e.Problem)
			}
		}
		for _, r := range e.Report.Remarks {
			if r.Severity == "warning" {
				t.Errorf("%s is suspected: %+v", e.Submission, r)
			}
		}
	}
	if len(c.Entries) != 5 || c.Summary.Marked != 4 || c.Summary.Unmarked != 1 {
		t.Errorf("%d entries, %+v", len(c.Entries), c.Summary)
	}
	if len(c.Groups) != 1 || !slices.Equal(slices.Sorted(slices.Values(c.Groups[0].Submissions)),
		[]string{"alice", "bob"}) {
		t.Errorf("the same capture is said of %+v, want alice and bob alone", c.Groups)
	}
	if strings.Contains(strings.ToLower(page), "<script") || !strings.Contains(page, "Equal captures") {
		t.Error("the page has a script, or says nothing of the copied capture")
	}
}

// column is a column of a CSV file by the name of its row in another.
func column(t *testing.T, file, key, value string) map[string]string {
	t.Helper()
	rows, err := csv.NewReader(strings.NewReader(contents(t, file))).ReadAll()
	if err != nil || len(rows) == 0 {
		t.Fatalf("%s: %v", file, err)
	}
	k, v := slices.Index(rows[0], key), slices.Index(rows[0], value)
	if k < 0 || v < 0 {
		t.Fatalf("%s has the columns %q, want %q and %q", file, rows[0], key, value)
	}
	out := map[string]string{}
	for _, row := range rows[1:] {
		out[row[k]] = row[v]
	}
	return out
}

// gradesHold looks at what Canvas and Moodle import: eve has no grade.
func gradesHold(t *testing.T, out string) {
	t.Helper()
	const title = "CS305 Lab 4, Practice 4.2"
	canvas := column(t, out+"/canvas.csv", "Student", title)
	moodle := column(t, out+"/moodle.csv", "Email address", title)
	for _, s := range [][2]string{{"Alice Adams", "alice"}, {"Carol Clark", "carol"}, {"Dave Doe", "dave"}} {
		mustBe(t, "grade of "+s[0]+" in Canvas", canvas[s[0]], "11")
		mustBe(t, "grade of "+s[0]+" in Moodle", moodle[s[1]+"@example.edu"], "11")
	}
	mustBe(t, "points possible", canvas["    Points Possible"], "11")
	mustBe(t, "grade of eve in Canvas and Moodle", canvas["Eve Evans"]+moodle["eve@example.edu"], "-")
	if bob := canvas["Bob Brown"]; bob == "" || bob == "11" || bob != moodle["bob@example.edu"] {
		t.Errorf("bob has %q points in Canvas, %q in Moodle", bob, moodle["bob@example.edu"])
	}
}

// feedbackHolds looks at what the students are told: hints, and so not the row
// that bob has left out.
func feedbackHolds(t *testing.T, out string, left []string) {
	t.Helper()
	for _, name := range []string{"alice", "bob", "carol", "doedave_12345", "eve"} {
		valid(t, out+"/gradescope/"+name+"/results.json")
		if said := contents(t, out+"/feedback/"+name+".txt"); !strings.Contains(said, "of 11 points") {
			t.Errorf("%s is told:\n%s", name, said)
		}
	}
	if said := contents(t, out+"/feedback/eve.txt"); !strings.Contains(said,
		"Not marked: lo.pcapng is no capture file") {
		t.Errorf("eve is told:\n%s", said)
	}
	told := map[string]string{"Moodle": column(t, out+"/moodle.csv", "Email address",
		"Feedback: CS305 Lab 4, Practice 4.2")["bob@example.edu"]}
	for _, file := range []string{"feedback/bob.txt", "gradescope/bob/results.json", "prairielearn/bob/results.json"} {
		told[file] = contents(t, out+"/"+file)
	}
	for where, said := range told {
		t.Run(where, func(t *testing.T) {
			if !strings.Contains(said, "A connection of the capture is not in the table.") ||
				strings.Contains(said, left[1]) {
				t.Errorf("bob is told the port %s, which is the right answer, or no reason:\n%s", left[1], said)
			}
		})
	}
}
