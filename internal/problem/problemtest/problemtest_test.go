package problemtest

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/problem"
	"httpscope/internal/texts"
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

func TestCheckCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "codes.go")
	source := "package x\nconst (\n\tA, B = \"a\", \"b-c\"\n\tMax = 7\n)\n"
	if err := os.WriteFile(file, []byte(source), 0o600); err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		codes []string
		want  string // the failure, or nothing
	}{
		"complete": {[]string{"b-c", "a"}, ""},
		"missing":  {[]string{"a"}, "b-c is not listed"},
		"twice":    {[]string{"a", "b-c", "a"}, "a: listed twice"},
		"unknown":  {[]string{"a", "b-c", "d"}, "d: listed twice, or without"},
	} {
		t.Run(name, func(t *testing.T) {
			r := &recorder{TB: t}
			CheckCodes(r, file, tt.codes)
			got := strings.Join(r.failures, "\n")
			if (got == "") != (tt.want == "") || len(r.failures) > 1 || !strings.Contains(got, tt.want) {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestCheckCodesNeedsDistinctKebabCodes(t *testing.T) {
	file := filepath.Join(t.TempDir(), "codes.go")
	if err := os.WriteFile(file, []byte("package x\nconst A, B = \"Not_Kebab\", \"Not_Kebab\"\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	r := &recorder{TB: t}
	CheckCodes(r, file, []string{"Not_Kebab"})
	if len(r.failures) != 2 || !strings.Contains(r.failures[0], "two constants") ||
		!strings.Contains(r.failures[1], "is no word") {
		t.Errorf("failures %q", r.failures)
	}
}

func TestCheckProblems(t *testing.T) {
	codes := []string{"a"}
	for want, p := range []problem.Problem{
		{Code: "a", Detail: texts.Say("found.value", "a detail")},
		{Code: "b", Detail: texts.Say("found.value", "a detail")},
		{Code: "a"},
		{Code: "a", Detail: texts.Say("found.value", strings.Repeat("x", maxDetail+1))},
	} {
		r := &recorder{TB: t}
		CheckProblems(r, codes, []problem.Problem{p})
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
