package coursework

import "regexp"

// retracted takes back what an answer says, or says it of something else: a person decides what is meant.
var retracted = regexp.MustCompile(`\b(?:is|are|was|were|it's) (?:wrong|incorrect|false|untrue|impossible)\b|` +
	`\bisn't (?:it|right|correct)\b|\bdoubt\b|\b(?:anything|everything|all) (?:but|other than|except)\b|` +
	`\bnot\s(?:the\s)?(?:answer|right|correct|equal)\b|\? ?no\b|: no$|\bno\s(?:idea|way\sto\sknow)\b|\b(?:maybe|perhaps|possibly)\b|` +
	`\b(?:unlikely|cannot\shave|supposed\sto|don't\sthink|do\snot\sthink)\b|\bboth (?:fail|refuse|don't|do not)\b|` +
	`不对|未必|是错|错的|也许|说不定|≠|!=`)

// alternatives are between two answers to a question that has one.
var alternatives = regexp.MustCompile(`\bor\b|或者|还是`)

// hedged reports an answer that nobody can read as one answer to the question.
func (q *Question) hedged(given string) bool {
	switch q.Kind {
	case KindText, KindFree, KindDisplayFilter, KindCaptureFilter, KindConnections, KindParts: // parts are asked each
		return false
	case KindCount, KindPacket:
		return retracted.MatchString(given) || alternatives.MatchString(given)
	case KindValue:
		return retracted.MatchString(given) && q.valueType() != nil ||
			alternatives.MatchString(given) && q.valueType() != nil && q.Which != "all"
	}
	return retracted.MatchString(given)
}

// formOf is the form of an answer to the question, as coursework.form has it.
func (q *Question) formOf() string {
	switch q.Kind {
	case KindCount:
		return "number"
	case KindPacket:
		return "packet"
	case KindYesNo:
		return "yes-no"
	case KindChoice:
		return "option"
	case KindInterface:
		return "interface"
	case KindParts:
		return "parts"
	}
	if t := q.answerType(); t != nil {
		return t.form
	}
	return "one-value"
}

// What makes a bound or a rough value of a number: at least 26, <26, 26+, 26 kB, 26 thousand.
var (
	boundBefore = regexp.MustCompile(`(?:\b(?:less|more|fewer|greater|larger|smaller|newer|older|later|earlier) than|` +
		`\b(?:at least|at most|about|around|approximately|nearly|almost|roughly|up to|double|twice|half|below|above)(?: of)?|` +
		`超过|大约|大概|至少|最多|不到|少于|多于|将近|(?:^|[^=-])[<>≤≥≈~])[ *]*$`)
	overBefore = regexp.MustCompile(`\b(?:over|under) $`)
	boundAfter = regexp.MustCompile(`^(?:\+| ?(?:k|m|g)i?b(?:ytes?)?\b| ?(?:k|m|g)?bits?\b| ?(?:kilo|mega|giga)bytes?\b|` +
		` ?(?:thousand|million|billion|dozen|hundred|percent)\b|[x%]| ?(?:万|千|百万|亿))`)
)

// rough reports a candidate that is a bound, or has a unit of another size.
func (c candidate) rough(s string) bool {
	return boundBefore.MatchString(lead(s, c.from)) || boundAfter.MatchString(s[c.to:])
}
