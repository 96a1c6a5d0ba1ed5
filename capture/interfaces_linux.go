package capture

import (
	"net"
	"os"
	"path/filepath"
	"strconv"
	"strings"

	"httpscope/internal/texts"

	"golang.org/x/sys/unix"
)

// sysNet is where Linux describes interfaces, one folder each
// (Documentation/ABI/testing/sysfs-class-net).
const sysNet = "/sys/class/net"

func interfaces() ([]NetInterface, error) {
	list, err := net.Interfaces()
	if err != nil {
		return nil, texts.Errorf("capture.error.interfaces", err)
	}
	var all []NetInterface
	for _, i := range list {
		all = append(all, NetInterface{
			Name: i.Name, Description: sysText(sysNet, i.Name, "ifalias"), Addresses: addresses(i),
			Kind: kindOf(sysNet, i.Name), Up: i.Flags&net.FlagUp != 0, Backend: bestBackend(),
		})
	}
	return append(all, NetInterface{Name: "any", Description: "all interfaces", Kind: KindCooked, Up: true,
		Backend: bestBackend()}), nil
}

// tunnelTypes are hardware types (ARPHRD_) without a link of their own.
var tunnelTypes = map[uint64]bool{
	unix.ARPHRD_NONE: true, unix.ARPHRD_PPP: true, unix.ARPHRD_TUNNEL: true, unix.ARPHRD_TUNNEL6: true,
	unix.ARPHRD_SIT: true, unix.ARPHRD_IPGRE: true, unix.ARPHRD_IP6GRE: true, unix.ARPHRD_RAWIP: true,
}

// kindOf reads the interface's folder in root.
func kindOf(root, name string) Kind {
	hardware, _ := strconv.ParseUint(sysText(root, name, "type"), 10, 16)
	tun, _ := strconv.ParseUint(sysText(root, name, "tun_flags"), 0, 16)
	const physical = "device" // a link to the card, or to the virtual machine's
	switch {
	case hardware == unix.ARPHRD_LOOPBACK:
		return KindLoopback
	case sysHas(root, name, "wireless"), sysHas(root, name, "phy80211"):
		return KindWiFi
	case tunnelTypes[hardware], tun&unix.IFF_TUN != 0:
		return KindTunnel
	case sysHas(root, name, physical):
		return KindWired
	}
	return KindVirtual
}

// sysText is "" when the file is not there.
func sysText(root, name, file string) string {
	text, err := os.ReadFile(filepath.Join(root, name, file))
	if err != nil {
		return ""
	}
	return strings.TrimSpace(string(text))
}

func sysHas(root, name, file string) bool {
	_, err := os.Stat(filepath.Join(root, name, file))
	return err == nil
}
