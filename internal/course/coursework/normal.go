package coursework

import (
	"math"
	"math/big"
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode"

	"golang.org/x/text/unicode/norm"
)

// decimalComma begins a fraction where a comma stands for the point: no number of thousands begins with 0.
var decimalComma = regexp.MustCompile(`^0,`)

// western makes quotes and stops of Chinese text those of English.
var western = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "。", ".", "、", ",")

// thousands leaves out what parts the digits of a number.
var thousands = strings.NewReplacer(",", "", "_", "", " ", "", "'", "")

// circled are the numbers before the entries of Chinese lists.
var circled = regexp.MustCompile(`[①-⑳]`)

// plain makes the spellings of one answer the same: full-width letters, digits
// and signs of Chinese input, quotes around it, spaces, capitals, a full stop.
// Characters that nobody sees are left out: copying from Windows adds them.
func plain(s string) string {
	s = circled.ReplaceAllStringFunc(s, func(r string) string { return norm.NFKC.String(r) + ") " })
	s = norm.NFKC.String(s)
	s = western.Replace(s)
	s = strings.Map(func(r rune) rune {
		if unicode.Is(unicode.Cf, r) {
			return -1
		}
		return r
	}, s)
	s = unmarked(strings.ToLower(strings.Join(strings.Fields(s), " ")))
	return strings.TrimSpace(strings.TrimSuffix(s, "."))
}

// unmarked takes away quotes and the marks of Markdown around an answer. In */*
// the stars are the answer.
func unmarked(s string) string {
	for len(s) > 2 && strings.IndexByte("\"'`*_", s[0]) >= 0 && s[len(s)-1] == s[0] {
		inner := strings.TrimSpace(s[1 : len(s)-1])
		if emphasis := s[0] == '*' || s[0] == '_'; emphasis && strings.Trim(inner, "/*_ ") != strings.Trim(inner, "*_ ") {
			return s
		}
		s = inner
	}
	return s
}

// quantity is a number as people write it: 1,460 bytes; 0x1a; 20 ms. What parts
// thousands parts them all: "80 00" is no number, nor is the list "200, 404".
var quantity = regexp.MustCompile(`^(?:#|no\.? ?|packet |frame |port )?([-+]?(?:0x[0-9a-f]{1,16}|(?:[0-9]{1,3}(?:[,_ '][0-9]{3})+|[0-9]{1,60})(?:\.[0-9]{1,60})?(?:e[-+]?[0-9]{1,3})?|\.[0-9]{1,60}))\s*(bytes?|octets?|b|字节|ms|毫秒|s|sec|seconds?|秒|us|µs|μs|个|次|packets?|segments?|requests?|responses?|messages?|exchanges?|connections?|times|条|号)?$`)

// amount reads a number with its unit: seconds for times.
func amount(s string) (value float64, unit string, ok bool) {
	n, unit := exactly(s)
	if n == nil {
		return 0, "", false
	}
	value, _ = n.Float64()
	return value, unit, !math.IsInf(value, 0)
}

// exactly reads a number as it is written; nil for what is none. Sequence numbers
// and times since 1970 have more digits than a tolerance of floats may eat.
func exactly(s string) (n *big.Rat, unit string) {
	m := quantity.FindStringSubmatch(plain(s))
	if m == nil {
		return nil, ""
	}
	digits := thousands.Replace(decimalComma.ReplaceAllString(m[1], "0."))
	if hex, is := strings.CutPrefix(digits, "0x"); is {
		n, err := strconv.ParseUint(hex, 16, 64)
		if err != nil {
			return nil, ""
		}
		return new(big.Rat).SetUint64(n), m[2]
	}
	n, ok := new(big.Rat).SetString(digits)
	if !ok {
		return nil, ""
	}
	switch m[2] {
	case "ms", "毫秒":
		n.Quo(n, big.NewRat(1e3, 1))
	case "us", "µs", "μs":
		n.Quo(n, big.NewRat(1e6, 1))
	}
	return n, m[2]
}

// equalNumbers reports whether two numbers are equal within a tolerance, and
// within what floats of times in decimals lose.
func equalNumbers(a, b, within float64) bool {
	return math.Abs(a-b) <= within+1e-9+1e-15*math.Abs(b)
}

// same reports whether an answer says what is right: the same number, or the
// same words.
func same(given, right string, within float64) bool {
	a, _ := exactly(given)
	b, _ := exactly(right)
	if a == nil || b == nil {
		return loose(given) == loose(right)
	}
	off := new(big.Rat).Sub(a, b)
	tolerance, ok := new(big.Rat).SetString(strconv.FormatFloat(within, 'g', -1, 64))
	return ok && off.Abs(off).Cmp(tolerance) <= 0
}

// httpVersion is a version with its name: HTTP/1.0, HTTP 1.0, version 1.0.
var httpVersion = regexp.MustCompile(`^(?:http ?/? ?(?:version )?|version )([0-9](?:\.[0-9])?)$`)

// loose leaves out what does not matter between words: spaces around signs, and
// the name before a version of HTTP.
func loose(s string) string {
	if version := httpVersion.FindStringSubmatch(plain(s)); version != nil {
		s = version[1]
	}
	return closed(plain(s))
}

// closed leaves out spaces and quotes, but not between digits: 80 00 is not 8000.
func closed(s string) string {
	digit := func(s string) bool { return s != "" && '0' <= s[0] && s[0] <= '9' }
	const open = ` "'`
	var b strings.Builder
	for i := 0; i < len(s); i++ {
		switch {
		case strings.IndexByte(open, s[i]) < 0:
			b.WriteByte(s[i])
		case i > 0 && digit(s[i-1:]) && digit(strings.TrimLeft(s[i:], open)):
			b.WriteByte(' ')
		}
	}
	return b.String()
}

// yes and no in the words of students.
var yesWords = []string{"yes", "yep", "y", "true", "t", "1", "yeah",
	"是", "是的", "对", "对的", "有", "有的", "会", "会的", "能", "可以", "可以的", "存在", "正确", "√", "✓",
	"ja", "oui", "sí", "si", "да"}
var noWords = []string{"no", "n", "false", "f", "0", "none", "nope",
	"否", "不", "不是", "错", "没", "没有", "无", "不会", "不能", "不可以", "不存在", "错误", "×", "✗",
	"nein", "non", "нет"}

// yesNo reads yes or no, also with more words after it. An answer that says
// nothing but both is neither.
func yesNo(s string) (yes, ok bool) {
	words := strings.FieldsFunc(plain(s), func(r rune) bool { return strings.ContainsRune(" ,.;:!?()[]/|—–*_\"'`", r) })
	if len(words) == 0 {
		return false, false
	}
	yes, no, more := false, false, false
	for _, w := range words {
		switch {
		case slices.Contains(yesWords, w):
			yes = true
		case slices.Contains(noWords, w):
			no = true
		case !slices.Contains([]string{"or", "and", "but", "或", "或者", "和"}, w):
			more = true
		}
	}
	if yes && no && !more {
		return false, false
	}
	yes = slices.Contains(yesWords, words[0])
	return yes, yes || slices.Contains(noWords, words[0])
}
