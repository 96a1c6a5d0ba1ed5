package coursework

import (
	"errors"
	"fmt"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"

	"httpscope/internal/sheet"
)

// maxAssignment bounds the file of an assignment, in bytes.
const maxAssignment = 1 << 20

// showHint is where to look when a file is no assignment at all.
const showHint = "`httpscope coursework show cs305-4.2` prints one to begin with"

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
	f, e := parse(b)
	if e != nil {
		return nil, e
	}
	a := &Assignment{}
	if err := yaml.NodeToValue(f.Docs[0].Body, a, yaml.DisallowUnknownField()); err != nil {
		return nil, located(err)
	}
	c := checker{file: f}
	if e := c.assignment(a); e != nil {
		return nil, e
	}
	return a, nil
}

// parse reads the YAML of one document.
func parse(b []byte) (*ast.File, *LoadError) {
	text, err := sheet.Text(b)
	if err != nil {
		return nil, refused(err)
	}
	tokens, err := sheet.Tokens(text)
	if err != nil {
		return nil, refused(err)
	}
	f, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, located(err)
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return nil, &LoadError{Line: 1, Column: 1, Reason: "there is no assignment in the file", Hint: showHint}
	}
	if len(f.Docs) > 1 {
		p := f.Docs[1].Start.Position
		return nil, &LoadError{Line: p.Line, Column: p.Column, Reason: "the file has a second document", Hint: "write each assignment into a file of its own"}
	}
	return f, nil
}

// refused makes an error of package sheet one of an assignment.
func refused(err error) *LoadError {
	var e *sheet.Error
	if !errors.As(err, &e) {
		return &LoadError{Line: 1, Column: 1, Reason: err.Error()}
	}
	return &LoadError{Line: max(e.Line, 1), Column: max(e.Column, 1), Reason: e.Reason}
}

// located makes an error of the YAML library one with a place. The library's own
// text repeats the file, and takes long to make.
func located(err error) *LoadError {
	e := &LoadError{Line: 1, Column: 1}
	if own := new(LoadError); errors.As(err, &own) {
		return own
	}
	var y yaml.Error
	switch {
	case !errors.As(err, &y):
		e.Reason = short(err.Error())
	case y.GetToken() != nil && y.GetToken().Position != nil:
		e.Line, e.Column = y.GetToken().Position.Line, y.GetToken().Position.Column
		fallthrough
	default:
		e.Reason = short(y.GetMessage())
	}
	if strings.Contains(e.Reason, "unknown field") {
		e.Hint = "docs/coursework.md lists the fields of an assignment"
	}
	return e
}
