package coursework

import (
	"errors"
	"fmt"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"httpscope/internal/filter"
	"httpscope/internal/spelling"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// maxQuestions bounds the questions of an assignment, with their parts.
const maxQuestions = 500

// checker holds what an assignment says to what its kinds need.
type checker struct {
	file  *ast.File
	kinds kindList
	ids   map[string]bool
	count int
}

// fail is an error at a path of the file, such as $.questions[2].filter, or at
// the nearest node above it. What the file brings into it is shortened.
func (c *checker) fail(path string, hint texts.Phrase, key string, args ...any) *LoadError {
	for i, arg := range args {
		switch arg := arg.(type) {
		case string:
			args[i] = short(arg)
		case error:
			args[i] = short(arg.Error())
		}
	}
	e := &LoadError{Reason: texts.Say(key, args...), Hint: hint}
	for path != "" && path != "$" {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(c.file); err == nil && n != nil && n.GetToken() != nil {
				e.Line, e.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
				if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
					e.Line, e.Column = m.Values[0].Key.GetToken().Position.Line,
						m.Values[0].Key.GetToken().Position.Column
				}
				return e
			}
		}
		path = path[:max(strings.LastIndexAny(path, ".["), 0)]
	}
	e.Line, e.Column = 1, 1
	return e
}

func (c *checker) assignment(a *Assignment) *LoadError {
	c.ids = map[string]bool{}
	switch {
	case a.Schema != Schema:
		return c.fail("$.schema", texts.Say("coursework.hint-schema", Schema), "coursework.bad-schema", a.Schema)
	case a.ID == "" || strings.Trim(a.ID, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "":
		return c.fail("$.id", texts.Say("coursework.hint-id"), "coursework.bad-id", a.ID)
	case a.Capture != "" && a.Capture != "own" && a.Capture != "given":
		return c.fail("$.capture", texts.Say("coursework.hint-capture"), "coursework.bad-capture", a.Capture)
	case len(a.Questions) == 0:
		return c.fail("$.questions", texts.Phrase{}, "coursework.no-questions")
	}
	return c.questions("$.questions", a.Questions)
}

func (c *checker) questions(path string, all []Question) *LoadError {
	for i := range all {
		at := fmt.Sprintf("%s[%d]", path, i)
		if c.count++; c.count > maxQuestions {
			return c.fail(at, texts.Phrase{}, "coursework.many-questions", maxQuestions)
		}
		if e := c.question(at, &all[i]); e != nil {
			return e
		}
	}
	return nil
}

func (c *checker) question(at string, q *Question) *LoadError {
	q.kind = c.kinds.named(q.Kind)
	switch {
	case q.ID == "" || len(q.ID) > 40 || visible.Line(q.ID) != q.ID || strings.ContainsAny(q.ID, " |,;\"'`#*<>"):
		return c.fail(at+".id", texts.Say("coursework.hint-question"), "coursework.bad-question", q.ID)
	case c.ids[strings.ToLower(q.ID)]:
		return c.fail(at+".id", texts.Say("coursework.hint-twice"), "coursework.twice", q.ID)
	case q.kind == nil:
		return c.fail(at+".kind", texts.Say("coursework.hint-kinds", strings.Join(c.kinds.names(), ", ")),
			"coursework.no-kind", q.Kind, didYouMean(q.Kind, c.kinds.names()))
	case q.Points != nil && (*q.Points < 0 || *q.Points > 1000):
		return c.fail(at+".points", texts.Say("coursework.hint-points"), "coursework.bad-points", *q.Points)
	case q.Prompt.In(texts.English) == "":
		return c.fail(at+".prompt", texts.Say("coursework.hint-prompt"), "coursework.no-prompt", q.ID)
	}
	c.ids[strings.ToLower(q.ID)] = true
	if e := c.fields(at, q); e != nil {
		return e
	}
	return c.content(at, q)
}

// fields checks that a question has the fields that its kind needs, and no others than it takes.
func (c *checker) fields(at string, q *Question) *LoadError {
	has := q.has()
	for _, need := range q.kind.needs {
		if !slices.Contains(has, need) {
			return c.fail(at, texts.Say("coursework.hint-docs"), "coursework.needs", q.ID, q.Kind, need)
		}
	}
	for _, h := range has {
		if !q.kind.has(h) {
			return c.fail(at+"."+h, texts.Say("coursework.hint-docs"), "coursework.has-not", q.ID, q.Kind, h)
		}
	}
	return nil
}

// didYouMean asks for the name that is most like a word; nothing is said when none is.
func didYouMean(word string, names []string) texts.Phrase {
	if near := spelling.Nearest(word, names); near != "" {
		return texts.Say("coursework.did-you-mean", near)
	}
	return texts.Phrase{}
}

// content checks the values of a question's fields.
func (c *checker) content(at string, q *Question) *LoadError {
	for _, f := range []struct{ name, expr string }{{"filter", q.Filter}, {"optional", q.Optional}} {
		if e := c.filter(at+"."+f.name, f.expr, q.packets()); e != nil {
			return e
		}
	}
	if q.Rows != "" && !slices.Contains([]string{"messages", "packets", "exchanges", "connections", "segments"}, q.Rows) {
		return c.fail(at+".rows", texts.Say("coursework.hint-rows"), "coursework.bad-rows", q.Rows)
	}
	if q.Within < 0 {
		return c.fail(at+".within", texts.Say("coursework.hint-within"), "coursework.bad-within", q.Within)
	}
	if w := string(q.Which); w != "" && w != "first" && w != "last" && w != "all" && number(w) < 1 {
		return c.fail(at+".which", texts.Say("coursework.hint-which"), "coursework.bad-which", w)
	}
	if q.kind.check == nil {
		return nil
	}
	return q.kind.check(c, at, q)
}

// field checks that there is a display filter field, in the rows that are selected.
func (c *checker) field(at string, q *Question) *LoadError {
	f, err := filter.FieldNamed(q.Field)
	if err != nil {
		var e *filter.Error
		errors.As(err, &e)
		return c.fail(at+".field", texts.Say("coursework.hint-filters"), "coursework.bad-field", e.Message, e.Suggestion)
	}
	if f.Packets && q.Rows != "packets" && q.Rows != "connections" && q.Rows != "segments" {
		return c.fail(at+".field", texts.Say("coursework.hint-packets"), "coursework.field-of-packets", q.Field)
	}
	return nil
}

// packets reports whether the filter of a question is one of packets.
func (q *Question) packets() bool {
	return q.Rows == "packets" || q.Rows == "connections" || q.kind.packets
}

func (c *checker) filter(path, expr string, packets bool) *LoadError {
	compile := filter.Compile
	if packets {
		compile = filter.CompilePackets
	}
	_, err := compile(expr)
	var e *filter.Error
	if !errors.As(err, &e) {
		return nil
	}
	at := c.fail(path, e.Suggestion, "coursework.bad-filter", e.Offset+1, e.Message)
	if !packets && e.OfPackets() {
		at.Hint = texts.Say("coursework.hint-packets")
	}
	return at
}

func number(s string) int {
	n := 0
	for _, c := range s {
		if c < '0' || c > '9' || n > 1<<24 {
			return -1
		}
		n = 10*n + int(c-'0')
	}
	return n
}
