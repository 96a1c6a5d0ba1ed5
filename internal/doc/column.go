package doc

import (
	"strings"

	"github.com/rivo/uniseg"
)

// Column fills visible text up to n columns, on its left where right is asked for. What is longer is cut, and ends
// with a mark where there is room for that.
func Column(s string, n int, mark string, right bool) string {
	s = CutText(s, n, mark)
	fill := strings.Repeat(" ", max(0, n-uniseg.StringWidth(s)))
	if right {
		return fill + s
	}
	return s + fill
}

// CutText cuts visible text to n columns; what was cut ends with a mark where there is room for that.
func CutText(s string, n int, mark string) string {
	if len(s) <= n || uniseg.StringWidth(s) <= n {
		return s
	}
	room := n - uniseg.StringWidth(mark)
	if room < 1 {
		mark, room = "", max(n, 0)
	}
	return s[:prefixLength(s, room)] + mark
}

// prefixLength is the length of as many characters as fit into n columns.
func prefixLength(s string, n int) int {
	end, state := 0, -1
	for rest := s; rest != ""; {
		var cluster string
		var w int
		cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
		if n -= w; n < 0 {
			return end
		}
		end += len(cluster)
	}
	return end
}
