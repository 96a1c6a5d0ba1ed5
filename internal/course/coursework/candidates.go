package coursework

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// candidate is a value of the kind that is asked for, where it stands in an answer.
type candidate struct {
	value    string
	from, to int
}

// remarkIn finds what stands in brackets: a remark about the value before it, no value.
var remarkIn = regexp.MustCompile(`\([^()]*\)|\[[^\[\]]*\]`)

// labelIn finds the name of a question, of a figure or of the answer itself: Practice 3.2:, Figure 2, 答：.
var labelIn = regexp.MustCompile(`(?:\b(?:practice|question|exercise|problem|part|step|figure|fig\.?|table|screenshot|section|` +
	`aufgabe|abbildung|exercice|ejercicio|figura)|\bq|实践|练习|问题|题目|截图|图|表|步骤|задание|вопрос|рис\.?) ?#?\d{1,2}` +
	`(?:[.-]\d{1,2})*(?: ?题)?(?: ?[:.)])?|第 ?\d{1,2} ?题 ?:?|^(?:(?:my |the )?(?:answer|ans)|答案|答|antwort|réponse|` +
	`respuesta|ответ)(?: is| ?是| ?为)? ?(?:[:.]|=>|->|=)|(?:^|[;,:.] ?)\d{1,2}\) `)

// sectionIn is the number of a section before the answer, which has a number of its own: 4.1 Content-Length is 73.
var sectionIn = regexp.MustCompile(`^\d{1,2}(?:[.-]\d{1,2})+ +(\pL\D*\d)`)

// Bounds of what is looked at: no sentence around a value is longer, and what stands far before a value does not belong
// to it.
const (
	maxSentence = 8 << 10
	maxLead     = 120
)

// lead is what stands just before a place.
func lead(s string, at int) string { return s[max(0, at-maxLead):at] }

// valuesIn looks for values among what is neither label nor remark; where there are none, in the remarks too: [4] as we see.
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
		if in := find(inner); len(in) == 1 && strings.TrimSpace(inner) == in[0].value && !same(in[0].value, one.value, 0) {
			all = append(all, candidate{in[0].value, at[0] + 1 + in[0].from, at[0] + 1 + in[0].to})
		}
	}
	return all
}

// blank is as many spaces as a text has bytes, so that places stay.
func blank(s string) string { return strings.Repeat(" ", len(s)) }

// withoutLabels is a plain answer with blanks in place of labels.
func withoutLabels(s string) string { return labelIn.ReplaceAllStringFunc(s, blank) }

// withoutRemarks is a plain answer with blanks in place of labels and of remarks in brackets, so that places stay. Where
// nothing but brackets is there, the answer stands in them.
func withoutRemarks(s string) string {
	s = withoutLabels(s)
	bare := remarkIn.ReplaceAllStringFunc(s, blank)
	if strings.TrimFunc(bare, func(r rune) bool { return unicode.IsSpace(r) || unicode.IsPunct(r) }) == "" {
		return s
	}
	return bare
}

// numeralIn is a number in digits in a text: 1,460; 0x1a; 2.5.
var numeralIn = regexp.MustCompile(`[-+]?(?:\d{1,3}(?:\.\d{3}){2}|0x[0-9a-f]{1,16}|\d{1,3}(?:[,_'’]\d{3})+(?:\.\d+)?|\d{1,60}(?:\.\d+)?)`)

// unitIn are the units of times, which make another number of one in seconds.
var unitIn = regexp.MustCompile(`^ ?(?:ms|毫秒|us|µs|μs)\b`)

// wordIn is a small number as a word. "One" stands for more than the number, and "no" is one too.
var wordIn = regexp.MustCompile(`\b(?:zero|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve)\b`)

// numberRole says what numbers a question asks for: others in the answer are about something else.
type numberRole int

const (
	numbersOfThings  numberRole = iota // how many, how long
	numbersOfPackets                   // a packet's
)

// packetBefore stands before the number of a packet, and labelBefore before that of something else.
var (
	packetBefore = regexp.MustCompile(`(?:\b(?:packets?|frames?|pkt|no\.?|number)(?: (?:number|no\.?))? ?[:#]? ?#?|#|第 ?|分组 ?|数据包 ?|帧 ?|(?:编号|序号|包号|帧号)(?:是|为)? ?:? ?)$`)
	labelBefore  = regexp.MustCompile(`\b(?:question|practice|part|step|port|line|section|rfc|status|code|table|figure|exercise|connection|stream) ?[:#]? ?$|(?:状态码|端口|连接)(?:是|为)? ?:? ?$`)
	packetAfter  = regexp.MustCompile(`^ ?号`)
)

