package problemtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/problem"
)

// recorder stands in for the test that a check fails.
type recorder struct {
	testing.TB
	failures []string
}

func (r *recorder) Helper() {}

func (r *recorder) Errorf(format string, args ...any) {
	r.failures = append(r.failures, fmt.Sprintf(format, args...))
}

func good(code string) problem.Lesson {
	return problem.Lesson{
		Code: code, Severity: problem.Note, Title: "A title",
		Why: "A text of more than forty letters, so that it can teach.", Cite: "RFC 9110, section 14",
	}
}

func TestCheckLessons(t *testing.T) {
	file := filepath.Join(t.TempDir(), "codes.go")
	source := "package x\nconst (\n\tA, B = \"a\", \"b-c\"\n\tNote = problem.Note\n\tMax = 7\n)\n"
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	without := func(change func(*problem.Lesson)) []problem.Lesson {
		l := good("b-c")
		change(&l)
		return []problem.Lesson{good("a"), l}
	}
	for name, tt := range map[string]struct {
		lessons []problem.Lesson
		want    string // the failure, or nothing
	}{
		"complete": {[]problem.Lesson{good("b-c"), good("a")}, ""},
		"missing":  {[]problem.Lesson{good("a")}, "b-c has no lesson"},
		"twice":    {[]problem.Lesson{good("a"), good("b-c"), good("a")}, "a: lesson twice"},
		"unknown":  {[]problem.Lesson{good("a"), good("b-c"), good("d")}, "d: lesson twice, or without"},
		"title":    {without(func(l *problem.Lesson) { l.Title = "" }), "is incomplete"},
		"why":      {without(func(l *problem.Lesson) { l.Why = "Because." }), "is incomplete"},
		"cite":     {without(func(l *problem.Lesson) { l.Cite = "section 14" }), "is incomplete"},
		"severity": {without(func(l *problem.Lesson) { l.Severity = "fatal" }), `severity "fatal"`},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{TB: t}
			CheckLessons(r, file, tt.lessons)
			got := strings.Join(r.failures, "\n")
			if (got == "") != (tt.want == "") || len(r.failures) > 1 || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCheckLessonsNeedsDistinctKebabCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "codes.go")
	if err := os.WriteFile(file, []byte("package x\nconst A, B = \"Not_Kebab\", \"Not_Kebab\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	CheckLessons(r, file, []problem.Lesson{good("Not_Kebab")})
	if len(r.failures) != 2 || !strings.Contains(r.failures[0], "two constants") || !strings.Contains(r.failures[1], "is incomplete") {
		t.Errorf("failures %q", r.failures)
	}
}

func TestCheckProblems(t *testing.T) {
	lessons := []problem.Lesson{good("a")}
	for want, p := range []problem.Problem{
		{Code: "a", Detail: "a detail"},
		{Code: "b", Detail: "a detail"},
		{Code: "a"},
		{Code: "a", Detail: strings.Repeat("x", maxDetail+1)},
	} {
		r := &recorder{TB: t}
		CheckProblems(r, lessons, []problem.Problem{p})
		if len(r.failures) != min(want, 1) {
			t.Errorf("%+v: failures %q", p, r.failures)
		}
	}
}

func TestCodes(t *testing.T) {
	if got := Codes([]problem.Problem{{Code: "a"}, {Code: "b-c"}}); got != "a b-c" || Codes(nil) != "" {
		t.Errorf("got %q", got)
	}
}
