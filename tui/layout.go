package tui

// rect is a part of the screen, in cells. Empty ones are not drawn.
type rect struct{ x, y, w, h int }

func (r rect) empty() bool { return r.w <= 0 || r.h <= 0 }

// inner is the part inside a border.
func (r rect) inner() rect { return rect{r.x + 1, r.y + 1, max(0, r.w-2), max(0, r.h-2)} }

func (r rect) has(x, y int) bool { return x >= r.x && x < r.x+r.w && y >= r.y && y < r.y+r.h }

// pane is a part of the screen that keys can be sent to.
type pane uint8

const (
	tablePane pane = iota
	detailPane
	sidePane
	panes
)

// layout is where everything is.
type layout struct {
	header, filter, footer, flash rect
	pane                          [panes]rect
	tooSmall                      bool
}

// arrangement is what a layout depends on besides the size.
type arrangement struct {
	filterLine bool // a filter is set or being typed
	side       bool // a side pane is wanted where there is room for it
	low        bool // it is wanted in place of the detail pane where there is none
	focus      pane
	zoom       bool // the pane in focus gets everything
}

// Smallest sizes, in columns and rows, of the arrangements.
const (
	minWidth, minHeight   = 60, 16
	lowWidth, lowHeight   = 80, 24  // from here on, a pane below the table
	wideWidth, wideHeight = 100, 28 // from here on, a side pane beside it
)

// arrange computes the layout of a screen. It is pure: the same size and
// arrangement give the same layout.
func arrange(width, height int, a arrangement) layout {
	var l layout
	if width < minWidth || height < minHeight {
		l.tooSmall = true
		return l
	}
	top, bottom := 1, height-2
	l.header = rect{0, 0, width, 1}
	l.flash, l.footer = rect{0, height - 2, width, 1}, rect{0, height - 1, width, 1}
	if a.filterLine {
		l.filter = rect{0, 1, width, 1}
		top++
	}
	area := rect{0, top, width, bottom - top}
	switch {
	case a.zoom || width < lowWidth || height < lowHeight:
		l.pane[a.focus] = area
	default:
		l.split(area, a, wide(width, height))
	}
	return l
}

// wide reports a screen with room for a side pane beside the detail pane.
func wide(width, height int) bool { return width >= wideWidth && height >= wideHeight }

// split puts the table on top and one or two panes below it.
func (l *layout) split(area rect, a arrangement, wide bool) {
	upper := max(6, area.h*2/5)
	l.pane[tablePane] = rect{area.x, area.y, area.w, upper}
	below := rect{area.x, area.y + upper, area.w, area.h - upper}
	switch {
	case a.side && wide:
		side := max(40, below.w*3/8)
		l.pane[detailPane] = rect{below.x, below.y, below.w - side, below.h}
		l.pane[sidePane] = rect{below.x + below.w - side, below.y, side, below.h}
	case a.side && a.low:
		l.pane[sidePane] = below
	default:
		l.pane[detailPane] = below
	}
}
