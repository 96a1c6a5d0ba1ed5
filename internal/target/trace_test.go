package target

import (
	"bytes"
	"errors"
	"io"
	"net"
	"os"
	"path/filepath"
	"regexp"
	"runtime"
	"strings"
	"testing"
	"time"

	"httpscope/internal/testkit"

	"github.com/google/go-cmp/cmp"
)

// patience is the deadline of everything that a test waits for. It only ends
// what hangs: a busy machine has much less time than a clock shows.
const patience = 2 * time.Minute

// play does the client's part and returns what came back and how it ended.
// Where the client goes on sending behind an answer, it waits for the answer.
func (s scenario) play(t *testing.T, addr string) (received, end string) {
	t.Helper()
	c := dial(t, addr)
	defer c.Close()
	var got []byte
	wait := 0
	for _, st := range s.steps {
		switch st.from {
		case '<':
			wait += len(st.data)
			continue
		case '|':
			got = append(got, take(t, c, wait)...)
			if err := c.CloseWrite(); err != nil {
				t.Fatal(err)
			}
		case '>':
			got = append(got, take(t, c, wait)...)
			// A server may close while the client is still sending.
			_, _ = io.WriteString(c, st.data)
		}
		wait = 0
	}
	rest, end := untilEnd(t, c)
	return string(got) + rest, end
}

func dial(t *testing.T, addr string) *net.TCPConn {
	t.Helper()
	c, err := net.DialTimeout("tcp", addr, patience)
	if err != nil {
		t.Fatal(err)
	}
	if err := c.SetDeadline(time.Now().Add(patience)); err != nil {
		t.Fatal(err)
	}
	return c.(*net.TCPConn)
}

// take reads n bytes.
func take(t *testing.T, c net.Conn, n int) string {
	t.Helper()
	b := make([]byte, n)
	if m, err := io.ReadFull(c, b); err != nil {
		t.Fatalf("read %d bytes: %v after %q", n, err, b[:m])
	}
	return string(b)
}

// untilEnd reads to the end of the connection.
func untilEnd(t *testing.T, c net.Conn) (rest, end string) {
	t.Helper()
	b, err := io.ReadAll(c)
	switch {
	case err == nil:
		return string(b), "closed"
	case isReset(err):
		return string(b), "reset"
	}
	t.Fatalf("read to the end: %v after %q", err, b)
	return "", ""
}

// masked hides what changes from run to run and from server to server.
func masked(send string) string {
	for _, m := range masks {
		send = m.pattern.ReplaceAllString(send, m.with)
	}
	return send
}

var masks = []struct {
	pattern *regexp.Regexp
	with    string
}{
	{regexp.MustCompile(`\r\nServer: [^\r]*`), "\r\nServer: (name)"},
	{regexp.MustCompile(`\r\nDate: \w{3}, \d\d \w{3} \d{4} \d\d:\d\d:\d\d GMT\r`), "\r\nDate: (now)\r"},
	// The order of a Python set.
	{regexp.MustCompile(`\r\nAllow: [^\r]*`), "\r\nAllow: (methods)"},
}

// sendsOf are the sends that recorded bytes were in, masked.
func sendsOf(sends []string) []string {
	out := make([]string, len(sends))
	for i, s := range sends {
		out[i] = masked(s)
	}
	return out
}

// check plays a scenario and compares all of it with what is expected. With Nagle's algorithm,
// which Go's servers turn off, a reset may take the last sends.
func (s scenario) check(t *testing.T, addr string, nagle bool, sends func(bytes int) []string) {
	t.Helper()
	received, end := s.play(t, addr)
	all := sends(len(received))
	joined := strings.Join(all, "")
	if received != joined && !(nagle && end == "reset" && cutByReset(received, all)) {
		t.Errorf("the client got\n%q, the server sent\n%q", received, joined)
	}
	if runtime.GOOS != "linux" {
		end = s.end // only Linux resets for what was left unread
	}
	got := s.recorded(sendsOf(all), end)
	if diff := cmp.Diff(s.String(), got.String()); diff != "" {
		t.Errorf("-expected +got:\n%s", diff)
	}
}

// cutByReset reports the beginning of what was sent. A kernel that resets drops what it has not
// sent yet (RFC 9293, Section 3.10.4), and Nagle's algorithm holds sends back until the client's
// kernel has acknowledged those before; the first is never held back.
func cutByReset(received string, sends []string) bool {
	return len(sends) > 0 && len(received) >= len(sends[0]) && strings.HasPrefix(strings.Join(sends, ""), received)
}

// pythons are the lab's programs by trace file, a module or one of testkit's.
var pythons = []struct {
	trace, server string
	program       []string // "" in it is the folder
	version       string   // a Python expression, which is the version the traces are of
}{
	{"hello.txt", "hello", []string{"web_hello.py"}, `True`},
	{"echo.txt", "echo", []string{"echo.py"}, `True`},
	{"echo-threads.txt", "echo-threads", []string{"echo_multithreading.py"}, `True`},
	{"directory.txt", "directory", []string{"http.server", "0", "--bind", "127.0.0.1", "--directory", ""},
		`__import__("sys").version_info[:2] == (3, 11)`},
	{"form.txt", "form", []string{"flask_form.py"},
		`__import__("importlib.metadata").metadata.version("werkzeug").startswith("3.")`},
	{"hello-fixed.txt", "hello-fixed", nil, ""},
}

