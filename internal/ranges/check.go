package ranges

import (
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// Exchange is what a passive observer knows about one request and its final
// response. A field is the list of its field line values in order; nil means
// that the field was absent.
type Exchange struct {
	Method  string
	Range   []string
	IfRange []string

	Status       int
	ContentRange []string
	ContentType  []string
	ETag         []string
	LastModified []string
	AcceptRanges []string

	BodyLen int64  // bytes of the response body; -1 when unknown or cut
	Size    int64  // of the representation, from other exchanges; -1 when unknown
	Parts   []Part // of a multipart/byteranges body; nil when not split
}

// Check compares a response with its request under the rules for ranges
// (RFC 9110, Sections 13.1.5, 14, 15.3.7 and 15.5.17). It answers nil for an
// exchange in which no range is involved.
func Check(x Exchange) []Problem {
	c := checker{Exchange: x}
	c.request()
	c.response()
	switch x.Status {
	case 200:
		c.full()
	case 206:
		c.partial()
	case 416:
		c.unsatisfied()
	}
	return c.ps
}

// checker carries one Check.
type checker struct {
	Exchange
	req   Range
	asked bool // a Range field was sent and has to be honoured or ignored
	cr    ContentRange
	ps    problem.List
}

// request reads Range and If-Range.
func (c *checker) request() {
	if len(c.Range) > 0 {
		var list []Problem
		c.req, list = ParseRange(c.Range[0])
		c.ps.Join(list)
		c.asked = true
	}
	if len(c.Range) > 1 {
		c.ps.Add(RangeRepeated, "found.range-repeated", len(c.Range))
	}
	if c.asked && c.Method != "" && c.Method != "GET" {
		c.ps.Add(RangeMethod, "found.method", problem.Quote(c.Method))
	}
	c.ifRange()
}

// response reads Content-Range. With other statuses than 206 and 416 the field
// says nothing (RFC 9110, Section 14.4).
func (c *checker) response() {
	c.cr = ContentRange{First: -1, Last: -1, Size: -1}
	if len(c.ContentRange) == 0 {
		return
	}
	var list []Problem
	c.cr, list = ParseContentRange(c.ContentRange[0])
	c.ps.Join(list)
	if len(c.ContentRange) > 1 {
		c.ps.Add(ContentRangeRepeated, "found.content-range-repeated", len(c.ContentRange))
	}
	if c.Status != 206 && c.Status != 416 {
		c.ps.Add(ContentRangeStatus, "found.status", c.Status)
	}
	if c.Size >= 0 && c.cr.Size >= 0 && c.cr.Size != c.Size {
		c.ps.Add(ContentRangeSize, "found.size-differs", c.cr.Size, c.Size)
	}
}

// full judges 200: the server may always ignore Range.
func (c *checker) full() {
	if !c.asked || c.Method == "HEAD" {
		return
	}
	switch c.validator() {
	case differs:
		c.ps.Add(IfRangeChanged, "found.value", problem.Quote(c.IfRange[0]))
	case matches:
		c.ps.Add(IfRangeMatchFull, "found.value", problem.Quote(c.IfRange[0]))
	default:
		c.ps.Add(RangeIgnored, "found.asked-for", problem.Quote(c.Range[0]))
	}
}

// unsatisfied judges 416.
func (c *checker) unsatisfied() {
	if !c.asked {
		c.ps.Add(UnsatisfiedNotAsked, "found.no-range")
	}
	c.mismatch()
	switch {
	case len(c.ContentRange) == 0:
		c.ps.Add(UnsatisfiedNoSize, "found.unsatisfied-no-size")
	case c.cr.Valid && !c.cr.Unsatisfied:
		c.ps.Add(UnsatisfiedForm, "found.value", problem.Quote(c.ContentRange[0]))
	}
	size := c.size()
	if fit := Resolve(c.req, size); len(fit) > 0 {
		c.ps.Add(UnsatisfiedWrong, "found.unsatisfied-wrong", fit[0].First, fit[0].Last, size)
	}
}

// size returns the complete length: what this response says, then what a part
// says, then what the caller knew; -1 when nobody said.
func (c *checker) size() int64 {
	if c.cr.Valid && c.cr.Size >= 0 {
		return c.cr.Size
	}
	for _, p := range c.Parts {
		if cr, _ := ParseContentRange(p.ContentRange); cr.Valid && cr.Size >= 0 {
			return cr.Size
		}
	}
	return c.Size
}

// isByteranges reports whether the response says multipart/byteranges.
func (c *checker) isByteranges() bool {
	if len(c.ContentType) == 0 {
		return false
	}
	mediaType, _, _ := strings.Cut(c.ContentType[0], ";")
	return strings.EqualFold(grammar.Trim(mediaType), "multipart/byteranges")
}
