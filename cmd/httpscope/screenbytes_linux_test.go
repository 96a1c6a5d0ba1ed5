package main

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/creack/pty"

	"httpscope/internal/emulator"
	"httpscope/internal/testkit"
)

// What the screen may send: for a hundred frames that show the same, which are
// ten seconds of an idle lab; for a key, and for each cell that differs.
const idleBytes, keyBytes, cellBytes = 5000, 500, 3

// hundredKeys walk through tables, pages and dialogs. None of them leaves.
var hundredKeys = strings.Repeat("jjjkG\tjjl7jv8?j?vxjxe1jz", 4)

// TestScreenSendsOnlyWhatChanged counts the bytes that the program sends to a
// terminal for a hundred frames: of keys that mean nothing, as a clock draws
// them too, and of keys that change what is seen.
func TestScreenSendsOnlyWhatChanged(t *testing.T) {
	for _, size := range [][2]int{{80, 24}, {100, 30}, {120, 40}, {200, 50}} {
		for _, args := range [][]string{{"open", testkit.Sample(t, "demo.pcapng")},
			{"lab", "--sockets", "--port", "0"}} {
			t.Run(fmt.Sprintf("%s/%dx%d", args[0], size[0], size[1]), func(t *testing.T) {
				s := sitDown(t, size[0], size[1], args...)
				s.press(strings.Repeat("U", 100))
				if idle := total(s.updates(t)); idle.Bytes > idleBytes {
					t.Errorf("100 idle frames send %d bytes", idle.Bytes)
				}
				s.press(hundredKeys)
				all := s.updates(t)
				for _, u := range all {
					if u.Bytes > keyBytes+cellBytes*u.Cells {
						t.Errorf("an update sends %d bytes for %d cells", u.Bytes, u.Cells)
					}
				}
				if sum := total(all); sum.Cells == 0 || sum.Bytes > len(hundredKeys)*keyBytes+cellBytes*sum.Cells {
					t.Errorf("%d keys send %d bytes for %d cells", len(hundredKeys), sum.Bytes, sum.Cells)
				}
			})
		}
	}
}

func total(all []emulator.Update) (sum emulator.Update) {
	for _, u := range all {
		sum.Bytes += u.Bytes
		sum.Cells += u.Cells
	}
	return sum
}

// seat is a place at a terminal where the program runs.
type seat struct {
	keyboard *os.File
	process  *os.Process
	screen   *emulator.Terminal

	mu   sync.Mutex
	sent []emulator.Update // since they were taken
}

// sitDown starts the program, and returns when its screen is there.
func sitDown(t *testing.T, w, h int, args ...string) *seat {
	t.Helper()
	return sitDownWith(t, exec.CommandContext(t.Context(), "httpscope", args...), w, h)
}

// sitDownWith starts a program that shows the screen.
func sitDownWith(t *testing.T, c *exec.Cmd, w, h int) *seat {
	t.Helper()
	c.Env = append(os.Environ(), "TERM=xterm-256color", "NO_COLOR=", "LC_ALL=C.UTF-8")
	f, err := pty.StartWithSize(c, &pty.Winsize{Cols: uint16(w), Rows: uint16(h)})
	if err != nil {
		t.Fatal(err)
	}
	s := &seat{keyboard: f, process: c.Process, screen: emulator.New(w, h)}
	watched := make(chan struct{})
	go func() { defer close(watched); s.watch() }()
	t.Cleanup(func() {
		_ = c.Process.Kill()
		_ = c.Wait()
		_ = f.Close()
		<-watched
		s.screen.Close()
	})
	s.waitFor(t, "Exchanges", true)
	s.updates(t)
	return s
}

// watch shows what the program sends. tcell says where each update ends.
func (s *seat) watch() {
	end := []byte("\x1b[?2026l")
	var pending []byte
	for b := make([]byte, 1<<16); ; {
		n, err := s.keyboard.Read(b)
		if err != nil {
			return
		}
		pending = append(pending, b[:n]...)
		for i := bytes.Index(pending, end); i >= 0; i = bytes.Index(pending, end) {
			_, _ = s.screen.Write(pending[:i+len(end)])
			pending = pending[i+len(end):]
			s.mu.Lock()
			s.sent = append(s.sent, s.screen.Update())
			s.mu.Unlock()
		}
	}
}

func (s *seat) press(keys string) { _, _ = s.keyboard.WriteString(keys) }

// updates takes what was sent. The command line, opened and closed, shows that
// all keys before it have had their frames.
func (s *seat) updates(t *testing.T) []emulator.Update {
	t.Helper()
	const commandLine = "\n:"
	s.press(":")
	s.waitFor(t, commandLine, true)
	s.press("\x1b")
	s.waitFor(t, commandLine, false)
	s.mu.Lock()
	defer s.mu.Unlock()
	all := s.sent
	s.sent = nil
	return all
}

// waitFor waits until a text is on the screen, or is not.
func (s *seat) waitFor(t *testing.T, text string, there bool) {
	t.Helper()
	for deadline := time.Now().Add(time.Minute); time.Now().Before(deadline); time.Sleep(5 * time.Millisecond) {
		if strings.Contains(s.screen.Text(), text) == there {
			return
		}
	}
	t.Fatalf("%q on the screen is not %v:\n%s", text, there, s.screen.Text())
}
