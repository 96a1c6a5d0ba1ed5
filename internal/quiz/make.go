package quiz

import (
	"fmt"
	"math/rand/v2"
	"strconv"
	"strings"

	"httpscope/internal/visible"
)

// maxWrong is how many wrong choices stand beside the right one.
const maxWrong = 3

// number begins a question that is answered by a whole number.
func number(n int64, format string, args ...any) *Question {
	return &Question{Kind: Number, Prompt: visible.Line(fmt.Sprintf(format, args...)),
		Answer: strconv.FormatInt(n, 10), value: float64(n), Connection: -1}
}

// millis begins a question that is answered by a time in milliseconds, which
// may be off by a hundredth.
func millis(nano int64, format string, args ...any) *Question {
	q := number(0, format, args...)
	q.value = float64(nano) / 1e6
	q.Answer = strconv.FormatFloat(q.value, 'f', 3, 64)
	q.tolerance = q.value/100 + 0.001
	return q
}

// hexNumber begins a question that is answered by a hexadecimal number.
func hexNumber(n int64, format string, args ...any) *Question {
	q := number(n, format, args...)
	q.Answer, q.hex = strconv.FormatInt(n, 16), true
	return q
}

// yesNo begins a question that is answered by yes or no.
func yesNo(yes bool, format string, args ...any) *Question {
	q := number(0, format, args...)
	q.Kind, q.Answer = YesNo, "no"
	if yes {
		q.Answer = "yes"
	}
	return q
}

// slip names a wrong number that shows what was mixed up. One that is right
// here all the same is left out.
func (q *Question) slip(n int64, why string) *Question {
	return q.slipText(strconv.FormatInt(n, 10), why)
}

// slipMillis is slip for a time.
func (q *Question) slipMillis(nano int64, why string) *Question {
	return q.slipText(strconv.FormatFloat(float64(nano)/1e6, 'f', 3, 64), why)
}

func (q *Question) slipText(text, why string) *Question {
	text = visible.Line(text)
	if o, _ := q.Judge(text); o != Wrong {
		return q
	}
	for _, s := range q.Slips {
		if same(s.Answer, text) {
			return q
		}
	}
	q.Slips = append(q.Slips, Slip{text, why})
	return q
}

// choose begins a question that is answered by one of several choices. Of the
// wrong ones the first are taken; such as say the same as the right one, or as
// one before, are left out.
func choose(rng *rand.Rand, right string, wrong []Choice, format string, args ...any) *Question {
	q := number(0, format, args...)
	q.Kind, q.Answer = OneOf, visible.Line(right)
	q.Choices = []Choice{{Text: q.Answer, Right: true}}
	for _, w := range wrong {
		w.Text, w.Why, w.Right = visible.Line(w.Text), visible.Line(w.Why), false
		if len(q.Choices) <= maxWrong && !q.offers(w.Text) {
			q.Choices = append(q.Choices, w)
		}
	}
	rng.Shuffle(len(q.Choices), func(i, j int) { q.Choices[i], q.Choices[j] = q.Choices[j], q.Choices[i] })
	return q
}

func (q *Question) offers(text string) bool {
	for _, c := range q.Choices {
		if same(c.Text, text) {
			return true
		}
	}
	return strings.TrimSpace(text) == ""
}

// choicesOf are choices of which nothing more is said.
func choicesOf(list ...string) []Choice {
	var out []Choice
	for _, s := range list {
		out = append(out, Choice{Text: s})
	}
	return out
}

// mixed puts choices into another order.
func mixed[T any](rng *rand.Rand, list []T) []T {
	rng.Shuffle(len(list), func(i, j int) { list[i], list[j] = list[j], list[i] })
	return list
}
