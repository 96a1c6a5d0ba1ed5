package page

import (
	"math"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
)

// placed is a page that knows without looking which line is about a byte: the
// best line and how many bytes that line is about, or -1.
type placed interface {
	lineAt(at layer.Place) (line int, width int64)
}

// LineAt is the line that is about the first byte of a place, -1 when none is.
// Of several lines the one about the fewest bytes counts, and of these the
// first; findings count only where nothing else is about the byte.
func LineAt(d doc.Page, at layer.Place) int {
	i, _ := lineAt(d, at)
	return i
}

// remarkWidth makes findings worse than any line that shows the byte itself.
const remarkWidth = math.MaxInt64 / 2

func lineAt(d doc.Page, at layer.Place) (best int, width int64) {
	if p, ok := d.(placed); ok {
		return p.lineAt(at)
	}
	best, width = -1, math.MaxInt64
	for i := range d.Len() {
		l := d.Line(i)
		r := l.Ref
		if r.Stream != at.Stream || r.Side != at.Side || at.From < r.From || at.From >= r.To {
			continue
		}
		n := r.To - r.From
		if isRemark(l) {
			n = remarkWidth + n/2
		}
		if n < width {
			best, width = i, n
		}
	}
	return best, width
}

// lineAt implements placed.
func (j *joined) lineAt(at layer.Place) (best int, width int64) {
	best, width = -1, math.MaxInt64
	for k, p := range j.parts {
		if i, n := lineAt(p, at); i >= 0 && n < width {
			best, width = j.begin(k)+i, n
		}
	}
	return best, width
}

// searched is a page that finds text faster than line by line. The text is in
// lower case; from is a line of the page. The answer is -1 when there is none.
type searched interface {
	find(lower string, from int, backwards bool) int
}

// Find is the first line from a line on, in either direction, that contains a
// text in any case, -1 when there is none up to the end. It goes through long
// pages line by line, which may take longer than a screen should wait.
func Find(d doc.Page, text string, from int, backwards bool) int {
	if text == "" || d.Len() == 0 {
		return -1
	}
	if !backwards && from >= d.Len() || backwards && from < 0 {
		return -1
	}
	return find(d, strings.ToLower(text), min(max(from, 0), d.Len()-1), backwards)
}

func find(d doc.Page, lower string, from int, backwards bool) int {
	if s, ok := d.(searched); ok {
		return s.find(lower, from, backwards)
	}
	step := 1
	if backwards {
		step = -1
	}
	for i := from; i >= 0 && i < d.Len(); i += step {
		if strings.Contains(strings.ToLower(d.Line(i).String()), lower) {
			return i
		}
	}
	return -1
}

// find implements searched.
func (j *joined) find(lower string, from int, backwards bool) int {
	for n := range j.parts {
		k := n
		if backwards {
			k = len(j.parts) - 1 - n
		}
		first, last := j.begin(k), j.ends[k]-1
		if !backwards && last < from || backwards && first > from {
			continue
		}
		if i := find(j.parts[k], lower, min(max(from, first), last)-first, backwards); i >= 0 {
			return first + i
		}
	}
	return -1
}
