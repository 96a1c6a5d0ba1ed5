//go:build (linux && cgo && libpcap) || windows || (darwin && cgo)

package capture

import libpcap "github.com/google/gopacket/pcap"

var backends = []string{libpcap.Version()}
