// Package problemtest holds the tests that every package with a table of
// lessons shares: each code has one complete lesson, each problem has one too.
//
// What it does not do: it judges no wording, and it is imported by tests only.
package problemtest

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/problem"
)

// maxDetail is far above what a few quotes and numbers need.
const maxDetail = 1000

var (
	kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	cite  = regexp.MustCompile(`^RFC \d+, section`)
)

// Reporter is the part of a test that [CheckProblems] needs. Property tests,
// which are no testing.TB, have it too.
type Reporter interface {
	Helper()
	Errorf(format string, args ...any)
}

// Codes joins the codes of problems, in order, for comparison in tables.
func Codes(problems []problem.Problem) string {
	var codes []string
	for _, p := range problems {
		codes = append(codes, p.Code)
	}
	return strings.Join(codes, " ")
}

// CheckProblems fails the test for a problem without a lesson or without a
// usable detail.
func CheckProblems(t Reporter, lessons []problem.Lesson, problems []problem.Problem) {
	t.Helper()
	for _, p := range problems {
		found := false
		for _, l := range lessons {
			found = found || l.Code == p.Code
		}
		if !found || p.Detail == "" || len(p.Detail) > maxDetail {
			t.Errorf("problem %+v has no lesson or no usable detail", p)
		}
	}
}

// CheckLessons fails the test unless the lessons are complete and there is
// exactly one for each string constant that the Go file declares by a literal.
func CheckLessons(t testing.TB, file string, lessons []problem.Lesson) {
	t.Helper()
	want := declared(t, file)
	for _, l := range lessons {
		if !want[l.Code] {
			t.Errorf("%s: lesson twice, or without a constant", l.Code)
		}
		delete(want, l.Code)
		if !kebab.MatchString(l.Code) || !cite.MatchString(l.Cite) || l.Title == "" || len(l.Why) < 40 {
			t.Errorf("%+v is incomplete", l)
		}
		if l.Severity != problem.Note && l.Severity != problem.Warning && l.Severity != problem.Error {
			t.Errorf("%s: severity %q", l.Code, l.Severity)
		}
	}
	for code := range want {
		t.Errorf("%s has no lesson", code)
	}
}

// declared returns the values of the string constants in a file.
func declared(t testing.TB, file string) map[string]bool {
	t.Helper()
	f, err := parser.ParseFile(token.NewFileSet(), file, nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	codes := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		v, ok := n.(*ast.ValueSpec)
		if !ok {
			return true
		}
		for _, value := range v.Values {
			if lit, ok := value.(*ast.BasicLit); ok && lit.Kind == token.STRING {
				code, _ := strconv.Unquote(lit.Value)
				if codes[code] {
					t.Errorf("%s: two constants", code)
				}
				codes[code] = true
			}
		}
		return true
	})
	return codes
}
