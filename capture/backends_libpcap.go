//go:build (linux && cgo && libpcap) || windows || (darwin && cgo)

package capture

import (
	"github.com/google/gopacket/layers"
	libpcap "github.com/google/gopacket/pcap"
)

var backends = []string{libpcap.Version()}

// With gopacket's pcap package come the decoders of its layers, which this
// program does not use. Two of their tables have 65 536 entries each; emptied,
// they hold no pointers for every garbage collection to follow.
func init() {
	layers.EthernetTypeMetadata = [65536]layers.EnumMetadata{}
	layers.PPPTypeMetadata = [65536]layers.EnumMetadata{}
}
