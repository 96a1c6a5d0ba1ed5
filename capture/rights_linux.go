package capture

import (
	"fmt"
	"path/filepath"

	"golang.org/x/sys/unix"
	"kernel.org/pub/linux/libs/security/libcap/cap"
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

// dropCapabilities leaves no thread a capability: neither those of root that no sudo started,
// nor those of the program's file; and makes that last for what is started. A change of
// the user alone would do neither.
func dropCapabilities() error {
	if err := cap.NewSet().SetProc(); err != nil {
		return fmt.Errorf("drop privileges: capabilities: %w", err)
	}
	if _, err := cap.Prctlw(unix.PR_SET_NO_NEW_PRIVS, 1); err != nil {
		return fmt.Errorf("drop privileges: no_new_privs: %w", err)
	}
	return nil
}
