package main

import (
	"strings"
	"syscall"
	"testing"

	"golang.org/x/sys/unix"
)

// TestSuspendGivesTheTerminalBack: the program stops by Ctrl-Z and by SIGTSTP, with the terminal as it
// was before, and draws all again when it goes on, also where somebody else stopped it.
func TestSuspendGivesTheTerminalBack(t *testing.T) {
	s := sitDown(t, 100, 30, "open", "../../pcaps/demo.pcapng")
	before := s.screen.Text()
	for name, stop := range map[string]func(){
		"Ctrl-Z":  func() { s.press("\x1a") },
		"SIGTSTP": func() { s.signal(t, syscall.SIGTSTP) },
	} {
		stop()
		s.waitStopped(t)
		if m := modes(t, s); m.Lflag&unix.ICANON == 0 || m.Lflag&unix.ECHO == 0 {
			t.Errorf("%s: the terminal is left in raw mode", name)
		}
		s.clear("what the shell writes")
		s.signal(t, syscall.SIGCONT)
		s.waitFor(t, "Exchanges", true)
		if m := modes(t, s); m.Lflag&unix.ICANON != 0 {
			t.Errorf("%s: the terminal is not in raw mode again", name)
		}
		if after := s.screen.Text(); after != before {
			t.Errorf("%s: the screen was\n%s\nand is\n%s", name, before, after)
		}
	}
	s.signal(t, syscall.SIGSTOP)
	s.waitStopped(t)
	s.clear("what the shell writes")
	s.signal(t, syscall.SIGCONT)
	s.waitFor(t, "Exchanges", true)
	if !strings.Contains(s.screen.Text(), "/not-exist") {
		t.Errorf("the screen is\n%s", s.screen.Text())
	}
}

// clear shows something else, as a shell does that has the terminal.
func (s *seat) clear(text string) { _, _ = s.screen.Write([]byte("\x1b[2J\x1b[H" + text)) }

// signal sends the program a signal.
func (s *seat) signal(t *testing.T, sig syscall.Signal) {
	t.Helper()
	if err := s.process.Signal(sig); err != nil {
		t.Fatal(err)
	}
}

// waitStopped returns when the program has stopped.
func (s *seat) waitStopped(t *testing.T) {
	t.Helper()
	var status syscall.WaitStatus
	if _, err := syscall.Wait4(s.process.Pid, &status, syscall.WUNTRACED, nil); err != nil || !status.Stopped() {
		t.Fatalf("the program has not stopped: %v, %v", status, err)
	}
}

// modes are the terminal's.
func modes(t *testing.T, s *seat) *unix.Termios {
	t.Helper()
	m, err := unix.IoctlGetTermios(int(s.keyboard.Fd()), unix.TCGETS)
	if err != nil {
		t.Fatal(err)
	}
	return m
}
