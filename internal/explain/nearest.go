package explain

import (
	"cmp"
	"slices"
	"strings"

	"httpscope/internal/spelling"
)

// maxNearest is how many suggestions are of use in one line.
const maxNearest = 3

// Nearest suggests codes for one that does not exist: codes that contain it
// and codes that differ in few letters, the best first. There may be none.
func Nearest(code string) []string {
	code = strings.ToLower(strings.TrimSpace(code))
	if code == "" {
		return nil
	}
	type candidate struct {
		code  string
		score int
	}
	var found []candidate
	for i := range codes {
		if score, ok := nearness(code, codes[i].code); ok {
			found = append(found, candidate{codes[i].code, score})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var codes []string
	for _, c := range found[:min(len(found), maxNearest)] {
		codes = append(codes, c.code)
	}
	return codes
}

// nearness is the closeness to a code or to what stands behind its prefix: a
// field is typed without field-.
func nearness(typed, code string) (score int, ok bool) {
	score, ok = closeness(typed, code)
	for _, p := range prefixes[1:] {
		if name, has := strings.CutPrefix(code, p); has {
			if s, near := closeness(typed, name); near && (!ok || s < score) {
				score, ok = s, true
			}
		}
	}
	return score, ok
}

// closeness scores a word that exists for what was typed; lower is closer. A
// part of a word counts like one or two wrong letters.
func closeness(typed, word string) (score int, ok bool) {
	const shortest = 3 // a part this short says nothing
	score, ok = spelling.Near(typed, word)
	if len(typed) >= shortest && strings.Contains(word, typed) {
		part := 2
		if strings.HasPrefix(word, typed) {
			part = 1
		}
		score, ok = min(score, part), true
	}
	return score, ok
}
