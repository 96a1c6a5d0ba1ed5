//go:build (linux && cgo && libpcap) || (windows && (amd64 || 386)) || (darwin && cgo)

package capture

import (
	"github.com/google/gopacket/layers"
	libpcap "github.com/google/gopacket/pcap"
)

var backends = append(pcapBackends(), systemBackends...)

// noBackend is the error where backends is empty.
const noBackend = "capture.error.no-library"

// pcapBackends is empty where the library is not installed. To ask a library
// that is not there for its version panics.
func pcapBackends() []backend {
	if !pcapInstalled() {
		return nil
	}
	return []backend{{"libpcap", libpcap.Version(), openPcap}}
}

func dropUnused() {
	layers.EthernetTypeMetadata = [65536]layers.EnumMetadata{}
	layers.PPPTypeMetadata = [65536]layers.EnumMetadata{}
}
