package target

import (
	"fmt"
	"net/netip"
	"sync"
	"testing"
	"time"
)

// tape is an ear that writes everything down.
type tape struct {
	mu    sync.Mutex
	conns []*tapeConn
	order []string // "opened NAME client", "closed NAME client"
}

type tapeConn struct {
	tape   *tape
	server string
	client netip.AddrPort
	busy   sync.Mutex // held during a call: there must never be two
	calls  []call
}

// call is one call of a Heard.
type call struct {
	kind string // "read", "wrote", "read end", "write end", "closed", with " reset"
	data string
}

func newTape() *tape { return &tape{} }

func (tp *tape) Opened(server string, client, local netip.AddrPort, _ time.Time) Heard {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	c := &tapeConn{tape: tp, server: server, client: client}
	tp.conns = append(tp.conns, c)
	tp.order = append(tp.order, fmt.Sprintf("opened %s %s", server, client))
	return c
}

func (c *tapeConn) add(kind string, data []byte) {
	if !c.busy.TryLock() {
		panic("two calls at once for one connection")
	}
	defer c.busy.Unlock()
	c.tape.mu.Lock()
	defer c.tape.mu.Unlock()
	c.calls = append(c.calls, call{kind, string(data)})
	if kind == "closed" || kind == "closed reset" {
		c.tape.order = append(c.tape.order, fmt.Sprintf("closed %s %s", c.server, c.client))
	}
}

func (c *tapeConn) Read(b []byte, _ time.Time)      { c.add("read", b) }
func (c *tapeConn) Wrote(b []byte, _ time.Time)     { c.add("wrote", b) }
func (c *tapeConn) ReadEnd(reset bool, _ time.Time) { c.add("read end"+word(reset), nil) }
func (c *tapeConn) WriteEnd(time.Time)              { c.add("write end", nil) }
func (c *tapeConn) Closed(reset bool, _ time.Time)  { c.add("closed"+word(reset), nil) }

func word(reset bool) string {
	if reset {
		return " reset"
	}
	return ""
}

// closed lists the connections of a server that have ended.
func (tp *tape) closed(server string) []*tapeConn {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	var out []*tapeConn
	for _, c := range tp.conns {
		if n := len(c.calls); c.server == server && n > 0 &&
			(c.calls[n-1].kind == "closed" || c.calls[n-1].kind == "closed reset") {
			out = append(out, c)
		}
	}
	return out
}

// waitClosed waits until n connections of a server have ended.
func (tp *tape) waitClosed(t *testing.T, server string, n int) []*tapeConn {
	t.Helper()
	var out []*tapeConn
	eventually(t, fmt.Sprintf("%d connections to %s have ended", n, server), func() bool {
		out = tp.closed(server)
		return len(out) >= n
	})
	return out
}

// heard is everything that was heard so far of a kind, joined.
func (c *tapeConn) heard(kind string) string {
	c.tape.mu.Lock()
	defer c.tape.mu.Unlock()
	var out string
	for _, one := range c.calls {
		if one.kind == kind {
			out += one.data
		}
	}
	return out
}

// writes are the server's sends.
func (c *tapeConn) writes() []string {
	c.tape.mu.Lock()
	defer c.tape.mu.Unlock()
	var out []string
	for _, one := range c.calls {
		if one.kind == "wrote" {
			out = append(out, one.data)
		}
	}
	return out
}

// kinds are the calls without their bytes.
func (c *tapeConn) kinds() []string {
	c.tape.mu.Lock()
	defer c.tape.mu.Unlock()
	var out []string
	for _, one := range c.calls {
		out = append(out, one.kind)
	}
	return out
}

// happened lists the openings and closings so far.
func (tp *tape) happened() []string {
	tp.mu.Lock()
	defer tp.mu.Unlock()
	return append([]string(nil), tp.order...)
}
