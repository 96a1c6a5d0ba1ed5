package ranges

import (
	"math/rand/v2"
	"slices"
	"sort"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/problem"
)

// plainMap is the map as one list of runs, each of which is looked at and written anew
// where something is laid over it. It is what Map must not differ from.
type plainMap struct {
	runs []Run // sorted, disjoint, neighbours differ in Count or Source
}

func (m *plainMap) add(first, last, source int64) []Problem {
	var ps problem.List
	lo, hi := m.touching(first, last)
	pieces, again := splice(m.runs[lo:hi], Run{Span{first, last}, 1, source})
	if len(m.runs)-(hi-lo)+len(pieces) > MaxRuns {
		ps.Add(MapFull, "found.map-full", first, last, len(m.runs))
		return ps
	}
	if again > 0 {
		ps.Add(MapOverlap, "found.map-overlap", again, first, last)
	}
	m.runs = slices.Replace(m.runs, lo, hi, pieces...)
	return ps
}

// touching returns the index range of the runs that overlap first..last or
// stand directly beside it, which may have to be merged with it.
func (m *plainMap) touching(first, last int64) (lo, hi int) {
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

// merged joins the neighbouring runs that satisfy keep.
func (m *plainMap) merged(keep func(Run) bool) []Span {
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

// TestMapAgainstPlain fills a map to its limit and beyond, with every size of range.
func TestMapAgainstPlain(t *testing.T) {
	var m Map
	var plain plainMap
	random := rand.New(rand.NewPCG(1, 2))
	full := 0
	for i := range 30_000 {
		first := random.Int64N(60_000)
		last := first + random.Int64N(3)
		if i%64 == 0 {
			last = first + random.Int64N(20_000)
		}
		source := random.Int64N(4)
		want, got := plain.add(first, last, source), m.Add(first, last, -1, source)
		if diff := cmp.Diff(want, got); diff != "" || m.runs != len(plain.runs) {
			t.Fatalf("step %d, %d-%d: %d runs, %d by the model\n%s", i, first, last, m.runs, len(plain.runs), diff)
		}
		if codesOf(got) == MapFull {
			full++
		}
		if i%500 == 0 {
			agree(t, &m, &plain)
		}
	}
	agree(t, &m, &plain)
	if full < 1000 {
		t.Errorf("the map was full for %d ranges only", full)
	}
}

// agree compares all that the map and the model show.
func agree(t *testing.T, m *Map, plain *plainMap) {
	t.Helper()
	covered := int64(0)
	for _, r := range plain.runs {
		covered += r.Len()
	}
	spans := plain.merged(func(Run) bool { return true })
	overlaps := plain.merged(func(r Run) bool { return r.Count > 1 })
	for name, pair := range map[string][2]any{"runs": {plain.runs, m.Runs()}, "spans": {spans, m.Spans()},
		"overlaps": {overlaps, m.Overlaps()}, "covered": {covered, m.Covered()}} {
		if diff := cmp.Diff(pair[0], pair[1]); diff != "" {
			t.Fatalf("%s: %s", name, diff)
		}
	}
}

// TestViewsStay: what a map showed stays what it was.
func TestViewsStay(t *testing.T) {
	var m Map
	var then []View
	var want [][]Run
	random := rand.New(rand.NewPCG(3, 4))
	for i := range int64(400) {
		first := random.Int64N(500)
		m.Add(first, first+random.Int64N(40), 600, i%5)
		then, want = append(then, m.Now()), append(want, m.Runs())
	}
	for i, v := range then {
		if diff := cmp.Diff(want[i], v.Runs()); diff != "" {
			t.Fatalf("after step %d: %s", i, diff)
		}
	}
}
