package tui

import (
	"context"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/gdamore/tcell/v2"

	"httpscope/internal/store"
)

// TestRunDrawsWhatComesAndEnds runs the real loop on a screen in memory.
func TestRunDrawsWhatComesAndEnds(t *testing.T) {
	for _, end := range []string{"key", "context"} {
		t.Run(end, func(t *testing.T) {
			screen := &watchedScreen{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}
			s := store.New(0)
			theme, _ := NamedTheme("mono")
			ctx, cancel := context.WithCancel(t.Context())
			defer cancel()
			done := make(chan error, 1)
			go func() {
				done <- Run(ctx, Config{Store: s, Live: true, Source: "LIVE lo", Theme: theme, Screen: screen})
			}()
			screen.waitFor(t, "Waiting for traffic")
			k := s.Sink()
			for id := int64(1); id <= 5; id++ {
				k.Exchange(answered(id, 200+int(id)))
			}
			k.Flush()
			screen.waitFor(t, " 5 of 5 ")
			screen.InjectKey(tcell.KeyRune, 'k', tcell.ModNone)
			screen.waitFor(t, " 4 of 5 ")
			if end == "key" {
				screen.InjectKey(tcell.KeyCtrlC, 0, tcell.ModCtrl)
			} else {
				cancel()
			}
			select {
			case err := <-done:
				if err != nil {
					t.Error(err)
				}
			case <-time.After(patience):
				t.Fatal("the screen did not end")
			}
		})
	}
}

// patience bounds every wait of these tests. It only ends what hangs: a busy
// machine has much less time than a clock shows.
const patience = 2 * time.Minute

// watchedScreen remembers what was shown last.
type watchedScreen struct {
	tcell.SimulationScreen
	mu   sync.Mutex
	text string
}

// Show implements tcell.Screen.
func (w *watchedScreen) Show() {
	w.SimulationScreen.Show()
	w.mu.Lock()
	defer w.mu.Unlock()
	w.text = text(w.SimulationScreen)
}

func (w *watchedScreen) waitFor(t *testing.T, want string) {
	t.Helper()
	for deadline := time.Now().Add(patience); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		w.mu.Lock()
		got := w.text
		w.mu.Unlock()
		if strings.Contains(got, want) {
			return
		}
	}
	t.Fatalf("%q did not appear:\n%s", want, w.text)
}
