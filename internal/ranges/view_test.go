package ranges

import (
	"math/rand/v2"
	"slices"
	"testing"
)

// TestViewsCount: the number of holes and the first overlaps are those of the whole lists,
// with and without a size, and with a size that the map contradicts.
func TestViewsCount(t *testing.T) {
	random := rand.New(rand.NewPCG(5, 6))
	for range 300 {
		var m Map
		size := [...]int64{-1, 300, 1000}[random.IntN(3)] // bytes go up to 640
		for range random.IntN(30) {
			first := random.Int64N(600)
			m.Add(first, first+random.Int64N(40), size, random.Int64N(3))
			if holes := m.Holes(); m.HolesTotal() != len(holes) {
				t.Fatalf("size %d, %v: %d holes, want %v", size, m.Spans(), m.HolesTotal(), holes)
			}
			all := m.Overlaps()
			for _, n := range []int{0, 1, len(all), len(all) + 1} {
				some, more := m.FirstOverlaps(n)
				if more != (n < len(all)) || !slices.Equal(some, all[:min(n, len(all))]) {
					t.Fatalf("the first %d of %v are %v, more: %t", n, all, some, more)
				}
			}
		}
	}
}
