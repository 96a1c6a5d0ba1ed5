package tui

import (
	"testing"

	"pgregory.net/rapid"
)

func TestLayout(t *testing.T) {
	for _, c := range []struct {
		name string
		w, h int
		a    arrangement
		want [panes]bool // which panes are shown
	}{
		{"wide: all three", 120, 30, arrangement{side: true}, [panes]bool{true, true, true}},
		{"wide, no side pane", 120, 30, arrangement{}, [panes]bool{true, true, false}},
		{"the usual: two", 80, 24, arrangement{side: true}, [panes]bool{true, true, false}},
		{"the usual, the side pane below", 80, 24, arrangement{side: true, low: true}, [panes]bool{true, false, true}},
		{"small: the one in focus", 60, 16, arrangement{side: true, focus: detailPane},
			[panes]bool{false, true, false}},
		{"zoomed", 120, 30, arrangement{side: true, zoom: true, focus: sidePane}, [panes]bool{false, false, true}},
		{"too small", 59, 16, arrangement{}, [panes]bool{}},
	} {
		l := arrange(c.w, c.h, c.a)
		for p := range panes {
			if got := !l.pane[p].empty(); got != c.want[p] {
				t.Errorf("%s: pane %d shown: %v", c.name, p, got)
			}
		}
	}
}

// TestLayoutCoversTheScreen: panes lie on the screen and do not overlap, and
// together with the bars they cover it.
func TestLayoutCoversTheScreen(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		w, h := rapid.IntRange(0, 300).Draw(r, "w"), rapid.IntRange(0, 120).Draw(r, "h")
		a := arrangement{rapid.Bool().Draw(r, "filter"), rapid.Bool().Draw(r, "side"), rapid.Bool().Draw(r, "low"),
			pane(rapid.IntRange(0, 2).Draw(r, "focus")), rapid.Bool().Draw(r, "zoom")}
		l := arrange(w, h, a)
		if l.tooSmall {
			return
		}
		covered := make([]int, w*h)
		for _, p := range append([]rect{l.header, l.filter, l.footer, l.flash}, l.pane[:]...) {
			for y := p.y; y < p.y+p.h; y++ {
				for x := p.x; x < p.x+p.w; x++ {
					if x < 0 || x >= w || y < 0 || y >= h {
						r.Fatalf("%+v lies outside %dx%d", p, w, h)
					}
					covered[y*w+x]++
				}
			}
		}
		for i, n := range covered {
			if n != 1 {
				r.Fatalf("cell %d,%d is covered %d times: %+v", i%w, i/w, n, l)
			}
		}
	})
}

func TestColumnsFit(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		width := rapid.IntRange(58, 250).Draw(r, "width")
		places, widths := fit(exchangeColumns, width)
		sum := -1
		for _, w := range widths {
			sum += w + 1
		}
		if sum != width {
			r.Fatalf("%v take %d of %d columns", places, sum, width)
		}
	})
}

// TestCellIsExactlyAsWide holds for wide characters and marks, too.
func TestCellIsExactlyAsWide(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := rapid.StringOf(rapid.RuneFrom([]rune("ab 简体é́ﾊ😀"))).Draw(r, "text")
		width := rapid.IntRange(1, 12).Draw(r, "width")
		s = cell(s, width, rapid.Bool().Draw(r, "right"))
		if got := widthOf(s); got != width {
			r.Fatalf("%q takes %d columns, not %d", s, got, width)
		}
	})
}
