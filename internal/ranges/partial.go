package ranges

import (
	"slices"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// joinGap is how far two ranges may lie apart for a server to send them as
// one: the bytes between them cost less than another part head. RFC 9110,
// section 15.3.7.2, calls about 80 octets typical; long boundaries and media
// types make it a few hundred.
const joinGap = 512

// partial judges 206 (RFC 9110, Section 15.3.7).
func (c *checker) partial() {
	if !c.asked {
		c.ps.Add(PartialNotAsked, "found.no-range")
	}
	c.mismatch()
	if len(c.AcceptRanges) > 0 && strings.EqualFold(grammar.Trim(c.AcceptRanges[0]), "none") {
		c.ps.Add(AcceptRangesNone, "found.accept-ranges-none")
	}
	if c.isByteranges() {
		c.multipart()
		return
	}
	c.single()
}

// single judges a 206 with one range.
func (c *checker) single() {
	if len(c.ContentRange) == 0 {
		c.ps.Add(PartialNoContentRange, "found.partial-no-content-range")
		return
	}
	if c.cr.Valid && c.cr.Unsatisfied {
		c.ps.Add(ContentRangeUnsatisfied, "found.value", problem.Quote(c.ContentRange[0]))
	}
	span, ok := c.cr.Span()
	if !ok {
		return
	}
	if c.BodyLen >= 0 && c.Method != "HEAD" && span.Len() != c.BodyLen {
		c.ps.Add(ContentRangeLength, "found.content-range-length", c.cr, span.Len(), c.BodyLen)
	}
	c.compare([]Span{span})
}

// multipart judges a 206 with several ranges. What is wrong with the parts
// themselves was reported by [Multipart].
func (c *checker) multipart() {
	if len(c.ContentRange) > 0 {
		c.ps.Add(ContentRangeInMultipart, "found.value", problem.Quote(c.ContentRange[0]))
	}
	if c.asked && c.req.Valid && len(c.req.Specs) == 1 {
		c.ps.Add(MultipartSingle, "found.asked-for", problem.Quote(c.Range[0]))
	}
	var sent []Span
	for _, p := range c.Parts {
		cr, _ := ParseContentRange(p.ContentRange)
		span, ok := cr.Span()
		if !ok {
			return // an unplaced part could be any of the ranges
		}
		sent = append(sent, span)
	}
	if len(sent) > 0 {
		c.compare(sent)
	}
}

// compare holds the spans sent against the ranges asked for.
func (c *checker) compare(sent []Span) {
	asked, known := c.wanted()
	if !known {
		return
	}
	slices.SortFunc(sent, byFirst)
	near := join(asked, joinGap)
	if i := outside(sent, near); i >= 0 {
		c.ps.Add(ContentRangeNotAsked, "found.content-range-not-asked", sent[i].First, sent[i].Last,
			problem.Quote(c.Range[0]))
	}
	if i := outside(join(asked, 0), join(sent, 0)); i >= 0 && c.size() >= 0 {
		c.ps.Add(PartialIncomplete, "found.asked-for", problem.Quote(c.Range[0]))
	}
}

// wanted returns the ranges asked for, sorted. Without a size an open range
// reaches to the last possible position, and a suffix has no place at all.
func (c *checker) wanted() ([]Span, bool) {
	if !c.asked || !c.req.Valid {
		return nil, false
	}
	size := c.size()
	if size < 0 {
		size = maxSize
		for _, s := range c.req.Specs {
			if s.First == Suffix {
				return nil, false
			}
		}
	}
	spans := Resolve(c.req, size)
	slices.SortFunc(spans, byFirst)
	return spans, true
}

// join merges sorted spans that overlap, touch, or lie at most gap bytes
// apart.
func join(spans []Span, gap int64) []Span {
	var out []Span
	for _, s := range spans {
		if n := len(out); n > 0 && s.First <= addSat(out[n-1].Last, gap+1) {
			out[n-1].Last = max(out[n-1].Last, s.Last)
			continue
		}
		out = append(out, s)
	}
	return out
}

// outside returns the index of the first span that does not lie inside one of
// the areas, or -1. Both lists are sorted by First, the areas are disjoint.
func outside(spans, areas []Span) int {
	k := 0
	for i, s := range spans {
		for k < len(areas) && areas[k].Last < s.First {
			k++
		}
		if k == len(areas) || s.First < areas[k].First || s.Last > areas[k].Last {
			return i
		}
	}
	return -1
}
