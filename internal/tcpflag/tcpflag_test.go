package tcpflag_test

import (
	"slices"
	"testing"

	"httpscope/internal/tcpflag"
)

func TestNames(t *testing.T) {
	for set, want := range map[tcpflag.Set][]string{
		0:                                {},
		0x02:                             {"SYN"},
		0x12:                             {"SYN", "ACK"},
		0x29:                             {"FIN", "PSH", "URG"},
		0xc4:                             {"RST", "ECE", "CWR"},
		tcpflag.FIN | tcpflag.ACK:        {"FIN", "ACK"},
		tcpflag.Set(0xff) &^ tcpflag.FIN: {"SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"},
	} {
		if got := set.Names(); !slices.Equal(got, want) {
			t.Errorf("%#02x: %v, want %v", uint8(set), got, want)
		}
	}
}
