//go:build (windows && (amd64 || 386)) || (darwin && cgo)

package capture

import (
	"net"
	"net/netip"
	"slices"
	"strings"

	"httpscope/internal/texts"

	libpcap "github.com/google/gopacket/pcap"
)

// Flags of pcap_findalldevs(3PCAP).
const (
	pcapLoopback = 0x1
	pcapUp       = 0x2
	pcapWireless = 0x8
)

// interfaces asks libpcap or Npcap, whose names capture wants: Npcap's are not
// the ones that people know, so the system's stands in the description.
func interfaces() ([]NetInterface, error) {
	if bestBackend() == "" {
		return systemInterfaces()
	}
	list, err := libpcap.FindAllDevs()
	if err != nil {
		return nil, texts.Errorf("capture.error.interfaces", err)
	}
	known, err := systemInterfaces()
	if err != nil {
		return nil, err
	}
	var all []NetInterface
	for _, i := range list {
		all = append(all, fromPcap(i, known))
	}
	return all, nil
}

func fromPcap(i libpcap.Interface, known []NetInterface) NetInterface {
	n := NetInterface{Name: i.Name, Description: i.Description, Backend: bestBackend(), Up: i.Flags&pcapUp != 0}
	for _, a := range i.Addresses {
		if p, ok := prefixOf(a.IP, net.IPMask(a.Netmask)); ok {
			n.Addresses = append(n.Addresses, p)
		}
	}
	friendly, found := sameInterface(n, known)
	switch {
	case i.Flags&pcapLoopback != 0 || strings.Contains(i.Name, "NPF_Loopback"):
		n.Kind = KindLoopback
	case i.Flags&pcapWireless != 0:
		n.Kind = KindWiFi
	case found:
		n.Kind = friendly.Kind
	default:
		n.Kind = KindVirtual
	}
	if found && friendly.Name != n.Name {
		n.Description = strings.TrimSuffix(friendly.Name+": "+n.Description, ": ")
	}
	return n
}

// sameInterface finds an interface by its name, or by an address they share.
func sameInterface(n NetInterface, known []NetInterface) (NetInterface, bool) {
	for _, k := range known {
		if k.Name == n.Name {
			return k, true
		}
		for _, p := range k.Addresses {
			if slices.ContainsFunc(n.Addresses, func(q netip.Prefix) bool { return p.Addr() == q.Addr() }) {
				return k, true
			}
		}
	}
	return NetInterface{}, false
}
