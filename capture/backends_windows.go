//go:build windows && (amd64 || 386)

package capture

import libpcap "github.com/google/gopacket/pcap"

func pcapInstalled() bool { return libpcap.LoadWinPCAP() == nil }
