package content

import (
	"strings"

	"httpscope/internal/problem"
)

// MaxCodings bounds the codings of one body. Real traffic has one, rarely
// two; each further one costs a complete pass.
const MaxCodings = 8

// ParseCodings reads the value of a Content-Encoding field and returns the
// names in lower case, in the order in which they were applied
// (RFC 9110, section 8.4). Several field lines are joined with commas first.
func ParseCodings(value string) ([]string, []Problem) {
	var names []string
	var ps problem.List
	for more := true; more; {
		var elem string
		elem, value, more = strings.Cut(value, ",")
		elem = trim(elem)
		switch {
		case elem == "":
			ps.Add(CodingEmptyElement, "an element of the list is empty")
			continue
		case len(names) == MaxCodings:
			ps.Add(CodingLimit, "only the first %d codings are read", MaxCodings)
			return names, ps
		case !isToken(elem):
			ps.Add(CodingSyntax, "%s", problem.Quote(elem))
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
		ps.Add(CodingIdentity, "%s", problem.Quote(name))
	case "x-gzip", "x-compress":
		ps.Add(CodingAlias, "%s", problem.Quote(name))
	}
}

// trim removes optional whitespace, OWS (RFC 9110, section 5.6.3).
func trim(s string) string { return strings.Trim(s, " \t") }

// isToken reports whether s is a token (RFC 9110, section 5.6.2).
func isToken(s string) bool {
	for i := 0; i < len(s); i++ {
		if !isTokenByte(s[i]) {
			return false
		}
	}
	return s != ""
}

func isTokenByte(c byte) bool {
	switch {
	case 'a' <= c && c <= 'z', 'A' <= c && c <= 'Z', '0' <= c && c <= '9':
		return true
	}
	return strings.IndexByte("!#$%&'*+-.^_`|~", c) >= 0
}
