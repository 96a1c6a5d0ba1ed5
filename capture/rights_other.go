//go:build !linux

package capture

import "runtime"

func permissionHint(path string) string {
	switch runtime.GOOS {
	case "darwin":
		return "Install Wireshark's ChmodBPF and log in again, or allow capturing until the next start with: sudo chmod o+r /dev/bpf*"
	case "windows":
		return "Install Npcap from https://npcap.com with its loopback adapter, and do not restrict it to administrators, or run this program as administrator."
	}
	return "Run it as root: sudo " + quoted(path)
}
