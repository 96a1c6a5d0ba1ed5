package content

import (
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// MaxCodings bounds the codings of one body. Real traffic has one, rarely
// two; each further one costs a complete pass.
const MaxCodings = 8

// ParseCodings reads the value of a Content-Encoding field and returns the
// names in lower case, in the order in which they were applied
// (RFC 9110, Section 8.4). Several field lines are joined with commas first.
func ParseCodings(value string) ([]string, []Problem) {
	var names []string
	var ps problem.List
	for more := true; more; {
		var elem string
		elem, value, more = strings.Cut(value, ",")
		elem = grammar.Trim(elem)
		switch {
		case elem == "":
			ps.Add(CodingEmptyElement, "found.empty-element")
			continue
		case len(names) == MaxCodings:
			ps.Add(CodingLimit, "found.coding-limit", MaxCodings)
			return names, ps
		case !grammar.IsToken(elem):
			ps.Add(CodingSyntax, "found.value", problem.Quote(elem))
		}
		names = append(names, strings.ToLower(elem))
		judgeCoding(names[len(names)-1], &ps)
	}
	return names, ps
}

// judgeCoding reports names that need a word.
func judgeCoding(name string, ps *problem.List) {
	switch name {
	case "identity":
		ps.Add(CodingIdentity, "found.value", problem.Quote(name))
	case "x-gzip", "x-compress":
		ps.Add(CodingAlias, "found.value", problem.Quote(name))
	}
}
