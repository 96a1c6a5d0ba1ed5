//go:build clients && linux

package clients

import (
	"io"
	"os/exec"
	"strings"
	"testing"
)

// typist is nc with a person at its keyboard.
type typist struct {
	t    *testing.T
	at   network
	port string
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  lines
	done chan struct{}
}

// nc connects to a port. What is typed before it stands waits in a pipe.
func (n network) nc(t *testing.T, port string) *typist {
	t.Helper()
	k := &typist{t: t, at: n, port: port, cmd: n.command("nc", "-N", "127.0.0.1", port), done: make(chan struct{})}
	k.cmd.Stdout = &k.out
	var err error
	if k.in, err = k.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	if err := k.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	go func() {
		k.cmd.Wait()
		close(k.done)
	}()
	t.Cleanup(func() {
		k.cmd.Process.Kill()
		<-k.done
	})
	return k
}

// sends sends a text in one piece.
func (k *typist) sends(text string) {
	k.t.Helper()
	if _, err := io.WriteString(k.in, text); err != nil {
		k.t.Fatal(err)
	}
}

// got is everything that came back.
func (k *typist) got() string {
	k.out.mu.Lock()
	defer k.out.mu.Unlock()
	return k.out.buf.String()
}

// hears waits until all that came back is a text.
func (k *typist) hears(text string) {
	k.t.Helper()
	eventually(k.t, "nc prints "+text, func() bool { return k.got() == text })
}

// closed waits until the server has closed the connection, and closes it too:
// nc itself waits for the end of its input.
func (k *typist) closed() {
	k.t.Helper()
	eventually(k.t, "the server closes the connection", func() bool {
		return k.at.run(k.t, "ss", "-Htn", "state", "close-wait", "dport = :"+k.port) != ""
	})
	k.leaves()
}

// leaves ends the input, upon which nc closes the connection.
func (k *typist) leaves() {
	k.t.Helper()
	k.in.Close()
	eventually(k.t, "nc ends", func() bool {
		select {
		case <-k.done:
			return true
		default:
			return false
		}
	})
}

// TestEchoACharacterAtATime: each character is a segment of its own, and so is
// its echo. Four characters one by one are not the message "exit".
func TestEchoACharacterAtATime(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	k := n.nc(t, "5555")
	const typed = "hi, exit"
	for i := range typed {
		k.sends(typed[i : i+1])
		k.hears(typed[:i+1])
	}
	k.leaves()
	p.saw(0, 1)
	r := p.stop()
	mustBe(t, "exchanges", len(r.exchanges), 0)
	c := r.to("5555")[0]
	mustBe(t, "protocol", c.Protocol, "other")
	mustBe(t, "bytes", c.Bytes, struct{ Client, Server int }{len(typed), len(typed)})
	if c.ClosedBy == nil || *c.ClosedBy != "client" {
		t.Errorf("the client closes, but the program says %v", c.ClosedBy)
	}
}

// TestEchoExit is the slide's question: a line end behind "exit" makes it a
// text like any other; the four bytes alone end the connection.
func TestEchoExit(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	k := n.nc(t, "5555")
	k.sends("exit\r\n")
	k.hears("exit\r\n")
	k.sends("still here")
	k.hears("exit\r\nstill here")
	k.sends("exit")
	k.closed()
	p.saw(0, 1)
	c := p.stop().to("5555")[0]
	mustBe(t, "bytes", c.Bytes, struct{ Client, Server int }{len("exit\r\nstill hereexit"), len("exit\r\nstill here")})
	if c.ClosedBy == nil || *c.ClosedBy != "server" {
		t.Errorf("the server closes, but the program says %v", c.ClosedBy)
	}
}

// TestEchoTwoClients: the second client is connected and its bytes are
// acknowledged, and it waits for its echo until the first has gone.
func TestEchoTwoClients(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	first := n.nc(t, "5555")
	first.sends("one")
	first.hears("one")
	second := n.nc(t, "5555")
	second.sends("two")
	first.sends(" more")
	first.hears("one more")
	mustBe(t, "what the second client hears while the first is there", second.got(), "")
	first.sends("exit")
	first.closed()
	second.hears("two")
	second.leaves()
	p.saw(0, 2)
	r := p.stop()
	for i, want := range []struct{ Client, Server int }{{len("one moreexit"), len("one more")}, {3, 3}} {
		c := r.connections[i]
		mustBe(t, "bytes", c.Bytes, want)
		mustBe(t, "handshake", c.Handshake, true)
	}
}

// TestEchoThreads: with a thread per client both are served at once.
func TestEchoThreads(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	twoClients(t, n, "5556")
	p.saw(0, 1)
	r := p.stop()
	mustBe(t, "connections", len(r.to("5556")), 2)
	for _, c := range r.to("5556") {
		mustBe(t, "bytes", c.Bytes, struct{ Client, Server int }{10, 10})
	}
}

// twoClients are the two of the slide. The server leaves each connection as it
// is after one message, and Python frees the first one's socket when accept
// returns the second.
func twoClients(t *testing.T, n network, port string) {
	t.Helper()
	first := n.nc(t, port)
	first.sends("client 1\r\n")
	first.hears("client 1\r\n")
	second := n.nc(t, port)
	second.sends("client 2\r\n")
	second.hears("client 2\r\n")
	first.closed()
}

// TestTelnetRequest types a request, as the lab does, to the lab's server that
// leaves out a CR LF: the next field is swallowed.
func TestTelnetRequest(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	x := n.newTerminal(t)
	x.enter("telnet 127.0.0.1 8081")
	x.shows("Escape character")
	x.enter("GET / HTTP/1.0")
	x.shows("Hello World!", "Connection closed by foreign host")
	p.saw(1, 1)
	e := p.stop().one(t, "/")
	mustBe(t, "version", e.Request.Version, "HTTP/1.0")
	mustBe(t, "status", e.Response.Status, 200)
	mustBe(t, "Connection", e.Response.field("Connection"), "closeContent-Type:text/html; charset=utf-8")
	if got := codes(e.Findings); !strings.Contains(strings.Join(got, " "), "field-swallowed") {
		t.Errorf("findings: %v", got)
	}
}

// TestTypedACharacterAtATime: a request typed with a terminal that hands on each
// key at once comes in many packets, and is one request. (telnet's own
// character mode begins with bytes of the telnet protocol, which no web server
// takes.)
func TestTypedACharacterAtATime(t *testing.T) {
	n := newNetwork(t)
	p := n.lab(t)
	x := n.newTerminal(t)
	x.enter("stty -icanon; nc -C -v 127.0.0.1 8080")
	x.shows("succeeded!")
	for _, line := range []string{"GET /length/alphabet HTTP/1.1", "Host: 127.0.0.1", "Connection: close", ""} {
		for _, key := range line {
			x.types(string(key))
		}
		x.press("Enter")
	}
	x.shows("abcdefghijklmnopqrstuvwxyz1234567890abcdef")
	x.press("C-c")
	p.saw(1, 1)
	e := p.stop().one(t, "/length/alphabet")
	mustBe(t, "Host", e.Request.field("Host"), "127.0.0.1")
	mustBe(t, "body", e.Response.BodyBytes, 42)
	// Some keys may share a packet; that all do would be another test.
	if e.Request.LastFrame < e.Request.Frame+10 {
		t.Errorf("the request is in packets %d to %d", e.Request.Frame, e.Request.LastFrame)
	}
}
