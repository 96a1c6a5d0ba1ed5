package quiz

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Outcome is what a typed answer is.
type Outcome uint8

// Outcomes.
const (
	Unclear Outcome = iota // it cannot be read as an answer to this question
	Wrong
	Right
	Skipped // no answer was given
)

var outcomeNames = [...]string{"unclear", "wrong", "right", "skipped"}

// String is the word for it.
func (o Outcome) String() string { return outcomeNames[o] }

// maxAnswer bounds what is read of a typed answer, in bytes.
const maxAnswer = 4096

// Judge reads a typed answer. The remark says what was mixed up in a wrong one,
// or how to answer when it is unclear; it may be "".
func (q *Question) Judge(typed string) (o Outcome, remark string) {
	if len(typed) > maxAnswer {
		typed = typed[:maxAnswer]
	}
	if normal(typed) == "" {
		return Skipped, ""
	}
	switch q.Kind {
	case OneOf:
		return q.judgeChoice(typed)
	case Number:
		return q.judgeNumber(typed)
	case YesNo:
		return q.judgeYesNo(typed)
	}
	if same(typed, q.Answer) {
		return Right, ""
	}
	return Wrong, q.slipOf(func(s Slip) bool { return same(s.Answer, typed) })
}

func (q *Question) unclear() (Outcome, string) {
	return Unclear, q.phrase("quiz.unclear", q.form())
}

func (q *Question) judgeChoice(typed string) (Outcome, string) {
	i, ok := q.meant(normal(typed))
	if !ok {
		return q.unclear()
	}
	if q.Choices[i].Right {
		return Right, ""
	}
	return Wrong, q.Choices[i].Why
}

// meant finds the choice that was meant, from the text that normal gives: by
// what it says in any language, by its letter, or by its place counted from 1.
// Where choices are numbers a number is a text.
func (q *Question) meant(s string) (int, bool) {
	if i := slices.IndexFunc(q.Choices, func(c Choice) bool { return slices.Contains(c.forms, s) }); i >= 0 {
		return i, true
	}
	for _, before := range []string{"answer", "choice", "option", "选择", "选项", "答案", "选", ":"} {
		s = strings.TrimSpace(strings.TrimPrefix(s, before))
	}
	s = strings.Trim(s, "()[].:,")
	if len(s) == 1 && 'a' <= s[0] && s[0] <= 'z' {
		return int(s[0] - 'a'), int(s[0]-'a') < len(q.Choices)
	}
	n, err := strconv.Atoi(s)
	return n - 1, err == nil && 1 <= n && n <= len(q.Choices) && !q.offersNumbers()
}

// offersNumbers reports that a choice is a number.
func (q *Question) offersNumbers() bool {
	isNumber := func(s string) bool {
		_, ok := parseNumber(s, false, false)
		return ok
	}
	return slices.ContainsFunc(q.Choices, func(c Choice) bool { return slices.ContainsFunc(c.forms, isNumber) })
}

func (q *Question) judgeNumber(typed string) (Outcome, string) {
	v, ok := parseNumber(typed, q.hex, q.verbatim)
	if !ok {
		return q.unclear()
	}
	if math.Abs(v-q.value) <= q.tolerance {
		return Right, ""
	}
	return Wrong, q.slipOf(func(s Slip) bool {
		w, ok := parseNumber(s.Answer, q.hex, false)
		return ok && math.Abs(v-w) <= q.tolerance
	})
}

func (q *Question) judgeYesNo(typed string) (Outcome, string) {
	s := normal(typed)
	isYes, isNo := slices.Contains(yesWords, s), slices.Contains(noWords, s)
	switch {
	case !isYes && !isNo:
		return q.unclear()
	case isYes == (q.Answer == yes):
		return Right, ""
	}
	return Wrong, ""
}

// slipOf is what is said of the first slip for which is holds.
func (q *Question) slipOf(is func(Slip) bool) string {
	if i := slices.IndexFunc(q.Slips, is); i >= 0 {
		return q.Slips[i].Why
	}
	return ""
}
