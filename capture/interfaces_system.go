//go:build !linux

package capture

import (
	"net"
	"strings"

	"httpscope/internal/texts"
)

// systemInterfaces asks the system alone. Without libpcap it does not say what is Wi-Fi.
func systemInterfaces() ([]NetInterface, error) {
	list, err := net.Interfaces()
	if err != nil {
		return nil, texts.Errorf("capture.error.interfaces", err)
	}
	var all []NetInterface
	for _, i := range list {
		all = append(all, NetInterface{Name: i.Name, Addresses: addresses(i), Kind: kindByName(i),
			Up: i.Flags&net.FlagUp != 0})
	}
	return all, nil
}

// nameKinds are beginnings of names: those of macOS and the BSDs, and of Windows.
var nameKinds = []struct {
	prefix string
	kind   Kind
}{
	{"utun", KindTunnel}, {"tun", KindTunnel}, {"ppp", KindTunnel}, {"gif", KindTunnel}, {"stf", KindTunnel},
	{"ipsec", KindTunnel},
	{"bridge", KindVirtual}, {"vmenet", KindVirtual}, {"awdl", KindVirtual}, {"llw", KindVirtual},
	{"anpi", KindVirtual}, {"ap", KindVirtual},
	{"vethernet", KindVirtual}, {"wi-fi", KindWiFi}, {"wlan", KindWiFi}, {"wireless", KindWiFi},
}

func kindByName(i net.Interface) Kind {
	if i.Flags&net.FlagLoopback != 0 {
		return KindLoopback
	}
	name := strings.ToLower(i.Name)
	for _, n := range nameKinds {
		if strings.HasPrefix(name, n.prefix) {
			return n.kind
		}
	}
	return KindWired
}
