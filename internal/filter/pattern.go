package filter

import (
	"fmt"
	"regexp"
	"regexp/syntax"
)

// maxProgram bounds a compiled pattern: x{1000} of x{50} is short to write and
// slow to run.
const maxProgram = 20000

// pattern compiles the pattern of matches, in any case of letters. A dollar
// sign also matches before a line feed at the end, as in PCRE.
func (n *node) pattern() relation {
	l := n.kids[1]
	tree, err := syntax.Parse(l.value, syntax.Perl|syntax.FoldCase)
	if err != nil {
		e := wrong(l.at, l.to, "The pattern cannot be read: %s.", reason(err))
		if c, ok := err.(*syntax.Error); ok && c.Code == syntax.ErrInvalidPerlOp {
			e.suggest("Look-around and back-references of Wireshark's patterns are not known here.")
		}
		panic(e)
	}
	dollars(tree)
	program, err := syntax.Compile(tree.Simplify())
	if err != nil || len(program.Inst) > maxProgram {
		panic(wrong(l.at, l.to, "The pattern is too large."))
	}
	re, err := regexp.Compile(tree.String())
	if err != nil {
		panic(wrong(l.at, l.to, "The pattern cannot be read: %s.", err))
	}
	return func(v, _ *value) bool {
		if v.s == "" {
			return re.Match(v.b)
		}
		return re.MatchString(v.whole())
	}
}

// reason is the part of a syntax error that a person can use.
func reason(err error) string {
	if e, ok := err.(*syntax.Error); ok {
		return fmt.Sprintf("%s at %q", e.Code, e.Expr)
	}
	return err.Error()
}

// dollars rewrites $ to \n?\z.
func dollars(t *syntax.Regexp) {
	for i, sub := range t.Sub {
		if sub.Op == syntax.OpEndText && sub.Flags&syntax.WasDollar != 0 {
			t.Sub[i] = dollar()
			continue
		}
		dollars(sub)
	}
}

func dollar() *syntax.Regexp {
	t, err := syntax.Parse(`\n?\z`, syntax.Perl)
	if err != nil {
		panic("filter: " + err.Error())
	}
	return t
}
