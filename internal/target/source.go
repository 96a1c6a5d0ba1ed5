package target

import (
	"embed"
	"go/ast"
	"go/parser"
	"go/token"
	"slices"
	"strings"
)

// sources are the files that the servers' code is shown from.
//
//go:embed directory.go echo.go fixed.go form.go hello.go servers.go
var sources embed.FS

// shown names what is shown of a server: a file, and the declarations in it.
var shown = map[string]struct {
	file  string
	names []string
}{
	"site":         {"servers.go", []string{"serveSite", "siteServer"}},
	"site-tls":     {"servers.go", []string{"serveSiteTLS", "siteServer"}},
	"hello":        {"hello.go", []string{"hello", "helloRead", "helloPage"}},
	"hello-fixed":  {"fixed.go", []string{"fixed", "fixedHead", "fixedAnswer", "drain"}},
	"directory":    {"directory.go", []string{"serve", "answer", "directoryName", "file", "listing"}},
	"form":         {"form.go", []string{"serve", "answer", "post", "readForm", "readBody"}},
	"echo":         {"echo.go", []string{"serveEcho", "echo"}},
	"echo-threads": {"echo.go", []string{"serveEchoThreads", "echoOnce", "abandoned", "drop"}},
	"raw":          {"servers.go", []string{"serveRaw"}},
}

// Source is the Go code of a server, by its name, with its comments; "" when
// there is no such server.
func Source(name string) string {
	part, found := shown[name]
	if !found {
		return ""
	}
	text, err := sources.ReadFile(part.file)
	if err != nil {
		panic("target: " + err.Error())
	}
	set := token.NewFileSet()
	file, err := parser.ParseFile(set, part.file, text, parser.ParseComments)
	if err != nil {
		panic("target: " + err.Error())
	}
	var pieces []string
	for _, want := range part.names {
		for _, d := range file.Decls {
			if slices.Contains(declared(d), want) {
				from, to := set.Position(begin(d)).Offset, set.Position(d.End()).Offset
				pieces = append(pieces, string(text[from:to]))
			}
		}
	}
	return strings.Join(pieces, "\n\n") + "\n"
}

// declared are the names that a declaration declares.
func declared(d ast.Decl) []string {
	var names []string
	switch d := d.(type) {
	case *ast.FuncDecl:
		names = append(names, d.Name.Name)
	case *ast.GenDecl:
		for _, spec := range d.Specs {
			switch spec := spec.(type) {
			case *ast.TypeSpec:
				names = append(names, spec.Name.Name)
			case *ast.ValueSpec:
				for _, n := range spec.Names {
					names = append(names, n.Name)
				}
			}
		}
	}
	return names
}

// begin is where a declaration's comment begins, or the declaration itself.
func begin(d ast.Decl) token.Pos {
	var doc *ast.CommentGroup
	switch d := d.(type) {
	case *ast.FuncDecl:
		doc = d.Doc
	case *ast.GenDecl:
		doc = d.Doc
	}
	if doc != nil {
		return doc.Pos()
	}
	return d.Pos()
}
