package grading_test

import (
	"bytes"
	"context"
	"encoding/csv"
	"fmt"
	"math"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/grading"
	"httpscope/internal/course/sheet"
	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
)

// now is when the class is marked: after the captures.
var now = time.Date(2027, 1, 1, 0, 0, 0, 0, time.UTC)

// course is an assignment with the capture from which each student's is made.
type course struct {
	a    *coursework.Assignment
	base *recording.Recording
}

func newCourse(t testing.TB, assignment, capture string) course {
	t.Helper()
	return course{coursework.Builtin(assignment), testkit.OpenSample(t, capture)}
}

// student makes the capture of a student, with addresses and ports of its own,
// and the right answers for it.
func (c course) student(t testing.TB, name string) (capture []byte, key *sheet.Sheet) {
	t.Helper()
	var b bytes.Buffer
	if _, err := variant.Make(c.base, &b, []byte("sixteen bytes at least"), name, variant.Options{}); err != nil {
		t.Fatal(err)
	}
	r, err := recording.Read(bytes.NewReader(b.Bytes()), 0)
	if err != nil {
		t.Fatal(err)
	}
	return b.Bytes(), c.a.Key(coursework.NewEvidence(r))
}

// question is a question of the assignment.
func (c course) question(id string) *coursework.Question {
	i := slices.IndexFunc(c.a.Questions, func(q coursework.Question) bool { return q.ID == id })
	return &c.a.Questions[i]
}

// spoil makes some of the answers of a key wrong, and says how many points that
// must cost: what the text of the assignment gives for them.
func (c course) spoil(key *sheet.Sheet, r *rand.Rand) (lost float64) {
	for i := range key.Answers {
		a := &key.Answers[i]
		q := c.question(a.ID)
		switch r.IntN(5) {
		case 0:
			lost += q.Worth()
			*a = sheet.Answer{ID: a.ID}
		case 1:
			lost += c.spoilPart(q, a, r)
		}
	}
	return lost
}

// spoilPart makes a cell, an entry or a whole answer wrong.
func (c course) spoilPart(q *coursework.Question, a *sheet.Answer, r *rand.Rand) float64 {
	switch {
	case a.Rows != nil && r.IntN(2) == 0: // a row is missing
		n := len(a.Rows)
		a.Rows = slices.Delete(a.Rows, 0, 1)
		return q.Worth() / float64(n)
	case a.Rows != nil: // a status is wrong
		a.Rows[r.IntN(len(a.Rows))][4] = "418"
		return q.Worth() / float64(5*len(a.Rows))
	case a.List != nil: // a part is wrong
		j, all := r.IntN(len(a.List)), 0.0
		for k := range q.Parts {
			all += q.Parts[k].Worth()
		}
		a.List[j] = "otherwise"
		return q.Worth() * q.Parts[j].Worth() / all
	}
	a.Text = "otherwise"
	return q.Worth()
}

// dressed writes an answer as students do: with capitals, spaces and quotes.
func dressed(s string, r *rand.Rand) string {
	switch n := r.IntN(4); {
	case s == "":
	case n == 0:
		return " " + s + "  "
	case n == 1:
		return "`" + s + "`"
	}
	return s
}

// write writes a sheet in a format, by other means than those that read it.
func write(t testing.TB, s *sheet.Sheet, format string, r *rand.Rand) []byte {
	t.Helper()
	var b bytes.Buffer
	switch format {
	case "answers.yaml":
		if err := s.WriteYAML(&b); err != nil {
			t.Fatal(err)
		}
	case "answers.csv":
		rows := [][]string{{"question", "answer"}}
		for _, a := range s.Answers {
			if a.Rows == nil {
				rows = append(rows, []string{a.ID, strings.Join(append(slices.Clone(a.List), dressed(a.Text, r)),
					"\n")})
			}
		}
		for _, a := range s.Answers {
			if a.Rows != nil {
				rows = append(rows, append([]string{"question"}, a.Header...))
			}
			for _, row := range a.Rows {
				rows = append(rows, append([]string{a.ID}, row...))
			}
		}
		if err := csv.NewWriter(&b).WriteAll(rows); err != nil {
			t.Fatal(err)
		}
	case "answers.md":
		for _, a := range s.Answers {
			fmt.Fprintf(&b, "\n## %s\n\nAnswer: %s\n", a.ID, dressed(a.Text, r))
			for _, l := range a.List {
				fmt.Fprintln(&b, l)
			}
			for i, row := range append([][]string{a.Header}, a.Rows...) {
				if a.Rows != nil {
					fmt.Fprintf(&b, "| %s |\n", strings.Join(row, " | "))
				}
				if a.Rows != nil && i == 0 {
					fmt.Fprintf(&b, "|%s\n", strings.Repeat("---|", len(row)))
				}
			}
		}
	}
	return b.Bytes()
}

// handIn writes the files of a submission.
func handIn(t testing.TB, dir, student string, files map[string][]byte) {
	t.Helper()
	for name, b := range files {
		path := filepath.Join(dir, student, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o644); err != nil {
			t.Fatal(err)
		}
	}
}

// classOf marks all submissions of a folder, by their names.
func classOf(t testing.TB, a *coursework.Assignment, dir string, o grading.Options) map[string]*coursework.Report {
	t.Helper()
	all, err := grading.SubmissionsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	done := 0
	reports := map[string]*coursework.Report{}
	for _, r := range grading.Class(context.Background(), a, all, o, func(n int) { done = n }) {
		reports[r.Name] = r.Report
	}
	if done != len(all) || len(reports) != len(all) {
		t.Errorf("%d of %d submissions are done, %d have a report", done, len(all), len(reports))
	}
	return reports
}

// TestClassOfVariants marks students who each have a capture of their own, write
// in all formats, and have made some answers wrong: the points of each are what
// the wrong answers leave.
func TestClassOfVariants(t *testing.T) {
	const students = 12 // of each assignment
	for i, c := range []course{
		newCourse(t, "cs305-4.2", "two-interfaces.pcapng"),
		newCourse(t, "cs305-4.3", "flask-form.pcap"),
		newCourse(t, "kurose-http-1", "conditional-304.pcap"),
		newCourse(t, "kurose-http-2", "conditional-304.pcap"),
		newCourse(t, "kurose-http-4", "browser-images.pcap"),
	} {
		dir, r := t.TempDir(), rand.New(rand.NewPCG(2026, uint64(i)))
		want, wrote := map[string]float64{}, map[string]string{}
		for j := range students {
			name := fmt.Sprintf("student%02d", j)
			capture, key := c.student(t, name)
			most := 0.0
			for k := range c.a.Questions {
				most += c.a.Questions[k].Worth()
			}
			want[name] = most - c.spoil(key, r)
			format := []string{"answers.yaml", "answers.csv", "answers.md"}[j%3]
			text := write(t, key, format, r)
			wrote[name] = string(text)
			handIn(t, dir, name, map[string][]byte{"lab/capture.pcapng": capture, format: text})
		}
		perfect := 0
		for name, report := range classOf(t, c.a, dir, grading.Options{Lang: "en", Now: now}) {
			if report.Problem != "" || math.Abs(report.Score-want[name]) > 1e-3 {
				t.Errorf("%s, %s: %v of %v points, want %v %s\n%s", c.a.ID, name, report.Score, report.Max,
					want[name], report.Problem, wrote[name])
			}
			if report.Score == report.Max {
				perfect++
			}
		}
		if perfect == students {
			t.Errorf("%s: no answer was made wrong", c.a.ID)
		}
	}
}
