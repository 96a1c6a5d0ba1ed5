package coursework

import (
	"errors"
	"reflect"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// maxAssignment bounds the file of an assignment, in bytes.
const maxAssignment = 1 << 20

// LoadError says what is wrong with an assignment, and where.
type LoadError struct {
	Line, Column int // from 1; 0 when the whole file is meant
	Reason       texts.Phrase
	Hint         texts.Phrase // what to do about it, may be zero
}

// Said is what is wrong, with its place.
func (e *LoadError) Said() texts.Phrase {
	if e.Line == 0 {
		return e.Reason
	}
	return texts.Say("coursework.at", e.Line, e.Column, e.Reason)
}

// Error is the same in English.
func (e *LoadError) Error() string { return e.Said().String() }

// Load reads an assignment. The error is a [*LoadError].
func Load(b []byte) (*Assignment, error) {
	if len(b) > maxAssignment {
		return nil, &LoadError{Reason: texts.Say("coursework.too-large", maxAssignment>>10)}
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
	c := checker{file: f, kinds: kinds}
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
			return nil, failed(t, texts.Say("coursework.no-number", t.Value))
		}
	}
	f, err := parser.Parse(tokens, 0)
	if err != nil {
		return nil, located(err)
	}
	if len(f.Docs) == 0 || f.Docs[0].Body == nil {
		return nil, &LoadError{Line: 1, Column: 1,
			Reason: texts.Say("coursework.nothing"), Hint: texts.Say("coursework.hint-show")}
	}
	if len(f.Docs) > 1 {
		p := f.Docs[1].Start.Position
		return nil, &LoadError{Line: p.Line, Column: p.Column,
			Reason: texts.Say("coursework.second"), Hint: texts.Say("coursework.hint-one-each")}
	}
	return f, nil
}

// refused makes an error of package sheet one of an assignment.
func refused(err error) *LoadError {
	var e *sheet.Error
	if !errors.As(err, &e) {
		return &LoadError{Line: 1, Column: 1, Reason: texts.Say("sheet.said", err)}
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
		return failed(y.GetToken(), wanted(y))
	}
	return &LoadError{Line: 1, Column: 1, Reason: texts.Say("sheet.said", short(err.Error()))}
}

// failed is an error at a token.
func failed(t *token.Token, reason texts.Phrase) *LoadError {
	return &LoadError{Line: t.Position.Line, Column: t.Position.Column, Reason: reason}
}

// wanted says what should have been there, where the library names types of Go.
func wanted(y yaml.Error) texts.Phrase {
	var value *yaml.TypeError
	var node *yaml.UnexpectedNodeTypeError
	switch {
	case errors.As(y, &value) && value.DstType.Kind() == reflect.Float64:
		return texts.Say("coursework.must-be-number")
	case errors.As(y, &value) && value.DstType.Kind() == reflect.Bool:
		return texts.Say("coursework.must-be-truth")
	case errors.As(y, &value):
		return texts.Say("coursework.must-be-text")
	case errors.As(y, &node) && node.Expected == ast.SequenceType:
		return texts.Say("coursework.must-be-list")
	case errors.As(y, &node) && node.Expected == ast.MappingType:
		return texts.Say("coursework.must-be-fields")
	}
	return texts.Say("sheet.said", short(y.GetMessage()))
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
		if names[i] == name && f.IsExported() {
			return unknown(p.Value, f.Type)
		}
	}
	e := failed(p.Key.GetToken(), texts.Say("coursework.no-field", short(name), didYouMean(name, names)))
	e.Hint = texts.Say("coursework.hint-fields")
	return e
}
