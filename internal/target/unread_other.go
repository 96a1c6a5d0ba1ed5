//go:build !linux

package target

import "syscall"

// unread is false: these systems close with FIN although something is unread,
// or do not tell.
func unread(syscall.RawConn) bool { return false }
