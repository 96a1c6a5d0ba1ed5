package ranges

import (
	"strings"
	"time"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// verdict is the outcome of comparing If-Range with the response.
type verdict int

const (
	unknown verdict = iota // no If-Range, or the response has no such validator
	matches
	differs
)

// ifRange checks the field itself (RFC 9110, Section 13.1.5).
func (c *checker) ifRange() {
	if len(c.IfRange) == 0 {
		return
	}
	if !c.asked {
		c.ps.Add(IfRangeAlone, "found.value", problem.Quote(c.IfRange[0]))
	}
	value := grammar.Trim(c.IfRange[0])
	_, isDate := httpDate(value)
	switch {
	case strings.HasPrefix(value, "W/"):
		c.ps.Add(IfRangeWeak, "found.value", problem.Quote(value))
	case !isTag(value) && !isDate:
		c.ps.Add(IfRangeSyntax, "found.value", problem.Quote(value))
	}
}

// mismatch reports a 206 or 416 although the condition was false: the server
// had to ignore Range.
func (c *checker) mismatch() {
	if c.asked && c.validator() == differs {
		c.ps.Add(IfRangeMismatch, "found.if-range-mismatch", problem.Quote(c.IfRange[0]), problem.Quote(c.current()))
	}
}

// current returns the validator of the response that If-Range is compared
// with; "" when there is none.
func (c *checker) current() string {
	field := c.LastModified
	if strings.Contains(c.IfRange[0], `"`) {
		field = c.ETag
	}
	if len(field) == 0 {
		return ""
	}
	return grammar.Trim(field[0])
}

// validator evaluates If-Range. Entity tags use the strong comparison, dates
// must be equal, not later or earlier. A weak tag on either side is false.
func (c *checker) validator() verdict {
	if len(c.IfRange) == 0 {
		return unknown
	}
	value, now := grammar.Trim(c.IfRange[0]), c.current()
	if strings.HasPrefix(value, "W/") {
		return differs
	}
	date, isDate := httpDate(value)
	switch {
	case now == "" || !isDate && !isTag(value):
		return unknown
	case isDate:
		if have, ok := httpDate(now); !ok || !have.Equal(date) {
			return differs
		}
	case now != value:
		return differs
	}
	return matches
}

// isTag reports whether s is a strong entity tag (RFC 9110, Section 8.8.3).
func isTag(s string) bool {
	return len(s) >= 2 && s[0] == '"' && strings.IndexByte(s[1:], '"') == len(s)-2
}

// dateLayouts are the three forms of an HTTP date (RFC 9110, Section 5.6.7).
var dateLayouts = [...]string{
	"Mon, 02 Jan 2006 15:04:05 GMT",
	"Monday, 02-Jan-06 15:04:05 GMT",
	"Mon Jan _2 15:04:05 2006",
}

// httpDate reads an HTTP date in any of the three forms. The century of a
// two-digit year is a guess, which is good enough for equality.
func httpDate(s string) (time.Time, bool) {
	for _, layout := range dateLayouts {
		if t, err := time.Parse(layout, s); err == nil {
			return t, true
		}
	}
	return time.Time{}, false
}
