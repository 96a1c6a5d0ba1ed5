package capture

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"golang.org/x/sys/unix"
)

// childVariable names the function of children that this process runs instead
// of the tests.
const childVariable = "HTTPSCOPE_TEST_CHILD"

var children = map[string]func() error{
	"write until killed":  writeUntilKilled,
	"write up to a limit": writeToTheLimit,
	"drop privileges":     dropAndCapture,
}

func TestMain(m *testing.M) {
	name := os.Getenv(childVariable)
	if name == "" {
		os.Exit(m.Run())
	}
	if err := children[name](); err != nil {
		fmt.Println(err)
		os.Exit(1)
	}
}

// child starts this program again as one of children.
func child(t *testing.T, name string, environment ...string) *exec.Cmd {
	t.Helper()
	c := exec.Command(os.Args[0])
	c.Env = append(append(os.Environ(), childVariable+"="+name), environment...)
	c.Stderr = os.Stderr
	return c
}

// writePackets writes numbered packets to the file FILE and flushes after each
// seventh.
func writePackets(flushed func(packets int)) error {
	f, err := os.Create(os.Getenv("FILE"))
	if err != nil {
		return err
	}
	w, err := NewWriter(f, WriterOptions{})
	if err != nil {
		return err
	}
	id, err := w.AddInterface(InterfaceInfo{Link: LinkRaw})
	for n := 1; err == nil; n++ {
		frame := numbered(n)
		if err = w.Packet(id, int64(n), len(frame), frame, ""); err == nil && n%7 == 0 {
			if err = w.Flush(); err == nil {
				flushed(n)
			}
		}
	}
	return err
}

func numbered(n int) []byte {
	return ip4(6, segment(strings.Repeat(strconv.Itoa(n)+" ", 1+n%200)))
}

func writeUntilKilled() error {
	return writePackets(func(n int) { fmt.Println(n) })
}

// A killed program loses nothing that it had flushed.
func TestWriterKilled(t *testing.T) {
	for round := range 5 {
		path := filepath.Join(t.TempDir(), "x.pcapng")
		c := child(t, "write until killed", "FILE="+path)
		out, err := c.StdoutPipe()
		must(t, err, c.Start())
		flushed := 0
		lines := bufio.NewScanner(out)
		for lines.Scan() {
			if flushed, err = strconv.Atoi(lines.Text()); err != nil {
				t.Fatal(err)
			}
			if flushed == 7*(100+round) {
				must(t, c.Process.Kill())
			}
		}
		_ = c.Wait()
		if n := readNumbered(t, path); n < flushed || flushed < 700 {
			t.Errorf("%d packets of %d that were flushed", n, flushed)
		}
	}
}

// readNumbered reads packets that must be those of writePackets, up to the end,
// or to a block that is cut at the end.
func readNumbered(t *testing.T, path string) int {
	t.Helper()
	f, err := Open(path)
	must(t, err)
	defer f.Close()
	for n := 1; ; n++ {
		p, err := f.Next()
		var cut *DamageError
		switch {
		case err == io.EOF:
			return n - 1
		case errors.As(err, &cut) && strings.Contains(err.Error(), "the file ends after"):
			return n - 1
		case err != nil:
			t.Fatal(err)
		}
		if want := string(numbered(n)[40:]); string(p.Payload) != want || p.Nano != int64(n) {
			t.Fatalf("packet %d: %q at %d", n, p.Payload, p.Nano)
		}
	}
}

const sizeLimit = 300_001 // in the middle of a block

// writeToTheLimit writes until the system takes no more of a block.
func writeToTheLimit() error {
	signal.Ignore(unix.SIGXFSZ)
	limit := unix.Rlimit{Cur: sizeLimit, Max: sizeLimit}
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &limit); err != nil {
		return err
	}
	last := 0
	err := writePackets(func(n int) { last = n })
	if !errors.Is(err, unix.EFBIG) {
		return fmt.Errorf("written up to the limit: %w", err)
	}
	fmt.Println(last)
	return nil
}

