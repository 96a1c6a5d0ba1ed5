package coursework

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
)

// candidate is a value of the kind that is asked for, where it stands in an answer.
type candidate struct {
	value    string
	from, to int
}

// remarkIn finds what stands in brackets: a remark about the value before it, no value.
var remarkIn = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// labelIn finds the name of a question or of a figure, that of the answer itself, and the number of an entry:
// Practice 3.2:, Figure 2, 答：, 2).
var labelIn = regexp.MustCompile(`(?:\b(?:practice|question|exercise|problem|part|step|figure|fig\.?|table|` +
	`screenshot|section|aufgabe|abbildung|exercice|ejercicio|figura|q)|` +
	`实践|练习|问题|题目|截图|图|表|步骤|задание|вопрос|рис\.?) ?#?\d{1,2}(?:[.-]\d{1,2})*(?: ?题)?(?: ?[:.)])?|` +
	`第 ?\d{1,2} ?题 ?:?|` +
	`^(?:(?:my |the )?(?:answer|ans)|答案|答|antwort|réponse|respuesta|ответ)(?: is| ?是| ?为)? ?(?:[:.]|=>|->|=)|` +
	`(?:^|[;,:.] ?)\d{1,2}\) `)

// Bounds of what is looked at: no sentence around a value is longer, and what stands far before a value does not belong
// to it.
const (
	maxSentence = 8 << 10
	maxLead     = 120
)

// lead is what stands just before a place.
func lead(s string, at int) string { return s[max(0, at-maxLead):at] }

// valuesIn looks for values among what is neither label nor remark; where there are none, in the remarks too: [4] as we
// see.
func valuesIn(s string, find func(s string) []candidate) []candidate {
	if len(s) > maxSentence {
		return nil
	}
	bare := withoutRemarks(s)
	all := find(bare)
	if len(all) == 0 {
		bare = withoutLabels(s)
		all = find(bare)
	} else {
		all = append(all, inRemarks(s, all[0], find)...)
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return c.rough(bare) }) {
		return nil
	}
	return all
}

// inRemarks are values that differ from another and are all that a remark in brackets says: 200 (304).
func inRemarks(s string, one candidate, find func(s string) []candidate) []candidate {
	var all []candidate
	for _, at := range remarkIn.FindAllStringIndex(s, -1) {
		inner := s[at[0]+1 : at[1]-1]
		in := find(inner)
		if len(in) == 1 && strings.TrimSpace(inner) == in[0].value && !same(in[0].value, one.value, 0) {
			all = append(all, candidate{in[0].value, at[0] + 1 + in[0].from, at[0] + 1 + in[0].to})
		}
	}
	return all
}

// blank is as many spaces as a text has bytes, so that places stay.
func blank(s string) string { return strings.Repeat(" ", len(s)) }

// withoutLabels is a plain answer with blanks in place of labels.
func withoutLabels(s string) string { return labelIn.ReplaceAllStringFunc(s, blank) }

// withoutRemarks is a plain answer with blanks in place of labels and of remarks in brackets. Where nothing but
// brackets is there, the answer stands in them.
func withoutRemarks(s string) string {
	s = withoutLabels(s)
	bare := remarkIn.ReplaceAllStringFunc(s, blank)
	if strings.TrimFunc(bare, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) == "" {
		return s
	}
	return bare
}

// only is the one value that candidates have; not ok when they have none, or several that differ.
func only(all []candidate) (value string, ok bool) {
	for i, c := range all {
		if i > 0 && !same(numeral(c.value), numeral(all[0].value), 0) {
			return "", false
		}
	}
	if len(all) == 0 {
		return "", false
	}
	return numeral(all[0].value), true
}
