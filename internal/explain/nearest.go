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
	for _, t := range texts() {
		if score, ok := closeness(code, t.Code); ok {
			found = append(found, candidate{t.Code, score})
		}
	}
	slices.SortStableFunc(found, func(a, b candidate) int { return cmp.Compare(a.score, b.score) })
	var codes []string
	for _, c := range found[:min(len(found), maxNearest)] {
		codes = append(codes, c.code)
	}
	return codes
}

// closeness scores a code that exists for what was typed; lower is closer. A
// part of a code counts like one or two wrong letters.
func closeness(typed, code string) (score int, ok bool) {
	const shortest = 3 // a part this short says nothing
	score = spelling.Distance(typed, code)
	ok = score <= 1+len(typed)/4
	if len(typed) >= shortest && strings.Contains(code, typed) {
		part := 2
		if strings.HasPrefix(code, typed) {
			part = 1
		}
		score, ok = min(score, part), true
	}
	return score, ok
}
