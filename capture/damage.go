package capture

import (
	"errors"
	"fmt"
)

// ErrFormat is wrapped by the error of Open when the input is no capture file.
var ErrFormat = errors.New("not a pcap or pcapng file")

// DamageError says where a capture file stopped making sense. Every packet
// before Offset was delivered.
type DamageError struct {
	Offset int64  // bytes from the start of the (uncompressed) file
	Packet int64  // packets delivered before it
	Reason string // what was found there
}

// Error names the place and the reason.
func (e *DamageError) Error() string {
	return fmt.Sprintf("the file is damaged at byte %d, after packet %d: %s", e.Offset, e.Packet, e.Reason)
}
