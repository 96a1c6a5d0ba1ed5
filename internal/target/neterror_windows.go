package target

import (
	"errors"
	"syscall"
)

// Winsock's WSAEADDRINUSE; package syscall has no name for it.
const addressInUse = syscall.Errno(10048)

func isReset(err error) bool {
	return errors.Is(err, syscall.WSAECONNRESET) || errors.Is(err, syscall.WSAECONNABORTED)
}

func isInUse(err error) bool {
	return errors.Is(err, addressInUse)
}
