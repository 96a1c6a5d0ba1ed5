package ranges

import (
	"fmt"
	"math"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// ContentRange is a Content-Range field as read (RFC 9110, Section 14.4).
//
//	bytes 0-499/1234   First 0, Last 499, Size 1234
//	bytes 0-499/*      First 0, Last 499, Size -1
//	bytes */1234       First -1, Last -1, Size 1234, Unsatisfied
type ContentRange struct {
	Unit        string // as sent; "" when it could not be read
	First, Last int64  // -1 when not stated or not readable
	Size        int64  // complete length; -1 when not stated or not readable
	Unsatisfied bool   // the form */size
	Valid       bool   // in bytes, well formed and possible
}

// Span returns the interval and whether there is a usable one.
func (c ContentRange) Span() (Span, bool) {
	if !c.Valid || c.Unsatisfied {
		return Span{}, false
	}
	return Span{c.First, c.Last}, true
}

// String writes the field value in the form of the grammar; "" when c is not
// valid.
func (c ContentRange) String() string {
	switch {
	case !c.Valid:
		return ""
	case c.Unsatisfied:
		return fmt.Sprintf("bytes */%d", c.Size)
	case c.Size < 0:
		return fmt.Sprintf("bytes %d-%d/*", c.First, c.Last)
	}
	return fmt.Sprintf("bytes %d-%d/%d", c.First, c.Last, c.Size)
}

// ParseContentRange reads the value of a Content-Range field
// (RFC 9110, Section 14.4).
func ParseContentRange(value string) (ContentRange, []Problem) {
	var ps problem.List
	c := ContentRange{First: -1, Last: -1, Size: -1, Valid: true}
	value = grammar.Trim(value)
	if value == "" {
		ps.Add(ContentRangeEmpty, "found.no-value")
		return ContentRange{First: -1, Last: -1, Size: -1}, ps
	}
	rest := c.parseUnit(value, &ps)
	if c.Unit != "" && !strings.EqualFold(c.Unit, "bytes") {
		ps.Add(ContentRangeUnit, "found.unit", problem.Quote(c.Unit))
		c.Valid = false
		return c, ps
	}
	c.parseResp(rest, &ps)
	if c.Valid {
		c.judge(&ps)
	}
	return c, ps
}

// parseUnit takes the unit off the front and returns the rest. Two mistakes
// are common enough to be read: the equals sign of Range, and no unit at all.
func (c *ContentRange) parseUnit(value string, ps *problem.List) string {
	end := 0
	for end < len(value) && grammar.IsTokenByte(value[end]) {
		end++
	}
	unit, rest := value[:end], value[end:]
	switch {
	case value[0] >= '0' && value[0] <= '9' || value[0] == '*':
		ps.Add(ContentRangeNoUnit, "found.content-range-no-unit.positions", problem.Quote(value))
		c.Valid = false
		return value
	case unit == "" || rest == "":
		ps.Add(ContentRangeSyntax, "found.content-range-syntax.field", problem.Quote(value))
		c.Valid = false
		return rest
	case rest[0] == '=':
		ps.Add(ContentRangeNoUnit, "found.content-range-no-unit.equals", problem.Quote(value))
		c.Valid = false
		rest = " " + rest[1:]
	}
	c.Unit = unit
	tight := grammar.Trim(rest)
	if rest != " "+tight {
		ps.Add(ContentRangeWhitespace, "found.content-range-whitespace.unit", problem.Quote(value))
	}
	return tight
}

// parseResp reads positions, slash and size.
func (c *ContentRange) parseResp(rest string, ps *problem.List) {
	if rest == "" {
		return // reported by parseUnit
	}
	tight, spaced := squeeze(rest)
	if spaced {
		ps.Add(ContentRangeWhitespace, "found.space-inside", problem.Quote(rest))
	}
	positions, size, found := strings.Cut(tight, "/")
	if !found {
		ps.Add(ContentRangeNoSize, "found.content-range-no-size", problem.Quote(rest))
		c.Valid = false
	}
	c.parsePositions(positions, ps)
	if found && (size != "*" || c.Unsatisfied) {
		c.Size = c.number(size, ps)
	}
}

// parsePositions reads first-last or the asterisk.
func (c *ContentRange) parsePositions(positions string, ps *problem.List) {
	if positions == "*" {
		c.Unsatisfied = true
		return
	}
	first, last, found := strings.Cut(positions, "-")
	if !found {
		ps.Add(ContentRangeSyntax, "found.content-range-syntax.positions", problem.Quote(positions))
		c.Valid = false
		return
	}
	c.First, c.Last = c.number(first, ps), c.number(last, ps)
}

// number reads one number of the field; -1 when it is none.
func (c *ContentRange) number(s string, ps *problem.List) int64 {
	n, overflow, ok := number(s)
	switch {
	case !ok:
		ps.Add(ContentRangeSyntax, "found.content-range-syntax.number", problem.Quote(s))
		c.Valid = false
		return -1
	case overflow || n == math.MaxInt64:
		// The largest int64 is refused as a position too: no size could be
		// larger than it, and the length of the span would not fit.
		ps.Add(ContentRangeOverflow, "found.content-range-overflow", problem.Quote(s))
		c.Valid = false
		return -1
	}
	return n
}

// judge looks for well-formed fields that cannot be true.
func (c *ContentRange) judge(ps *problem.List) {
	switch {
	case c.Unsatisfied:
	case c.Last < c.First:
		ps.Add(ContentRangeReversed, "found.content-range-reversed", c.First, c.Last)
		c.Valid = false
	case c.Size >= 0 && c.Last >= c.Size:
		ps.Add(ContentRangePastEnd, "found.content-range-past-end", c.Last, c.Size)
		c.Valid = false
	}
}
