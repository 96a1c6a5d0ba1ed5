package cookies

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"strconv"
	"strings"
	"testing"
)

// constants returns the Code constants of codes.go, in order.
func constants(t *testing.T) []string {
	t.Helper()
	file, err := parser.ParseFile(token.NewFileSet(), "codes.go", nil, parser.ParseComments)
	if err != nil {
		t.Fatal(err)
	}
	var list []string
	ast.Inspect(file, func(n ast.Node) bool {
		spec, ok := n.(*ast.ValueSpec)
		if !ok || !strings.HasPrefix(spec.Names[0].Name, "Code") || spec.Names[0].Name == "Codes" {
			return true
		}
		if !strings.HasPrefix(spec.Doc.Text(), spec.Names[0].Name) {
			t.Errorf("%s has no doc comment", spec.Names[0].Name)
		}
		value, _ := strconv.Unquote(spec.Values[0].(*ast.BasicLit).Value)
		list = append(list, value)
		return true
	})
	return list
}

func TestCodesAreExplained(t *testing.T) {
	list := constants(t)
	if len(list) != len(Codes) {
		t.Fatalf("%d constants, %d explanations", len(list), len(Codes))
	}
	kebab := regexp.MustCompile(`^cookie(-[a-z0-9]+)+$`)
	for i, c := range Codes {
		if c.Code != list[i] || !kebab.MatchString(c.Code) {
			t.Errorf("explanation %d is of %s, the constant is %s", i, c.Code, list[i])
		}
		if c.Severity != SeverityNote && c.Severity != SeverityWarning && c.Severity != SeverityError {
			t.Errorf("%s: severity %q", c.Code, c.Severity)
		}
		for _, text := range []string{c.Why, c.Look} {
			if !strings.HasSuffix(text, ".") && !strings.HasSuffix(text, "?") {
				t.Errorf("%s: no full sentence: %q", c.Code, text)
			}
		}
		if c.Title == "" || c.Cite == "" {
			t.Errorf("%s: no title or citation", c.Code)
		}
		if found, ok := LookupCode(c.Code); !ok || found.Title != c.Title {
			t.Errorf("%s: look-up gives %q", c.Code, found.Title)
		}
	}
	if _, ok := LookupCode("cookie-none"); ok {
		t.Error("look-up of an unknown code")
	}
}

// TestReasonsHaveCodes: every refusal and every verdict leads to a lesson.
func TestReasonsHaveCodes(t *testing.T) {
	for reason, code := range refusalCodes {
		if _, ok := LookupCode(code); !ok {
			t.Errorf("%s: no code %q", reason, code)
		}
	}
	for kind, code := range verdictCodes {
		if _, ok := LookupCode(code); !ok {
			t.Errorf("%s: no code %q", kind, code)
		}
	}
}
