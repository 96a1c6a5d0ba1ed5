// Package tcpflag names the flags of a TCP header.
//
// It reads no header, and says nothing of what a flag means where it stands.
package tcpflag

import "math/bits"

// Set is flags that are set together: the second byte of the header's word of flags.
type Set uint8

// The flags, as RFC 9293, Section 3.1, and RFC 3168, Section 6.1, place them.
const (
	FIN Set = 1 << iota
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
func (s Set) Names() []string {
	list := make([]string, 0, bits.OnesCount8(uint8(s)))
	for i, name := range names {
		if s>>i&1 != 0 {
			list = append(list, name)
		}
	}
	return list
}
