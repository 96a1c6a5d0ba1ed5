package tui

import (
	"fmt"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"pgregory.net/rapid"

	"httpscope/internal/emulator"
	"httpscope/internal/store"
	"httpscope/internal/texts"
)

// A key may cost so many bytes, and so many more for each cell that differs.
const keyBytes, cellBytes = 500, 3

// tour are keys that show every view and pane, and scroll, type and select there.
var tour = []string{"j", "j", "j", "j", "k", "G", "g", "v", "v", "2", "3", "4", "5", "6", "7", "8", "1", "Tab", "j",
	"j", "PgDn", "x", "j", "x", "Enter", "Tab",
	"j", "j", "j", "PgDn", "Esc", "Esc", "e", "e", "?", "j", "PgDn", "Esc", "/", "h", "t", "Tab", "Esc", "m", "o",
	"O", "z", "7", "Tab", "j", "l", "PgDn"}

// TestFramesSendWhatChanged counts what 100 frames send that show the same, and
// what keys send. The emulated terminal says how many cells differ, and that
// what it shows is what was drawn.
func TestFramesSendWhatChanged(t *testing.T) {
	s := readSample(t, "demo.pcapng")
	for _, kind := range []string{"xterm-256color", "tmux-256color", "linux"} {
		for _, lang := range []texts.Lang{texts.English, texts.Chinese} {
			for _, size := range [][2]int{{60, 16}, {80, 24}, {100, 30}, {120, 40}, {200, 50}} {
				t.Run(fmt.Sprintf("%s/%s/%dx%d", kind, lang, size[0], size[1]), func(t *testing.T) {
					p := newEmulated(size[0], size[1])
					u := sit(t, Config{Store: s, Source: "FILE demo.pcapng", Lang: lang, Compile: compile}, size[0],
						size[1])
					takeTour(t, u, p, p.buffered(t, kind))
				})
			}
		}
	}
}

func takeTour(t *testing.T, u *user, p *emulated, s tcell.Screen) {
	drawFrame(u, p, s)
	for range 100 {
		if f := drawFrame(u, p, s); f.Bytes > 0 {
			t.Fatalf("a frame that shows the same sends %d bytes", f.Bytes)
		}
	}
	for i, k := range tour {
		u.press(k)
		if f := drawFrame(u, p, s); f.Bytes > keyBytes+cellBytes*f.Cells {
			t.Errorf("key %d, %s, sends %d bytes for %d cells", i, k, f.Bytes, f.Cells)
		}
		if got, want := p.Text(), u.look(); got != want {
			t.Fatalf("after key %d, %s, the terminal shows\n%s\ninstead of\n%s", i, k, got, want)
		}
	}
}

// drawFrame draws as tview does, and tells what that sent.
func drawFrame(u *user, p *emulated, s tcell.Screen) emulator.Update {
	s.Clear()
	s.HideCursor()
	u.app.draw(s, u.w, u.h)
	s.Show()
	return p.Update()
}

// TestScatteredCellsAreCheap changes every second letter: moving the cursor to
// each would take far more than the letters.
func TestScatteredCellsAreCheap(t *testing.T) {
	p := newEmulated(200, 50)
	s := p.buffered(t, "xterm-256color")
	for _, line := range []string{"abcdefgh", "aBcDeFgH"} {
		p.Update()
		s.Clear()
		for y := range 50 {
			s.PutStr(0, y, strings.Repeat(line, 200/len(line)))
		}
		s.Show()
	}
	if f := p.Update(); f.Cells != 50*100 || f.Bytes > keyBytes+cellBytes*f.Cells {
		t.Errorf("%d bytes for %d cells", f.Bytes, f.Cells)
	}
}

// TestBareScreenSendsMore shows what the buffer is for. When this fails, tcell
// has learnt to compare cells itself, and the buffer can go.
func TestBareScreenSendsMore(t *testing.T) {
	p := newEmulated(80, 24)
	s := p.bare(t, "xterm-256color")
	if err := s.Init(); err != nil {
		t.Fatal(err)
	}
	defer s.Fini()
	u := sit(t, Config{Store: readSample(t, "demo.pcapng")}, 80, 24)
	drawFrame(u, p, s)
	if f := drawFrame(u, p, s); f.Cells != 0 || f.Bytes < 2000 {
		t.Errorf("a frame that shows the same: %d bytes for %d cells", f.Bytes, f.Cells)
	}
}

