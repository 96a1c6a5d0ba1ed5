package main

import (
	"errors"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"httpscope/internal/testkit"

	"github.com/creack/pty"
	"golang.org/x/sys/unix"
)

// TestSuspendGivesTheTerminalBack: the program stops by Ctrl-Z and by SIGTSTP, with the terminal as it
// was before, and draws all again when it goes on, also where somebody else stopped it.
func TestSuspendGivesTheTerminalBack(t *testing.T) {
	s := sitDownWith(t, exec.CommandContext(t.Context(), "supervise", "open", testkit.Sample(t, "demo.pcapng")), 100,
		30)
	s.process = child(t, s.process.Pid)
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

// TestTerminalGoes: when its terminal is gone, so is the program. The system sends SIGCONT, too, then.
func TestTerminalGoes(t *testing.T) {
	c := exec.CommandContext(t.Context(), "httpscope", "open", testkit.Sample(t, "demo.pcapng"))
	c.Env = append(os.Environ(), "TERM=xterm-256color", "LC_ALL=C.UTF-8")
	terminal, err := pty.StartWithSize(c, &pty.Winsize{Cols: 100, Rows: 30})
	if err != nil {
		t.Fatal(err)
	}
	for shown := ""; !strings.Contains(shown, "Exchanges"); {
		b := make([]byte, 1<<16)
		n, err := terminal.Read(b)
		if err != nil {
			t.Fatal(err)
		}
		shown += string(b[:n])
	}
	_ = terminal.Close()
	late := time.AfterFunc(patience, func() { _ = c.Process.Kill() })
	defer late.Stop()
	_ = c.Wait() // an error of the terminal, or the signal
	if status, ok := c.ProcessState.Sys().(syscall.WaitStatus); ok && status.Signal() == syscall.SIGKILL {
		t.Error("it goes on without a terminal")
	}
}

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
	for end := time.Now().Add(patience); state(t, s.process.Pid) != 'T'; time.Sleep(5 * time.Millisecond) {
		if time.Now().After(end) {
			t.Fatal("the program has not stopped")
		}
	}
}

// supervise runs the program as a shell with job control does: in a group of its own, in front.
func supervise() {
	c := exec.Command("httpscope", os.Args[1:]...)
	c.Stdin, c.Stdout, c.Stderr = os.Stdin, os.Stdout, os.Stderr
	c.SysProcAttr = &syscall.SysProcAttr{Setpgid: true, Foreground: true, Pdeathsig: syscall.SIGKILL}
	_ = c.Run()
}

func init() { programs["supervise"] = supervise }

// state is the letter of a process in /proc.
func state(t *testing.T, pid int) byte {
	t.Helper()
	stat, err := os.ReadFile(fmt.Sprintf("/proc/%d/stat", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(stat), ") ")
	return rest[0]
}

// child is the program that a shell has started.
func child(t *testing.T, shell int) *os.Process {
	t.Helper()
	threads, err := filepath.Glob(fmt.Sprintf("/proc/%d/task/*/children", shell))
	if err != nil {
		t.Fatal(err)
	}
	list := "" // each thread has those that it has started
	for _, path := range threads {
		b, err := os.ReadFile(path)
		if err != nil && !errors.Is(err, os.ErrNotExist) && !errors.Is(err, syscall.ESRCH) {
			t.Fatal(err)
		}
		list += string(b)
	}
	pid, err := strconv.Atoi(strings.TrimSpace(list))
	if err != nil {
		t.Fatal(err)
	}
	p, err := os.FindProcess(pid)
	if err != nil {
		t.Fatal(err)
	}
	return p
}

// TestNobodyLetsItGoOn: where no shell watches over it, as in a window of its own, Ctrl-Z stops nothing.
func TestNobodyLetsItGoOn(t *testing.T) {
	s := sitDown(t, 100, 30, "open", testkit.Sample(t, "demo.pcapng"))
	s.press("\x1a?")
	s.waitFor(t, "Esc closes", true)
	if got := state(t, s.process.Pid); got == 'T' {
		t.Error("it has stopped")
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
