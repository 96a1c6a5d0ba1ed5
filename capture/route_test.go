package capture

import (
	"net/netip"
	"strings"
	"testing"
)

// The lab's machine: one WLAN address, reached by its owner over loopback.
func TestRouteFrom(t *testing.T) {
	prefixes := func(all ...string) (list []netip.Prefix) {
		for _, p := range all {
			list = append(list, netip.MustParsePrefix(p))
		}
		return list
	}
	lab := []NetInterface{
		{Name: "lo", Kind: KindLoopback, Addresses: prefixes("127.0.0.1/8", "::1/128")},
		{Name: "wlan0", Kind: KindWiFi, Addresses: prefixes("10.25.2.205/17", "fe80::1/64", "2001:db8::5/64")},
		{Name: "docker0", Kind: KindVirtual, Addresses: prefixes("172.17.0.1/16", "fe80::2/64")},
	}
	windows := []NetInterface{
		{Name: npcapName + "{C0FFEE}", Kind: KindWiFi, Addresses: prefixes("10.25.2.205/17", "fe80::1/64")},
		{Name: npcapName + "Loopback", Kind: KindLoopback},
	}
	for _, c := range []struct {
		machine    []NetInterface
		to, source string
		want       Route
	}{
		{lab, "127.0.0.1", "127.0.0.1", Route{Interface: "lo", Own: true, Loopback: true}},
		{lab, "127.9.9.9", "127.0.0.1", Route{Interface: "lo", Own: true, Loopback: true}},
		{lab, "0.0.0.0", "127.0.0.1", Route{Interface: "lo", Own: true, Loopback: true}},
		{lab, "::1", "::1", Route{Interface: "lo", Own: true, Loopback: true}},
		{lab, "10.25.2.205", "10.25.2.205", Route{Interface: "lo", Own: true, Loopback: true}},
		{lab, "10.25.70.41", "10.25.2.205", Route{Interface: "wlan0"}},
		{lab, "192.0.2.1", "10.25.2.205", Route{Interface: "wlan0"}},
		{lab, "172.17.0.2", "172.17.0.1", Route{Interface: "docker0"}},
		{lab, "2001:db8::9", "2001:db8::5", Route{Interface: "wlan0"}},
		{lab, "fe80::9%docker0", "fe80::2%docker0", Route{Interface: "docker0"}},
		{lab, "fe80::1%docker0", "fe80::2%docker0", Route{Interface: "docker0"}},
		{lab, "fe80::1%wlan0", "fe80::1%wlan0", Route{Interface: "lo", Own: true, Loopback: true}},
		{windows, "10.25.2.205", "10.25.2.205", Route{Interface: npcapName + "Loopback", Own: true, Loopback: true}},
		{windows, "10.25.70.41", "10.25.2.205", Route{Interface: npcapName + "{C0FFEE}"}},
		{windows, "fe80::9%Wi-Fi", "fe80::1%Wi-Fi", Route{Interface: npcapName + "{C0FFEE}"}},
	} {
		c.want.Source = netip.MustParseAddr(c.source)
		got, err := routeFrom(c.machine, netip.MustParseAddr(c.to), c.want.Source)
		if err != nil || got != c.want {
			t.Errorf("to %s: %+v, %v, want %+v", c.to, got, err, c.want)
		}
	}
	if _, err := routeFrom(lab, netip.MustParseAddr("192.0.2.1"), netip.MustParseAddr("203.0.113.1")); err == nil {
		t.Error("a source address that no interface has")
	}
}

// Every address of this machine is reached over loopback, and the system agrees
// that it is its own source. A link-local address may be unusable for the first
// second of its interface (RFC 4862, Section 5.4), so these are left out.
func TestRouteToOwnAddresses(t *testing.T) {
	all, err := Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	n := 0
	for _, i := range all {
		for _, p := range i.Addresses {
			a := p.Addr()
			if !i.Up || a.IsLinkLocalUnicast() {
				continue
			}
			n++
			r, err := RouteTo(a)
			if err != nil || !r.Own || !r.Loopback || r.Source != a {
				t.Errorf("to %s of %s: %+v, %v", a, i.Name, r, err)
			}
		}
	}
	if n == 0 {
		t.Error("this machine has no address")
	}
}

func TestRouteNeedsAZone(t *testing.T) {
	_, err := RouteTo(netip.MustParseAddr("fe80::1"))
	if err == nil || !strings.Contains(err.Error(), "fe80::1%eth0") {
		t.Error(err)
	}
}
