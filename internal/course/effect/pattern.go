package effect

import (
	"regexp/syntax"
	"strings"
)

// samples are texts that a pattern matches: with the first and with the last of
// all alternatives, and with as little as it asks for. There are none for what
// is no pattern.
func samples(pattern string) []string {
	tree, err := syntax.Parse(pattern, syntax.Perl)
	if err != nil {
		return nil
	}
	return []string{sample(tree, false), sample(tree, true)}
}

// sample writes a text that a tree matches, when anchors do not contradict it.
func sample(tree *syntax.Regexp, last bool) string {
	kids := tree.Sub
	switch tree.Op {
	case syntax.OpLiteral:
		return string(tree.Rune)
	case syntax.OpCharClass:
		return ofClass(tree.Rune, last)
	case syntax.OpAnyChar, syntax.OpAnyCharNotNL:
		return "x"
	case syntax.OpAlternate:
		kids = kids[:1]
		if last {
			kids = tree.Sub[len(tree.Sub)-1:]
		}
	case syntax.OpStar, syntax.OpQuest:
		return ""
	case syntax.OpRepeat:
		return strings.Repeat(sample(kids[0], last), min(tree.Min, 100))
	}
	var b strings.Builder
	for _, k := range kids {
		b.WriteString(sample(k, last))
	}
	return b.String()
}

// ofClass is the first or the last character of a class: of pairs from, to.
func ofClass(ranges []rune, last bool) string {
	switch {
	case len(ranges) == 0:
		return ""
	case last && ranges[len(ranges)-1] < 0x7f:
		return string(ranges[len(ranges)-1])
	}
	return string(ranges[0])
}