// TestClockSendsItself: a second that passes costs some fifty bytes, not a screen.
func TestClockSendsItself(t *testing.T) {
	st := store.New(0)
	st.SetStatus(store.Status{First: 1})
	p := newEmulated(120, 40)
	u := sit(t, Config{Store: st, Live: true, Source: "LIVE lo"}, 120, 40)
	s := p.buffered(t, "xterm-256color")
	drawFrame(u, p, s)
	now := u.app.Now()
	sent := 0
	for range 100 {
		now = now.Add(frameTime)
		u.app.Now = func() time.Time { return now }
		sent += drawFrame(u, p, s).Bytes
	}
	if most := 100 * int(frameTime.Milliseconds()) / 2; sent == 0 || sent > most {
		t.Errorf("ten seconds of a clock send %d bytes, more than %d or none", sent, most)
	}
}

// letters are narrow, wide, combined, and drawn with lines.
var letters = []string{"a", "b", " ", "─", "│", "请", "求", "ü", "e\u0301", "한", "😀", "👩\u200d💻"}

// TestBufferedScreenShowsWhatWasDrawn draws anything at all, with changes of
// size in between, and compares with a terminal on which all was drawn anew.
func TestBufferedScreenShowsWhatWasDrawn(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		p, q := newEmulated(12, 4), newEmulated(12, 4)
		s, whole := p.buffered(t, "xterm-256color"), q.buffered(t, "xterm-256color")
		for range rapid.IntRange(1, 8).Draw(r, "frames") {
			for range rapid.SampledFrom([]int{0, 0, 0, 1, 2, 3}).Draw(r, "resizes") {
				w, h := rapid.SampledFrom([]int{1, 12, 20}).Draw(r, "width"),
					rapid.SampledFrom([]int{2, 4, 6}).Draw(r, "height")
				resize(p, s, w, h)
				resize(q, whole, w, h)
			}
			drawAnything(r, s, whole)
			s.Show()
			whole.Sync()
			if diff := emulator.Compare(p.Terminal, q.Terminal); diff != "" {
				r.Fatal(diff)
			}
		}
	})
}

// resize changes the size, and waits until the screen has heard of it.
func resize(p *emulated, s tcell.Screen, w, h int) {
	if x, y := s.Size(); x == w && y == h {
		return
	}
	p.resize(w, h)
	for {
		if ev, ok := s.PollEvent().(*tcell.EventResize); ok {
			if x, y := ev.Size(); x == w && y == h {
				return
			}
		}
	}
}

// drawAnything draws the same on several screens.
func drawAnything(r *rapid.T, screens ...tcell.Screen) {
	for _, s := range screens {
		s.Clear()
		s.HideCursor()
	}
	w, h := screens[0].Size()
	styles := []tcell.Style{tcell.StyleDefault, tcell.StyleDefault.Reverse(true),
		tcell.StyleDefault.Foreground(tcell.ColorTeal).Bold(true)}
	for range rapid.IntRange(0, 12).Draw(r, "words") {
		x, y := rapid.IntRange(0, w-1).Draw(r, "x"), rapid.IntRange(0, h-1).Draw(r, "y")
		st := rapid.SampledFrom(styles).Draw(r, "style")
		word := ""
		for _, l := range rapid.SliceOfN(rapid.SampledFrom(letters), 1, 5).Draw(r, "letters") {
			word += l
		}
		for _, s := range screens {
			canvas{screen: s}.text(x, y, w-x, word, st)
		}
	}
	if rapid.Bool().Draw(r, "cursor") {
		x, y := rapid.IntRange(0, w-1).Draw(r, "column"), rapid.IntRange(0, h-1).Draw(r, "row")
		for _, s := range screens {
			s.ShowCursor(x, y)
		}
	}
}
