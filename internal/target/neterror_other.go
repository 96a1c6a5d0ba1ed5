//go:build !windows

package target

import (
	"errors"
	"syscall"
)

// isReset reports whether the client reset the connection. A write tells by a
// broken pipe when a read has already seen the reset.
func isReset(err error) bool {
	return errors.Is(err, syscall.ECONNRESET) || errors.Is(err, syscall.EPIPE)
}

func isInUse(err error) bool { return errors.Is(err, syscall.EADDRINUSE) }
