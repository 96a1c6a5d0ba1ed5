package target

import (
	"bytes"
	"net"
	"sync"
	"time"
)

// echoRead is the lab's recv(2048): what one read returns is one message,
// whatever the client meant by one.
const echoRead = 2048

// serveEcho is the lab's echo.py. It has one client at a time: the next one is
// connected by the kernel, waits in the backlog, and its bytes with it.
func serveEcho(g *gate, l limits) {
	for {
		c, err := g.accept()
		if err != nil {
			return
		}
		echo(timed{c, l.idle, l.write})
	}
}

// echo sends back what each read gives. It closes at the end of the stream, or
// when a read gives exactly "exit": telnet on Windows can send that, telnet on
// Linux sends "exit\r\n", which is an echo like any other.
func echo(c net.Conn) {
	defer c.Close()
	buf := make([]byte, echoRead)
	for {
		n, err := c.Read(buf)
		if err != nil || bytes.Equal(buf[:n], []byte("exit")) {
			return
		}
		if _, err := c.Write(buf[:n]); err != nil {
			return
		}
	}
}

// serveEchoThreads is the lab's echo_multithreading.py, with a goroutine for
// its thread.
func serveEchoThreads(g *gate, l limits) {
	var before *abandoned
	for {
		c, err := g.accept()
		if err != nil {
			return
		}
		if before != nil {
			before.drop()
		}
		conn := newAbandoned(c, l.idle)
		before = conn
		go echoOnce(timed{c, l.idle, l.write}, conn)
	}
}

// echoOnce answers one message: in the lab's code the return stands inside the
// loop, behind if and else. It closes only at the end of the stream and on
// "exit"; after an echo the connection is left as it is, with nobody reading.
func echoOnce(c net.Conn, conn *abandoned) {
	defer conn.drop()
	buf := make([]byte, echoRead)
	n, err := c.Read(buf)
	if err != nil || bytes.Equal(buf[:n], []byte("exit")) {
		c.Close()
		return
	}
	// The Python does not look at what send returns either.
	_, _ = c.Write(buf[:n])
}

// abandoned is a Python socket object to which two names point, and which is
// closed when the last one goes: CPython counts references, and a socket that
// is freed closes its file descriptor. One name is self.conn of the thread,
// which goes when run returns. The other is conn in the loop that accepts: it
// goes only when accept returns the next connection. So a client that got its
// echo stays connected until somebody else connects.
type abandoned struct {
	c     net.Conn
	timer *time.Timer

	mu   sync.Mutex
	refs int
}

// newAbandoned takes both references. After idle the connection closes all the
// same, or the last client of the day would keep it for ever.
func newAbandoned(c net.Conn, idle time.Duration) *abandoned {
	return &abandoned{c: c, refs: 2, timer: time.AfterFunc(2*idle, func() { c.Close() })}
}

// drop lets one reference go. Closing with bytes unread resets the connection.
func (a *abandoned) drop() {
	a.mu.Lock()
	defer a.mu.Unlock()
	if a.refs--; a.refs == 0 {
		a.timer.Stop()
		a.c.Close()
	}
}
