package capture

import (
	"errors"
	"net"
	"net/netip"
	"os"
	"strings"

	"httpscope/internal/texts"
)

// Route says how traffic from this machine to an address will travel.
type Route struct {
	Interface string     // that carries it, as LiveOptions.Interface takes it
	Source    netip.Addr // that it will come from
	Own       bool       // the address is this machine's own, so loopback carries it, whatever interface has the address
	Loopback  bool       // the interface is the loopback interface
}

// RouteTo asks the system for the way to an address. Nothing is sent. The
// error says that there is none, or that a link-local address needs its
// interface (fe80::1%eth0, RFC 4007, Section 11).
func RouteTo(a netip.Addr) (Route, error) {
	a = a.Unmap()
	if a.Is6() && a.IsLinkLocalUnicast() && a.Zone() == "" {
		return Route{}, texts.Errorf("capture.error.route.link-local", a, a)
	}
	all, err := Interfaces()
	if err != nil {
		return Route{}, texts.Errorf("capture.error.route", a, err)
	}
	source, err := sourceFor(a)
	if err != nil {
		return Route{}, texts.Errorf("capture.error.route", a, err)
	}
	return routeFrom(all, a, source)
}

// sourceFor connects a UDP socket, which sends nothing, and looks at the
// address that the system chose for it.
func sourceFor(a netip.Addr) (netip.Addr, error) {
	const discard = 9 // any port will do
	c, err := net.DialUDP("udp", nil, net.UDPAddrFromAddrPort(netip.AddrPortFrom(a, discard)))
	var system *os.SyscallError
	if errors.As(err, &system) {
		err = system.Err // the rest names the socket, which nobody asked for
	}
	if err != nil {
		return netip.Addr{}, err
	}
	defer c.Close()
	return c.LocalAddr().(*net.UDPAddr).AddrPort().Addr().Unmap(), nil
}

// routeFrom finds the interface: the one with the source address, but loopback
// for every address of this machine itself.
func routeFrom(all []NetInterface, a, source netip.Addr) (Route, error) {
	r := Route{Source: source, Own: a.IsLoopback() || a.IsUnspecified() || holder(all, a) != nil}
	i := holder(all, source)
	if r.Own || source.IsLoopback() {
		i = loopback(all)
	}
	if i == nil {
		return r, texts.Errorf("capture.error.route.no-interface", a, source)
	}
	r.Interface, r.Loopback = i.Name, i.Kind == KindLoopback
	return r, nil
}

// holder is the interface that has an address, nil for none. Link-local
// addresses may be on several: the zone decides, but Npcap's names are no zones.
func holder(all []NetInterface, a netip.Addr) *NetInterface {
	for n := range all {
		if a.Zone() != "" && a.Zone() != all[n].Name && !strings.HasPrefix(all[n].Name, npcapName) {
			continue
		}
		for _, p := range all[n].Addresses {
			if p.Addr().WithZone("") == a.WithZone("") {
				return &all[n]
			}
		}
	}
	return nil
}

func loopback(all []NetInterface) *NetInterface {
	for n := range all {
		if all[n].Kind == KindLoopback {
			return &all[n]
		}
	}
	return nil
}
