package coursework

import (
	"slices"

	"httpscope/internal/course/sheet"
)

// maxCompared bounds the rows that are compared each with each.
const maxCompared = 200

// match gives each expected row the given one that is most like it: first those
// with the same ends, then those that are alike.
func match(columns []string, expected, given []line) []*line {
	out := make([]*line, len(expected))
	taken := make([]bool, len(given))
	sameEnds(expected, given, out, taken)
	type pair struct{ e, g, score int }
	var all []pair
	left := 0
	for e := range expected {
		if out[e] != nil || left == maxCompared {
			continue
		}
		left++
		tried := 0
		for g := range given {
			if taken[g] || tried == maxCompared {
				continue
			}
			tried++
			if s := likeness(columns, &expected[e], &given[g]); s > 0 {
				all = append(all, pair{e, g, s})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return b.score - a.score })
	for _, p := range all {
		if out[p.e] == nil && !taken[p.g] {
			out[p.e], taken[p.g] = &given[p.g], true
		}
	}
	return out
}

// sameEnds pairs rows with the same ends: of several those with the same status
// first.
func sameEnds(expected, given []line, out []*line, taken []bool) {
	at := map[string][]int{}
	for g := range given {
		at[given[g].ends()] = append(at[given[g].ends()], g)
	}
	for _, exactly := range []bool{true, false} {
		for e := range expected {
			for _, g := range at[expected[e].ends()] {
				if out[e] == nil && !taken[g] &&
					(!exactly || given[g].cells[sheet.Status] == expected[e].cells[sheet.Status]) {
					out[e], taken[g] = &given[g], true
				}
			}
		}
	}
}

// likeness counts equal cells. The client's port tells connections apart, also
// where it stands in another column.
func likeness(columns []string, e, g *line) int {
	n := 0
	for _, c := range columns {
		if g.cells[c] == e.cells[c] {
			n++
			if c == sheet.SourcePort {
				n += 10
			}
		} else if g.cells[c] == e.cells[sheet.SourcePort] {
			n += 5
		}
	}
	if e.optional {
		n-- // the others first
	}
	return n
}
