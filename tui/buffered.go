package tui

import (
	"sync/atomic"
	"unicode/utf8"

	"github.com/gdamore/tcell/v2"
)

// bufferedScreen keeps what is drawn until it is shown, and then hands on only
// the cells that differ from what was shown last. tview clears the screen
// before each frame, and tcell takes a cell that was cleared and then drawn as
// before for one that changed: it would send all text again with each frame.
//
// Settings that are made at the screen itself, a cursor style or a lock of
// cells, are seen with the next frame that differs.
type bufferedScreen struct {
	tcell.Screen
	drawn, shown             tcell.CellBuffer
	drawnCursor, shownCursor cursor
	stale                    atomic.Bool // the terminal may show something else than shown
}

// cursor is where the terminal's cursor is, in cells; -1, -1 when it is hidden.
type cursor struct{ x, y int }

// newBufferedScreen takes a screen into use; nil is the terminal's.
func newBufferedScreen(s tcell.Screen) (*bufferedScreen, error) {
	if s == nil {
		var err error
		if s, err = terminalScreen(); err != nil {
			return nil, err
		}
	}
	if err := s.Init(); err != nil {
		return nil, err
	}
	b := &bufferedScreen{Screen: s, drawnCursor: cursor{-1, -1}}
	b.stale.Store(true)
	return b, nil
}

// Init implements tcell.Screen. The screen is in use already: tview would not
// tell of an error.
func (b *bufferedScreen) Init() error { return nil }

// Clear implements tcell.Screen. A frame begins with it, so it also takes in
// the size that the terminal has now.
func (b *bufferedScreen) Clear() {
	w, h := b.Size()
	if ow, oh := b.drawn.Size(); w != ow || h != oh {
		b.drawn.Resize(w, h)
		b.shown.Resize(w, h)
		b.stale.Store(true)
	}
	b.Fill(' ', tcell.StyleDefault)
}

// Fill implements tcell.Screen.
func (b *bufferedScreen) Fill(r rune, st tcell.Style) { b.drawn.Fill(r, st) }

// Put implements tcell.Screen.
func (b *bufferedScreen) Put(x, y int, s string, st tcell.Style) (string, int) {
	return b.drawn.Put(x, y, s, st)
}

// PutStr implements tcell.Screen.
func (b *bufferedScreen) PutStr(x, y int, s string) { b.PutStrStyled(x, y, s, tcell.StyleDefault) }

// PutStrStyled implements tcell.Screen.
func (b *bufferedScreen) PutStrStyled(x, y int, s string, st tcell.Style) {
	for w := 1; s != "" && w > 0; x += w {
		s, w = b.drawn.Put(x, y, s, st)
	}
}

// SetCell implements tcell.Screen.
func (b *bufferedScreen) SetCell(x, y int, st tcell.Style, runes ...rune) {
	if len(runes) == 0 {
		runes = []rune{' '}
	}
	b.drawn.Put(x, y, string(runes), st)
}

// SetContent implements tcell.Screen.
func (b *bufferedScreen) SetContent(x, y int, r rune, combining []rune, st tcell.Style) {
	b.drawn.Put(x, y, string(append([]rune{r}, combining...)), st)
}

// Get implements tcell.Screen.
func (b *bufferedScreen) Get(x, y int) (string, tcell.Style, int) { return b.drawn.Get(x, y) }

// GetContent implements tcell.Screen.
func (b *bufferedScreen) GetContent(x, y int) (rune, []rune, tcell.Style, int) {
	text, st, width := b.drawn.Get(x, y)
	runes := []rune(text)
	if len(runes) == 0 {
		return 0, nil, st, width
	}
	return runes[0], runes[1:], st, width
}

// ShowCursor implements tcell.Screen.
func (b *bufferedScreen) ShowCursor(x, y int) { b.drawnCursor = cursor{x, y} }

// HideCursor implements tcell.Screen.
func (b *bufferedScreen) HideCursor() { b.ShowCursor(-1, -1) }

// Show implements tcell.Screen. Where nothing differs nothing is sent: tcell
// alone would hide and show the cursor.
func (b *bufferedScreen) Show() {
	if b.handOn() {
		b.Screen.Show()
	}
}

// Sync implements tcell.Screen.
func (b *bufferedScreen) Sync() {
	b.handOn()
	b.Screen.Sync()
}

// Resume implements tcell.Screen.
func (b *bufferedScreen) Resume() error {
	b.stale.Store(true)
	return b.Screen.Resume()
}

// PollEvent implements tcell.Screen. After a change of size, and back, the
// screen has forgotten cells that are still in shown.
func (b *bufferedScreen) PollEvent() tcell.Event {
	ev := b.Screen.PollEvent()
	if _, ok := ev.(*tcell.EventResize); ok {
		b.stale.Store(true)
	}
	return ev
}

// handOn gives the screen what differs from what was shown last, and reports
// whether anything does.
func (b *bufferedScreen) handOn() bool {
	all := b.stale.Swap(false)
	changed := all || b.drawnCursor != b.shownCursor
	if changed {
		b.Screen.ShowCursor(b.drawnCursor.x, b.drawnCursor.y)
		b.shownCursor = b.drawnCursor
	}
	_, h := b.drawn.Size()
	for y := range h {
		changed = b.handOnRow(y, all) || changed
	}
	return changed
}

// handOnRow gives the screen the cells of a row that differ, or all, and
// reports whether there are any.
func (b *bufferedScreen) handOnRow(y int, all bool) (changed bool) {
	w, _ := b.drawn.Size()
	end := -1 // column after the last cell that was given
	for x := 0; x < w; {
		text, st, width := b.drawn.Get(x, y)
		if all {
			width = 1 // tcell draws no cell that it never was given, not even a blank one
		}
		if was, wasStyle, _ := b.shown.Get(x, y); all || text != was || st != wasStyle {
			if end >= 0 && b.cheaper(end, x, y) {
				b.again(end, x, y)
			}
			if combined(text) || combined(was) {
				b.again(x, w, y)
			}
			b.shown.Put(x, y, text, st)
			b.Screen.Put(x, y, text, st)
			changed, end = true, x+width
		}
		x += width // what a wide character covers is not seen, and may wait
	}
	return changed
}

// again lets the screen send columns from to to, whether they differ or not.
func (b *bufferedScreen) again(from, to, y int) {
	b.Screen.LockRegion(from, y, to-from, 1, false) // an unlocked cell is sent
}

// combined reports a character of several code points. Terminals have different
// opinions of its width, so it may be seen in the cells behind it, too.
func combined(text string) bool { return utf8.RuneCountInString(text) > 1 }

// moveCost is how many bytes moving the cursor takes at least: ESC [ row ; column H.
const moveCost = 7

// cheaper reports whether sending columns from to to again takes fewer bytes
// than moving the cursor across them: the few letters between two that differ.
func (b *bufferedScreen) cheaper(from, to, y int) bool {
	if to-from >= moveCost {
		return false
	}
	_, pen, _ := b.drawn.Get(from-1, y)
	for x := from; x < to; x++ {
		if text, st, _ := b.drawn.Get(x, y); len(text) > 1 || st != pen {
			return false
		}
	}
	return true
}
