package ranges

import "httpscope/internal/problem"

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
// is bounded by MaxRuns.
//
// A call of Add costs the holes that it fills, and the logarithm of the rest, also
// where it lies over bytes that a thousand responses carried in a thousand ways.
type Map struct {
	View
	runs int
}

// Now returns what the map shows. It stays as it is while the map changes, and shares
// with it what the two have in common.
func (m *Map) Now() View {
	v := m.View
	v.seen, v.sources, v.steps, v.twice = v.seen.copy(), v.sources.copy(), v.steps.copy(), v.twice.copy()
	return v
}

// Add records that the response numbered source carried the bytes first..last
// of a resource of size bytes (-1 when it did not say). The interval is
// recorded even when it contradicts the size; nothing is recorded when it is
// no interval or the map is full.
func (m *Map) Add(first, last, size, source int64) []Problem {
	var ps problem.List
	if first < 0 || last < first || last >= maxSize {
		ps.Add(MapSpan, "found.map-span", first, last)
		return ps
	}
	m.addSize(size, &ps)
	if m.sized && last >= m.size {
		ps.Add(MapPastEnd, "found.map-past-end", last, m.size)
	}
	add := Span{first, last}
	holes, fits := m.holesIn(add, MaxRuns-m.runs+2)
	before := *m
	if fits && m.runs+len(holes)+2 > MaxRuns {
		before.View = m.Now() // it may turn out to be too much
	}
	if fits {
		m.lay(add, holes, source)
	}
	if !fits || m.runs > MaxRuns {
		*m = before
		ps.Add(MapFull, "found.map-full", first, last, m.runs)
		return ps
	}
	again := add.Len()
	for _, h := range holes {
		again -= h.Len()
	}
	if again > 0 {
		ps.Add(MapOverlap, "found.map-overlap", again, first, last)
	}
	return ps
}

// addSize learns the size from the first response that states one. A later,
// different size is reported and does not replace it: the bytes counted so far
// belong to the first version.
func (m *Map) addSize(size int64, ps *problem.List) {
	switch {
	case size < 0 || m.sized && size == m.size:
	case m.sized:
		ps.Add(MapSize, "found.size-differs", size, m.size)
	default:
		m.size, m.sized = size, true
	}
}

// holesIn lists what was not seen of add. It gives up after limit holes, each of
// which would become a run.
func (m *Map) holesIn(add Span, limit int) (holes []Span, all bool) {
	next := add.First
	for s := range m.seen.from(Span{First: add.First}) {
		if s.First > add.Last || len(holes) > limit {
			break
		}
		if s.First > next {
			holes = append(holes, Span{next, s.First - 1})
		}
		next = max(next, s.Last+1)
	}
	if next <= add.Last {
		holes = append(holes, Span{next, add.Last})
	}
	return holes, len(holes) <= limit
}

// lay puts add over what is there. Runs begin and end at its ends and at those of
// the holes, so only there their number can change.
func (m *Map) lay(add Span, holes []Span, source int64) {
	m.runs -= m.startsAt(add, holes)
	unite(&m.seen, add)
	next := add.First
	for _, h := range holes {
		m.covered += h.Len()
		m.joinSource(piece{h, source})
		if next < h.First {
			unite(&m.twice, Span{next, h.First - 1})
		}
		next = h.Last + 1
	}
	if next <= add.Last {
		unite(&m.twice, Span{next, add.Last})
	}
	m.step(add.First, 1)
	m.step(add.Last+1, -1)
	m.runs += m.startsAt(add, holes)
}

// startsAt counts the runs that begin where add or a hole begins or ends.
func (m *Map) startsAt(add Span, holes []Span) (n int) {
	count := func(at int64) {
		if m.starts(at) {
			n++
		}
	}
	count(add.First)
	count(add.Last + 1)
	for _, h := range holes {
		if h.First != add.First {
			count(h.First)
		}
		if h.Last != add.Last {
			count(h.Last + 1)
		}
	}
	return n
}

// starts tells whether a run begins at a position.
func (m *Map) starts(at int64) bool {
	here, seen := m.sources.at(piece{Span: Span{First: at}})
	if !seen || here.Last < at {
		return false
	}
	if _, changes := m.steps.tree().Get(step{at: at}); changes {
		return true
	}
	return here.First == at
}

// unite adds a span to others and merges it with those that it touches.
func unite(to *ordered[Span], add Span) {
	for s := range to.from(Span{First: max(add.First-1, 0)}) {
		if s.First > add.Last+1 {
			break
		}
		if s.Last+1 >= add.First {
			add = Span{min(add.First, s.First), max(add.Last, s.Last)}
			to.old = append(to.old, s)
		}
	}
	to.replace(add)
}

// joinSource adds a piece that fills a hole, and merges it with its neighbours of
// the same source.
func (m *Map) joinSource(add piece) {
	if p, ok := m.sources.at(add); ok && p.Last+1 == add.First && p.source == add.source {
		add.First = p.First
		m.sources.old = append(m.sources.old, p)
	}
	if p, ok := m.sources.tree().Get(piece{Span: Span{First: add.Last + 1}}); ok && p.source == add.source {
		add.Last = p.Last
		m.sources.old = append(m.sources.old, p)
	}
	m.sources.replace(add)
}

// step changes how often the bytes from a position on were seen.
func (m *Map) step(at int64, by int) {
	s, _ := m.steps.tree().Get(step{at: at})
	if s = (step{at, s.by + by}); s.by == 0 {
		m.steps.tree().Delete(s)
		return
	}
	m.steps.tree().Set(s)
}
