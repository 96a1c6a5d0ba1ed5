package capture

import (
	"net"
	"net/netip"
)

// NetInterface is an interface of this machine.
type NetInterface struct {
	Name        string // as LiveOptions.Interface takes it
	Description string // for people; often ""
	Addresses   []netip.Prefix
	Kind        Kind
	Up          bool
	Backend     string // that can capture on it, "" for none
}

// Kind is what an interface is to its user.
type Kind string

// Kinds of interfaces.
const (
	KindLoopback Kind = "loopback"
	KindWired    Kind = "wired"
	KindWiFi     Kind = "wi-fi"
	KindVirtual  Kind = "virtual" // bridges, containers, virtual machines, VLANs
	KindTunnel   Kind = "tunnel"  // VPNs, PPP
	KindCooked   Kind = "cooked"  // Linux's "any": all of them, with a link header made up
)

// npcapName begins the names that Npcap gives to interfaces.
const npcapName = `\Device\NPF_`

// Interfaces lists the interfaces in the system's order.
func Interfaces() ([]NetInterface, error) { return interfaces() }

// bestBackend is "" where none is built in.
func bestBackend() string {
	if len(backends) == 0 {
		return ""
	}
	return backends[0].name
}

// addresses converts what the net package lists.
func addresses(i net.Interface) []netip.Prefix {
	list, err := i.Addrs()
	if err != nil {
		return nil // an interface that has just gone has none
	}
	var all []netip.Prefix
	for _, a := range list {
		n, ok := a.(*net.IPNet)
		if !ok {
			continue
		}
		if p, ok := prefixOf(n.IP, n.Mask); ok {
			all = append(all, p)
		}
	}
	return all
}

// prefixOf keeps the address beside its network's length. Without a mask the
// address stands alone.
func prefixOf(ip net.IP, mask net.IPMask) (netip.Prefix, bool) {
	a, ok := netip.AddrFromSlice(ip)
	if !ok {
		return netip.Prefix{}, false
	}
	a = a.Unmap()
	bits := a.BitLen()
	if ones, size := mask.Size(); size > 0 {
		bits = min(ones, bits)
	}
	return netip.PrefixFrom(a, bits), true
}
