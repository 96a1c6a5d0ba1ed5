package target

import "syscall"

// unread reports whether bytes of the client wait in the kernel.
func unread(c syscall.RawConn) bool {
	found := false
	// An error means that the connection is closed already.
	_ = c.Control(func(fd uintptr) {
		n, _, err := syscall.Recvfrom(int(fd), make([]byte, 1), syscall.MSG_PEEK|syscall.MSG_DONTWAIT)
		found = err == nil && n > 0
	})
	return found
}
