package coursework

import (
	"errors"
	"fmt"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"httpscope/internal/course/sheet"
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
	if e := unknown(f.Docs[0].Body, reflect.TypeOf(*a)); e != nil {
		return nil, e
	}
	if err := yaml.NodeToValue(f.Docs[0].Body, a); err != nil {
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
	for _, t := range tokens {
		if t.Type == token.NanType || t.Type == token.InfinityType {
			return nil, failed(t, "", "%s is no number for an assignment", t.Value)
		}
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
	var own *LoadError
	if errors.As(err, &own) {
		return own
	}
	var y yaml.Error
	if errors.As(err, &y) && y.GetToken() != nil {
		return failed(y.GetToken(), "", "%s", short(wanted(y)))
	}
	return &LoadError{Line: 1, Column: 1, Reason: short(err.Error())}
}

// failed is an error at a token.
func failed(t *token.Token, hint, format string, args ...any) *LoadError {
	return &LoadError{Line: t.Position.Line, Column: t.Position.Column, Reason: fmt.Sprintf(format, args...), Hint: hint}
}

// wanted says what should have been there, where the library names types of Go.
func wanted(y yaml.Error) string {
	var value *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(y, &value) && value.DstType.Kind() == reflect.Float64:
		return "here must be a number"
	case errors.As(y, &value) && value.DstType.Kind() == reflect.Bool:
		return "here must be true or false"
	case errors.As(y, &value):
		return "here must be a text"
	case errors.As(y, &node) && node.Expected == ast.SequenceType:
		return "here must be a list"
	case errors.As(y, &node) && node.Expected == ast.MappingType:
		return "here must be fields with their values"
	}
	return y.GetMessage()
}

// unknown finds the first field that an assignment, or what is in it, does not
// have. The library would find any of them.
func unknown(n ast.Node, t reflect.Type) *LoadError {
	switch n := n.(type) {
	case *ast.SequenceNode:
		for _, v := range n.Values {
			if t.Kind() != reflect.Slice {
				return nil
			}
			if e := unknown(v, t.Elem()); e != nil {
				return e
			}
		}
	case *ast.MappingNode:
		for _, p := range n.Values {
			if e := unknownField(p, t); e != nil {
				return e
			}
		}
	case *ast.MappingValueNode:
		return unknownField(n, t)
	}
	return nil
}

func unknownField(p *ast.MappingValueNode, t reflect.Type) *LoadError {
	if t.Kind() != reflect.Struct {
		return nil
	}
	name := p.Key.GetToken().Value
	var names []string
	for i := range t.NumField() {
		f := t.Field(i)
		names = append(names, f.Tag.Get("yaml"))
		if names[i] == name {
			return unknown(p.Value, f.Type)
		}
	}
	return failed(p.Key.GetToken(), "docs/coursework.md lists the fields of an assignment", "there is no field %q%s", short(name), didYouMean(name, names))
}
