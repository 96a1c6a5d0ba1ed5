package coursework

import (
	"errors"
	"fmt"
	"regexp"
	"strconv"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
)

// maxAssignment bounds the file of an assignment, in bytes.
const maxAssignment = 1 << 20

// maxDepth bounds its nesting: parts of a question are the deepest.
const maxDepth = 40

// LoadError says what is wrong with an assignment, and where.
type LoadError struct {
	Line, Column int // from 1; 0 when the whole file is meant
	Reason       string
	Hint         string // what to do about it, may be ""
}

func (e *LoadError) Error() string {
	if e.Line == 0 {
		return e.Reason
	}
	return fmt.Sprintf("line %d, column %d: %s", e.Line, e.Column, e.Reason)
}

// Load reads an assignment. The error is a [*LoadError].
func Load(b []byte) (*Assignment, error) {
	if len(b) > maxAssignment {
		return nil, &LoadError{Reason: fmt.Sprintf("the assignment is larger than %d KB", maxAssignment>>10)}
	}
	if line := deep(string(b)); line > 0 {
		return nil, &LoadError{Line: line, Column: 1, Reason: "the YAML is nested too deeply"}
	}
	f, err := parser.ParseBytes(b, 0)
	if err != nil {
		return nil, located(err)
	}
	if e := refuseReferences(f); e != nil {
		return nil, e
	}
	a := &Assignment{}
	if err := yaml.NewDecoder(strings.NewReader(string(b)), yaml.DisallowUnknownField()).Decode(a); err != nil {
		return nil, located(err)
	}
	c := checker{file: f}
	if e := c.assignment(a); e != nil {
		return nil, e
	}
	return a, nil
}

// deep is the line in which brackets or indentation go too deep, 0 for none.
func deep(text string) int {
	open, line := 0, 0
	for l := range strings.Lines(text) {
		line++
		open += strings.Count(l, "[") + strings.Count(l, "{") - strings.Count(l, "]") - strings.Count(l, "}")
		if open > maxDepth || len(l)-len(strings.TrimLeft(l, " -?")) > 4*maxDepth {
			return line
		}
		open = max(open, 0)
	}
	return 0
}

// place is how the YAML library names where an error is.
var place = regexp.MustCompile(`^\[(\d+):(\d+)\]\s*(.*)`)

// located makes an error of the YAML library one with a place.
func located(err error) *LoadError {
	first, _, _ := strings.Cut(strings.TrimSpace(err.Error()), "\n")
	e := &LoadError{Reason: first}
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil && y.GetToken().Position != nil {
		e.Line, e.Column = y.GetToken().Position.Line, y.GetToken().Position.Column
		e.Reason = y.GetMessage()
	}
	if m := place.FindStringSubmatch(first); m != nil {
		e.Line, _ = strconv.Atoi(m[1])
		e.Column, _ = strconv.Atoi(m[2])
		e.Reason = m[3]
	}
	if strings.Contains(e.Reason, "unknown field") {
		e.Hint = "docs/coursework.md lists the fields of an assignment"
	}
	return e
}

// references finds anchors and aliases, which could make a small file large.
type references struct{ found *LoadError }

// Visit implements ast.Visitor.
func (r *references) Visit(n ast.Node) ast.Visitor {
	switch n.(type) {
	case *ast.AnchorNode, *ast.AliasNode, *ast.MergeKeyNode:
		if r.found == nil {
			p := n.GetToken().Position
			r.found = &LoadError{Line: p.Line, Column: p.Column, Reason: "anchors and aliases are not taken in an assignment", Hint: "write the value again"}
		}
	}
	return r
}

func refuseReferences(f *ast.File) *LoadError {
	var r references
	for _, d := range f.Docs {
		if d.Body != nil {
			ast.Walk(&r, d.Body)
		}
	}
	return r.found
}
