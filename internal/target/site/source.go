package site

import (
	"embed"
	"fmt"
	"go/ast"
	"go/parser"
	"go/token"
	"reflect"
	"runtime"
	"strings"
)

//go:embed *.go
var goFiles embed.FS

// sources maps the name of a function, as the runtime gives it but without the
// package, to its text: "chunkZZ", "(*Site).images".
type sources map[string]string

// readSources cuts the functions out of this package's files. The text is what
// was compiled, so what is shown beside an exchange is what answered it.
func readSources() sources {
	list, err := goFiles.ReadDir(".")
	if err != nil {
		panic(fmt.Sprintf("site: list own sources: %v", err))
	}
	all := sources{}
	for _, f := range list {
		if !strings.HasSuffix(f.Name(), "_test.go") {
			all.add(f.Name())
		}
	}
	return all
}

// add reads one file.
func (s sources) add(name string) {
	text, err := goFiles.ReadFile(name)
	if err != nil {
		panic(fmt.Sprintf("site: read own source %q: %v", name, err))
	}
	file, err := parser.ParseFile(token.NewFileSet(), name, text, parser.ParseComments|parser.SkipObjectResolution)
	if err != nil {
		panic(fmt.Sprintf("site: parse own source %q: %v", name, err))
	}
	cut := func(from, to token.Pos) string { return string(text[from-file.FileStart : to-file.FileStart]) }
	for _, d := range file.Decls {
		if f, ok := d.(*ast.FuncDecl); ok {
			s[receiver(f, cut)+f.Name.Name] = cut(start(f), f.End())
		}
	}
}

// receiver is what stands before the name of a method: "(*Site).".
func receiver(f *ast.FuncDecl, cut func(from, to token.Pos) string) string {
	if f.Recv == nil {
		return ""
	}
	t := f.Recv.List[0].Type
	name := cut(t.Pos(), t.End())
	if strings.HasPrefix(name, "*") {
		name = "(" + name + ")"
	}
	return name + "."
}

// start is where a function begins, with its comment.
func start(f *ast.FuncDecl) token.Pos {
	if f.Doc != nil {
		return f.Doc.Pos()
	}
	return f.Pos()
}

// of returns the text of a function of this package, "" when it is not a
// declared one.
func (s sources) of(f any) string {
	name := runtime.FuncForPC(reflect.ValueOf(f).Pointer()).Name()
	_, name, _ = strings.Cut(name[strings.LastIndexByte(name, '/')+1:], ".")
	return s[name]
}
