package doc

import (
	"strings"

	"github.com/rivo/uniseg"
)

// WrapText breaks a text into lines of at most n columns, at its spaces and, in
// Chinese, between characters. What has no place to break and is longer has a
// line of its own.
func WrapText(text string, n int) []string {
	var lines []string
	line, used := "", 0
	for rest := strings.Join(strings.Fields(text), " "); rest != ""; {
		var piece string
		piece, rest = cutPiece(rest)
		k := uniseg.StringWidth(piece)
		if line != "" && used+k > n {
			lines = append(lines, line)
			line, used = "", 0
			piece = strings.TrimLeft(piece, " ")
			k = uniseg.StringWidth(piece)
		}
		line, used = line+piece, used+k
	}
	if line != "" {
		lines = append(lines, line)
	}
	return lines
}

// cutPiece takes spaces and what stands after them up to the next place where
// a line may be broken: a space, or the border of a wide character, one of two
// columns as Chinese ones are. No piece begins with a sign that must not begin
// a line, such as 。 or ）, or ends with one that must not end it, such as （.
func cutPiece(s string) (piece, rest string) {
	at := len(s) - len(strings.TrimLeft(s, " "))
	before := cluster{}
	for at < len(s) && s[at] != ' ' {
		next := clusterAt(s[at:])
		if before.text != "" && mayBreak(before, next) {
			break
		}
		before, at = next, at+len(next.text)
	}
	return s[:at], s[at:]
}

// cluster is what a reader takes for one character.
type cluster struct {
	text  string
	width int // columns
}

func clusterAt(s string) cluster {
	if s[0] < 0x80 && (len(s) == 1 || s[1] < 0x80) { // nothing can combine with it
		return cluster{s[:1], 1}
	}
	text, _, width, _ := uniseg.FirstGraphemeClusterInString(s, -1)
	return cluster{text, width}
}

// Signs that must not begin a line, and that must not end one (GB/T 15834-2011,
// section 5.1).
const (
	closing = "。，、；：？！…·”’）」』】》〉.,;:?!)]}%"
	opening = "“‘（「『【《〈([{"
)

func mayBreak(before, next cluster) bool {
	return (before.width > 1 || next.width > 1) && !strings.Contains(closing, next.text) &&
		!strings.Contains(opening, before.text)
}
