package ranges

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestViewsCount: the number of holes, the first of them and the first overlaps are those of the whole lists,
// with and without a size, and with a size that the map contradicts.
func TestViewsCount(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		var m Map
		size := [...]int64{-1, 300, 1000}[random.IntN(3)] // bytes go up to 640
		for range random.IntN(30) {
			first := random.Int64N(600)
			m.Add(first, first+random.Int64N(40), size, random.Int64N(3))
			holes := m.Holes()
			if m.HolesTotal() != len(holes) {
				t.Fatalf("size %d, %v: %d holes, want %v", size, m.Spans(), m.HolesTotal(), holes)
			}
			checkFirst(t, m.FirstHoles, holes)
			checkFirst(t, m.FirstOverlaps, m.Overlaps())
		}
	}
}

// checkFirst asks for the first of a list, and for all of it.
func checkFirst(t *testing.T, first func(n int) ([]Span, bool), all []Span) {
	t.Helper()
	for _, n := range []int{-1, 0, 1, len(all), len(all) + 1} {
		want := all
		if n >= 0 {
			want = all[:min(n, len(all))]
		}
		if some, more := first(n); more != (len(want) < len(all)) || !slices.Equal(some, want) {
			t.Fatalf("the first %d of %v are %v, more: %t", n, all, some, more)
		}
	}
}
