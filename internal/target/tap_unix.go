//go:build unix

package target

import (
	"errors"
	"net"
	"os"
	"syscall"
)

// Write sends b. The lock is held during each system call, which does not
// block, and not while the socket has no room: the other direction goes on.
func (t *tap) Write(b []byte) (int, error) {
	sent := 0
	var failed error
	err := t.raw.Write(func(fd uintptr) bool {
		var again bool
		for sent < len(b) && failed == nil && !again {
			var n int
			n, again, failed = t.send(int(fd), b[sent:])
			sent += n
		}
		return !again
	})
	if err == nil {
		err = failed
	}
	return sent, t.writeError(err)
}

// send does one system call; again says that the socket has no room.
func (t *tap) send(fd int, b []byte) (n int, again bool, err error) {
	t.mu.Lock()
	defer t.mu.Unlock()
	n, err = syscall.Write(fd, b)
	switch {
	case errors.Is(err, syscall.EAGAIN):
		return 0, true, nil
	case errors.Is(err, syscall.EINTR):
		return 0, false, nil
	case err != nil:
		// Behind CloseWrite a broken pipe is the server's own doing.
		if !t.writeEnded {
			t.note(err)
		}
		return 0, false, os.NewSyscallError("write", err)
	}
	t.wrote(b[:n])
	return n, false, nil
}

// writeError dresses an error as net.TCPConn.Write does: net/http looks at it.
func (t *tap) writeError(err error) error {
	var dressed *net.OpError
	switch {
	case err == nil:
		return nil
	case errors.As(err, &dressed):
		err = dressed.Err
	}
	return &net.OpError{Op: "write", Net: "tcp", Source: t.LocalAddr(), Addr: t.RemoteAddr(), Err: err}
}
