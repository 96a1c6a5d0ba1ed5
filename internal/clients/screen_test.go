//go:build clients && linux

package clients

import (
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"testing"
)

// toFile keeps the packets.
const toFile = "-w lab.pcapng"

// labScreen starts the lab in a terminal and waits for its screen. The shell
// behind it writes down how it ended.
func labScreen(t *testing.T, n network, args string) (x *terminal, dir string) {
	t.Helper()
	x, dir = n.newTerminal(t), t.TempDir()
	x.enter(fmt.Sprintf("cd %s; stty -a >before; %s lab %s; echo $? >code; stty -a >after", dir, httpscope, args))
	x.shows("LIVE lo", "[1 Wire]", "http://127.0.0.1:8080")
	return x, dir
}

// ended waits until the shell has its prompt back, and compares the terminal
// with what it was.
func ended(t *testing.T, x *terminal, dir, code string) {
	t.Helper()
	eventually(t, "the program ends", func() bool { _, err := os.Stat(dir + "/after"); return err == nil })
	x.shows("ready$")
	mustBe(t, "exit code", contents(t, dir+"/code"), code+"\n")
	mustBe(t, "the terminal's settings", contents(t, dir+"/after"), contents(t, dir+"/before"))
	x.enter("echo $((6*7))")
	x.shows("\n42\n")
	if modes, err := x.tmux("display-message", "-p", "#{alternate_on}#{mouse_any_flag}#{cursor_flag}"); err != nil ||
		modes != "001\n" {
		t.Errorf("alternate screen, mouse, cursor: %q, want 001 (%v)", modes, err)
	}
}

func contents(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// kept checks that the packet file is complete and has one request.
func kept(t *testing.T, dir string) {
	t.Helper()
	lines, code := readBack(t, dir+"/lab.pcapng")
	mustBe(t, "exit code of reading the file", code, 0)
	mustBe(t, "requests in the file", record(t, lines).requests(), []string{"GET /length/alphabet 200"})
	must(t, exec.Command("capinfos", filepath.Join(dir, "lab.pcapng")))
}

// visit asks for a page and waits until the screen shows it.
func visit(t *testing.T, x *terminal) {
	t.Helper()
	x.network.curl(t, site+"/length/alphabet")
	x.shows("C> GET /length/alphabet HTTP/1.1", "S> HTTP/1.1 200 OK")
}

// TestScreen is a student's first minute: a page is asked for and seen, a few
// keys, and out.
func TestScreen(t *testing.T) {
	n := newNetwork(t)
	x, dir := labScreen(t, n, "")
	visit(t, x)
	x.press("?")
	x.shows("this page", "display filter")
	x.press("Escape")
	x.hides("this page")
	x.press("v")
	x.shows("─ Connections", "Closed by", "127.0.0.1")
	x.press("v", "8")
	x.shows("─ Exchanges", "[8 Waterfall]")
	x.press("q")
	x.shows("Leave?")
	x.press("y")
	ended(t, x, dir, "0")
}

// TestScreenLeaves: with a packet file nothing is lost by leaving, so q asks
// nothing.
func TestScreenLeaves(t *testing.T) {
	n := newNetwork(t)
	x, dir := labScreen(t, n, toFile)
	visit(t, x)
	x.press("q")
	ended(t, x, dir, "0")
	kept(t, dir)
}

// TestScreenInterrupted: Ctrl-C leaves at once.
func TestScreenInterrupted(t *testing.T) {
	n := newNetwork(t)
	x, dir := labScreen(t, n, toFile)
	visit(t, x)
	x.press("C-c")
	ended(t, x, dir, "0")
	kept(t, dir)
}

// TestScreenTerminated: SIGTERM ends it, and the terminal is as before.
func TestScreenTerminated(t *testing.T) {
	n := newNetwork(t)
	x, dir := labScreen(t, n, toFile)
	visit(t, x)
	pid := x.pid()
	must(t, exec.Command("kill", "-TERM", pid))
	ended(t, x, dir, "0")
	kept(t, dir)
}

// TestScreenTerminalCloses: when the terminal goes away so does the program,
// and its packet file is complete.
func TestScreenTerminalCloses(t *testing.T) {
	n := newNetwork(t)
	x, dir := labScreen(t, n, toFile)
	visit(t, x)
	pid := x.pid()
	if _, err := x.tmux("kill-session"); err != nil {
		t.Fatal(err)
	}
	eventually(t, "the program ends", func() bool { return gone(pid) })
	kept(t, dir)
}

// TestScreenWithoutTerminal: where there is no terminal there is no screen.
func TestScreenWithoutTerminal(t *testing.T) {
	n := newNetwork(t)
	p := start(t, n.command(httpscope, "lab", "--port", "0"))
	p.exits(2)
	if said := p.err.text(); strings.Count(said, "httpscope: error: ") != 1 || !strings.Contains(said, "--headless") {
		t.Errorf("it says:\n%s", said)
	}
}

// TestHeadlessEndsBySignal: SIGTERM and SIGHUP end it as Ctrl-C does.
func TestHeadlessEndsBySignal(t *testing.T) {
	for _, signal := range []syscall.Signal{syscall.SIGTERM, syscall.SIGHUP} {
		t.Run(signal.String(), func(t *testing.T) {
			n := newNetwork(t)
			p := n.lab(t)
			n.curl(t, site+"/length/alphabet")
			p.saw(1, 1)
			p.cmd.Process.Signal(signal)
			p.exits(0)
			r := record(t, p.out.whole())
			r.addUp(t)
			mustBe(t, "requests", r.requests(), []string{"GET /length/alphabet 200"})
		})
	}
}
