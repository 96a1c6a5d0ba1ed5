package target

import (
	"errors"
	"fmt"
	"net"
	"net/netip"
	"runtime/debug"
	"sync"
	"time"
)

// stream is an accepted connection, heard or not.
type stream interface {
	net.Conn
	CloseWrite() error
	SetLinger(seconds int) error
	SetNoDelay(on bool) error
}

// gate is a server's listener. It accepts no more connections than it may hold
// open, lets the ear hear them, and can close them all.
type gate struct {
	net.Listener
	name  string
	ear   Ear  // nil: connections are not heard
	nagle bool // small sends wait for the acknowledgment of what was sent before
	grace time.Duration
	now   func() time.Time
	fault func(error) // told of what goes wrong

	places chan struct{} // one for each open connection
	closed chan struct{} // closed when the gate is
	empty  chan struct{} // closed when the gate is, and no connection is open

	mu   sync.Mutex
	open map[*conn]stream // with the stream that was handed out
}

func newGate(l net.Listener, name string, o Options, fault func(error)) *gate {
	return &gate{
		Listener: l, name: name, ear: o.Ear, grace: o.limits.grace, now: o.Now, fault: fault,
		places: make(chan struct{}, o.limits.open),
		closed: make(chan struct{}),
		empty:  make(chan struct{}),
		open:   make(map[*conn]stream),
	}
}

// Accept waits for a place and for a connection. The error is net.ErrClosed;
// that the process has no file descriptor left, or that a client has gone
// already, passes.
func (g *gate) Accept() (net.Conn, error) { return g.accept() }

func (g *gate) accept() (stream, error) {
	select {
	case g.places <- struct{}{}:
	case <-g.closed:
		return nil, net.ErrClosed
	}
	for pause := 5 * time.Millisecond; ; pause = min(2*pause, time.Second) {
		c, err := g.Listener.Accept()
		if err == nil {
			return g.admit(&conn{TCPConn: c.(*net.TCPConn), gate: g})
		}
		if errors.Is(err, net.ErrClosed) {
			return nil, net.ErrClosed
		}
		g.fault(err)
		select {
		case <-time.After(pause):
		case <-g.closed:
			return nil, net.ErrClosed
		}
	}
}

// listenIn adds an ear, before the gate is used.
func (g *gate) listenIn(e Ear) {
	if g.ear != nil {
		e = pair{e, g.ear}
	}
	g.ear = e
}

// admit makes the stream of an accepted connection.
func (g *gate) admit(c *conn) (stream, error) {
	if g.nagle {
		// It fails only on a connection that is gone; reading tells that.
		_ = c.SetNoDelay(false)
	}
	var s stream = c
	if g.ear != nil {
		heard := g.ear.Opened(g.name, addrPort(c.RemoteAddr()), addrPort(c.LocalAddr()), g.now())
		s = newTap(c, heard, g.now)
	}
	if !g.register(c, s) {
		s.Close()
		return nil, net.ErrClosed
	}
	return s, nil
}

// register reports whether the gate is still open for a connection.
func (g *gate) register(c *conn, s stream) bool {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isClosed() {
		return false
	}
	g.open[c] = s
	return true
}

// serve hands each connection to a goroutine of its own until the gate closes.
func (g *gate) serve(handle func(stream)) {
	for {
		c, err := g.accept()
		if err != nil {
			return
		}
		go g.guard(c, handle)
	}
}

// guard keeps a fault in the handling of one connection from ending the lab,
// as net/http does for its handlers.
func (g *gate) guard(c stream, handle func(stream)) {
	defer func() {
		if fault := recover(); fault != nil {
			g.fault(fmt.Errorf("serve %s: %v\n%s", g.name, fault, debug.Stack()))
			c.Close()
		}
	}()
	handle(c)
}

// Close stops accepting; open connections stay.
func (g *gate) Close() error {
	g.mu.Lock()
	defer g.mu.Unlock()
	if g.isClosed() {
		return nil
	}
	close(g.closed)
	if len(g.open) == 0 {
		close(g.empty)
	}
	return g.Listener.Close()
}

// isClosed is for callers that hold mu.
func (g *gate) isClosed() bool {
	select {
	case <-g.closed:
		return true
	default:
		return false
	}
}

// forget gives the place of a connection back.
func (g *gate) forget(c *conn) {
	g.mu.Lock()
	defer g.mu.Unlock()
	if _, known := g.open[c]; known {
		delete(g.open, c)
		if len(g.open) == 0 && g.isClosed() {
			close(g.empty)
		}
	}
	<-g.places
}

// cut closes the connections that are open.
func (g *gate) cut() {
	g.mu.Lock()
	var open []stream
	for _, s := range g.open {
		open = append(open, s)
	}
	g.mu.Unlock()
	for _, s := range open {
		s.Close()
	}
}

// conn is a connection that gives its place back when it is closed. By
// embedding it stays a net.TCPConn to net/http, with sendfile.
type conn struct {
	*net.TCPConn
	gate *gate
	once sync.Once
}

func (c *conn) Close() error {
	err := c.TCPConn.Close()
	c.once.Do(func() { c.gate.forget(c) })
	return err
}

// addrPort is the address of a TCP socket; an IPv4 client of an IPv6 socket is
// an IPv4 address, as the network carries it.
func addrPort(a net.Addr) netip.AddrPort {
	ap := a.(*net.TCPAddr).AddrPort()
	return netip.AddrPortFrom(ap.Addr().Unmap(), ap.Port())
}

// timed gives every read and every write of a stream its own deadline.
type timed struct {
	stream
	idle, write time.Duration
}

func (t timed) Read(b []byte) (int, error) {
	if err := t.SetReadDeadline(time.Now().Add(t.idle)); err != nil {
		return 0, err
	}
	return t.stream.Read(b)
}

func (t timed) Write(b []byte) (int, error) {
	if err := t.SetWriteDeadline(time.Now().Add(t.write)); err != nil {
		return 0, err
	}
	return t.stream.Write(b)
}
