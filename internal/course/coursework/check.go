package coursework

import (
	"errors"
	"fmt"
	"regexp"
	"slices"
	"strings"

	"github.com/goccy/go-yaml"
	"github.com/goccy/go-yaml/ast"

	"httpscope/capture/pcapfilter"
	"httpscope/internal/course/sheet"
	"httpscope/internal/filter"
	"httpscope/internal/spelling"
	"httpscope/internal/visible"
)

// maxQuestions bounds the questions of an assignment, with parts.
const maxQuestions = 500

// checker holds what an assignment says to what its kinds need.
type checker struct {
	file  *ast.File
	ids   map[string]bool
	count int
}

// fail is an error at a path of the file, such as $.questions[2].filter, or at
// the nearest node above it.
func (c *checker) fail(path, hint, format string, args ...any) *LoadError {
	e := &LoadError{Reason: short(fmt.Sprintf(format, args...)), Hint: hint}
	for path != "" && path != "$" {
		if p, err := yaml.PathString(path); err == nil {
			if n, err := p.FilterFile(c.file); err == nil && n != nil && n.GetToken() != nil {
				e.Line, e.Column = n.GetToken().Position.Line, n.GetToken().Position.Column
				if m, ok := n.(*ast.MappingNode); ok && len(m.Values) > 0 {
					e.Line, e.Column = m.Values[0].Key.GetToken().Position.Line, m.Values[0].Key.GetToken().Position.Column
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
		return c.fail("$.schema", "write `schema: "+Schema+"`", "the schema is %q", a.Schema)
	case a.ID == "" || strings.Trim(a.ID, "abcdefghijklmnopqrstuvwxyz0123456789.-_") != "":
		return c.fail("$.id", "small letters, digits, dots and hyphens", "the id %q names no assignment", a.ID)
	case a.Capture != "" && a.Capture != "own" && a.Capture != "given":
		return c.fail("$.capture", "own or given", "capture is %q", a.Capture)
	case len(a.Questions) == 0:
		return c.fail("$.questions", "", "there are no questions")
	}
	return c.questions("$.questions", a.Questions)
}

func (c *checker) questions(path string, all []Question) *LoadError {
	for i := range all {
		at := fmt.Sprintf("%s[%d]", path, i)
		if c.count++; c.count > maxQuestions {
			return c.fail(at, "", "there are more than %d questions", maxQuestions)
		}
		if e := c.question(at, &all[i]); e != nil {
			return e
		}
	}
	return nil
}

// kinds are the fields that each kind needs, and those that it may have.
var kinds = map[string]struct{ needs, takes string }{
	KindConnections:   {"", "filter optional columns"},
	KindValue:         {"", "field header unique rows filter which within accept"},
	KindCount:         {"", "rows filter"},
	KindPacket:        {"filter", "rows which"},
	KindDisplayFilter: {"selects", ""},
	KindCaptureFilter: {"selects", ""},
	KindInterface:     {"", "filter fallback"},
	KindChoice:        {"options", "many"},
	KindText:          {"", "accept pattern"},
	KindYesNo:         {"filter", "rows"},
	KindOverlap:       {"filter", ""},
	KindFree:          {"", ""},
	KindParts:         {"parts", ""},
}

// has lists the fields of kinds that a question has.
func (q *Question) has() []string {
	var all []string
	for name, there := range map[string]bool{"rows": q.Rows != "", "filter": q.Filter != "", "field": q.Field != "", "header": q.Header != "", "unique": q.Unique, "which": q.Which != "", "optional": q.Optional != "",
		"within": q.Within != 0, "accept": len(q.Accept) > 0, "pattern": q.Pattern != "", "columns": len(q.Columns) > 0, "selects": q.Selects != "",
		"options": len(q.Options) > 0, "many": q.Many, "fallback": q.Fallback != "", "parts": len(q.Parts) > 0} {
		if there {
			all = append(all, name)
		}
	}
	slices.Sort(all)
	return all
}

func (c *checker) question(at string, q *Question) *LoadError {
	kind, known := kinds[q.Kind]
	switch {
	case q.ID == "" || len(q.ID) > 40 || visible.Line(q.ID) != q.ID || strings.ContainsAny(q.ID, " |,;\"'`#*<>"):
		return c.fail(at+".id", "a short word without spaces, such as 2-1", "the question's id is %q", q.ID)
	case c.ids[strings.ToLower(q.ID)]:
		return c.fail(at+".id", "every question needs an id of its own", "the id %q is used twice", q.ID)
	case !known:
		return c.fail(at+".kind", "the kinds are "+strings.Join(kindNames(), ", "), "there is no kind of question %q%s", q.Kind, didYouMean(q.Kind, kindNames()))
	case q.Points != nil && (*q.Points < 0 || *q.Points > 1000):
		return c.fail(at+".points", "from 0 to 1000", "the points are %v", *q.Points)
	case q.Prompt.In("en") == "":
		return c.fail(at+".prompt", "write what the student is asked", "question %s has no prompt", q.ID)
	}
	c.ids[strings.ToLower(q.ID)] = true
	has := q.has()
	for need := range strings.FieldsSeq(kind.needs) {
		if !slices.Contains(has, need) {
			return c.fail(at, "docs/coursework.md describes the kinds", "question %s of kind %s needs %s", q.ID, q.Kind, need)
		}
	}
	for _, h := range has {
		if !slices.Contains(strings.Fields(kind.needs+" "+kind.takes), h) {
			return c.fail(at+"."+h, "docs/coursework.md describes the kinds", "question %s of kind %s has no %s", q.ID, q.Kind, h)
		}
	}
	return c.content(at, q)
}

func didYouMean(word string, names []string) string {
	if near := spelling.Nearest(word, names); near != "" {
		return ", did you mean " + near + "?"
	}
	return ""
}

func kindNames() []string {
	var all []string
	for k := range kinds {
		all = append(all, k)
	}
	slices.Sort(all)
	return all
}

// content checks the values of a question's fields.
func (c *checker) content(at string, q *Question) *LoadError {
	for _, f := range []struct{ name, expr string }{{"filter", q.Filter}, {"optional", q.Optional}} {
		if e := c.filter(at+"."+f.name, f.expr, q.packets()); e != nil {
			return e
		}
	}
	if q.Rows != "" && !slices.Contains([]string{"messages", "packets", "exchanges", "connections", "segments"}, q.Rows) {
		return c.fail(at+".rows", "messages, packets, exchanges, connections or segments", "rows is %q", q.Rows)
	}
	if q.Within < 0 {
		return c.fail(at+".within", "a number from 0 on", "within is %v", q.Within)
	}
	if w := string(q.Which); w != "" && w != "first" && w != "last" && w != "all" && number(w) < 1 {
		return c.fail(at+".which", "first, last, all, or a number from 1", "which is %q", w)
	}
	if q.Kind == KindValue && (q.Field == "") == (q.Header == "") {
		return c.fail(at, "a display filter field, or the name of a field of the head", "question %s of kind value needs field or header, and not both", q.ID)
	}
	if q.Field != "" {
		if e := c.field(at, q); e != nil {
			return e
		}
	}
	return c.choices(at, q)
}

func (c *checker) field(at string, q *Question) *LoadError {
	f, err := filter.FieldNamed(q.Field)
	if err != nil {
		var e *filter.Error
		errors.As(err, &e)
		return c.fail(at+".field", "docs/filters.md lists the fields", "%s %s", e.Message, e.Suggestion)
	}
	if f.Packets && q.Rows != "packets" && q.Rows != "connections" && q.Rows != "segments" {
		return c.fail(at+".field", "add `rows: packets`", "%s is a field of packets", q.Field)
	}
	return nil
}

// choices checks what answers are compared with.
func (c *checker) choices(at string, q *Question) *LoadError {
	switch q.Kind {
	case KindDisplayFilter:
		return c.filter(at+".selects", q.Selects, true)
	case KindCaptureFilter:
		if _, err := pcapfilter.Compile(q.Selects, pcapfilter.Ethernet, 1<<18); err != nil {
			return c.fail(at+".selects", "", "%v", err)
		}
	case KindText:
		if _, err := regexp.Compile(q.Pattern); err != nil {
			return c.fail(at+".pattern", "", "the pattern cannot be read: %v", err)
		}
		if q.Pattern == "" && len(q.Accept) == 0 {
			return c.fail(at, "add accept, or make it of kind free", "question %s of kind text needs accept or pattern", q.ID)
		}
	case KindInterface:
		if q.Fallback != "" && q.Fallback != loopbackInterface && q.Fallback != networkInterface {
			return c.fail(at+".fallback", "loopback or network", "fallback is %q", q.Fallback)
		}
		if q.Filter == "" && q.Fallback == "" {
			return c.fail(at, "docs/coursework.md describes the kinds", "question %s of kind interface needs filter or fallback", q.ID)
		}
	case KindConnections:
		for i, name := range q.Columns {
			if !slices.Contains(allColumns, name) {
				return c.fail(fmt.Sprintf("%s.columns[%d]", at, i), strings.Join(allColumns, ", "), "there is no column %q", name)
			}
		}
	case KindChoice:
		return c.options(at, q)
	case KindParts:
		for i := range q.Parts {
			if p := &q.Parts[i]; p.Kind == KindParts || p.Kind == KindConnections {
				return c.fail(fmt.Sprintf("%s.parts[%d].kind", at, i), "", "a part cannot be of kind %s", p.Kind)
			}
		}
		return c.questions(at+".parts", q.Parts)
	}
	return nil
}

func (c *checker) options(at string, q *Question) *LoadError {
	right := 0
	for i := range q.Options {
		o := &q.Options[i]
		if o.Text.In("en") == "" {
			return c.fail(fmt.Sprintf("%s.options[%d]", at, i), "write its text", "option %d of question %s has no text", i+1, q.ID)
		}
		if o.Right {
			right++
		}
	}
	if len(q.Options) > 26 {
		return c.fail(at+".options", "", "there are more than 26 options")
	}
	if right == 0 || right > 1 && !q.Many {
		return c.fail(at+".options", "mark one with `right: true`, or add `many: true`", "of the options of question %s %d are right", q.ID, right)
	}
	return nil
}

// packets reports whether the filter of a question is one of packets.
func (q *Question) packets() bool {
	return q.Rows == "packets" || q.Rows == "connections" || q.Kind == KindConnections || q.Kind == KindInterface
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
	at := c.fail(path, e.Suggestion.String(), "at character %d of the filter: %s", e.Offset+1, e.Message)
	if !packets && e.OfPackets() {
		at.Hint = "add `rows: packets`"
	}
	return at
}

// allColumns are the columns of a table of connections, in the order of the lab.
var allColumns = []string{sheet.SourceIP, sheet.SourcePort, sheet.DestinationIP, sheet.DestinationPort, sheet.Status}

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
