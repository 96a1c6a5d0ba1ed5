package httpdecode_test

import (
	"go/ast"
	"go/parser"
	"go/token"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/finding"
)

// TestDocs: every exported function, type, and group of values has a comment,
// and the package stands on the standard library alone.
func TestDocs(t *testing.T) {
	names, err := filepath.Glob("*.go")
	if err != nil {
		t.Fatal(err)
	}
	for _, name := range names {
		if strings.HasSuffix(name, "_test.go") {
			continue
		}
		file, err := parser.ParseFile(token.NewFileSet(), name, nil, parser.ParseComments)
		if err != nil {
			t.Fatal(err)
		}
		for _, i := range file.Imports {
			if strings.ContainsAny(i.Path.Value, ".") || strings.Contains(i.Path.Value, "net/http") {
				t.Errorf("%s imports %s", name, i.Path.Value)
			}
		}
		for _, decl := range file.Decls {
			undocumented(decl, func(id string) { t.Errorf("%s: %s has no comment", name, id) })
		}
	}
}

// undocumented calls report for what a declaration exports without a comment.
func undocumented(decl ast.Decl, report func(string)) {
	switch d := decl.(type) {
	case *ast.FuncDecl:
		if d.Name.IsExported() && d.Doc == nil {
			report(d.Name.Name)
		}
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch s := spec.(type) {
			case *ast.TypeSpec:
				if s.Name.IsExported() && d.Doc == nil && s.Doc == nil {
					report(s.Name.Name)
				}
			case *ast.ValueSpec:
				if s.Names[0].IsExported() && d.Doc == nil && s.Doc == nil && s.Comment == nil {
					report(s.Names[0].Name)
				}
			}
		}
	}
}

// TestCodes: names are stable words in lower case, each once.
func TestCodes(t *testing.T) {
	for _, c := range httpdecode.Codes() {
		if strings.Trim(string(c), "abcdefghijklmnopqrstuvwxyz0123456789.-") != "" {
			t.Errorf("the code %q is no plain word", c)
		}
		if _, known := finding.Of(string(c)); !known {
			t.Errorf("%s has no severity", c)
		}
	}
}
