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
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/problem"
)

// maxDetail is far above what a few quotes and numbers need.
const maxDetail = 1000

var kebab = regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)

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

// CheckProblems fails the test for a problem whose code is not listed, or without a
// usable detail.
func CheckProblems(t Reporter, codes []string, problems []problem.Problem) {
	t.Helper()
	for _, p := range problems {
		if !slices.Contains(codes, p.Code) || said(p) == "" || len(said(p)) > maxDetail ||
			!p.Detail.Fits() {
			t.Errorf("problem %+v has no listed code or no usable detail", p)
		}
	}
}

// said is the detail in English.
func said(p problem.Problem) string { return p.Detail.String() }

// CheckCodes fails the test unless a list has each string constant once that the Go file declares
// by a literal.
func CheckCodes(t testing.TB, file string, codes []string) {
	t.Helper()
	want := declared(t, file)
	for _, code := range codes {
		if !want[code] {
			t.Errorf("%s: listed twice, or without a constant", code)
		}
		delete(want, code)
		if !kebab.MatchString(code) {
			t.Errorf("%s is no word of small letters and hyphens", code)
		}
	}
	for code := range want {
		t.Errorf("%s is not listed", code)
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
