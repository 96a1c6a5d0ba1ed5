package cookies

import (
	"go/ast"
	"go/parser"
	"go/token"
	"regexp"
	"slices"
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

func TestCodesAreListed(t *testing.T) {
	if list := constants(t); !slices.Equal(list, Codes) {
		t.Errorf("the constants are %v, listed are %v", list, Codes)
	}
	kebab := regexp.MustCompile(`^cookie(-[a-z0-9]+)+$`)
	for _, c := range Codes {
		if !kebab.MatchString(c) {
			t.Errorf("%s is no word of small letters and hyphens", c)
		}
	}
}

// TestReasonsHaveCodes: every refusal and every verdict leads to a lesson.
func TestReasonsHaveCodes(t *testing.T) {
	for reason, code := range refusalCodes {
		if !slices.Contains(Codes, code) {
			t.Errorf("%s: no code %q", reason, code)
		}
	}
	for kind, code := range verdictCodes {
		if !slices.Contains(Codes, code) {
			t.Errorf("%s: no code %q", kind, code)
		}
	}
}
