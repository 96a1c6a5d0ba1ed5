//go:build clients && linux

package clients

import (
	"bytes"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"sync"
	"syscall"
	"testing"
)

// program is a running httpscope without screen.
type program struct {
	t    *testing.T
	cmd  *exec.Cmd
	file string // that it writes packets to, "" for none
	out  lines
	err  lines
	done chan struct{} // closed when it has ended
}

// lines collects what a process prints.
type lines struct {
	mu  sync.Mutex
	buf bytes.Buffer
}

func (l *lines) Write(b []byte) (int, error) {
	l.mu.Lock()
	defer l.mu.Unlock()
	return l.buf.Write(b)
}

// whole are the lines that are complete.
func (l *lines) whole() []string {
	l.mu.Lock()
	defer l.mu.Unlock()
	text := l.buf.String()
	return strings.Split(text[:strings.LastIndexByte(text, '\n')+1], "\n")[:strings.Count(text, "\n")]
}

func (l *lines) text() string { return strings.Join(l.whole(), "\n") }

// start runs a program as it is, until it ends or the test does.
func start(t *testing.T, c *exec.Cmd) *program {
	t.Helper()
	p := &program{t: t, cmd: c, done: make(chan struct{})}
	c.Stdout, c.Stderr = &p.out, &p.err
	if err := c.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		c.Wait()
		close(p.done)
	}()
	t.Cleanup(func() {
		syscall.Kill(-c.Process.Pid, syscall.SIGKILL)
		<-p.done
		if t.Failed() {
			t.Logf("%s\nstandard error:\n%s\nlast lines of standard output:\n%s", strings.Join(c.Args, " "),
				p.err.text(), tail(p.out.whole(), 40))
		}
	})
	return p
}

// tail is the end of a text, for a report that can be read.
func tail(l []string, n int) string {
	var b strings.Builder
	for _, s := range l[max(0, len(l)-n):] {
		fmt.Fprintf(&b, "%.400s\n", s)
	}
	return b.String()
}

// lab starts `httpscope lab` and waits for its servers.
func (n network) lab(t *testing.T, args ...string) *program {
	t.Helper()
	return labReady(t, n.command(append([]string{httpscope, "lab", "--headless", "--json"}, args...)...))
}

// labReady starts a lab and waits until its last server is listed.
func labReady(t *testing.T, c *exec.Cmd) *program {
	t.Helper()
	p := start(t, c)
	p.wait("the list of servers", func() bool { return strings.Contains(p.err.text(), "\nraw ") })
	return p
}

// live starts `httpscope live`.
func (n network) live(t *testing.T, args ...string) *program {
	t.Helper()
	return n.liveBy(t, []string{httpscope}, filepath.Join(t.TempDir(), "live.pcapng"), args...)
}

// liveBy starts `httpscope live` by a command that may name another program
// before it, and waits for the packet file: it is there once the interfaces are
// open, and nothing else says so.
func (n network) liveBy(t *testing.T, by []string, file string, args ...string) *program {
	t.Helper()
	p := start(t, n.command(slices.Concat(by, []string{"live", "--headless", "--json", "-w", file}, args)...))
	p.file = file
	p.wait("the packet file", func() bool { _, err := os.Stat(file); return err == nil })
	return p
}

// wait waits for what must happen while the program runs.
func (p *program) wait(what string, happened func() bool) {
	p.t.Helper()
	eventually(p.t, what, func() bool {
		if happened() {
			return true
		}
		select {
		case <-p.done:
			p.t.Fatalf("the program has ended, waiting for %s", what)
		default:
		}
		return false
	})
}

// saw waits for so many exchanges and connections that are over.
func (p *program) saw(exchanges, connections int) recording {
	p.t.Helper()
	p.wait(fmt.Sprintf("%d exchanges on %d connections", exchanges, connections), func() bool {
		text := p.out.text()
		return strings.Count(text, `{"type":"exchange"`) >= exchanges &&
			strings.Count(text, `{"type":"connection"`) >= connections
	})
	return record(p.t, p.out.whole())
}

// stop interrupts the program as Ctrl-C does, and returns what it printed: all
// of it, with nothing lost on the way.
func (p *program) stop() recording {
	p.t.Helper()
	p.cmd.Process.Signal(syscall.SIGINT)
	p.exits(0)
	r := record(p.t, p.out.whole())
	r.addUp(p.t)
	if p.file != "" {
		p.fileHolds(r.summaries[0].Packets)
	}
	return r
}

// exits waits for the end of the program and looks at its exit code.
func (p *program) exits(code int) {
	p.t.Helper()
	eventually(p.t, "the end of the program", func() bool {
		select {
		case <-p.done:
			return true
		default:
			return false
		}
	})
	if got := p.cmd.ProcessState.ExitCode(); got != code {
		p.t.Errorf("%s: exit code %d, want %d", strings.Join(p.cmd.Args, " "), got, code)
	}
}

// fileHolds counts the packets of the file with Wireshark's capinfos.
func (p *program) fileHolds(packets int) {
	p.t.Helper()
	got := strings.Fields(must(p.t, exec.Command("capinfos", "-T", "-r", "-M", "-c", p.file)))
	if want := strconv.Itoa(packets); len(got) == 0 || got[len(got)-1] != want {
		p.t.Errorf("the file holds %v packets, want %s", got, want)
	}
}
