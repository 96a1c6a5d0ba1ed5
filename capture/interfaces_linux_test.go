package capture

import (
	"net"
	"os"
	"path/filepath"
	"testing"
)

func interfaceNamed(t *testing.T, name string) *net.Interface {
	t.Helper()
	i, err := net.InterfaceByName(name)
	if err != nil {
		t.Fatal(err)
	}
	return i
}

// Interfaces are told apart by their folder under /sys/class/net.
func TestKinds(t *testing.T) {
	for name, c := range map[string]struct {
		files map[string]string
		want  Kind
	}{
		"lo":         {map[string]string{"type": "772"}, KindLoopback},
		"wlp3s0":     {map[string]string{"type": "1", "wireless/status": "", "device/vendor": ""}, KindWiFi},
		"wlan0":      {map[string]string{"type": "1", "phy80211/name": "phy0", "device/vendor": ""}, KindWiFi},
		"mon0":       {map[string]string{"type": "803", "phy80211/name": "phy0"}, KindWiFi},
		"enp0s25":    {map[string]string{"type": "1", "device/vendor": ""}, KindWired},
		"tun0":       {map[string]string{"type": "65534", "tun_flags": "0x1001"}, KindTunnel},
		"wg0":        {map[string]string{"type": "65534"}, KindTunnel},
		"ppp0":       {map[string]string{"type": "512"}, KindTunnel},
		"tap0":       {map[string]string{"type": "1", "tun_flags": "0x1002"}, KindVirtual},
		"docker0":    {map[string]string{"type": "1", "bridge/bridge_id": ""}, KindVirtual},
		"vethbeef01": {map[string]string{"type": "1"}, KindVirtual},
		"gone":       {nil, KindVirtual},
	} {
		root := t.TempDir()
		for file, text := range c.files {
			path := filepath.Join(root, name, file)
			if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
				t.Fatal(err)
			}
			if err := os.WriteFile(path, []byte(text+"\n"), 0o644); err != nil {
				t.Fatal(err)
			}
		}
		if got := kindOf(root, name); got != c.want {
			t.Errorf("%s: %q, want %q", name, got, c.want)
		}
	}
}

func TestAnyIsListed(t *testing.T) {
	all, err := Interfaces()
	if err != nil {
		t.Fatal(err)
	}
	if last := all[len(all)-1]; last.Name != "any" || last.Kind != KindCooked || last.Backend != backends[0].name {
		t.Errorf("%+v", last)
	}
}
