package tui

import (
	"cmp"

	"httpscope/internal/doc"

	"github.com/rivo/uniseg"
)

// column is a column of a table.
type column struct {
	width int  // columns of the screen; 0: takes what is left
	least int  // of the one that takes what is left; 0: minFlex
	right bool // aligned to the right
	drop  int  // order in which columns go when there is no room; 0: never
}

// minFlex is the least width of a column that takes what is left.
const minFlex = 12

// fit chooses the columns that have room in width, by their places in all, and
// their widths. One space stands between columns.
func fit(all []column, width int) (places, widths []int) {
	gone := 0
	for {
		places, widths = places[:0], widths[:0]
		used, flex := 0, -1
		for i, c := range all {
			if c.drop > 0 && c.drop <= gone {
				continue
			}
			w := c.width
			if w == 0 {
				flex, w = len(places), cmp.Or(c.least, minFlex)
			}
			places, widths = append(places, i), append(widths, w)
			used += w + 1
		}
		if spare := width - (used - 1); spare >= 0 || gone >= len(all) {
			if flex >= 0 {
				widths[flex] += spare
			}
			return places, widths
		}
		gone++
	}
}

// cutMark ends text that was cut.
const cutMark = "~"

// cell fits text into a width, aligned.
func cell(s string, width int, right bool) string { return doc.Column(s, width, cutMark, right) }

// widthOf is the number of columns that text takes.
func widthOf(s string) int { return uniseg.StringWidth(s) }
