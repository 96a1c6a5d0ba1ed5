package coursework

import (
	"regexp"
	"slices"
	"strings"
	"unicode"
	"unicode/utf8"
)

// numeralIn is a number in digits in a text: 1,460; 0x1a; 2.5.
var numeralIn = regexp.MustCompile(`[-+]?(?:\d{1,3}(?:\.\d{3}){2}|0x[0-9a-f]{1,16}|\d{1,3}(?:[,_'’]\d{3})+(?:\.\d+)?|` +
	`\d{1,60}(?:\.\d+)?)`)

// unitIn are the units of times, which make another number of one in seconds.
var unitIn = regexp.MustCompile(`^ ?(?:(?:ms|us)\b|毫秒|µs|μs)`)

// wordIn is a small number as a word. "One" stands for more than the number, and so does 一.
var wordIn = regexp.MustCompile(`\b(` + tensWords + `(?:[- ]` + onesWords + `)?|zero|` +
	strings.Join(numberWords[2:], "|") + `)\b|([零二两三四五六七八九十][零一二三四五六七八九十]{0,2}) ?(?:个|条|次|项|字节)`)

// numberRole says what numbers a question asks for: others in the answer are about something else.
type numberRole int

const (
	numbersOfThings  numberRole = iota // how many, how long
	numbersOfPackets                   // a packet's
)

// packetBefore stands before the number of a packet, and labelBefore before that of something else.
var (
	packetBefore = regexp.MustCompile(`(?:\b(?:packets?|frames?|pkt|no\.?|number)(?: (?:number|no\.?))? ?[:#]? ?#?|` +
		`#|第 ?|分组 ?|数据包 ?|帧 ?|(?:编号|序号|包号|帧号)(?:是|为)? ?:? ?)$`)
	labelBefore = regexp.MustCompile(`\b(?:port|line|rfc|status|code|connection|stream) ?[:#]? ?$|` +
		`(?:状态码|端口|连接)(?:是|为)? ?:? ?$`)
	packetAfter = regexp.MustCompile(`^ ?号`)
)

// in are the numbers of a plain answer that a question may mean which asks for this role. Where numbers of packets are
// marked as such, a question about packets means those, and no other question does.
func (r numberRole) in(s string) []candidate {
	all := numerals(s)
	if len(all) == 0 {
		all = numbersInWords(s)
	}
	packets := packetsAmong(s, all)
	isPacket := func(c candidate) bool { return packets[c.from] }
	all = slices.DeleteFunc(all, func(c candidate) bool {
		before := lead(s, c.from)
		return labelBefore.MatchString(before) || denied(before)
	})
	if some := slices.ContainsFunc(all, isPacket); some || r == numbersOfThings {
		all = slices.DeleteFunc(all, func(c candidate) bool { return isPacket(c) != (r == numbersOfPackets) })
	}
	if slices.ContainsFunc(all, func(c candidate) bool { return overBefore.MatchString(lead(s, c.from)) }) {
		return nil
	}
	return withoutTimes(s, withoutSection(s, all))
}

// sectionIn is the number of a section before an answer that has a number of its own: 4.1 Content-Length is 73.
var sectionIn = regexp.MustCompile(`^\d{1,2}(?:[.-]\d{1,2})+ +\pL`)

// withoutSection leaves out the number of a section where another number follows.
func withoutSection(s string, all []candidate) []candidate {
	if len(all) > 1 && all[0].from == 0 && sectionIn.MatchString(s) {
		return all[1:]
	}
	return all
}

// withoutTimes leaves out times where there are numbers of things: 4 requests in 3.271 s.
func withoutTimes(s string, all []candidate) []candidate {
	isTime := func(c candidate) bool { return strings.Contains(c.value, ".") && lasting.MatchString(s[c.to:]) }
	things := slices.DeleteFunc(slices.Clone(all), isTime)
	if len(things) == 0 {
		return all
	}
	return things
}

// numbersInWords are small numbers as words: of Chinese ones those with a word for what they count.
func numbersInWords(s string) []candidate {
	var all []candidate
	for _, at := range wordIn.FindAllStringSubmatchIndex(s, -1) {
		for g := 2; g < len(at); g += 2 {
			if at[g] >= 0 {
				all = append(all, candidate{s[at[g]:at[g+1]], at[g], at[g+1]})
			}
		}
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
var goesOn = regexp.MustCompile(`^ ?(?:,|,? and|&|to|-|和|及|与) ?$`)

// lasting is the unit of a time: what has it is no number of things.
var lasting = regexp.MustCompile(`^ ?(?:s|ms|sec|seconds?|秒|毫秒)(?:[^a-z]|$)`)

// numerals are the numbers in digits of a text that are no part of something else: an address, a version, a date.
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
	return latin(next) && !attachedUnit.MatchString(after) ||
		strings.ContainsRune(".:/-", next) && len(after) > size && latin(beyond)
}

// attachedUnit may stand right after a number.
var attachedUnit = regexp.MustCompile(`^(?:b|s|ms|us|bytes?|octets?|st|nd|rd|th)\b`)

// endsSomething reports whether what stands before the sign that a text ends with goes on after it: 10.0, a/6 and a-6,
// but neither "No.6" nor "is:6".
func endsSomething(before string) bool {
	_, size := utf8.DecodeLastRuneInString(before)
	r, _ := utf8.DecodeLastRuneInString(before[:len(before)-size])
	return len(before) > size && r < utf8.RuneSelf && (unicode.IsLetter(r) || unicode.IsDigit(r)) &&
		(strings.IndexByte(":.", before[len(before)-1]) < 0 || unicode.IsDigit(r))
}

// number is the number that an answer says: all of it is one, or one stands in it.
func (k *marking) number() (answer string, ok bool) {
	answer = numeral(written(k.a))
	if n, _ := exactly(answer); n == nil {
		if answer, ok = only(k.q.answerType().find(plain(written(k.a)))); !ok {
			return "", false
		}
	}
	answer = withoutDots(answer)
	k.readAs(answer)
	return answer, true
}

// dottedThousands is a number with points between its thousands, as in German and Spanish.
var dottedThousands = regexp.MustCompile(`^\d{1,3}(?:\.\d{3})+\b`)

// withoutDots is a number that has no fraction without the points between its thousands.
func withoutDots(n string) string {
	if dotted := dottedThousands.FindString(n); dotted != "" {
		return strings.ReplaceAll(dotted, ".", "")
	}
	return n
}
