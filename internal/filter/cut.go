package filter

import (
	"strconv"
	"strings"
)

// cut is a piece of a slice: bytes from..to, both included. Negative numbers
// count from the end, -1 is the last; open has no end. The layers of a field
// are cuts too, of numbers from 1.
type cut struct {
	from, to int
	length   int // instead of to, when positive
	open     bool
	text     string // as String writes it
}

// readCuts reads [i:j], [i-j], [i], [:j], [i:] and lists of them; for a layer
// without brackets its number.
func readCuts(t *token) []cut {
	var cuts []cut
	at := t.at
	if t.kind == cutsToken {
		at++
	}
	for _, text := range strings.Split(t.text, ",") {
		one := strings.TrimSpace(text)
		c, why := readCut(one)
		if why != "" {
			panic(wrong(at, at+len(text), why, one).suggest("filter.write-slice"))
		}
		cuts = append(cuts, c)
		at += len(text) + 1
	}
	return cuts
}

// readCut reads one piece. why is the key of what is wrong with it, "" when nothing is.
func readCut(text string) (c cut, why string) {
	c = cut{text: strings.ReplaceAll(text, " ", "")}
	at := strings.IndexByte(text, ':')
	if at < 0 {
		at = dash(text)
	}
	if at < 0 {
		n, ok := integer(text)
		c.from, c.length = n, 1
		return c, unless(ok, "filter.slice-place")
	}
	left, right := strings.TrimSpace(text[:at]), strings.TrimSpace(text[at+1:])
	var okLeft, okRight = true, true
	if left != "" {
		c.from, okLeft = integer(left)
	}
	if right != "" {
		c.to, okRight = integer(right)
	}
	switch length := text[at] == ':'; {
	case !okLeft || !okRight || left == "" && right == "" || !length && (left == "" || right == ""):
		return c, "filter.slice-range"
	case right == "":
		c.open = true
	case length:
		c.length = c.to
		return c, unless(c.length > 0, "filter.slice-length")
	case (c.from < 0) == (c.to < 0):
		return c, unless(c.from <= c.to, "filter.slice-order")
	}
	return c, ""
}

// dash is the index of the - between two numbers, which is not the first character.
func dash(text string) int {
	if len(text) < 2 {
		return -1
	}
	i := strings.IndexByte(text[1:], '-')
	if i < 0 {
		return -1
	}
	return i + 1
}

func unless(ok bool, key string) string {
	if ok {
		return ""
	}
	return key
}

// integer reads a number in any of C's notations, so small that two of them add
// up in 32 bits.
func integer(text string) (int, bool) {
	n, err := strconv.ParseInt(text, 0, 31)
	return int(n), err == nil
}

// of returns the piece of n bytes as [from, to), and whether there is one.
func (c cut) of(n int) (from, to int, ok bool) {
	from, to = c.from, c.to+1
	if from < 0 {
		from += n
	}
	switch {
	case c.open:
		to = n
	case c.length > 0:
		to = from + c.length
	case c.to < 0:
		to += n
	}
	return from, to, 0 <= from && from <= to && to <= n
}

// onlyLayer reports whether the cuts after # hold the one layer that a trace
// has of every protocol: the innermost. No cuts hold all.
func onlyLayer(cuts []cut) bool {
	for _, c := range cuts {
		if c.from == 1 || c.from == 0 || c.from == -1 || c.from < 0 && c.open {
			return true
		}
	}
	return len(cuts) == 0
}
