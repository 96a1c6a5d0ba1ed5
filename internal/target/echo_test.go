package target

import (
	"fmt"
	"io"
	"net"
	"runtime"
	"slices"
	"testing"
	"time"
)

// say sends and waits for the echo.
func say(t *testing.T, c net.Conn, text string) {
	t.Helper()
	if _, err := io.WriteString(c, text); err != nil {
		t.Fatal(err)
	}
	if got := take(t, c, len(text)); got != text {
		t.Fatalf("sent %q, got %q", text, got)
	}
}

// ended waits for the end of a connection on which nothing more comes.
func ended(t *testing.T, c net.Conn, end string) {
	t.Helper()
	rest, got := untilEnd(t, c)
	if runtime.GOOS != "linux" {
		got = end // only Linux resets for what was left unread
	}
	if rest != "" || got != end {
		t.Fatalf("got %q and %s, want %s", rest, got, end)
	}
}

// playEcho is two clients of echo: the second one is connected and may send,
// and is answered when the first one ends.
func playEcho(t *testing.T, addr string) {
	a, b := dial(t, addr), dial(t, addr)
	defer a.Close()
	defer b.Close()
	say(t, a, "from a\r\n")
	if _, err := io.WriteString(b, "from b"); err != nil {
		t.Fatal(err)
	}
	say(t, a, "a again")
	if _, err := io.WriteString(a, "exit"); err != nil {
		t.Fatal(err)
	}
	ended(t, a, "closed")
	if got := take(t, b, 6); got != "from b" {
		t.Fatalf("got %q", got)
	}
	if err := b.CloseWrite(); err != nil {
		t.Fatal(err)
	}
	ended(t, b, "closed")
}

// playEchoThreads is four clients of echo-threads. A client that has got its
// echo is closed when the next one is accepted, with a reset when it has sent
// more. One that has sent nothing stays, and is closed behind its echo.
func playEchoThreads(t *testing.T, addr string) {
	a := dial(t, addr)
	defer a.Close()
	say(t, a, "one")
	b := dial(t, addr)
	defer b.Close()
	ended(t, a, "closed")
	say(t, b, "two")
	if _, err := io.WriteString(b, "more"); err != nil {
		t.Fatal(err)
	}
	c := dial(t, addr)
	defer c.Close()
	ended(t, b, "reset")
	d := dial(t, addr)
	defer d.Close()
	if _, err := io.WriteString(d, "exit"); err != nil {
		t.Fatal(err)
	}
	ended(t, d, "closed")
	say(t, c, "three")
	ended(t, c, "closed")
}

func TestEchoesAreWhatPythonDoes(t *testing.T) {
	if !pythonIs("True") {
		t.Log("no python3 here; the servers are tested by themselves")
		return
	}
	t.Run("echo", func(t *testing.T) { playEcho(t, startPython(t, []string{"echo.py"}).addr) })
	t.Run("echo-threads", func(t *testing.T) {
		playEchoThreads(t, startPython(t, []string{"echo_multithreading.py"}).addr)
	})
}

func TestEcho(t *testing.T) {
	ear := newTape()
	s := start(t, Options{Ear: ear})
	playEcho(t, address(t, s, "echo"))
	ear.waitClosed(t, "echo", 2)
	var got []string
	clients := map[string]string{}
	for _, line := range ear.happened() {
		var what, server, client string
		if _, err := fmt.Sscan(line, &what, &server, &client); err != nil {
			t.Fatal(err)
		}
		if clients[client] == "" {
			clients[client] = string(rune('a' + len(clients)))
		}
		got = append(got, what+" "+clients[client])
	}
	want := []string{"opened a", "closed a", "opened b", "closed b"}
	if !slices.Equal(got, want) {
		t.Errorf("got %q, want %q: the second client is accepted when the first one has ended", got, want)
	}
}

func TestEchoThreads(t *testing.T) {
	ear := newTape()
	s := start(t, Options{Ear: ear})
	playEchoThreads(t, address(t, s, "echo-threads"))
	ear.waitClosed(t, "echo-threads", 4)
	happened := ear.happened()
	// The first client had its echo long before; it stayed until the second.
	if want := "opened"; happened[1][:6] != want {
		t.Errorf("got %q: the first connection ended before the second one came", happened)
	}
	if got := ear.closed("echo-threads")[1].kinds(); runtime.GOOS == "linux" &&
		!slices.Equal(got, []string{"read", "wrote", "closed reset"}) {
		t.Errorf("heard %q of the client that sent more than one message", got)
	}
}

// TestEchoGoesOn does what ends the lab's Python: a reset.
func TestEchoGoesOn(t *testing.T) {
	ear := newTape()
	s := start(t, Options{Ear: ear})
	for _, name := range []string{"echo", "echo-threads"} {
		c := dial(t, address(t, s, name))
		reset(t, c)
		if got := ear.waitClosed(t, name, 1)[0].kinds(); !slices.Equal(got,
			[]string{"read end reset", "closed reset"}) {
			t.Errorf("%s: heard %q", name, got)
		}
		next := dial(t, address(t, s, name))
		say(t, next, "still here")
		next.Close()
	}
}

// reset ends a connection by RST.
func reset(t *testing.T, c *net.TCPConn) {
	t.Helper()
	if err := c.SetLinger(0); err != nil {
		t.Fatal(err)
	}
	c.Close()
}

// TestSilentClientsLeave shows that an idle client cannot keep the others out.
// The raw group has deadlines of its own, in package site.
func TestSilentClientsLeave(t *testing.T) {
	s := start(t, Options{limits: limits{open: 100, idle: 50 * time.Millisecond, write: time.Second,
		grace: time.Millisecond}})
	for _, name := range []string{"echo", "echo-threads", "hello", "hello-fixed", "directory", "form"} {
		c := dial(t, address(t, s, name))
		defer c.Close()
		ended(t, c, "closed")
	}
	eventually(t, "the last one of the day is answered",
		func() bool { return answered(t, address(t, s, "echo-threads"), "hello") })
}

// answered reports that a message came back before the connection was closed,
// which may be soon.
func answered(t *testing.T, addr, text string) bool {
	t.Helper()
	c := dial(t, addr)
	defer c.Close()
	_, err := io.WriteString(c, text)
	got, end := untilEnd(t, c)
	return err == nil && got == text && end == "closed"
}
