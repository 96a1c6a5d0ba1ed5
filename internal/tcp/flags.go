// Package tcp has the words that are used of TCP everywhere: flags, states of a connection, and what is noted of
// a segment.
//
// It reads no packet, and says nothing of what a flag means where it stands.
package tcp

import "math/bits"

// Flags are flags that are set together: the second byte of the header's word of flags.
type Flags uint8

// The flags, as RFC 9293, Section 3.1, and RFC 3168, Section 6.1, place them.
const (
	FIN Flags = 1 << iota
	SYN
	RST
	PSH
	ACK
	URG
	ECE
	CWR
)

var names = [...]string{"FIN", "SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"}

// Names lists the flags of a set, FIN first.
func (s Flags) Names() []string {
	list := make([]string, 0, bits.OnesCount8(uint8(s)))
	for i, name := range names {
		if s>>i&1 != 0 {
			list = append(list, name)
		}
	}
	return list
}
