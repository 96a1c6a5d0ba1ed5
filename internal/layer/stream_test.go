package layer_test

import (
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/layer"
)

// TestCutsAgainstATable compares cuts with a table that has an entry for each byte.
func TestCutsAgainstATable(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var cuts layer.Cuts
		down, up := map[int64]int64{}, map[int64]int64{}
		here, below := int64(0), int64(0)
		for range rapid.IntRange(0, 8).Draw(t, "cuts") {
			here += rapid.Int64Range(0, 3).Draw(t, "skipped")
			below += rapid.Int64Range(0, 3).Draw(t, "framing")
			n := rapid.Int64Range(0, 5).Draw(t, "length")
			cuts = cuts.Add(layer.Cut{At: here, Below: below, Len: n})
			for range n {
				down[here], up[below] = below, here
				here, below = here+1, below+1
			}
		}
		for i := range max(here, below) + 2 {
			compare(t, "down", i, cuts.Down, down)
			compare(t, "up", i, cuts.Up, up)
		}
		from := rapid.Int64Range(0, here).Draw(t, "from")
		to := rapid.Int64Range(from, here+2).Draw(t, "to")
		seen := int64(0)
		for _, c := range cuts.Within(from, to) {
			for i := range c.Len {
				if at := c.At + i; at < from || at >= to || down[at] != c.Below+i {
					t.Fatalf("within [%d, %d): %d lies at %d below, want %d", from, to, at, c.Below+i, down[at])
				}
				seen++
			}
		}
		for at := from; at < to; at++ {
			if _, ok := down[at]; ok {
				seen--
			}
		}
		if seen != 0 {
			t.Fatalf("within [%d, %d): %d bytes too many", from, to, seen)
		}
	})
}

func compare(t *rapid.T, what string, at int64, got func(int64) (int64, bool), table map[int64]int64) {
	want, known := table[at]
	if n, ok := got(at); ok != known || ok && n != want {
		t.Fatalf("%s of %d is %d, %t; want %d, %t", what, at, n, ok, want, known)
	}
}

// TestEndlessCut: a tunnel goes on as long as the stream that it is in.
func TestEndlessCut(t *testing.T) {
	cuts := layer.Cuts(nil).Add(layer.Cut{At: 0, Below: 100, Len: layer.Endless}).Add(
		layer.Cut{At: 5, Below: 200, Len: 1})
	if len(cuts) != 1 {
		t.Fatalf("%d cuts, want 1: none can begin after an endless one", len(cuts))
	}
	if at, ok := cuts.Down(1 << 40); !ok || at != 1<<40+100 {
		t.Errorf("down: %d, %t", at, ok)
	}
	if _, ok := cuts.Up(99); ok {
		t.Error("a byte before the tunnel is in it")
	}
	if got := cuts.Within(10, 12); len(got) != 1 || got[0] != (layer.Cut{At: 10, Below: 110, Len: 2}) {
		t.Errorf("within: %v", got)
	}
}
