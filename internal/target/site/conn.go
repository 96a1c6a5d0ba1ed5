package site

import (
	"errors"
	"io"
	"net"
	"net/http"
	"time"
)

var errNotOurs = errors.New("take over the connection: the request is not an HTTP/1.1 GET")

// hijack takes the connection over from net/http, with a deadline for what is
// written. After an error w can still be used.
func hijack(w http.ResponseWriter, r *http.Request) (net.Conn, error) {
	if !r.ProtoAtLeast(1, 1) || r.ProtoMajor != 1 || r.Method != http.MethodGet {
		return nil, errNotOurs
	}
	conn, _, err := http.NewResponseController(w).Hijack()
	if err != nil {
		return nil, err
	}
	_ = conn.SetWriteDeadline(time.Now().Add(writeDeadline)) // fails only on a closed connection, as the write will
	return conn, nil
}

// The close calls that net.TCPConn has beyond net.Conn. A connection without
// them is closed plainly.
type (
	halfCloser interface{ CloseWrite() error }
	lingerer   interface{ SetLinger(seconds int) error }
)

// closeGently ends a connection without losing what was sent. Closing with
// unread input makes the kernel send a reset, and that may overtake the answer
// (RFC 9112, Section 9.6): so the write side first, then a bounded read.
func closeGently(c net.Conn) {
	if h, ok := c.(halfCloser); ok && h.CloseWrite() == nil {
		_ = c.SetReadDeadline(time.Now().Add(linger))
		_, _ = io.CopyN(io.Discard, c, maxBody)
	}
	_ = c.Close()
}

// closeHard ends a connection with a reset: a linger time of zero throws away
// what is not sent yet.
func closeHard(c net.Conn) {
	if l, ok := c.(lingerer); ok {
		_ = l.SetLinger(0)
	}
	_ = c.Close()
}
