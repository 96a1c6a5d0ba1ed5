package coursework

import (
	"regexp"

	"httpscope/internal/texts"
)

// retracted takes back what an answer says, or says it of something else: a person decides what is meant.
var retracted = regexp.MustCompile(`\b(?:is|are|was|were|it's) (?:wrong|incorrect|false|untrue|impossible)\b|` +
	`\bisn't (?:it|right|correct)\b|\bdoubt\b|\b(?:anything|everything|all) (?:but|other than|except)\b|` +
	`\bnot\s(?:the\s)?(?:answer|right|correct|equal)\b|\? ?no\b|: no$|\bno\s(?:idea|way\sto\sknow)\b|` +
	`\b(?:maybe|perhaps|possibly)\b|` +
	`\b(?:unlikely|cannot\shave|supposed\sto|don't\sthink|do\snot\sthink)\b|\bboth (?:fail|refuse|don't|do not)\b|` +
	`不对|未必|是错|错的|也许|说不定|≠|!=`)

// alternatives are between two answers to a question that has one.
var alternatives = regexp.MustCompile(`\bor\b|或者|还是`)

// hedged reports an answer that nobody can read as one answer to the question. One in words that the teacher takes,
// or that an option has, is none; nor is one in parts, which are marked each by itself.
func (k *marking) hedged() bool {
	q, given := k.q, written(k.a)
	if q.form().IsZero() || q.kind.whole || k.accepted(given) || k.option(given) >= 0 {
		return false
	}
	one := q.answerType() != nil && q.Which != "all"
	return retracted.MatchString(plain(given)) || one && alternatives.MatchString(plain(given))
}

// form is what an answer to the question should be, such as "a number"; the zero Phrase where any words may be one.
func (q *Question) form() texts.Phrase {
	t := q.answerType()
	switch {
	case t == nil && q.kind.form == "":
		return texts.Phrase{}
	case t == nil:
		return texts.Say("coursework.form." + q.kind.form)
	case q.Which == "all":
		return texts.Say("coursework.form.list", texts.Say("coursework.form."+t.form))
	}
	return texts.Say("coursework.form." + t.form)
}

// What makes a bound or a rough value of a number: at least 26, <26, 26+, 26 kB, 26 thousand.
var (
	boundBefore = regexp.MustCompile(`(?:\b(?:less|more|fewer|greater|larger|smaller|newer|older|later|earlier) than|` +
		`\b(?:at least|at most|about|around|approximately|nearly|almost|roughly|up to|double|twice|half|below|above)` +
		`(?: of)?|` +
		`超过|大约|大概|至少|最多|不到|少于|多于|将近|(?:^|[^=-])[<>≤≥≈~])[ *]*$`)
	overBefore = regexp.MustCompile(`\b(?:over|under) $`)
	boundAfter = regexp.MustCompile(`^(?:\+| ?[kmg]i?b(?:ytes?)?\b| ?[kmg]?bits?\b| ?(?:kilo|mega|giga)bytes?\b|` +
		` ?(?:thousand|million|billion|dozen|hundred|percent)\b|[x%]| ?(?:万|千|百万|亿))`)
)

// rough reports a candidate that is a bound, or has a unit of another size.
func (c candidate) rough(s string) bool {
	return boundBefore.MatchString(lead(s, c.from)) || boundAfter.MatchString(s[c.to:])
}
