package main

import (
	"context"
	"strings"
	"testing"

	"github.com/gdamore/tcell/v2"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/session"
	"httpscope/internal/store"
	"httpscope/tui"
)

// finished is a screen that tells whether it was given back.
type finished struct {
	tcell.SimulationScreen
	done bool
}

// Fini implements tcell.Screen.
func (f *finished) Fini() {
	f.done = true
	f.SimulationScreen.Fini()
}

// TestPanicRestoresTheTerminal: the screen is given back before the panic of
// whatever worked beside it goes on.
func TestPanicRestoresTheTerminal(t *testing.T) {
	for name, work := range map[string]func(ctx context.Context) error{
		"the work": func(context.Context) error { panic("broken invariant") },
		"its reading goroutine": func(ctx context.Context) error {
			return session.NewReader(brokenSource{}, inspect.New(inspect.Options{}, &heardExchanges{}),
				session.Hooks{}).Read(ctx)
		},
	} {
		t.Run(name, func(t *testing.T) {
			screen := &finished{SimulationScreen: tcell.NewSimulationScreen("UTF-8")}
			theme, _ := tui.NamedTheme("mono")
			defer func() {
				p, _ := recover().(string)
				if !strings.Contains(p, "broken invariant") || !strings.Contains(p, "crash_test.go") {
					t.Errorf("the panic is %q", p)
				}
				if !screen.done {
					t.Error("the terminal was not given back")
				}
			}()
			show(t.Context(), tui.Config{Store: store.New(0), Theme: theme, Screen: screen}, work)
			t.Error("show returned")
		})
	}
}

// brokenSource is a source with a broken invariant.
type brokenSource struct{}

func (brokenSource) Next() (*capture.Packet, error) { panic("broken invariant") }
func (brokenSource) OnWait(func())                  {}
