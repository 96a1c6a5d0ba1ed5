package tui

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
)

// canvas draws on a screen. Text is never parsed for style tags.
type canvas struct {
	screen tcell.Screen
	theme  *Theme
	ascii  bool
}

// text writes text from x on, at most width columns of it, and returns the
// columns used. A wide character that does not fit is left out.
func (c canvas) text(x, y, width int, s string, st tcell.Style) int {
	used, state := 0, -1
	for s != "" {
		var cluster string
		var w int
		cluster, s, w, state = uniseg.FirstGraphemeClusterInString(s, state)
		if used+w > width {
			break
		}
		if w == 0 {
			continue // a mark without a letter before it
		}
		r := []rune(cluster)
		c.screen.SetContent(x+used, y, r[0], r[1:], st)
		used += w
	}
	return used
}

// fill clears a part of the screen.
func (c canvas) fill(r rect, st tcell.Style) {
	for y := r.y; y < r.y+r.h; y++ {
		for x := r.x; x < r.x+r.w; x++ {
			c.screen.SetContent(x, y, ' ', nil, st)
		}
	}
}

// line writes a line of a page, from column left of it on.
func (c canvas) line(x, y, width, left int, l doc.Line, over *tcell.Style) {
	used, state := 0, -1
	for _, s := range l.Spans {
		st := c.theme.role(s.Role)
		if over != nil {
			st = *over
		}
		for rest := s.Text; rest != ""; {
			var cluster string
			var w int
			cluster, rest, w, state = uniseg.FirstGraphemeClusterInString(rest, state)
			if used+w-left > width {
				return
			}
			if w > 0 && used >= left {
				r := []rune(cluster)
				c.screen.SetContent(x+used-left, y, r[0], r[1:], st)
			}
			used += w
		}
	}
}

// frame draws a border with a title, and what is inside it blank.
//
// Only the lines above and below tell of the focus: cells one below the other
// take a move of the cursor each to send again.
func (c canvas) frame(r rect, title, foot string, focused bool) {
	if r.w < 2 || r.h < 2 {
		return
	}
	st := c.theme.border
	if focused {
		st = c.theme.focus
	}
	h, v, corners := '─', '│', [4]rune{'┌', '┐', '└', '┘'}
	if c.ascii {
		h, v, corners = '-', '|', [4]rune{'+', '+', '+', '+'}
	}
	right, bottom := r.x+r.w-1, r.y+r.h-1
	for x := r.x + 1; x < right; x++ {
		c.screen.SetContent(x, r.y, h, nil, st)
		c.screen.SetContent(x, bottom, h, nil, st)
	}
	for y := r.y + 1; y < bottom; y++ {
		c.screen.SetContent(r.x, y, v, nil, c.theme.border)
		c.screen.SetContent(right, y, v, nil, c.theme.border)
	}
	for i, at := range [4][2]int{{r.x, r.y}, {right, r.y}, {r.x, bottom}, {right, bottom}} {
		c.screen.SetContent(at[0], at[1], corners[i], nil, st)
	}
	c.text(r.x+2, r.y, r.w-4, title, st)
	c.text(r.x+2, bottom, r.w-4, foot, st)
}
