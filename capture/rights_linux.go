package capture

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/unix"
)

func permissionHint(path string) string {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // setcap refuses a symbolic link
	}
	// What the bounding set lacks, no file capability and no root can give.
	if n, err := unix.PrctlRetInt(unix.PR_CAPBSET_READ, unix.CAP_NET_RAW, 0, 0, 0); err == nil && n == 0 {
		return "This container has no right to capture. Start it with --cap-add=NET_RAW --cap-add=NET_ADMIN."
	}
	command := "sudo setcap cap_net_raw,cap_net_admin=eip " + quoted(path)
	var at unix.Statfs_t
	if err := unix.Statfs(path, &at); err == nil && int64(at.Flags)&unix.ST_NOSUID != 0 {
		return fmt.Sprintf("Run it with sudo. Its file system is mounted nosuid, which ignores capabilities; where it is not, allow capturing once with: %s", command)
	}
	return "Run it with sudo, or allow capturing once with: " + command
}