// TestTraces plays the traces against the servers here. With -update it writes that of
// hello-fixed anew, which no Python is like; the others are written from the lab's Python.
func TestTraces(t *testing.T) {
	folder := makeFolder(t)
	for _, p := range pythons {
		t.Run(p.server, func(t *testing.T) {
			ear := newTape()
			s := start(t, Options{Ear: ear, Directory: folder})
			file := readTraces(t, p.trace)
			for i, sc := range file.scenarios {
				t.Run(sc.name, func(t *testing.T) {
					sends := func(int) []string { return ear.waitClosed(t, p.server, i+1)[i].writes() }
					if !testkit.Updating() || p.program != nil {
						sc.check(t, address(t, s, p.server), false, sends)
						return
					}
					_, end := sc.play(t, address(t, s, p.server))
					file.scenarios[i] = sc.recorded(sendsOf(sends(0)), end)
				})
			}
			if testkit.Updating() && p.program == nil {
				file.write(t, p.trace)
			}
		})
	}
}

// TestTracesAreWhatPythonDoes plays the same traces against the lab's Python,
// where there is one of the version that they were recorded with.
func TestTracesAreWhatPythonDoes(t *testing.T) {
	folder := makeFolder(t)
	for _, p := range pythons {
		if p.program == nil || !pythonIs(p.version) {
			t.Logf("%s: no such Python here; the recorded trace stands for it", p.trace)
			continue
		}
		t.Run(p.server, func(t *testing.T) {
			program := append([]string(nil), p.program...)
			for i, arg := range program {
				if arg == "" {
					program[i] = folder
				}
			}
			file := readTraces(t, p.trace)
			py := startPython(t, program)
			for i, sc := range file.scenarios {
				t.Run(sc.name, func(t *testing.T) {
					before := len(py.calls("send"))
					sends := func(bytes int) []string { return py.sends(before, bytes) }
					if !testkit.Updating() {
						sc.check(t, py.addr, true, sends)
						return
					}
					received, end := sc.play(t, py.addr)
					file.scenarios[i] = sc.recorded(sendsOf(sends(len(received))), end)
				})
				if sc.fatal {
					py = startPython(t, program)
				}
			}
			if testkit.Updating() {
				file.write(t, p.trace)
			}
		})
	}
}

// makeFolder makes a folder with everything that a directory server treats in
// a way of its own, and a symbolic link out of it.
func makeFolder(t *testing.T) string {
	t.Helper()
	outside := t.TempDir()
	root := t.TempDir()
	modified := time.Date(2023, 3, 6, 10, 3, 57, 500e6, time.UTC)
	write := func(name, text string) {
		path := filepath.Join(root, filepath.FromSlash(name))
		if err := errors.Join(os.MkdirAll(filepath.Dir(path), 0o755), os.WriteFile(path, []byte(text), 0o644),
			os.Chtimes(path, modified, modified)); err != nil {
			t.Fatal(err)
		}
	}
	write("test.txt", "abc\n")
	write("Upper.TXT", "ABC\n")
	write("a&b 'c'.html", "<p>\n")
	write("é.css", "")
	write("noending", "x")
	write(".profile", "x")
	write("big.bin", strings.Repeat("0123456789abcdef", 9000))
	write("archive.tar.gz", "x")
	write("sub/x.png", "1")
	write("sub/deep/y", "2")
	write("page/index.html", "<html>\nThis is a test demo of CS305\n</html>\n")
	write("odd/index.html/z", "index.html is a folder")
	write("../"+filepath.Base(root)+"/B.txt", "B")
	if err := errors.Join(
		os.Mkdir(filepath.Join(root, "empty"), 0o755),
		os.WriteFile(filepath.Join(outside, "secret"), []byte(secret), 0o644),
		os.Symlink("test.txt", filepath.Join(root, "link")),
		os.Symlink("sub", filepath.Join(root, "linkdir")),
	); err != nil {
		t.Fatal(err)
	}
	return root
}

// secret lies outside of the folder.
const secret = "the secret outside of the folder"

// start starts all servers on free ports, for the length of a test.
func start(t *testing.T, o Options) *Servers {
	t.Helper()
	if o.limits == (limits{}) {
		o.limits = limits{}.orDefault()
		o.limits.grace = 10 * time.Millisecond
	}
	s, err := Start(t.Context(), o)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := s.Close(); err != nil {
			t.Error(err)
		}
	})
	return s
}

func info(t *testing.T, s *Servers, name string) Info {
	t.Helper()
	for _, i := range s.List() {
		if i.Name == name {
			return i
		}
	}
	t.Fatalf("no server %q", name)
	return Info{}
}

func address(t *testing.T, s *Servers, name string) string {
	t.Helper()
	return info(t, s, name).Address.String()
}

// lines reads a file that somebody else is still writing, up to its last
// complete line.
func lines(b []byte) []string {
	return strings.Split(string(b[:bytes.LastIndexByte(b, '\n')+1]), "\n")
}
