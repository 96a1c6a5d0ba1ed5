package ranges

import (
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// The slide: three ranges of one file, and then the rest.
func TestMapSlide(t *testing.T) {
	var m Map
	for i, s := range []Span{{200, 1000}, {2000, 6576}, {19000, 47021}} {
		if ps := m.Add(s.First, s.Last, 47022, int64(i)); ps != nil {
			t.Errorf("%v: %v", s, ps)
		}
	}
	if got := m.Covered(); got != 801+4577+28022 {
		t.Errorf("covered %d", got)
	}
	want := []Span{{0, 199}, {1001, 1999}, {6577, 18999}}
	if diff := cmp.Diff(want, m.Holes()); diff != "" {
		t.Error(diff)
	}
	if m.Complete() {
		t.Error("complete with holes")
	}
	if got := codesOf(m.Add(0, 18999, 47022, 3)); got != MapOverlap {
		t.Errorf("problems %s", got)
	}
	if !m.Complete() || m.Covered() != 47022 {
		t.Errorf("covered %d", m.Covered())
	}
	if diff := cmp.Diff([]Span{{200, 1000}, {2000, 6576}}, m.Overlaps()); diff != "" {
		t.Error(diff)
	}
}

func TestMapProblems(t *testing.T) {
	var m Map
	for _, tt := range []struct {
		first, last, size int64
		codes             string
	}{
		{0, 9, -1, ""},
		{10, 19, 100, ""},
		{20, 29, 100, ""},
		{30, 39, 90, MapSize},
		{95, 104, 100, MapPastEnd},
		{5, 4, 100, MapSpan},
		{-1, 4, 100, MapSpan},
		{0, maxSize, 100, MapSpan},
		{0, 0, -1, MapOverlap},
	} {
		ps := m.Add(tt.first, tt.last, tt.size, 0)
		knownCode(t, ps)
		if got := codesOf(ps); got != tt.codes {
			t.Errorf("%+v: %s", tt, got)
		}
	}
	if diff := cmp.Diff([]Span{{40, 94}}, m.Holes()); diff != "" {
		t.Error(diff)
	}
}

func TestMapIsBounded(t *testing.T) {
	var m Map
	full := false
	for i := range int64(3 * MaxRuns) {
		full = codesOf(m.Add(2*i, 2*i, -1, 0)) == MapFull
	}
	if !full || len(m.Runs()) != MaxRuns {
		t.Errorf("%d runs", len(m.Runs()))
	}
	if ps := m.Add(1, 1, -1, 0); ps != nil || len(m.Runs()) != MaxRuns-1 {
		t.Errorf("filling a hole of a full map: %v, %d runs", ps, len(m.Runs()))
	}
}

// model is the obviously correct byte map: a counter and a first source per byte.
type model struct {
	count  [64]int
	source [64]int64
}

func (m *model) add(first, last, source int64) (again bool) {
	for i := first; i <= last; i++ {
		if m.count[i] == 0 {
			m.source[i] = source
		}
		again = again || m.count[i] > 0
		m.count[i]++
	}
	return again
}

// spans collects the bytes below end that satisfy keep.
func (m *model) spans(end int64, keep func(int) bool) []Span {
	var out []Span
	for i := range end {
		if !keep(m.count[i]) {
			continue
		}
		if n := len(out); n > 0 && out[n-1].Last == i-1 {
			out[n-1].Last = i
		} else {
			out = append(out, Span{i, i})
		}
	}
	return out
}

func TestMapAgainstBitmap(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var m Map
		var naive model
		size := int64(64)
		for range rapid.IntRange(0, 40).Draw(t, "operations") {
			first := rapid.Int64Range(0, 63).Draw(t, "first")
			last := rapid.Int64Range(first, 63).Draw(t, "last")
			source := rapid.Int64Range(0, 3).Draw(t, "source")
			again := naive.add(first, last, source)
			if ps := m.Add(first, last, size, source); again != (codesOf(ps) == MapOverlap) {
				t.Fatalf("%d-%d: %v, seen before: %v", first, last, ps, again)
			}
			compare(t, &m, &naive)
		}
	})
}

// compare holds every view of the map against the model.
func compare(t *rapid.T, m *Map, naive *model) {
	end := int64(0)
	if s, sized := m.Size(); sized {
		end = s
	}
	check := func(name string, want, got []Span) {
		if diff := cmp.Diff(want, got); diff != "" {
			t.Fatalf("%s: %s", name, diff)
		}
	}
	check("spans", naive.spans(64, func(n int) bool { return n > 0 }), m.Spans())
	check("overlaps", naive.spans(64, func(n int) bool { return n > 1 }), m.Overlaps())
	check("holes", naive.spans(end, func(n int) bool { return n == 0 }), m.Holes())
	next, runs := int64(0), m.Runs()
	if len(runs) != m.runs {
		t.Fatalf("%d runs are %v", m.runs, runs)
	}
	for i, r := range runs {
		if r.First < next || r.Last < r.First {
			t.Fatalf("runs are not sorted: %v", runs)
		}
		if p := runs[max(0, i-1)]; i > 0 && p.Last+1 == r.First && p.Count == r.Count && p.Source == r.Source {
			t.Fatalf("runs are not merged: %v", runs)
		}
		for k := r.First; k <= r.Last; k++ {
			if naive.count[k] != r.Count || naive.source[k] != r.Source {
				t.Fatalf("byte %d: run %v, model %d %d", k, r, naive.count[k], naive.source[k])
			}
		}
		next = r.Last + 1
	}
}
