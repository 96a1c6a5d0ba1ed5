package ranges

import (
	"slices"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// MaxSpecs bounds the ranges read from one field. Apache httpd stops at 200
// by default (MaxRanges) after the 2011 attack with a thousand overlapping
// ranges; five times that shows the attack without storing all of it.
const MaxSpecs = 1000

// manySpecs is where a note starts. Readers of PDF and video files ask for a
// handful of ranges at a time; dozens are unusual.
const manySpecs = 50

// Range is a Range field as read: unit=spec,spec,...
type Range struct {
	Unit  string // as sent; "" when it could not be read
	Specs []Spec // readable ranges in the order sent; nil for another unit
	Valid bool   // in bytes, well formed and not reversed: a server may use it
}

// Spec is one range-spec (RFC 9110, Section 14.1.1).
//
//	bytes=0-499   First 0, Last 499
//	bytes=9500-   First 9500, Last Open
//	bytes=-500    First Suffix, Last 500 (a count)
type Spec struct {
	First, Last int64
}

// Values that stand for an absent position in a [Spec].
const (
	Open   = -1 // Last: up to the end
	Suffix = -1 // First: the last Last bytes
)

// ParseRange reads the value of a Range field (RFC 9110, Section 14.2).
// Readable specs are kept even when others are malformed.
func ParseRange(value string) (Range, []Problem) {
	var ps problem.List
	value = grammar.Trim(value)
	if value == "" {
		ps.Add(RangeEmpty, "found.no-value")
		return Range{}, ps
	}
	unit, set, found := strings.Cut(value, "=")
	if !found {
		ps.Add(RangeSyntax, "found.range-syntax.equals", problem.Quote(value))
		return Range{}, ps
	}
	r := Range{Unit: grammar.Trim(unit), Valid: true}
	if len(r.Unit) != len(unit) || len(grammar.Trim(set)) != len(set) {
		ps.Add(RangeWhitespace, "found.range-whitespace.equals", problem.Quote(value))
	}
	switch {
	case !grammar.IsToken(r.Unit):
		ps.Add(RangeSyntax, "found.range-syntax.unit", problem.Quote(r.Unit))
		r.Valid = false
	case !strings.EqualFold(r.Unit, "bytes"):
		ps.Add(RangeUnit, "found.unit", problem.Quote(r.Unit))
		r.Valid = false
		return r, ps
	}
	r.parseSet(set, &ps)
	r.judgeSet(&ps)
	return r, ps
}

// parseSet reads the list after the equals sign. It cuts one element at a
// time, so that a field of commas costs no memory.
func (r *Range) parseSet(set string, ps *problem.List) {
	for more := grammar.Trim(set) != ""; more; {
		var elem string
		elem, set, more = strings.Cut(set, ",")
		elem = grammar.Trim(elem)
		if elem == "" {
			ps.Add(RangeEmptyElement, "found.empty-element")
			continue
		}
		if len(r.Specs) == MaxSpecs {
			ps.Add(RangeLimit, "found.range-limit", MaxSpecs)
			return
		}
		r.parseSpec(elem, ps)
	}
	if len(r.Specs) == 0 && r.Valid {
		ps.Add(RangeEmpty, "found.range-empty")
		r.Valid = false
	}
}

// parseSpec reads one range-spec. A malformed one makes the whole field
// invalid (RFC 9110, Section 14.1.1).
func (r *Range) parseSpec(elem string, ps *problem.List) {
	tight, spaced := squeeze(elem)
	if spaced {
		ps.Add(RangeWhitespace, "found.space-inside", problem.Quote(elem))
	}
	first, last, found := strings.Cut(tight, "-")
	spec, overflow, ok := readSpec(first, last)
	if !found || !ok {
		ps.Add(RangeSyntax, "found.range-syntax.element", problem.Quote(elem))
		r.Valid = false
		return
	}
	if overflow {
		ps.Add(RangeOverflow, "found.range-overflow", problem.Quote(elem))
	}
	if spec.First != Suffix && spec.Last != Open && spec.Last < spec.First {
		ps.Add(RangeReversed, "found.range-reversed", problem.Quote(elem))
		r.Valid = false
	}
	if spec.First == Suffix && spec.Last == 0 {
		ps.Add(RangeSuffixZero, "found.range-suffix-zero", problem.Quote(elem))
	}
	r.Specs = append(r.Specs, spec)
}

// readSpec turns the texts on both sides of the hyphen into a Spec.
func readSpec(first, last string) (s Spec, overflow, ok bool) {
	s = Spec{Suffix, Open}
	var o1, o2 bool
	ok1, ok2 := first == "", last == ""
	if !ok1 {
		s.First, o1, ok1 = number(first)
	}
	if !ok2 {
		s.Last, o2, ok2 = number(last)
	}
	return s, o1 || o2, ok1 && ok2 && (first != "" || last != "")
}

// judgeSet looks at the ranges together: number, order and overlap are what
// section 14.2 calls signs of a broken client or an attack.
func (r *Range) judgeSet(ps *problem.List) {
	if len(r.Specs) > manySpecs {
		ps.Add(RangeMany, "found.range-many", len(r.Specs))
	}
	spans := r.placed()
	if !slices.IsSortedFunc(spans, byFirst) {
		ps.Add(RangeOrder, "found.range-order")
		slices.SortStableFunc(spans, byFirst)
	}
	for i := 1; i < len(spans); i++ {
		a, b := spans[i-1], &spans[i]
		if b.First <= a.Last {
			ps.Add(RangeOverlap, "found.range-overlap", b.First)
		}
		b.Last = max(a.Last, b.Last)
	}
}

// placed returns the specs whose place is known without a size. An open range
// reaches as far as positions go. A reversed one has no place.
func (r *Range) placed() []Span {
	var spans []Span
	for _, s := range r.Specs {
		if span, ok := s.resolve(maxSize); ok && s.First != Suffix {
			spans = append(spans, span)
		}
	}
	return spans
}

// byFirst orders spans by their first position.
func byFirst(a, b Span) int {
	switch {
	case a.First < b.First:
		return -1
	case a.First > b.First:
		return 1
	}
	return 0
}
