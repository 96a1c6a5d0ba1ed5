package coursework

import (
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/visible"
)

// items are the entries of an answer that lists several.
func items(a *sheet.Answer) []string {
	switch {
	case a.List != nil:
		return a.List
	case a.Rows != nil:
		var all []string
		for _, row := range a.Rows {
			all = append(all, strings.Join(row, " "))
		}
		return all
	}
	var all []string
	for _, s := range strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune(",;\n，；、", r) }) {
		if s = strings.TrimSpace(strings.TrimLeft(s, "-* ")); s != "" {
			all = append(all, s)
		}
	}
	return all
}

// joiningWords join the entries of a list in a sentence.
var joiningWords = regexp.MustCompile(`(?i),?\s+(?:and|then)\s+|\s*(?:->|→|和|与|然后)\s*`)

// worded are the entries of a list that words or spaces part, 200 and 404 or
// 200 404, when that makes n of them; otherwise those that are given.
func worded(text string, n int, given []string) []string {
	joined := joiningWords.ReplaceAllString(strings.TrimSpace(text), ", ")
	for _, all := range [][]string{items(&sheet.Answer{Text: joined}), strings.Fields(joined)} {
		if len(all) == n {
			return all
		}
	}
	return given
}

// typed are the values of the type that is asked for among the words of an answer, when there are n of them: "200 for
// the page, 404 for the icon"; otherwise what is given.
func (k *marking) typed(given []string, n int) []string {
	t := k.q.answerType()
	if t == nil || len(given) == n {
		return given
	}
	all := t.find(plain(written(k.a)))
	if len(all) != n {
		return given
	}
	var values []string
	for _, c := range all {
		values = append(values, c.value)
	}
	return values
}

// list marks values in order, with a cell for each.
func (k *marking) list(right []string, asked []hit) {
	given := unnumbered(items(withoutNumbers(k.a)))
	commas := len(items(&sheet.Answer{Text: join(right)})) > len(right) // a value has one in it
	if commas && len(given) == len(right)+1 {
		given = []string{written(k.a)}
	}
	if len(given) != len(right) && k.a.List == nil && k.a.Rows == nil {
		given = k.typed(worded(withoutNumbers(k.a).Text, len(right), given), len(right))
	}
	if t := k.q.answerType(); t != nil && !slices.ContainsFunc(given, func(s string) bool {
		return len(t.find(plain(s))) > 0 || saysAbsent(s, k.q.fieldName())
	}) {
		k.unread()
		return
	}
	good := 0
	for i := range max(len(given), len(right)) {
		c := Cell{Row: i + 1, Column: k.q.asks(), Verdict: Wrong}
		if i < len(right) {
			c.Expected = visible.Line(right[i])
		}
		if i < len(given) {
			c.Given = visible.Line(short(given[i]))
		}
		switch {
		case i >= len(given):
			c.Verdict, c.Row = Missing, 0
		case i < len(right) && k.says(given[i], right[i]):
			c.Verdict = Right
			good++
		}
		k.out.Cells = append(k.out.Cells, c)
	}
	k.share(float64(good) / float64(max(len(given), len(right))))
	if len(given) != len(right) {
		k.say("coursework.list-length", len(given))
	} else if good < len(right) {
		k.explain(written(k.a), join(right), asked[0].confusions(k.q))
	}
}