// numbersIn are the numbers of a plain answer that a question with a role may mean. Where numbers of packets are marked as
// such, a question about packets means those, and no other question does.
func numbersIn(s string, role numberRole) []candidate {
	return valuesIn(s, func(s string) []candidate { return numbersOf(s, role) })
}

func numbersOf(s string, role numberRole) []candidate {
	if at := sectionIn.FindStringSubmatchIndex(s); at != nil {
		s = strings.Repeat(" ", at[2]) + s[at[2]:]
	}
	all := numerals(s)
	if len(all) == 0 {
		for _, at := range wordIn.FindAllStringIndex(s, -1) {
			all = append(all, candidate{s[at[0]:at[1]], at[0], at[1]})
		}
	}
	packets := packetsAmong(s, all)
	isPacket := func(c candidate) bool { return packets[c.from] }
	all = slices.DeleteFunc(all, func(c candidate) bool { return overBefore.MatchString(lead(s, c.from)) })
	all = slices.DeleteFunc(all,
		func(c candidate) bool { return labelBefore.MatchString(lead(s, c.from)) || denied(lead(s, c.from)) })
	whole := func(c candidate) bool { return !strings.Contains(c.value, ".") }
	if slices.ContainsFunc(all, whole) {
		all = slices.DeleteFunc(all, func(c candidate) bool { return !whole(c) && lasting.MatchString(s[c.to:]) })
	}
	if some := slices.ContainsFunc(all, isPacket); some || role == numbersOfThings {
		all = slices.DeleteFunc(all, func(c candidate) bool { return isPacket(c) != (role == numbersOfPackets) })
	}
	return all
}

// packetsAmong are the places of the numbers that are marked as those of packets, and of those that go on their list:
// frames 10, 17 and 20.
func packetsAmong(s string, all []candidate) map[int]bool {
	packets := map[int]bool{}
	for i, c := range all {
		packets[c.from] = packetBefore.MatchString(lead(s, c.from)) || packetAfter.MatchString(s[c.to:]) ||
			i > 0 && packets[all[i-1].from] && goesOn.MatchString(s[all[i-1].to:c.from])
	}
	return packets
}

// goesOn joins the numbers of a list.
var goesOn = regexp.MustCompile(`^ ?(?:,|and|&|to|-|和|及|与|,? and|, ?) ?$`)

// lasting is the unit of a time: what has it is no number of things.
var lasting = regexp.MustCompile(`^ ?(?:s|ms|sec|seconds?|秒|毫秒)(?:[^a-z]|$)`)

// numerals are the numbers in digits of a text that are no part of something else: an address, a version, a date, a name.
func numerals(s string) []candidate {
	var all []candidate
	for _, at := range numeralIn.FindAllStringIndex(s, -1) {
		if !joins(s[:at[0]], s[at[1]:]) {
			to := at[1] + len(unitIn.FindString(s[at[1]:]))
			all = append(all, candidate{s[at[0]:to], at[0], to})
		}
	}
	return all
}

// joins reports whether what stands around a number makes it a part of something longer.
func joins(before, after string) bool {
	last, _ := utf8.DecodeLastRuneInString(before)
	next, size := utf8.DecodeRuneInString(after)
	latin := func(r rune) bool { return r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) || r == '_' }
	if before != "" && (latin(last) || strings.ContainsRune("./:-", last) && endsSomething(before)) {
		return true
	}
	if after == "" {
		return false
	}
	beyond, _ := utf8.DecodeRuneInString(after[size:])
	return latin(next) && !attachedUnit.MatchString(after) || strings.ContainsRune(".:/-", next) && len(after) > size && latin(beyond)
}

// attachedUnit may stand right after a number.
var attachedUnit = regexp.MustCompile(`^(?:b|s|ms|us|bytes?|octets?|st|nd|rd|th)\b`)

// endsSomething reports whether what stands before the sign that a text ends with goes on after it: 10.0, a/6 and a-6, but
// neither "No.6" nor "is:6".
func endsSomething(before string) bool {
	_, size := utf8.DecodeLastRuneInString(before)
	r, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return len(before) > size && r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) &&
		(strings.IndexByte(":.", before[len(before)-1]) < 0 || unicode.IsDigit(r))
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

// number is the number that an answer says: all of it is one, or one stands in it.
func (k *marking) number(role numberRole) (answer string, ok bool) {
	answer = numeral(written(k.a))
	if n, _ := exactly(answer); n == nil {
		if answer, ok = only(numbersIn(plain(written(k.a)), role)); !ok {
			return "", false
		}
	}
	if dotted := dottedThousands.FindString(answer); dotted != "" { // these numbers have no fractions
		answer = strings.ReplaceAll(dotted, ".", "")
	}
	k.readAs(answer)
	return answer, true
}

// dottedThousands is a number with points between its thousands, as in German and Spanish.
var dottedThousands = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+\b`)
