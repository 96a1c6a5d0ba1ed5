package target

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"net/http"
	"os"
	"path"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"
)

// conversation is a connection in memory.
type conversation struct {
	io.Reader
	bytes.Buffer
}

func (c *conversation) Read(b []byte) (int, error)  { return c.Reader.Read(b) }
func (c *conversation) Write(b []byte) (int, error) { return c.Buffer.Write(b) }

func noon() time.Time { return time.Date(2026, 11, 23, 12, 0, 0, 0, time.UTC) }

// askDirectory sends bytes to a directory server and returns what it sends.
func askDirectory(d *directory, request string) string {
	answer, _ := ask(request, "HTTP/1.0", d.answer)
	return answer
}

// ask sends bytes to what answers requests, and also returns the method that
// was read from them.
func ask(request, version string, answer func(*pythonHandler)) (sent, method string) {
	c := &conversation{Reader: strings.NewReader(request)}
	h := newPythonHandler(c, version, noon)
	if h.read() {
		answer(h)
	}
	return c.String(), h.method
}

// openTree serves the folder of makeFolder, with links out of it.
func openTree(t testing.TB, root string) *directory {
	t.Helper()
	outside := t.TempDir()
	inside, err := filepath.Rel(root, outside)
	if err != nil {
		t.Fatal(err)
	}
	if err := errors.Join(
		os.WriteFile(filepath.Join(outside, "secret"), []byte(secret), 0o644),
		os.Symlink(outside, filepath.Join(root, "out")),
		os.Symlink(inside, filepath.Join(root, "sub", "up")),
		os.Symlink(filepath.Join(outside, "secret"), filepath.Join(root, "direct")),
		os.Symlink("loop", filepath.Join(root, "loop")),
	); err != nil {
		t.Fatal(err)
	}
	f, err := openFolder(root)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		if err := f.close(); err != nil {
			t.Error(err)
		}
	})
	return &directory{root: f.files, modified: noon(), now: noon}
}

// TestDirectoryDoesNotLeaveItsFolder is where Python would follow: links that
// lead out.
func TestDirectoryDoesNotLeaveItsFolder(t *testing.T) {
	d := openTree(t, makeFolder(t))
	for _, target := range []string{
		"/out", "/out/", "/out/secret", "/sub/up/secret", "/linkdir/up/secret", "/direct", "/loop", "/loop/x",
		"/out%2fsecret", "/sub/../out/secret", "//out/secret", "/./out/./secret", "/%00", "/test.txt%00",
		"/..%5c..%5cetc", "/c:/windows",
	} {
		if got := askDirectory(d, "GET "+target+" HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got,
			"HTTP/1.0 404 File not found\r\n") {
			t.Errorf("%s: got %.200q", target, got)
		}
	}
	listing := askDirectory(d, "GET / HTTP/1.0\r\n\r\n")
	for _, want := range []string{`<a href="out">out@</a>`, `<a href="linkdir/">linkdir@</a>`,
		`<a href="link">link@</a>`} {
		if !strings.Contains(listing, want) {
			t.Errorf("the listing lacks %q:\n%s", want, listing)
		}
	}
}

// TestSampleFolder asks for the routes in the sample that is built in.
func TestSampleFolder(t *testing.T) {
	f, err := openFolder("")
	if err != nil {
		t.Fatal(err)
	}
	d := &directory{root: f.files, modified: noon(), now: noon}
	for target, want := range map[string]string{
		"/": "200 OK", "/alphabet.txt": "200 OK", "/notes": "301 Moved Permanently", "/notes/": "200 OK",
		"/page/":       "200 OK",
		"/favicon.ico": "404 File not found", "/../etc/passwd": "404 File not found",
	} {
		if got := askDirectory(d, "GET "+target+" HTTP/1.0\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 "+want+"\r\n") {
			t.Errorf("%s: got %.100q", target, got)
		}
	}
	if got := askDirectory(d, "GET /alphabet.txt HTTP/1.0\r\nIf-Modified-Since: Mon, 23 Nov 2026 12:00:00 GMT\r\n\r\n"); !strings.HasPrefix(got, "HTTP/1.0 304 Not Modified\r\n") {
		t.Errorf("got %q", got)
	}
}

// FuzzDirectory looks for a target that leads out of the folder, for a panic,
// and for an answer that is no HTTP.
func FuzzDirectory(f *testing.F) {
	root := f.TempDir()
	if err := errors.Join(os.MkdirAll(filepath.Join(root, "sub", "deep"), 0o755),
		os.WriteFile(filepath.Join(root, "sub", "file.txt"), []byte("inside"), 0o644)); err != nil {
		f.Fatal(err)
	}
	d := openTree(f, root)
	for _, seed := range []string{
		"GET / HTTP/1.0\r\n\r\n", "GET /../../etc/passwd HTTP/1.1\r\n\r\n",
		"GET /%2e%2e%2fout/secret HTTP/1.1\r\n\r\n", "GET /sub/up/secret\r\n\r\n",
		"HEAD /sub HTTP/1.1\r\nIf-Modified-Since: x\r\n folded\r\n\r\n", "POST /direct HTTP/1.1\r\n\r\n", "\r\n",
		"GET /out%00 HTTP/1.1\r\n:\r\n\r\n", "GET /\xff%ff?<> HTTP/9.9\r\n\r\n",
	} {
		f.Add(seed)
	}
	f.Fuzz(func(t *testing.T, request string) {
		answer, method := ask(request, "HTTP/1.0", d.answer)
		if strings.Contains(answer, secret) {
			t.Fatalf("%q led out of the folder", request)
		}
		checkAnswer(t, method, answer)
	})
}

// checkAnswer reads an answer as net/http does. The answer to HEAD has no body,
// but for those that came before the method was read. One without a head
// answers a request without a version.
func checkAnswer(t *testing.T, method, answer string) {
	t.Helper()
	if !strings.HasPrefix(answer, "HTTP/1.") {
		return
	}
	// Python repeats control characters of a target in Location; net/http
	// refuses to read them.
	readable := strings.Map(func(c rune) rune {
		if c != '\r' && c != '\n' && (c < ' ' || c == 0x7f) {
			return '?'
		}
		return c
	}, latin1(answer))
	r := bufio.NewReader(strings.NewReader(toLatin1(readable)))
	for status := 100; status < 200; {
		response, err := http.ReadResponse(r, &http.Request{Method: method})
		if err != nil {
			t.Fatalf("%v in\n%q", err, answer)
		}
		if _, err := io.Copy(io.Discard, response.Body); err != nil {
			t.Fatalf("%v in\n%q", err, answer)
		}
		status = response.StatusCode
	}
	if rest, _ := io.ReadAll(r); len(rest) > 0 {
		t.Fatalf("%q behind the answer", rest)
	}
}

// TestDirectoryNames holds what directoryName promises: a name that is valid
// in a file system and has no dot segment.
func TestDirectoryNames(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		parts := rapid.SliceOf(rapid.SampledFrom([]string{"..", ".", "/", "%2e", "%2f", "a", "%00", "\\", "?", "#",
			"%", "é"})).Draw(t, "parts")
		name, _ := directoryName(strings.Join(parts, ""))
		if name != path.Clean(name) || strings.HasPrefix(name, "/") || name == ".." || strings.HasPrefix(name, "../") {
			t.Fatalf("%q gives %q", parts, name)
		}
	})
}

func TestUnquoteUndoesQuote(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		s := rapid.String().Draw(t, "s")
		if got := pythonUnquote(pythonQuote(s)); got != s {
			t.Fatalf("%q became %q", s, got)
		}
	})
}
