package tui

import (
	"github.com/gdamore/tcell/v2"
	"github.com/rivo/tview"
)

// wheel is how many lines the wheel moves.
const wheel = 3

// click does what the mouse says: a click selects, a double click opens, the
// wheel scrolls the pane under the pointer.
func (a *app) click(action tview.MouseAction, ev *tcell.EventMouse) {
	x, y := ev.Position()
	p, ok := a.paneAt(x, y)
	if !ok || a.dialog != nil {
		return
	}
	switch action {
	case tview.MouseLeftClick, tview.MouseLeftDoubleClick:
		a.focus = p
		a.choose(p, y-a.layout.pane[p].inner().y)
		if action == tview.MouseLeftDoubleClick {
			a.press("Enter")
		}
	case tview.MouseScrollUp, tview.MouseScrollDown:
		n := wheel
		if action == tview.MouseScrollUp {
			n = -wheel
		}
		was := a.focus
		a.focus = p
		a.move(n)
		a.focus = was
	default:
		return
	}
	a.refresh()
}

func (a *app) paneAt(x, y int) (pane, bool) {
	for p := range panes {
		if a.layout.pane[p].has(x, y) {
			return p, true
		}
	}
	return 0, false
}

// choose puts the cursor on a line of a pane, counted inside its border.
func (a *app) choose(p pane, line int) {
	if t := a.text(); t != nil {
		t.moveTo(t.top + line)
		return
	}
	if line >= 1 { // below the headings
		a.follow = false
		a.table().moveTo(a.table().top + line - 1)
	}
}
