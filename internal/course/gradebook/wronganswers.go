package gradebook

import (
	"cmp"
	"slices"
	"strings"

	"httpscope/internal/course/coursework"
	"httpscope/internal/visible"
)

// mostWrong is how many wrong answers an item lists.
const mostWrong = 5

// maxWrong bounds a wrong answer in the list, in characters.
const maxWrong = 120

// WrongAnswer is an answer that was not right, and how many submissions gave it. Of
// a table it is one cell, as "column: value".
type WrongAnswer struct {
	Given string   `json:"given"`
	Count int      `json:"count"`
	Tags  []string `json:"tags,omitempty"` // misconceptions that were recognised in it
}

// TagCount is in how many submissions a misconception was recognised.
type TagCount struct {
	Tag   string `json:"tag"`
	Count int    `json:"count"`
}

// wrongAnswers are the most frequent ones to question j, answers that differ in
// white space alone being the same. One submission counts once for each.
func (m matrix) wrongAnswers(j int) []WrongAnswer {
	found := map[string]*WrongAnswer{}
	for i := range m.cells {
		for given, tags := range wrongIn(m.at(i, j)) {
			if found[given] == nil {
				found[given] = &WrongAnswer{Given: given}
			}
			w := found[given]
			w.Count++
			w.Tags = merged(w.Tags, tags)
		}
	}
	list := []WrongAnswer{}
	for _, w := range found {
		list = append(list, *w)
	}
	slices.SortFunc(list, func(a, b WrongAnswer) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Given, b.Given))
	})
	return list[:min(len(list), mostWrong)]
}

// wrongIn is what is not right in one answer, with the tags of each.
func wrongIn(q *coursework.Marked) map[string][]string {
	wrong := map[string][]string{}
	if q == nil {
		return wrong
	}
	for _, c := range q.Cells {
		if notRight(c.Verdict) && strings.TrimSpace(c.Given) != "" {
			given := brief(c.Column + ": " + c.Given)
			wrong[given] = merged(wrong[given], []string{c.Tag})
		}
	}
	if len(q.Cells) == 0 && notRight(q.Verdict) && strings.TrimSpace(q.Given) != "" {
		wrong[brief(q.Given)] = merged(nil, q.Tags)
	}
	return wrong
}

func notRight(v coursework.Verdict) bool {
	return v == coursework.Wrong || v == coursework.Partly
}

func brief(s string) string {
	return visible.Cut(visible.Line(strings.Join(strings.Fields(importers.short(s, 8*maxWrong)), " ")), maxWrong)
}

// merged is the tags of both lists, sorted, once each, made visible.
func merged(a, b []string) []string {
	for _, tag := range b {
		if tag = importers.line(tag); tag != "" && !slices.Contains(a, tag) {
			a = append(a, tag)
		}
	}
	slices.Sort(a)
	return a
}

// tags counts misconceptions in question j.
func (m matrix) tags(j int) []TagCount {
	count := map[string]int{}
	for i := range m.cells {
		q := m.at(i, j)
		if q == nil {
			continue
		}
		tags := merged(nil, q.Tags)
		for _, c := range q.Cells {
			tags = merged(tags, []string{c.Tag})
		}
		for _, tag := range tags {
			count[tag]++
		}
	}
	list := []TagCount{}
	for tag, n := range count {
		list = append(list, TagCount{tag, n})
	}
	slices.SortFunc(list, func(a, b TagCount) int {
		return cmp.Or(cmp.Compare(b.Count, a.Count), cmp.Compare(a.Tag, b.Tag))
	})
	return list
}
