package grading

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/original"
)

// Groups are the submissions that hold the same capture, or parts of it, with
// what shows it.
func Groups(results []Result) []gradebook.Group {
	prints := map[string]*original.Print{}
	owner := map[string]string{}
	for i := range results {
		for j, p := range results[i].Prints {
			name := fmt.Sprintf("%s\x00%d\x00%d", results[i].Name, i, j) // a folder and a zip file may have the same name
			prints[name], owner[name] = p, results[i].Name
		}
	}
	var all []gradebook.Group
	for _, g := range original.Groups(prints) {
		var names []string
		for _, n := range g.Names {
			if !slices.Contains(names, owner[n]) {
				names = append(names, owner[n])
			}
		}
		if len(names) > 1 {
			all = add(all, gradebook.Group{Submissions: names, Why: why(&g, owner)})
		}
	}
	return all
}

// add adds a group, or its reason to the group of the same submissions: who
// hands in two captures of another shares two.
func add(all []gradebook.Group, g gradebook.Group) []gradebook.Group {
	for i := range all {
		if slices.Equal(slices.Sorted(slices.Values(all[i].Submissions)), slices.Sorted(slices.Values(g.Submissions))) {
			all[i].Why += " " + g.Why
			return all
		}
	}
	return append(all, g)
}

// why says what the first pair of a group shares.
func why(g *original.Group, owner map[string]string) string {
	i := slices.IndexFunc(g.Evidence, func(e original.Evidence) bool { return owner[e.A] != owner[e.B] })
	if i < 0 {
		return "Their captures hold the same packets."
	}
	e := &g.Evidence[i]
	var what []string
	for kind := range original.Kinds {
		if e.Shared[kind] > 0 {
			what = append(what, fmt.Sprintf("%d of %d %s (packet %d and packet %d are the first)", e.Shared[kind], e.Of[kind], original.Names[kind], e.FirstA[kind], e.FirstB[kind]))
		}
	}
	text := fmt.Sprintf("The captures of %s and %s share %s. That happens by chance once in 2^%.0f.", owner[e.A], owner[e.B], strings.Join(what, ", "), e.Bits)
	switch e.Times {
	case original.SameTimes:
		text += " Their times are the same but for a shift: it is one recording."
	case original.OtherTimes:
		text += " Their times differ: two ends of one connection, or times that were changed."
	}
	return text
}
