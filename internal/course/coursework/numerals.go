package coursework

import (
	"fmt"
	"regexp"
	"slices"
	"strings"
)

// numberWords are the small numbers that students write as words, from 0.
var numberWords = []string{
	"zero", "one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve",
	"thirteen", "fourteen", "fifteen", "sixteen", "seventeen", "eighteen", "nineteen", "twenty",
}

// Parts of the English numbers from twenty on.
const (
	tensWords = `(?:twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)`
	onesWords = `(?:one|two|three|four|five|six|seven|eight|nine)`
)

// tens are the numbers of tensWords, from twenty.
var tens = strings.Split(strings.Trim(tensWords, "(?:)"), "|")

// english reads a number up to 99; -1 for what is none.
func english(s string) int {
	if n := slices.Index(numberWords, s); n >= 0 {
		return n
	}
	ten, one, _ := strings.Cut(strings.ReplaceAll(s, " ", "-"), "-")
	n := slices.Index(tens, ten)
	if n < 0 {
		return -1
	}
	return 10*(n+2) + max(0, slices.Index(numberWords, one))
}

// counted is a number between words that say what it counts or numbers: 第 6 号分组,
// packet number 6, 26 个字节, two GET requests.
var counted = regexp.MustCompile(`^(?:(?:there (?:is|are|was|were)|it is|it's|in|the|total|第|一共|总共|共|有|(?:packet|frame|分组|数据包|包|帧|端口)(?: (?:number|no\.?))?|number|no\.?) ?[:#]? ?)*` +
	`(\d[\d,]*|[a-z]+(?:[- ]` + onesWords + `)?|[零一二两三四五六七八九十]{1,3})` +
	`(?:st|nd|rd|th)? ?(?:个|号|条|次|项)? ?(?:tcp |http |get |post )?` +
	`(?:字节|分组|数据包|包|帧|报文段?|请求|响应|消息|连接|端口|bytes?|octets?|packets?|frames?|segments?|requests?|responses?|messages?|exchanges?|connections?|times)?(?: in total| long)?$`)

// numeral makes a number in digits of one in words; what is none stays as it is.
func numeral(s string) string {
	if n, _ := exactly(s); n != nil {
		return s
	}
	m := counted.FindStringSubmatch(plain(s))
	if m == nil {
		return s
	}
	if n := english(m[1]); n >= 0 {
		return fmt.Sprint(n)
	}
	if n := chinese(m[1]); n >= 0 {
		return fmt.Sprint(n)
	}
	if m[1][0] >= '0' && m[1][0] <= '9' {
		return m[1]
	}
	return s
}

// chinese reads a number up to 99; -1 for what is none.
func chinese(s string) int {
	digit := func(s string) int {
		if s == "两" {
			return 2
		}
		if n := strings.Index("零一二三四五六七八九", s); n >= 0 && len(s) == len("一") {
			return n / len("一")
		}
		return -1
	}
	tens, ones, is := strings.Cut(s, "十")
	if !is {
		return digit(s)
	}
	n, last := 1, 0
	if tens != "" {
		n = digit(tens)
	}
	if ones != "" {
		last = digit(ones)
	}
	if n < 1 || last < 0 {
		return -1
	}
	return 10*n + last
}
