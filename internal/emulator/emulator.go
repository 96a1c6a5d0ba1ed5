// Package emulator emulates a terminal for tests: what is on its screen, and
// how many bytes it took to get there.
package emulator

import (
	"bytes"
	"fmt"
	"strings"
	"sync"

	"github.com/gdamore/tcell/v3/vt"
)

// Terminal is an emulated terminal. It may be used by several goroutines.
type Terminal struct {
	mu    sync.Mutex
	w, h  int
	mock  vt.MockTerm
	seen  []vt.Cell // at the last call of Update
	bytes int       // since then
}

// Update is what came between two looks at the screen.
type Update struct {
	Bytes int // that were sent
	Cells int // that differ afterwards; a wide character is two
}

// New makes an empty terminal of a size in cells.
func New(w, h int) *Terminal {
	t := &Terminal{w: w, h: h, mock: vt.NewMockTerm(vt.MockOptSize{X: vt.Col(w), Y: vt.Row(h)})}
	if err := t.mock.Start(); err != nil {
		panic(err) // only when it runs already
	}
	t.seen = t.cells()
	return t
}

// Close ends the emulation.
func (t *Terminal) Close() { _ = t.mock.Stop() }

// Resize changes the size. What is outside afterwards is lost.
func (t *Terminal) Resize(w, h int) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.mock.SetSize(vt.Coord{X: vt.Col(w), Y: vt.Row(h)})
	_ = t.mock.Drain() // it takes the size in as it does what was written
	t.w, t.h = w, h
	t.seen = t.cells()
}

// Write does what a program sends.
func (t *Terminal) Write(b []byte) (int, error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	t.bytes += len(b)
	return t.mock.Write(bytes.Clone(b))
}

// Update tells what came since the last call.
func (t *Terminal) Update() Update {
	t.mu.Lock()
	defer t.mu.Unlock()
	now := t.cells()
	u := Update{Bytes: t.bytes}
	for i, c := range now {
		if c.C != t.seen[i].C || !c.S.Equal(t.seen[i].S) {
			u.Cells += max(1, c.W)
		}
	}
	t.seen, t.bytes = now, 0
	return u
}

// cells are what is on the screen, row by row.
func (t *Terminal) cells() []vt.Cell {
	cells := make([]vt.Cell, 0, t.w*t.h)
	for y := range t.h {
		for x := range t.w {
			c := t.mock.GetCell(vt.Coord{X: vt.Col(x), Y: vt.Row(y)})
			if c.C == "" && c.W == 0 && !covered(cells, x) {
				c.C = " " // erased, not written
			}
			cells = append(cells, c)
		}
	}
	return cells
}

// covered reports whether column x is the second half of the character before it.
func covered(before []vt.Cell, x int) bool { return x > 0 && before[len(before)-1].W > 1 }

// Text is the screen as lines, without the spaces at their ends.
func (t *Terminal) Text() string {
	t.mu.Lock()
	defer t.mu.Unlock()
	var b strings.Builder
	for i, c := range t.cells() {
		b.WriteString(c.C)
		if (i+1)%t.w == 0 {
			b.WriteByte('\n')
		}
	}
	lines := strings.Split(b.String(), "\n")
	for i := range lines {
		lines[i] = strings.TrimRight(lines[i], " ")
	}
	return strings.Join(lines, "\n")
}

// Compare says where two terminals show different things, "" where they show
// the same: texts, styles, and where the cursor is.
func Compare(a, b *Terminal) string {
	a.mu.Lock()
	defer a.mu.Unlock()
	b.mu.Lock()
	defer b.mu.Unlock()
	if a.w != b.w || a.h != b.h {
		return fmt.Sprintf("%dx%d and %dx%d", a.w, a.h, b.w, b.h)
	}
	others := b.cells()
	for i, c := range a.cells() {
		if o := others[i]; c.C != o.C || !c.S.Equal(o.S) {
			return fmt.Sprintf("column %d of row %d: %q and %q", i%a.w, i/a.w, c.C, o.C)
		}
	}
	if p, q := a.cursor(), b.cursor(); p != q {
		return fmt.Sprintf("cursor: %s and %s", p, q)
	}
	return ""
}

// cursor says where the cursor is, if it is shown.
func (t *Terminal) cursor() string {
	if !t.mock.Backend().GetCursor().IsVisible() {
		return "hidden"
	}
	p := t.mock.Pos()
	return fmt.Sprintf("column %d of row %d", p.X, p.Y)
}
