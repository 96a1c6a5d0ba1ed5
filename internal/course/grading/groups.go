package grading

import (
	"fmt"
	"slices"

	"httpscope/internal/course/gradebook"
	"httpscope/internal/course/original"
	"httpscope/internal/texts"
)

// Groups are the submissions that hold the same capture, or parts of it, with
// what shows it, in a language.
func Groups(lang texts.Lang, results []Result) []gradebook.Group {
	words := texts.In(lang)
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
			all = add(words, all, gradebook.Group{Submissions: names, Why: words.Of(why(&g, owner))})
		}
	}
	return all
}

// add adds a group, or its reason to the group of the same submissions: who
// hands in two captures of another shares two.
func add(words texts.Catalogue, all []gradebook.Group, g gradebook.Group) []gradebook.Group {
	for i := range all {
		if slices.Equal(slices.Sorted(slices.Values(all[i].Submissions)), slices.Sorted(slices.Values(g.Submissions))) {
			all[i].Why = words.Phrase("grading.also", all[i].Why, g.Why)
			return all
		}
	}
	return append(all, g)
}

// sharedKeys are the phrases for what captures share, by its kind.
var sharedKeys = [original.Kinds]string{
	original.Segments: "grading.shared-sequence", original.Handshakes: "grading.shared-handshakes",
	original.Stamps: "grading.shared-timestamps", original.Timing: "grading.shared-timing",
}

// why says what the first pair of a group shares.
func why(g *original.Group, owner map[string]string) texts.Phrase {
	i := slices.IndexFunc(g.Evidence, func(e original.Evidence) bool { return owner[e.A] != owner[e.B] })
	if i < 0 {
		return texts.Say("grading.same-packets")
	}
	e := &g.Evidence[i]
	what := texts.List{}
	for kind := range original.Kinds {
		if e.Shared[kind] > 0 {
			shared := texts.Say(sharedKeys[kind], e.Shared[kind], e.Of[kind], e.FirstA[kind], e.FirstB[kind])
			what.Items = append(what.Items, shared)
		}
	}
	key := "grading.share"
	switch e.Times {
	case original.SameTimes:
		key = "grading.share-same-times"
	case original.OtherTimes:
		key = "grading.share-other-times"
	}
	return texts.Say(key, owner[e.A], owner[e.B], what, e.Bits)
}
