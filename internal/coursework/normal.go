package coursework

import (
	"math"
	"regexp"
	"strconv"
	"strings"

	"golang.org/x/text/unicode/norm"
)

// plain makes the spellings of one answer the same: full-width letters, digits
// and signs of Chinese input, quotes around it, spaces, capitals, a full stop.
func plain(s string) string {
	s = norm.NFKC.String(s)
	s = strings.NewReplacer("“", `"`, "”", `"`, "‘", "'", "’", "'", "。", ".", "、", ",", "\u200b", "").Replace(s)
	s = strings.ToLower(strings.Join(strings.Fields(s), " "))
	for _, q := range []string{`"`, "'", "`", "*", "_"} {
		if len(s) > 2 && strings.HasPrefix(s, q) && strings.HasSuffix(s, q) {
			s = strings.TrimSpace(s[1 : len(s)-1])
		}
	}
	return strings.TrimSuffix(strings.TrimSpace(s), ".")
}

// quantity is a number as people write it: 1,460 bytes; 0x1a; 20 ms.
var quantity = regexp.MustCompile(`^(?:#|no\.? ?|packet |frame |port )?([-+]?(?:0x[0-9a-f]+|[0-9][0-9,_ ']*(?:\.[0-9]+)?(?:e[-+]?[0-9]+)?|\.[0-9]+))\s*(bytes?|octets?|b|字节|ms|毫秒|s|sec|seconds?|秒|us|µs|μs|个|次|packets?|segments?|requests?|responses?|messages?|exchanges?|connections?|times|条|号)?$`)

// amount reads a number with its unit: seconds for times.
func amount(s string) (value float64, unit string, ok bool) {
	m := quantity.FindStringSubmatch(plain(s))
	if m == nil {
		return 0, "", false
	}
	digits := strings.NewReplacer(",", "", "_", "", " ", "", "'", "").Replace(m[1])
	if hex, is := strings.CutPrefix(digits, "0x"); is {
		n, err := strconv.ParseUint(hex, 16, 64)
		return float64(n), m[2], err == nil
	}
	v, err := strconv.ParseFloat(digits, 64)
	if err != nil || math.IsInf(v, 0) {
		return 0, "", false
	}
	switch m[2] {
	case "ms", "毫秒":
		v /= 1e3
	case "us", "µs", "μs":
		v /= 1e6
	}
	return v, m[2], true
}

// equalNumbers reports whether two numbers are equal within a tolerance, and
// within what floats of times in decimals lose.
func equalNumbers(a, b, within float64) bool {
	return math.Abs(a-b) <= within+1e-9*math.Max(1, math.Abs(b))
}

// same reports whether an answer says what is right: the same number, or the
// same words.
func same(given, right string, within float64) bool {
	a, unit, isNumber := amount(given)
	b, _, wantsNumber := amount(right)
	if isNumber && wantsNumber {
		if equalNumbers(a, b, within) {
			return true
		}
		return unit == "" && within > 0 && equalNumbers(a, b, within)
	}
	return loose(given) == loose(right)
}

// httpVersion is a version with its name: HTTP/1.0, HTTP 1.0, version 1.0.
var httpVersion = regexp.MustCompile(`^(?:http ?/? ?(?:version )?|version )([0-9](?:\.[0-9])?)$`)

// loose leaves out what does not matter between words: spaces around signs, and
// the name before a version of HTTP.
func loose(s string) string {
	if version := httpVersion.FindStringSubmatch(plain(s)); version != nil {
		s = version[1]
	}
	return strings.NewReplacer(" ", "", `"`, "", "'", "").Replace(plain(s))
}

// yes and no in the words of students.
var yesWords = []string{"yes", "y", "true", "t", "1", "是", "是的", "对", "有", "会", "能", "可以", "正确", "√", "✓"}
var noWords = []string{"no", "n", "false", "f", "0", "否", "不", "不是", "错", "没有", "无", "不会", "不能", "不可以", "错误", "×", "✗"}

// yesNo reads yes or no, also with more words behind it.
func yesNo(s string) (yes, ok bool) {
	s = plain(s)
	first, _, _ := strings.Cut(strings.NewReplacer(",", " ", ".", " ", ";", " ", ":", " ").Replace(s), " ")
	for _, word := range []string{s, first} {
		for _, y := range yesWords {
			if word == y {
				return true, true
			}
		}
		for _, n := range noWords {
			if word == n {
				return false, true
			}
		}
	}
	return false, false
}