// The part of a block that a full disk took is cut off again.
func TestWriterFileSizeLimit(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pcapng")
	out, err := child(t, "write up to a limit", "FILE="+path).Output()
	if err != nil {
		t.Fatalf("%v: %s", err, out)
	}
	flushed, err := strconv.Atoi(strings.TrimSpace(string(out)))
	must(t, err)
	b, err := os.ReadFile(path)
	must(t, err)
	if all, _ := mustRead(t, b); len(all) < flushed || flushed < 100 || len(b) > sizeLimit {
		t.Errorf("%d packets of %d that were flushed, in %d bytes", len(all), flushed, len(b))
	}
}

// nobodyID is an ordinary user, who need not have an account.
const nobodyID = 65534

// dropAndCapture opens every backend, gives up root, goes on capturing, and
// cannot open one again.
func dropAndCapture() error {
	var open []*Live
	for _, b := range backends {
		l, err := OpenLive(LiveOptions{Interface: "lo", Backend: b.name, Buffer: 1 << 20, Filter: "udp"})
		var denied *PermissionError
		if err != nil && !errors.As(err, &denied) {
			return err
		}
		if err == nil {
			open = append(open, l)
		}
	}
	if err := DropPrivileges(); err != nil {
		return err
	}
	if id := os.Getenv("WANT_ID"); strconv.Itoa(os.Geteuid()) != id || strconv.Itoa(os.Getegid()) != id {
		return fmt.Errorf("the user is %d, %d, not %s", os.Geteuid(), os.Getegid(), id)
	}
	if err := ordinary(); err != nil {
		return err
	}
	if err := DropPrivileges(); err != nil {
		return fmt.Errorf("once more: %w", err)
	}
	for _, l := range open {
		if err := hearsDatagram(l); err != nil {
			return fmt.Errorf("%s: %w", l.Info().Backend, err)
		}
	}
	for _, b := range backends {
		var denied *PermissionError
		if _, err := OpenLive(LiveOptions{Interface: "lo", Backend: b.name}); !errors.As(err, &denied) {
			return fmt.Errorf("%s after root is gone: %w", b.name, err)
		}
	}
	return nil
}

// ordinary holds that every thread is without capabilities and foreign groups, and that no program
// that is started gets any.
func ordinary() error {
	threads, _ := filepath.Glob("/proc/self/task/*/status")
	for _, name := range threads {
		text, err := os.ReadFile(name)
		if err != nil {
			continue // a thread that has just ended
		}
		const none = "\t0000000000000000"
		for _, line := range []string{
			"CapInh:" + none, "CapPrm:" + none, "CapEff:" + none, "CapAmb:" + none, "NoNewPrivs:\t1",
		} {
			if !strings.Contains(string(text), line+"\n") {
				return fmt.Errorf("a thread lacks %q:\n%s", line, text)
			}
		}
		if id := os.Getenv("SUDO_GID"); id != "" && !strings.Contains(string(text), "Groups:\t"+id+" \n") {
			return fmt.Errorf("a thread has other groups:\n%s", text)
		}
	}
	status, err := exec.Command("cat", "/proc/self/status").Output()
	if err != nil || !strings.Contains(string(status), "CapEff:\t0000000000000000\n") {
		return fmt.Errorf("what it starts has capabilities: %w\n%s", err, status)
	}
	return nil
}

// hearsDatagram sends datagrams to a port of its own until one is captured.
func hearsDatagram(l *Live) error {
	defer l.Close()
	deadline := time.Now().Add(patience)
	var failed error
	l.OnWait(func() {
		if failed = sendDatagram(); failed != nil || time.Now().After(deadline) {
			l.Close()
		}
	})
	_, err := l.Next()
	return errors.Join(failed, err)
}

func sendDatagram() error {
	fd, err := unix.Socket(unix.AF_INET, unix.SOCK_DGRAM|unix.SOCK_CLOEXEC, 0)
	if err != nil {
		return err
	}
	defer unix.Close(fd)
	to := &unix.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}
	if err := unix.Bind(fd, to); err != nil {
		return err
	}
	self, err := unix.Getsockname(fd)
	if err != nil {
		return err
	}
	return unix.Sendto(fd, []byte("hello"), 0, self)
}

