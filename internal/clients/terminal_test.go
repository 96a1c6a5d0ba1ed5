//go:build clients && linux

package clients

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
)

// terminal is a real terminal, drawn by tmux, with a shell in it.
type terminal struct {
	t       *testing.T
	network network
	socket  string
}

// newTerminal opens a terminal of 120 columns and 30 lines.
func (n network) newTerminal(t *testing.T) *terminal {
	t.Helper()
	dir, err := os.MkdirTemp("/tmp", "tmux") // the names of sockets must be short
	if err != nil {
		t.Fatal(err)
	}
	x := &terminal{t: t, network: n, socket: filepath.Join(dir, "s")}
	t.Cleanup(func() {
		if t.Failed() {
			t.Logf("the screen:\n%s", x.look())
		}
		x.tmux("kill-server")
		os.RemoveAll(dir)
	})
	c := n.command("tmux", "-f", "/dev/null", "-S", x.socket, "new-session", "-d", "-x", "120", "-y", "30", "env",
		"PS1=ready$ ", "sh")
	must(t, c)
	x.shows("ready$")
	return x
}

func (x *terminal) tmux(args ...string) (string, error) {
	c := x.network.command(append([]string{"tmux", "-S", x.socket}, args...)...)
	out, err := c.Output()
	return string(out), err
}

// types types a text as it stands.
func (x *terminal) types(text string) {
	x.t.Helper()
	must(x.t, x.network.command("tmux", "-S", x.socket, "send-keys", "-l", "--", text))
}

// press presses keys by tmux's names, "Enter" or "C-c".
func (x *terminal) press(keys ...string) {
	x.t.Helper()
	must(x.t, x.network.command(append([]string{"tmux", "-S", x.socket, "send-keys"}, keys...)...))
}

// enter types a line.
func (x *terminal) enter(line string) {
	x.t.Helper()
	x.types(line)
	x.press("Enter")
}

// look is what the screen shows.
func (x *terminal) look() string {
	out, _ := x.tmux("capture-pane", "-p")
	return out
}

// shows waits until the screen shows all of these.
func (x *terminal) shows(texts ...string) string {
	x.t.Helper()
	var screen string
	eventually(x.t, "the screen shows "+strings.Join(texts, " and "), func() bool {
		screen = x.look()
		for _, s := range texts {
			if !strings.Contains(screen, s) {
				return false
			}
		}
		return true
	})
	return screen
}

// hides waits until a text has gone from the screen.
func (x *terminal) hides(text string) {
	x.t.Helper()
	eventually(x.t, "the screen no longer shows "+text, func() bool { return !strings.Contains(x.look(), text) })
}

// pid is the process of the program under test that runs in the terminal.
func (x *terminal) pid() string {
	x.t.Helper()
	shell, err := x.tmux("list-panes", "-F", "#{pane_pid}")
	if err != nil {
		x.t.Fatal(err)
	}
	var child string
	eventually(x.t, "the shell has a child", func() bool {
		out, err := exec.Command("pgrep", "-P", strings.TrimSpace(shell)).Output()
		child = strings.TrimSpace(string(out))
		return err == nil && child != ""
	})
	return child
}

// gone reports whether a process has ended. An orphan stays as a zombie: the
// first process of the namespace is this one, which does not ask for it.
func gone(pid string) bool {
	status, err := os.ReadFile("/proc/" + pid + "/status")
	return err != nil || strings.Contains(string(status), "State:\tZ")
}
