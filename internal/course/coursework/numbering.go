package coursework

import (
	"regexp"
	"slices"
	"strconv"
	"strings"

	"httpscope/internal/course/sheet"
)

// ordinal is the number or letter before an entry: 1. or (1) or 1、 or a).
var ordinal = regexp.MustCompile(`^\s*[(（]?(\d{1,2}|[a-zA-Z])(?:\s*[)）、]|[.．:：])(\s*)`)

// unnumbered are entries without their numbers, when each has its own: 1.1 is a
// version, and no first entry 1.
func unnumbered(entries []string) []string {
	out := slices.Clone(entries)
	for i, e := range entries {
		m := ordinal.FindStringSubmatch(e)
		if m == nil || m[1] != strconv.Itoa(i+1) && !strings.EqualFold(m[1], letter(i)) {
			return entries
		}
		rest := e[len(m[0]):]
		if point := strings.ContainsAny(m[0], ".．:："); rest == "" || point && m[2] == "" && rest[0] >= '0' &&
			rest[0] <= '9' {
			return entries
		}
		out[i] = rest
	}
	return out
}

// unbulleted are lines without the marks of a list, when each has one.
func unbulleted(lines []string) []string {
	out := slices.Clone(lines)
	for i, l := range lines {
		if out[i] = listMark.ReplaceAllString(l, ""); out[i] == l {
			return lines
		}
	}
	return out
}

// withoutNumbers is an answer of several lines without the numbers or the marks of a list before them.
func withoutNumbers(a *sheet.Answer) *sheet.Answer {
	if a.List != nil || a.Rows != nil {
		return a
	}
	lines := strings.FieldsFunc(a.Text, func(r rune) bool { return strings.ContainsRune("\n;；", r) })
	lines = slices.DeleteFunc(lines, func(l string) bool { return strings.TrimSpace(l) == "" })
	bare := unnumbered(unbulleted(lines))
	if len(lines) < 2 || slices.Equal(bare, lines) {
		return a
	}
	return &sheet.Answer{ID: a.ID, Text: strings.Join(bare, "\n"), Line: a.Line}
}