// Root by sudo becomes the invoking user, other root keeps its name, and a program whose file has
// capabilities loses them; each keeps what it had opened. Who is not root stays what they are.
func TestDropPrivileges(t *testing.T) {
	if os.Geteuid() != 0 {
		t.Setenv("SUDO_UID", "1")
		t.Setenv("SUDO_GID", "1")
		before := os.Geteuid()
		if _, _, ok := InvokingUser(); ok || DropPrivileges() != nil || os.Geteuid() != before {
			t.Errorf("user %d became %d", before, os.Geteuid())
		}
		return
	}
	nobody := strconv.Itoa(nobodyID)
	capable := child(t, "drop privileges", "WANT_ID="+nobody, "SUDO_GID=")
	capable.Path = readable(t, capable.Path)
	capable.SysProcAttr = &syscall.SysProcAttr{AmbientCaps: []uintptr{unix.CAP_NET_RAW, unix.CAP_NET_ADMIN},
		Credential: &syscall.Credential{Uid: nobodyID, Gid: nobodyID}}
	for name, c := range map[string]*exec.Cmd{
		"sudo":         child(t, "drop privileges", "SUDO_UID="+nobody, "SUDO_GID="+nobody, "WANT_ID="+nobody),
		"root":         child(t, "drop privileges", "SUDO_UID=", "SUDO_GID=", "WANT_ID=0"),
		"capabilities": capable,
	} {
		if out, err := c.Output(); err != nil {
			t.Errorf("%s: %v: %s", name, err, out)
		}
	}
}

// readable copies this program to where any user can start it.
func readable(t *testing.T, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	must(t, err)
	dir, err := os.MkdirTemp("", "httpscope-test-")
	must(t, err)
	t.Cleanup(func() { _ = os.RemoveAll(dir) })
	to := filepath.Join(dir, "child")
	must(t, os.WriteFile(to, b, 0o755), os.Chmod(dir, 0o755))
	return to
}

func TestInvokingUser(t *testing.T) {
	if os.Geteuid() != 0 {
		if _, _, ok := InvokingUser(); ok {
			t.Error("an ordinary user was invoked by another")
		}
		return
	}
	for _, c := range []struct {
		uid, gid string
		ok       bool
	}{{"1000", "1000", true}, {"1000", "0", true}, {"", "", false}, {"0", "0", false}, {"1000", "", false},
		{"me", "1000", false}, {"-1", "1000", false}, {"1000", "-5", false}} {
		t.Setenv("SUDO_UID", c.uid)
		t.Setenv("SUDO_GID", c.gid)
		if uid, gid, ok := InvokingUser(); ok != c.ok || ok &&
			(strconv.Itoa(uid) != c.uid || strconv.Itoa(gid) != c.gid) {
			t.Errorf("%+v: %d, %d, %t", c, uid, gid, ok)
		}
	}
}

func TestPermissionHint(t *testing.T) {
	dir := t.TempDir()
	path, link := filepath.Join(dir, "it's here"), filepath.Join(dir, "link")
	must(t, os.WriteFile(path, nil, 0o755), os.Symlink(path, link))
	hint := permissionHint(link).String()
	if n, err := unix.PrctlRetInt(unix.PR_CAPBSET_READ, unix.CAP_NET_RAW, 0, 0, 0); err == nil && n == 0 {
		if !strings.Contains(hint, "--cap-add=NET_RAW") {
			t.Error(hint)
		}
	} else if want := `sudo setcap cap_net_raw,cap_net_admin=eip '` + dir +
		`/it'\''s here'`; !strings.HasSuffix(hint, want) {
		t.Errorf("%s, want %s", hint, want)
	}
	if self, err := os.Executable(); err != nil || strings.Contains(hint, "setcap") &&
		!strings.Contains(PermissionHint().String(), self) {
		t.Errorf("%s, %v", PermissionHint(), err)
	}
}
