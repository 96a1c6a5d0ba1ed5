//go:build (linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo)

package capture

import (
	"github.com/google/gopacket/layers"
	libpcap "github.com/google/gopacket/pcap"
)

var backends = []string{libpcap.Version()}

func dropUnused() {
	layers.EthernetTypeMetadata = [65536]layers.EnumMetadata{}
	layers.PPPTypeMetadata = [65536]layers.EnumMetadata{}
}
