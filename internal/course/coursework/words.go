package coursework

import (
	"regexp"
	"slices"
	"strings"
)

// mention is a word of a kind that stands in an answer. One after a denial says
// the opposite: "not parallel", "parallel, not serial", "不是并行".
type mention struct {
	from, to int
	denied   bool
}

// denial ends in what takes the words after it back. Between the two may stand
// up to three words that say nothing else.
var denial = regexp.MustCompile(`(?:\b(?:not|never|nor|neither|except|excluding|without|rather than|instead of)\b|n't\b|不|并非|而非|没有|没|非|除了?)([^,;:.!?()]*)$`)

// no denies the word that follows it at once.
var no = regexp.MustCompile(`\bno (?:longer )?$`)

// turn ends what a denial takes back: not serial but parallel, 不是串行是并行.
var turn = regexp.MustCompile(`\b(?:but|so|is|are|was|were|because|however)\b|是|而|但|所以|因为`)

// denied reports whether what stands before a word takes it back.
func denied(before string) bool {
	if no.MatchString(before) {
		return true
	}
	at := denial.FindStringSubmatch(before)
	if at == nil {
		return false
	}
	between := strings.TrimPrefix(at[1], "是")
	const words, characters = 3, 24
	return !turn.MatchString(between) && len(strings.Fields(between)) <= words && len([]rune(between)) <= characters
}

// mentions are the places of a plain answer at which a pattern matches.
func mentions(given string, words *regexp.Regexp) []mention {
	var all []mention
	for _, at := range words.FindAllStringIndex(given, -1) {
		all = append(all, mention{at[0], at[1], denied(given[:at[0]])})
	}
	return all
}

// between tells which of two sides a plain answer takes: a word of one counts for
// it, and one that is denied counts for the other.
func between(given string, one, other *regexp.Regexp) (isOne, isOther bool) {
	ones, others := mentions(given, one), mentions(given, other)
	for _, m := range outermost(ones, others) {
		isOne, isOther = isOne || !m.denied, isOther || m.denied
	}
	for _, m := range outermost(others, ones) {
		isOne, isOther = isOne || m.denied, isOther || !m.denied
	}
	return isOne, isOther
}

// outermost are the mentions that are no part of a longer one: the network in
// "loopback network interface" is none of its own.
func outermost(all, longer []mention) []mention {
	return slices.DeleteFunc(slices.Clone(all), func(m mention) bool {
		return slices.ContainsFunc(longer,
			func(l mention) bool { return l.from <= m.from && m.to <= l.to && m.to-m.from < l.to-l.from })
	})
}

// What says no or yes in an answer that does not begin with it, and what says neither.
var (
	sayNo  = regexp.MustCompile(`\b(?:no|not|none|never|without|absent|missing)\b|n't\b|没|无|未|不`)
	sayYes = regexp.MustCompile(`\b(?:present|exists?|existed|did|correct|returned|returns|included|includes|` +
		`contained|contains|there (?:is|was|are|were)|it (?:is|was|has|had|does|did))\b|返回了|有返回|已返回|包含|存在|有(?:该|这个|此)`)
	sayUnsure = regexp.MustCompile(`\b(?:maybe|perhaps|unsure|not sure|not certain|unclear|cannot (?:say|tell)|(?:do not|don't) know)\b|不一定|不确定|不清楚|不知道|无法|有没有|是否|是不是|可能`)
)

// doubly denies twice, or begins with a no that is none.
var doubly = regexp.MustCompile(`\b(?:not|isn't) (?:absent|missing|none|without|impossible)\b|` +
	`\bno (?:doubt|problem|reason|idea|way)\b|没有不|不是没有|\bno\svalue\sis\snot\b`)

// reason begins what is said to explain an answer: it may deny something else.
var reason = regexp.MustCompile(`\b(?:since|because)\b|因为|由于`)

// without is a no that may be about something beside the answer.
var without = regexp.MustCompile(`\bwithout\b`)

// conclusion stands between a reason and what follows from it.
var conclusion = regexp.MustCompile(`所以|因此|\b(?:so|therefore|hence|thus)\b`)

// saysYes reads yes or no also where another word comes first: "There is no such
// field", "没有该字段".
func saysYes(s string) (yes, ok bool) {
	if doubly.MatchString(plain(s)) {
		return false, false
	}
	if yes, ok := yesNo(s); ok {
		return yes, true
	}
	s = notPhrase.ReplaceAllString(versionName.ReplaceAllString(withoutRemarks(plain(s)), " "), " ")
	if main := reason.Split(s, 2)[0]; len(main) < len(s) && strings.TrimSpace(main) != "" {
		if yes, ok := saysYes(main); ok {
			return yes, true
		}
	}
	if yes, ok := yesNo(s); ok {
		return yes, true
	}
	if at := conclusion.FindAllStringIndex(s, -1); at != nil { // the reason may deny something else
		if yes, ok := saysYes(s[at[len(at)-1][1]:]); ok {
			return yes, true
		}
	}
	words := strings.FieldsFunc(s, func(r rune) bool { return strings.ContainsRune(" ,.;:!?()[]/|—–*_\"`", r) })
	said := func(w string) bool { return len(w) > len("1") && slices.Contains(yesWords, w) }
	switch {
	case slices.ContainsFunc(words, said), sayUnsure.MatchString(s):
		return false, false
	case sayNo.MatchString(s) && !without.MatchString(s):
		return false, true
	case sayNo.MatchString(s):
		return false, !sayYes.MatchString(s)
	}
	return true, sayYes.MatchString(s)
}

// absentWords say that there is no value.
var absentWords = []string{"-", "none", "no", "nothing", "absent", "not present", "n/a", "无", "没有", "不存在"}

// absentTalk is all that a sentence about a field that is not there may have, and
// absentDenial what it must have.
var (
	absentTalk   = regexp.MustCompile(`\b(?:there|it|this|that|such|the|an?|any|in|(?:is|was|has|have|does|do|did)(?:n't)?|no|not|none|nothing|without|absent|missing|present|included|sent|given|specified|exists?|value|fields?|headers?|lines?|request|response|message|browser|server|found)\b|没有|不存在|存在|包含|该|这个|此|字段|首部|头部|报文|请求|响应|消息|任何|无|没|不|未|的|中|里|值|头|它`)
	absentDenial = regexp.MustCompile(`\b(?:no|not|none|nothing|without|absent|missing)\b|n't\b|没|无|不|未`)
)

// saysAbsent reports whether an answer says that a field is not there, and nothing
// else: "no Accept-Language field".
func saysAbsent(s, field string) bool {
	s = plain(s)
	if slices.Contains(absentWords, s) {
		return true
	}
	bare := strings.ReplaceAll(s, strings.ToLower(field), " ")
	rest := absentTalk.ReplaceAllString(bare, "")
	return absentDenial.MatchString(bare) && strings.Trim(rest, " ,.;:!?()\"'") == ""
}
