package ranges

import (
	"slices"
	"sort"

	"httpscope/internal/problem"
)

// MaxRuns bounds the intervals of one [Map]. A sender of one-byte ranges could
// otherwise make the map as large as the resource. Neighbours with the same
// history are merged, so ordinary downloads need a handful.
const MaxRuns = 4096

// Run is an interval of bytes with one history.
type Run struct {
	Span
	Count  int   // how many responses carried these bytes
	Source int64 // the response that carried them first, as numbered by the caller
}

// Map is the byte map of one resource: which bytes have been seen, in which
// response, how often. The zero value is an empty map of unknown size. Memory
// and the time of each call are bounded by MaxRuns.
type Map struct {
	runs  []Run // sorted, disjoint, neighbours differ in Count or Source
	size  int64
	sized bool
}

// Add records that the response numbered source carried the bytes first..last
// of a resource of size bytes (-1 when it did not say). The interval is
// recorded even when it contradicts the size; nothing is recorded when it is
// no interval or the map is full.
func (m *Map) Add(first, last, size, source int64) []Problem {
	var ps problem.List
	if first < 0 || last < first || last >= maxSize {
		ps.Add(MapSpan, "%d-%d", first, last)
		return ps
	}
	m.addSize(size, &ps)
	if m.sized && last >= m.size {
		ps.Add(MapPastEnd, "position %d with a size of %d", last, m.size)
	}
	lo, hi := m.touching(first, last)
	pieces, again := splice(m.runs[lo:hi], Run{Span{first, last}, 1, source})
	if len(m.runs)-(hi-lo)+len(pieces) > MaxRuns {
		ps.Add(MapFull, "%d-%d is not recorded beside %d intervals", first, last, len(m.runs))
		return ps
	}
	if again > 0 {
		ps.Add(MapOverlap, "%d of the bytes %d-%d", again, first, last)
	}
	m.runs = slices.Replace(m.runs, lo, hi, pieces...)
	return ps
}

// addSize learns the size from the first response that states one. A later,
// different size is reported and does not replace it: the bytes counted so far
// belong to the first version.
func (m *Map) addSize(size int64, ps *problem.List) {
	switch {
	case size < 0 || m.sized && size == m.size:
	case m.sized:
		ps.Add(MapSize, "%d, an earlier response said %d", size, m.size)
	default:
		m.size, m.sized = size, true
	}
}

// touching returns the index range of the runs that overlap first..last or
// stand directly beside it, which may have to be merged with it.
func (m *Map) touching(first, last int64) (lo, hi int) {
	lo = sort.Search(len(m.runs), func(i int) bool { return m.runs[i].Last >= first-1 })
	hi = sort.Search(len(m.runs), func(i int) bool { return m.runs[i].First > last+1 })
	return lo, hi
}

// splice lays add over the runs around it and returns the new runs and the
// number of bytes that were there before.
func splice(old []Run, add Run) (pieces []Run, again int64) {
	put := func(first, last int64, count int, source int64) {
		if first > last {
			return
		}
		if n := len(pieces); n > 0 {
			p := &pieces[n-1]
			if p.Last+1 == first && p.Count == count && p.Source == source {
				p.Last = last
				return
			}
		}
		pieces = append(pieces, Run{Span{first, last}, count, source})
	}
	next := add.First // bytes of add in front of next are placed
	for _, r := range old {
		put(next, min(add.Last, r.First-1), 1, add.Source)
		put(r.First, min(r.Last, add.First-1), r.Count, r.Source)
		lo, hi := max(r.First, add.First), min(r.Last, add.Last)
		if lo <= hi {
			put(lo, hi, r.Count+1, r.Source)
			again += hi - lo + 1
		}
		put(max(r.First, add.Last+1), r.Last, r.Count, r.Source)
		next = max(next, r.Last+1)
	}
	put(next, add.Last, 1, add.Source)
	return pieces, again
}

// Size returns the complete length of the resource and whether it is known.
func (m *Map) Size() (int64, bool) { return m.size, m.sized }

// Runs returns the map itself: sorted, disjoint intervals with their history.
func (m *Map) Runs() []Run { return slices.Clone(m.runs) }

// Covered returns the number of different bytes seen.
func (m *Map) Covered() int64 {
	var n int64
	for _, r := range m.runs {
		n += r.Len()
	}
	return n
}

// Spans returns the bytes seen, merged to as few intervals as possible.
func (m *Map) Spans() []Span {
	return m.merged(func(Run) bool { return true })
}

// Overlaps returns the bytes that more than one response carried.
func (m *Map) Overlaps() []Span {
	return m.merged(func(r Run) bool { return r.Count > 1 })
}

// merged joins the neighbouring runs that satisfy keep.
func (m *Map) merged(keep func(Run) bool) []Span {
	var spans []Span
	for _, r := range m.runs {
		if !keep(r) {
			continue
		}
		if n := len(spans); n > 0 && spans[n-1].Last+1 == r.First {
			spans[n-1].Last = r.Last
			continue
		}
		spans = append(spans, r.Span)
	}
	return spans
}

// Holes returns the bytes not seen: up to the size when it is known, otherwise
// those in front of the last byte seen.
func (m *Map) Holes() []Span {
	var holes []Span
	next := int64(0)
	for _, s := range m.Spans() {
		if s.First > next {
			holes = append(holes, Span{next, s.First - 1})
		}
		next = s.Last + 1
	}
	if m.sized {
		holes = m.clip(holes)
		if next < m.size {
			holes = append(holes, Span{next, m.size - 1})
		}
	}
	return holes
}

// clip cuts holes at the size: behind it nothing is missing.
func (m *Map) clip(holes []Span) []Span {
	for i := range holes {
		if holes[i].First >= m.size {
			return holes[:i]
		}
		holes[i].Last = min(holes[i].Last, m.size-1)
	}
	return holes
}

// Complete reports whether the size is known and every byte was seen.
func (m *Map) Complete() bool {
	return m.sized && len(m.Holes()) == 0
}
