package sheet

import (
	"errors"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"
	"github.com/goccy/go-yaml/parser"
	"github.com/goccy/go-yaml/token"
)

// yaml reads `student:` and `answers:`, or the answers alone. An answer is a
// word, a list, or a table: a list of lists or of maps.
func (s *Sheet) yaml(text string) error {
	tokens, err := Tokens(text)
	if err != nil {
		return err
	}
	f, err := parser.Parse(tokens, 0)
	if err != nil {
		return yamlError(err)
	}
	for _, doc := range f.Docs {
		if doc.Body == nil {
			continue
		}
		if err := s.root(doc.Body); err != nil {
			return err
		}
	}
	return nil
}

// yamlError is a syntax error with its line.
func yamlError(err error) error {
	var s *yaml.SyntaxError
	if errors.As(err, &s) && s.Token != nil && s.Token.Position != nil {
		return wrong(s.Token.Position.Line, "sheet.said", brief(s.Message))
	}
	first, _, _ := strings.Cut(err.Error(), "\n")
	return wrong(0, "sheet.said", brief(first))
}

// brief cuts a message of the parser, which may repeat the whole file.
func brief(s string) string {
	const longest = 200
	if r := []rune(s); len(r) > longest {
		return string(r[:longest]) + "…"
	}
	return s
}

func lineOf(n ast.Node) int {
	if t := n.GetToken(); t != nil && t.Position != nil {
		return t.Position.Line
	}
	return 0
}

// pairs are the entries of a map; ok is false for what is no map.
func pairs(n ast.Node) (list []*ast.MappingValueNode, ok bool) {
	switch n := n.(type) {
	case *ast.MappingNode:
		return n.Values, true
	case *ast.MappingValueNode:
		return []*ast.MappingValueNode{n}, true
	}
	return nil, false
}

func (s *Sheet) root(n ast.Node) error {
	list, ok := pairs(n)
	if !ok {
		return wrong(lineOf(n), "sheet.no-map")
	}
	for _, p := range list {
		name, err := scalar(p.Key)
		if err != nil {
			return err
		}
		switch strings.ToLower(name) {
		case "student":
			if s.Student, err = scalar(p.Value); err != nil {
				return err
			}
		case "answers":
			err = s.answers(p.Value)
		case "assignment":
		default:
			err = s.answer(name, p.Value)
		}
		if err != nil {
			return err
		}
	}
	return nil
}

func (s *Sheet) answers(n ast.Node) error {
	if n.Type() == ast.NullType {
		return nil
	}
	list, ok := pairs(n)
	if !ok {
		return wrong(lineOf(n), "sheet.answers-no-map")
	}
	for _, p := range list {
		id, err := scalar(p.Key)
		if err != nil {
			return err
		}
		if err := s.answer(id, p.Value); err != nil {
			return err
		}
	}
	return nil
}

// answer reads one answer of any shape.
func (s *Sheet) answer(id string, n ast.Node) error {
	a := Answer{ID: id, Line: lineOf(n)}
	list, ok := n.(*ast.SequenceNode)
	if !ok {
		text, err := scalar(n)
		if err != nil {
			return err
		}
		a.Text = text
		return s.add(a)
	}
	if len(list.Values) > maxRows {
		return wrong(a.Line, "sheet.many-rows", maxRows)
	}
	for _, v := range list.Values {
		if err := a.item(v); err != nil {
			return err
		}
	}
	return s.add(a)
}

// item reads an entry of a list: a word, or a row of a table.
func (a *Answer) item(n ast.Node) error {
	if list, ok := pairs(n); ok {
		return a.named(list)
	}
	if list, ok := n.(*ast.SequenceNode); ok {
		var cells []string
		for _, v := range list.Values {
			c, err := scalar(v)
			if err != nil {
				return err
			}
			cells = append(cells, c)
		}
		if len(cells) > maxCells {
			return wrong(lineOf(n), "sheet.many-cells", maxCells)
		}
		if len(a.Rows) == 0 && headed(cells) {
			a.Header = cells
			return nil
		}
		a.Rows = append(a.Rows, cells)
		return nil
	}
	text, err := scalar(n)
	a.List = append(a.List, text)
	return err
}

// named reads a row whose cells have the names of their columns. The first such
// row heads the table.
func (a *Answer) named(list []*ast.MappingValueNode) error {
	row := make([]string, len(a.Header))
	for _, p := range list {
		name, err := scalar(p.Key)
		if err != nil {
			return err
		}
		cell, err := scalar(p.Value)
		if err != nil {
			return err
		}
		at := a.column(name)
		if at < 0 {
			if len(a.Header) == maxCells {
				return wrong(lineOf(p), "sheet.many-cells", maxCells)
			}
			a.Header, at = append(a.Header, name), len(a.Header)
		}
		for len(row) <= at {
			row = append(row, "")
		}
		row[at] = cell
	}
	a.Rows = append(a.Rows, row)
	return nil
}

func (a *Answer) column(name string) int {
	for i, h := range a.Header {
		if strings.EqualFold(h, name) {
			return i
		}
	}
	return -1
}

// scalar is the text of a single value as it was written, without quotes. YAML
// would make 1 of 0x1 and a date of 2026-03-02.
func scalar(n ast.Node) (string, error) {
	text := ""
	switch n := n.(type) {
	case nil, *ast.NullNode:
	case *ast.StringNode:
		text = n.Value
	case *ast.LiteralNode:
		text = strings.TrimSpace(n.Value.Value)
	case *ast.MappingKeyNode:
		return scalar(n.Value)
	case *ast.IntegerNode, *ast.FloatNode, *ast.BoolNode, *ast.InfinityNode, *ast.NanNode:
		text = written(n.GetToken())
	case *ast.AnchorNode, *ast.AliasNode, *ast.TagNode, *ast.MergeKeyNode:
		return "", wrong(lineOf(n), "sheet.references-here")
	default:
		return "", wrong(lineOf(n), "sheet.single-value")
	}
	if len(text) > maxText {
		return "", wrong(lineOf(n), "sheet.long-answer", maxText>>10)
	}
	return text, nil
}

func written(t *token.Token) string { return strings.TrimSpace(t.Value) }
