package quiz

import (
	"math/rand/v2"
	"slices"
	"strconv"

	"httpscope/internal/visible"
)

// maxWrong is how many wrong choices stand beside the right one.
const maxWrong = 3

// number begins a question that is answered by a whole number.
func (c *capture) number(n int64, key string, args ...any) *Question {
	q := &Question{Kind: Number, Answer: strconv.FormatInt(n, 10), value: float64(n), Connection: -1, texts: c.texts}
	q.Prompt = q.phrase(key, args...)
	return q
}

// millis begins a question that is answered by a time in milliseconds, which
// may be off by a hundredth.
func (c *capture) millis(nano int64, key string, args ...any) *Question {
	q := c.number(0, key, args...)
	q.value = float64(nano) / 1e6
	q.Answer = strconv.FormatFloat(q.value, 'f', 3, 64)
	q.tolerance = q.value/100 + 0.001
	return q
}

// hexNumber begins a question that is answered by a hexadecimal number.
func (c *capture) hexNumber(n int64, key string, args ...any) *Question {
	q := c.number(n, key, args...)
	q.Answer, q.hex = strconv.FormatInt(n, 16), true
	return q
}

// The answers to a question of yes or no. They are the same in every language.
const yes, no = "yes", "no"

// yesNo begins a question that is answered by yes or no.
func (c *capture) yesNo(is bool, key string, args ...any) *Question {
	q := c.number(0, key, args...)
	q.Kind, q.Answer = YesNo, no
	if is {
		q.Answer = yes
	}
	return q
}

// slip names a wrong number that shows what was mixed up. One that is right
// here all the same is left out.
func (q *Question) slip(n int64, key string) *Question {
	return q.slipText(strconv.FormatInt(n, 10), key)
}

// slipMillis is slip for a time.
func (q *Question) slipMillis(nano int64, key string) *Question {
	return q.slipText(strconv.FormatFloat(float64(nano)/1e6, 'f', 3, 64), key)
}

func (q *Question) slipText(text, key string) *Question {
	text = visible.Line(text)
	if o, _ := q.Judge(text); o != Wrong {
		return q
	}
	for _, s := range q.Slips {
		if same(s.Answer, text) {
			return q
		}
	}
	q.Slips = append(q.Slips, Slip{text, q.phrase(key)})
	return q
}

// option is a wrong answer to choose, and what is wrong with it.
type option struct {
	says saying
	why  saying // nil when the explanation says all
}

// options are choices of which nothing more is said.
func options(list ...saying) []option {
	var out []option
	for _, s := range list {
		out = append(out, option{says: s})
	}
	return out
}

// choose begins a question that is answered by one of several choices. Of the
// wrong ones the first are taken; such as say the same as the right one, or as
// one before, are left out.
func (a *asker) choose(right saying, wrong []option, key string, args ...any) *Question {
	q := a.number(0, key, args...)
	q.Kind, q.Answer = OneOf, right(q.texts)
	q.Choices = []Choice{{Text: q.Answer, Right: true, forms: right.forms()}}
	for _, w := range wrong {
		if len(q.Choices) > maxWrong {
			break
		}
		if forms := w.says.forms(); !blank(forms) && !q.offers(forms) {
			q.Choices = append(q.Choices, Choice{Text: w.says(q.texts), Why: w.why.in(q.texts), forms: forms})
		}
	}
	a.rng.Shuffle(len(q.Choices), func(i, j int) { q.Choices[i], q.Choices[j] = q.Choices[j], q.Choices[i] })
	return q
}

// offers reports a choice that says the same in a language.
func (q *Question) offers(forms []string) bool {
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return equal(c.forms, forms) })
}

// mixed puts things into another order.
func mixed[T any](rng *rand.Rand, list []T) []T {
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
