package forms

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"testing"
)

// codesOf joins the codes of problems, in order, for comparison in tables.
func codesOf(ps []Problem) string {
	s := ""
	for i, p := range ps {
		if i > 0 {
			s += " "
		}
		s += p.Code
	}
	return s
}

// knownCode fails the test for a problem without a lesson or without details.
func knownCode(t interface{ Errorf(string, ...any) }, ps []Problem) {
	for _, p := range ps {
		found := false
		for _, c := range Codes {
			found = found || c.Code == p.Code
		}
		if !found || p.Detail == "" || len(p.Detail) > 1000 {
			t.Errorf("problem %+v has no lesson or no usable detail", p)
		}
	}
}

// declaredCodes returns the values of the code constants in codes.go.
func declaredCodes(t *testing.T) map[string]bool {
	f, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, 0)
	if err != nil {
		t.Fatal(err)
	}
	out := map[string]bool{}
	ast.Inspect(f, func(n ast.Node) bool {
		if v, ok := n.(*ast.ValueSpec); ok && len(v.Values) == 1 {
			if lit, ok := v.Values[0].(*ast.BasicLit); ok {
				s, _ := strconv.Unquote(lit.Value)
				out[s] = true
			}
		}
		return true
	})
	delete(out, Note)
	delete(out, Warning)
	delete(out, Error)
	return out
}

func TestEveryCodeHasOneLesson(t *testing.T) {
	want := declaredCodes(t)
	kebab := regexp.MustCompile(`^[a-z0-9]+(-[a-z0-9]+)*$`)
	cite := regexp.MustCompile(`^RFC \d+, section`)
	for _, c := range Codes {
		if !want[c.Code] {
			t.Errorf("%s: lesson twice, or without a constant", c.Code)
		}
		delete(want, c.Code)
		if !kebab.MatchString(c.Code) || !cite.MatchString(c.Cite) || c.Title == "" || len(c.Why) < 40 {
			t.Errorf("%+v is incomplete", c)
		}
		if c.Severity != Note && c.Severity != Warning && c.Severity != Error {
			t.Errorf("%s: severity %q", c.Code, c.Severity)
		}
	}
	for code := range want {
		t.Errorf("%s has no lesson", code)
	}
}
