package tcp_test

import (
	"slices"
	"testing"

	"httpscope/internal/tcp"
)

func TestNames(t *testing.T) {
	for set, want := range map[tcp.Flags][]string{
		0:                          {},
		0x02:                       {"SYN"},
		0x12:                       {"SYN", "ACK"},
		0x29:                       {"FIN", "PSH", "URG"},
		0xc4:                       {"RST", "ECE", "CWR"},
		tcp.FIN | tcp.ACK:          {"FIN", "ACK"},
		tcp.Flags(0xff) &^ tcp.FIN: {"SYN", "RST", "PSH", "ACK", "URG", "ECE", "CWR"},
	} {
		if got := set.Names(); !slices.Equal(got, want) {
			t.Errorf("%#02x: %v, want %v", uint8(set), got, want)
		}
	}
}
