package capture

import "httpscope/internal/texts"

// ErrFormat is wrapped by the error of Open when the input is no capture file.
var ErrFormat error = texts.Errorf("capture.error.format")

// DamageError says where a capture file stopped making sense. Every packet
// before Offset was delivered.
type DamageError struct {
	Offset int64        // bytes from the start of the (uncompressed) file
	Packet int64        // packets delivered before it
	Reason texts.Phrase // what was found there
}

// Error names the place and the reason.
func (e *DamageError) Error() string { return e.Said().String() }

// Said is the error as a phrase.
func (e *DamageError) Said() texts.Phrase {
	return texts.Say("capture.damage", e.Offset, e.Packet, e.Reason)
}
