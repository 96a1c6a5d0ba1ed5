package filter

import (
	"cmp"
	"errors"
	"regexp"
	"regexp/syntax"

	"httpscope/internal/texts"
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
		panic(l.unreadable(err))
	}
	dollars(tree)
	program, err := syntax.Compile(tree.Simplify())
	if err != nil || len(program.Inst) > maxProgram {
		panic(wrong(l.at, l.to, "filter.pattern-large"))
	}
	re, err := regexp.Compile(tree.String())
	if err != nil {
		panic(l.unreadable(err))
	}
	return func(v, _ *value) bool {
		if v.s == "" {
			return re.Match(v.b)
		}
		return re.MatchString(v.whole())
	}
}

// faults are the keys of what package regexp finds wrong with a pattern.
var faults = map[syntax.ErrorCode]string{
	syntax.ErrInvalidCharClass: "filter.pattern.class", syntax.ErrInvalidCharRange: "filter.pattern.range",
	syntax.ErrInvalidEscape: "filter.pattern.escape", syntax.ErrInvalidNamedCapture: "filter.pattern.name",
	syntax.ErrInvalidPerlOp: "filter.pattern.perl", syntax.ErrInvalidRepeatOp: "filter.pattern.nested",
	syntax.ErrInvalidRepeatSize: "filter.pattern.count", syntax.ErrInvalidUTF8: "filter.pattern.utf8",
	syntax.ErrMissingBracket: "filter.pattern.bracket", syntax.ErrMissingParen: "filter.pattern.open",
	syntax.ErrMissingRepeatArgument: "filter.pattern.repeat", syntax.ErrTrailingBackslash: "filter.pattern.backslash",
	syntax.ErrUnexpectedParen: "filter.pattern.close", syntax.ErrNestingDepth: "filter.pattern.deep",
	syntax.ErrLarge: "filter.pattern.large",
}

// unreadable is the error that a pattern is none.
func (n *node) unreadable(err error) *Error {
	var e *syntax.Error
	errors.As(err, &e) // all errors of package regexp are
	said := wrong(n.at, n.to, "filter.pattern", texts.Say(cmp.Or(faults[e.Code], "filter.pattern.other")), e.Expr)
	if e.Code == syntax.ErrInvalidPerlOp {
		said.suggest("filter.perl")
	}
	return said
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
