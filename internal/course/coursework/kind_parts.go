package coursework

import (
	"cmp"
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
	"httpscope/internal/visible"
)

// KindParts asks for several things at once.
const KindParts = "parts"

// partsKind: right is a list of answers, each a question of its own.
var partsKind = kind{
	name:  KindParts,
	form:  "parts",
	needs: []string{"parts"},
	whole: true,
	check: (*checker).parts,
	mark:  (*marking).parts,
	lists: (*Question).partList,
}

// parts checks the questions that are parts.
func (c *checker) parts(at string, q *Question) *LoadError {
	for i := range q.Parts {
		if p := c.kinds.named(q.Parts[i].Kind); p != nil && p.whole {
			return c.fail(fmt.Sprintf("%s.parts[%d].kind", at, i), texts.Phrase{}, "coursework.bad-part", p.name)
		}
	}
	return c.questions(at+".parts", q.Parts)
}

// partList are what the parts ask, with their numbers.
func (q *Question) partList(lang texts.Lang) []string {
	var all []string
	for i := range q.Parts {
		all = append(all, fmt.Sprintf("%d. %s", i+1, q.Parts[i].Prompt.In(lang)))
	}
	return all
}

// parts marks a list of answers, each by a question of its own. Where an answer
// can be taken apart in several ways, the best counts.
func (k *marking) parts() {
	var best *division
	for _, given := range k.splits() {
		if one := k.piecewise(given); best == nil || one.beats(best) {
			best = one
		}
		if best.points >= best.worth {
			break
		}
	}
	k.take(best)
}

// division is an answer taken apart, and what came of each piece.
type division struct {
	given         []string
	marked        []*marking
	points, worth float64
	open          float64 // of worth: of pieces that cannot be read
}

// beats reports whether one division of an answer counts before another.
func (o *division) beats(other *division) bool {
	return o.points > other.points || o.points == other.points && o.fits() && !other.fits()
}

// fits reports whether there is a piece for each part.
func (o *division) fits() bool { return len(o.given) == len(o.marked) }

func (k *marking) piecewise(given []string) *division {
	one := &division{given: given}
	for i := range k.q.Parts {
		p := &k.q.Parts[i]
		var a *sheet.Answer
		if i < len(given) {
			a = &sheet.Answer{ID: p.ID, Text: given[i]}
		}
		m := k.Evidence.marked(p, a, k.lang)
		one.marked = append(one.marked, m)
		one.points, one.worth, one.open = one.points+m.out.Points, one.worth+m.out.Max, one.open+m.out.Open
	}
	if n := len(k.q.Parts); len(given) > n {
		one.points = max(0, one.points-one.worth/float64(n)*float64(len(given)-n))
	}
	return one
}

// take makes the answer to the question of those to its parts.
func (k *marking) take(one *division) {
	if one.uncaptured() {
		k.key.List = nil
		k.uncaptured()
		return
	}
	var rights []string
	for i, m := range one.marked {
		k.key.List = append(k.key.List, cmp.Or(m.key.Text, join(m.key.List)))
		rights = append(rights, m.out.Expected)
		k.part(i, &k.q.Parts[i], &m.out)
	}
	k.out.Expected = join(rights)
	if n := len(k.q.Parts); len(one.given) > n {
		k.say("coursework.parts-length", len(one.given), n)
	}
	if one.worth > 0 {
		k.share(one.points / one.worth)
	}
	if one.open > 0 {
		k.out.Verdict, k.out.Points = Unread, one.points/one.worth*k.out.Max
		k.out.Open = one.open / one.worth * k.out.Max
		k.out.Form = texts.In(k.lang).Of(k.q.form())
		k.say("coursework.unread-part")
	}
}

// uncaptured reports that the capture has nothing of what the parts ask about: no
// row for one, and for the others none either. That nothing is there is no
// answer then.
func (o *division) uncaptured() bool {
	some := false
	for _, m := range o.marked {
		lacks := slices.Contains(m.out.Tags, "not-captured")
		some = some || lacks
		if !lacks && (!m.q.kind.denies || len(m.out.Proof) > 0) {
			return false
		}
	}
	return some
}

// part takes over what was said of a part.
func (k *marking) part(i int, p *Question, m *Marked) {
	k.out.Cells = append(k.out.Cells, Cell{Row: i + 1, Column: visible.Line(p.Prompt.In(k.lang)),
		Given: m.Given, Expected: m.Expected, Verdict: m.Verdict,
		Comment: strings.Join(m.Feedback, " "), Tag: cmp.Or(append(m.Tags, "")...)})
	k.out.Tags, k.out.Proof = append(k.out.Tags, m.Tags...), append(k.out.Proof, m.Proof...)
	k.out.Hints = append(k.out.Hints, m.Hints...)
}
