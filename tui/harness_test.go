package tui

import (
	"bytes"
	"io"
	"net/netip"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/testkit"
)

// readSample fills a store with a sample capture.
func readSample(t testing.TB, name string) *store.Store {
	t.Helper()
	f, err := capture.Open(testkit.Sample(t, name))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	s := store.New(0)
	fill(t, s, f)
	return s
}

func fill(t testing.TB, s *store.Store, f *capture.File) {
	t.Helper()
	e := inspect.New(inspect.Options{}, s.Sink())
	var first, last int64
	for {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		if first == 0 {
			first = p.Nano
		}
		last = p.Nano
		e.Packet(p)
	}
	e.Finish()
	s.SetStatus(store.Status{Summary: e.Summary(), Gaps: e.Gaps(), First: first, Last: last, Ended: true})
}

// user is somebody at a screen of a fixed size.
type user struct {
	t      testing.TB
	app    *app
	screen tcell.SimulationScreen
	buffer *bufferedScreen // before the screen
	w, h   int
}

// sit puts a user before a store.
func sit(t testing.TB, c Config, w, h int) *user {
	t.Helper()
	s := tcell.NewSimulationScreen("UTF-8")
	b, err := newBufferedScreen(s)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(s.Fini)
	s.SetSize(w, h)
	if c.Theme.roles == nil {
		c.Theme, _ = NamedTheme("dark")
	}
	c.Now = func() time.Time { return time.Date(2026, 3, 2, 8, 0, 42, 0, time.UTC) }
	u := &user{t: t, app: newApp(c), screen: s, buffer: b, w: w, h: h}
	u.app.refresh()
	u.look()
	return u
}

// press types keys by their names; a single letter is itself.
func (u *user) press(names ...string) *user {
	u.t.Helper()
	for _, n := range names {
		u.app.key(keyEvent(u.t, n))
		u.look()
	}
	return u
}

// write types text letter by letter.
func (u *user) write(text string) *user {
	for _, r := range text {
		u.app.key(tcell.NewEventKey(tcell.KeyRune, r, tcell.ModNone))
	}
	u.look()
	return u
}

func keyEvent(t testing.TB, name string) *tcell.EventKey {
	t.Helper()
	for k, n := range specialKeys {
		if n == name {
			return tcell.NewEventKey(k, 0, tcell.ModNone)
		}
	}
	r := []rune(name)
	if len(r) != 1 {
		t.Fatalf("there is no key %q", name)
	}
	return tcell.NewEventKey(tcell.KeyRune, r[0], tcell.ModNone)
}

// look draws the screen and returns what is on it.
func (u *user) look() string {
	u.buffer.Clear()
	u.buffer.HideCursor()
	u.app.draw(u.buffer, u.w, u.h)
	u.buffer.Show()
	return text(u.screen)
}

// text is the screen as lines. The second cell of a wide character holds what
// was there before, so it is left out.
func text(s tcell.SimulationScreen) string {
	cells, w, h := s.GetContents()
	var b strings.Builder
	for y := range h {
		var line strings.Builder
		for x := 0; x < w; {
			r := string(cells[y*w+x].Runes)
			if r == "" || r == "\x00" {
				r = " "
			}
			line.WriteString(r)
			x += max(1, uniseg.StringWidth(r))
		}
		b.WriteString(strings.TrimRight(line.String(), " ") + "\n")
	}
	return b.String()
}

// sees checks that texts are on the screen.
func (u *user) sees(texts ...string) *user {
	u.t.Helper()
	screen := u.look()
	for _, want := range texts {
		if !strings.Contains(screen, want) {
			u.t.Fatalf("%q is not on the screen:\n%s", want, screen)
		}
	}
	return u
}

// misses checks that texts are not on the screen.
func (u *user) misses(texts ...string) *user {
	u.t.Helper()
	screen := u.look()
	for _, not := range texts {
		if strings.Contains(screen, not) {
			u.t.Fatalf("%q is on the screen:\n%s", not, screen)
		}
	}
	return u
}

// golden compares the screen with a file.
func (u *user) golden(name string) {
	u.t.Helper()
	testkit.Golden(u.t, filepath.Join("testdata", "golden", name+".txt"), u.look())
}

// readSynthetic fills a store with one connection.
func readSynthetic(t testing.TB, s *store.Store, talk func(c *synth.Conn)) {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:80"), [2]uint32{1, 2})
	x.Open()
	talk(x)
	x.Close(0)
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	fill(t, s, f)
}
