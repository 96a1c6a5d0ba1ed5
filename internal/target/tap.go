package target

import (
	"errors"
	"io"
	"net"
	"sync"
	"syscall"
	"time"
)

// tap is a connection that is heard. It does not embed the connection: a
// method that came along with it, such as net.TCPConn's ReadFrom by sendfile,
// would carry bytes past the ear.
type tap struct {
	conn *conn
	raw  syscall.RawConn
	now  func() time.Time

	// mu is held while heard is called and, where the system allows, during
	// the system call of a write: when a client answers at once, and another
	// goroutine reads the answer before this one is back from the kernel, the
	// answer must still be heard behind what it answers.
	mu         sync.Mutex
	heard      Heard
	readEnded  bool
	writeEnded bool
	reset      bool
	closed     bool
}

func newTap(c *conn, heard Heard, now func() time.Time) *tap {
	raw, err := c.SyscallConn()
	if err != nil {
		// net.TCPConn refuses only when there is no connection in it.
		panic("target: " + err.Error())
	}
	return &tap{conn: c, raw: raw, now: now, heard: heard}
}

func (t *tap) Read(b []byte) (int, error) {
	n, err := t.conn.Read(b)
	t.mu.Lock()
	defer t.mu.Unlock()
	if n > 0 && !t.closed {
		t.heard.Read(b[:n], t.now())
	}
	t.note(err)
	return n, err
}

// note hears the end of the client's stream in an error. The caller holds mu.
func (t *tap) note(err error) {
	reset := isReset(err)
	if !reset && !errors.Is(err, io.EOF) || t.readEnded || t.closed {
		return
	}
	t.readEnded, t.reset = true, t.reset || reset
	t.heard.ReadEnd(reset, t.now())
}

// wrote hears bytes that the socket took. The caller holds mu.
func (t *tap) wrote(b []byte) {
	if len(b) > 0 && !t.closed {
		t.heard.Wrote(b, t.now())
	}
}

// ReadFrom is what net/http sends files by. Without it the same bytes would go
// out in other sends than on a connection that nobody hears.
func (t *tap) ReadFrom(r io.Reader) (int64, error) {
	return io.Copy(struct{ io.Writer }{t}, r)
}

// CloseWrite ends the server's stream; net/http looks for it before it closes
// on a client that is still sending.
func (t *tap) CloseWrite() error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.conn.CloseWrite()
	if err == nil && !t.writeEnded && !t.closed {
		t.writeEnded = true
		t.heard.WriteEnd(t.now())
	}
	return err
}

// Close closes, and then says so. Not under the lock: closing waits for a
// write that is under way, and what it wrote is heard first.
func (t *tap) Close() error {
	t.mu.Lock()
	// Linux closes with a reset when there is something unread.
	t.reset = t.reset || unread(t.raw)
	t.mu.Unlock()
	err := t.conn.Close()
	t.mu.Lock()
	defer t.mu.Unlock()
	t.hearClosed()
	return err
}

// hearClosed tells of the end once. The caller holds mu.
func (t *tap) hearClosed() {
	if t.closed {
		return
	}
	t.closed = true
	at := t.now()
	if !t.reset && !t.writeEnded {
		t.heard.WriteEnd(at)
	}
	t.heard.Closed(t.reset, at)
}

// SetLinger with 0 makes the close a reset.
func (t *tap) SetLinger(seconds int) error {
	t.mu.Lock()
	defer t.mu.Unlock()
	err := t.conn.SetLinger(seconds)
	t.reset = err == nil && seconds == 0
	return err
}

func (t *tap) SetNoDelay(on bool) error            { return t.conn.SetNoDelay(on) }
func (t *tap) SetReadBuffer(bytes int) error       { return t.conn.SetReadBuffer(bytes) }
func (t *tap) SetWriteBuffer(bytes int) error      { return t.conn.SetWriteBuffer(bytes) }
func (t *tap) LocalAddr() net.Addr                 { return t.conn.LocalAddr() }
func (t *tap) RemoteAddr() net.Addr                { return t.conn.RemoteAddr() }
func (t *tap) SetDeadline(at time.Time) error      { return t.conn.SetDeadline(at) }
func (t *tap) SetReadDeadline(at time.Time) error  { return t.conn.SetReadDeadline(at) }
func (t *tap) SetWriteDeadline(at time.Time) error { return t.conn.SetWriteDeadline(at) }
