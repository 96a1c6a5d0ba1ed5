//go:build (linux && cgo && libpcap) || windows || (darwin && cgo)

package capture

import "github.com/google/gopacket/pcap"

var backends = []string{"libpcap: " + pcap.Version()}
