//go:build clients && linux

package clients

import (
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/testkit"
)

// demo is one of the lab's programs.
func (n network) demo(t *testing.T, args ...string) *exec.Cmd {
	t.Helper()
	return n.command(append([]string{python(), "-u", testkit.Program(t, args[0])}, args[1:]...)...)
}

// write makes a file with the folders above it.
func write(t *testing.T, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

// TestPythonDirectory visits python3 -m http.server, as the lab's part C does.
func TestPythonDirectory(t *testing.T) {
	n := newNetwork(t)
	dir := t.TempDir()
	write(t, dir+"/test.txt", "a text file\n")
	write(t, dir+"/Documents/report.txt", "lab report\n")
	p := n.live(t, "-i", "lo", "-f", "tcp port 8000")
	n.serve(t, "8000", n.command(python(), "-m", "http.server", "8000", "--bind", "127.0.0.1", "--directory", dir))
	base := "http://127.0.0.1:8000"
	n.curl(t, base+"/", "--next", "-sS", base+"/test.txt", "--next", "-sS", base+"/Documents", "--next", "-sS",
		base+"/missing")
	write(t, dir+"/index.html", "<html>\nThis is a test demo of CS305\n</html>\n")
	page := n.browse(t, base+"/")
	if !strings.Contains(page, "This is a test demo of CS305") {
		t.Errorf("the browser shows %q", page)
	}
	p.saw(5, 5)
	r := p.stop()
	mustBe(t, "requests", r.requests()[:5], []string{"GET / 200", "GET /test.txt 200", "GET /Documents 301",
		"GET /missing 404", "GET / 200"})
	text := r.one(t, "/test.txt")
	mustBe(t, "framing", text.Response.Framing, "content-length")
	mustBe(t, "body", text.Response.BodyBytes, len("a text file\n"))
	mustBe(t, "Location", r.one(t, "/Documents").Response.field("Location"), "/Documents/")
	for _, x := range r.exchanges[:5] { // the browser may ask for an icon as well
		c := r.of(t, x)
		if x.Response.Version != "HTTP/1.0" || c.Exchanges != 1 || c.Protocol != "http/1.0" {
			t.Errorf("%s: %s, on a connection of %s with %d exchanges", x, x.Response.Version, c.Protocol, c.Exchanges)
		}
	}
}

// TestPythonHello visits the lab's web_hello.py. Its literal without a comma
// makes one field of two.
func TestPythonHello(t *testing.T) {
	n := newNetwork(t)
	p := n.live(t, "-i", "lo", "-f", "tcp port 8080")
	n.serve(t, "8080", n.demo(t, "web_hello.py"))
	n.curl(t, "http://127.0.0.1:8080")
	n.curl(t, "http://127.0.0.1:8080/not-exist")
	p.saw(2, 2)
	r := p.stop()
	mustBe(t, "requests", r.requests(), []string{"GET / 200", "GET /not-exist 404"})
	for _, x := range r.exchanges {
		mustBe(t, "findings of "+x.String(), codes(x.Findings), []string{"field-swallowed"})
		mustBe(t, "framing", x.Response.Framing, "until-close")
		mustBe(t, "fields", x.Response.Fields,
			[][2]string{{"Connection", "closeContent-Type:text/html; charset=utf-8"}})
		if c := r.of(t, x); c.ClosedBy == nil || *c.ClosedBy != "server" {
			t.Errorf("%s: closed by %v", x, c.ClosedBy)
		}
	}
	mustBe(t, "body", r.exchanges[0].Response.BodyBytes, len("<html><body>Hello World!<body></html>\r\n\r\n"))
}

// TestPythonEcho talks to the lab's echo.py with telnet, as the slides do.
func TestPythonEcho(t *testing.T) {
	n := newNetwork(t)
	p := n.live(t, "-i", "lo", "-f", "tcp port 5555")
	n.serve(t, "5555", n.demo(t, "echo.py"))
	x := n.newTerminal(t)
	x.enter("telnet 127.0.0.1 5555")
	x.shows("Escape character")
	x.enter("CS305 is Awesome.")
	x.shows("CS305 is Awesome.\nCS305 is Awesome.")
	x.enter("exit")
	x.shows("exit\nexit")
	x.press("C-]")
	x.shows("telnet>")
	x.enter("quit")
	x.shows("Connection closed.")
	p.saw(0, 1)
	c := p.stop().connections[0]
	sent := len("CS305 is Awesome.\r\nexit\r\n")
	mustBe(t, "bytes", c.Bytes, struct{ Client, Server int }{sent, sent})
	mustBe(t, "protocol", c.Protocol, "other")
	if c.ClosedBy == nil || *c.ClosedBy != "client" {
		t.Errorf("telnet closes, but the program says %v", c.ClosedBy)
	}
}

// TestPythonEchoThreads: echo_multithreading.py serves two clients at once, one
// message each.
func TestPythonEchoThreads(t *testing.T) {
	n := newNetwork(t)
	p := n.live(t, "-i", "lo", "-f", "tcp port 5555")
	n.serve(t, "5555", n.demo(t, "echo_multithreading.py"))
	twoClients(t, n, "5555")
	p.saw(0, 1)
	r := p.stop()
	mustBe(t, "connections", len(r.connections), 2)
	for _, c := range r.connections {
		mustBe(t, "bytes", c.Bytes, struct{ Client, Server int }{10, 10})
		mustBe(t, "handshake", c.Handshake, true)
	}
}

// TestPythonFlask fills in the lab's form, with curl and with a browser whose
// page sends it.
func TestPythonFlask(t *testing.T) {
	n := newNetwork(t)
	p := n.live(t, "-i", "lo", "-f", "tcp port 5000")
	n.serve(t, "5000", n.demo(t, "flask_form.py", "5000"))
	const form = "user=CS305&password=123456"
	n.curl(t, "http://127.0.0.1:5000/")
	if got := n.curl(t, "-d", form, "http://127.0.0.1:5000/"); got != "User: CS305\nPassword: 123456" {
		t.Errorf("the form answers %q", got)
	}
	n.browse(t, "http://127.0.0.1:5000/static/auto.html")
	p.wait("the browser's POST", func() bool { return strings.Count(p.out.text(), `"method":"POST"`) == 2 })
	r := p.stop()
	posts := 0
	for _, x := range r.exchanges {
		if x.Request.Method != "POST" {
			continue
		}
		posts++
		mustBe(t, "status of "+x.String(), x.Response.Status, 200)
		mustBe(t, "Content-Type", x.Request.field("Content-Type"), "application/x-www-form-urlencoded")
		mustBe(t, "framing", x.Request.Framing, "content-length")
	}
	mustBe(t, "POST requests", posts, 2)
	mustBe(t, "what curl does", r.requests()[:2], []string{"GET / 200", "POST / 200"})
	mustBe(t, "body of curl's form", r.exchanges[1].Request.BodyBytes, len(form))
}
