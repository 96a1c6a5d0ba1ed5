package cookies

import (
	"slices"
	"strings"

	"httpscope/internal/texts"
)

// Pair is one cookie of a Cookie request field. The field carries nothing else:
// no domain, path or lifetime comes back to the server (section 4.2.2).
type Pair struct {
	Raw         string // as sent between two semicolons
	Name, Value string // without surrounding white space
	HasEquals   bool   // false: a nameless cookie, only Value is set
	Problems    []Problem
}

// Empty tells whether the pair is nothing but a misplaced semicolon.
func (p Pair) Empty() bool {
	return p.Name == "" && p.Value == "" && !p.HasEquals
}

// text is the pair as section 5.8.3, step 6 writes it. Names and values are
// compared in this form: the nameless cookie "a=b" and the cookie a with the
// value b look the same in a request, and an observer cannot tell them apart.
func (p Pair) text() string {
	if t := trimWSP(p.Raw); p.HasEquals && len(t) == len(p.Name)+len("=")+len(p.Value) {
		return t // as nearly all are written
	}
	return pairText(p.Name, p.Value, p.HasEquals)
}

func pairText(name, value string, equals bool) string {
	if !equals {
		return value
	}
	return name + "=" + value
}

// ParseCookie splits the value of a Cookie field into its pairs, in order. There
// is no algorithm for servers in RFC 6265bis (section 4.2.2), so this splits at
// every semicolon and at the first "=", as nearly all servers do. A semicolon at
// the end is a problem of the last pair; others may leave an Empty pair.
func ParseCookie(line string) []Pair { return AppendPairs(nil, line) }

// AppendPairs is ParseCookie that appends to pairs.
func AppendPairs(pairs []Pair, line string) []Pair {
	if trimWSP(line) == "" {
		return pairs
	}
	before := len(pairs)
	last := strings.LastIndexByte(line, ';')
	trailing := last >= 0 && trimWSP(line[last+1:]) == ""
	if trailing {
		line = line[:last]
	}
	n := strings.Count(line, ";") + 1
	pairs = slices.Grow(pairs, n)
	var seen map[string]bool
	if n > fewPairs {
		seen = make(map[string]bool, n)
	}
	for more := true; more; {
		var raw string
		raw, line, more = strings.Cut(line, ";")
		pairs = append(pairs, parsePair(raw, pairs[before:], seen))
	}
	if trailing {
		pairs[len(pairs)-1].problem(CodeTrailingSemicolon, "found.cookie-trailing-semicolon")
	}
	return pairs
}

// parsePair parses one pair and lists its problems. seen holds the names of earlier
// pairs; it is nil while they are few.
func parsePair(raw string, earlier []Pair, seen map[string]bool) Pair {
	p := Pair{Raw: raw}
	p.Name, p.Value, p.HasEquals = splitPair(raw)
	p.lint(len(earlier) == 0)
	twice := seen[p.Name]
	if seen != nil {
		seen[p.Name] = true
	} else {
		twice = slices.ContainsFunc(earlier, func(q Pair) bool { return q.Name == p.Name })
	}
	if p.Name != "" && twice {
		p.problem(CodeSameNameTwice, "found.cookie-same-name-twice", quote(p.Name))
	}
	return p
}

// lint checks one pair against section 4.2.1.
func (p *Pair) lint(first bool) {
	if i := controlAt(p.Raw); i >= 0 {
		p.problem(CodeControlChar, "found.cookie-control-char.sent", p.Raw[i])
	}
	switch {
	case p.Empty():
		p.problem(CodeEmptyPair, "found.cookie-empty-pair")
		return
	case !p.HasEquals:
		p.problem(CodePairWithoutEquals, "found.cookie-pair-without-equals", quote(p.Value))
	case p.Name == "":
		p.problem(CodePairWithoutName, "found.cookie-pair-without-name", quote(p.Raw))
	case strings.HasPrefix(p.Name, "$"):
		p.problem(CodeLegacyVersion, "found.cookie-legacy-version", quote(p.Name))
	}
	if rest, found := strings.CutPrefix(p.Raw, separator(first)); !found || rest != p.text() {
		p.problem(CodePairSpacing, "found.cookie-pair-spacing", quote(p.Raw))
	}
}

// separator is what stands before a pair, after the semicolon.
func separator(first bool) string {
	if first {
		return ""
	}
	return " "
}

func (p *Pair) problem(code, key string, args ...any) {
	p.Problems = append(p.Problems, Problem{code, texts.Own(key, args...)})
}
