package coursework

import (
	"slices"
	"strings"
	"unicode/utf8"

	"httpscope/internal/sheet"
	"httpscope/internal/visible"
)

// parts marks a list of answers, each by a question of its own.
func (k *marking) parts() {
	given := pieces(k.a, len(k.q.Parts))
	var rights []string
	points, worth := 0.0, 0.0
	for i := range k.q.Parts {
		p := &k.q.Parts[i]
		var a *sheet.Answer
		if i < len(given) {
			a = &sheet.Answer{ID: p.ID, Text: given[i]}
		}
		one := k.Evidence.marked(p, a, k.lang)
		m := one.out
		k.key.List = append(k.key.List, one.key.Text)
		points, worth = points+m.Points, worth+m.Max
		rights = append(rights, m.Expected)
		k.part(i, p, &m)
	}
	k.out.Expected = join(rights)
	if len(given) > len(k.q.Parts) {
		k.say("The answer has %d parts, and the question asks for %d.", len(given), len(k.q.Parts))
		points = max(0, points-worth/float64(len(k.q.Parts))*float64(len(given)-len(k.q.Parts)))
	}
	if worth > 0 {
		k.share(points / worth)
	}
}

// pieces are the parts of an answer of n parts: entries of a list, lines, or what
// semicolons, commas or spaces part. Commas beyond the last part belong to it,
// as those of a date do.
func pieces(a *sheet.Answer, n int) []string {
	if a.List != nil || a.Rows != nil {
		return items(a)
	}
	for _, signs := range []string{"\n", ";；", ",，、"} {
		all := strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune(signs, r) })
		if len(all) == n {
			return all
		}
		if len(all) > n && signs[0] == ',' {
			head := all[:n-1]
			rest := a.Text
			for range head {
				rest = rest[strings.IndexFunc(rest, func(r rune) bool { return strings.ContainsRune(signs, r) }):]
				_, size := utf8.DecodeRuneInString(rest)
				rest = rest[size:]
			}
			return append(slices.Clone(head), rest)
		}
	}
	if words := strings.Fields(a.Text); len(words) == n {
		return words
	}
	return items(a)
}

// part takes over what was said of a part.
func (k *marking) part(i int, p *Question, m *Marked) {
	k.out.Cells = append(k.out.Cells, Cell{Row: i + 1, Column: visible.Text(p.Prompt.In(k.lang)), Given: m.Given, Expected: m.Expected, Verdict: m.Verdict, Comment: strings.Join(m.Feedback, " ")})
	if n := len(k.out.Cells); len(m.Tags) > 0 {
		k.out.Cells[n-1].Tag = m.Tags[0]
	}
	k.out.Tags, k.out.Proof, k.out.Hints = append(k.out.Tags, m.Tags...), append(k.out.Proof, m.Proof...), append(k.out.Hints, m.Hints...)
}
