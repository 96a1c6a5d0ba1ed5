package capture

import (
	"path/filepath"

	"httpscope/internal/texts"

	"golang.org/x/sys/unix"
	"kernel.org/pub/linux/libs/security/libcap/cap"
)

func permissionHint(path string) texts.Phrase {
	if real, err := filepath.EvalSymlinks(path); err == nil {
		path = real // setcap refuses a symbolic link
	}
	// What the bounding set lacks, no file capability and no root can give.
	if n, err := unix.PrctlRetInt(unix.PR_CAPBSET_READ, unix.CAP_NET_RAW, 0, 0, 0); err == nil && n == 0 {
		return texts.Say("capture.hint.container")
	}
	command := "sudo setcap cap_net_raw,cap_net_admin=eip " + quoted(path)
	var at unix.Statfs_t
	if err := unix.Statfs(path, &at); err == nil && int64(at.Flags)&unix.ST_NOSUID != 0 {
		return texts.Say("capture.hint.nosuid", command)
	}
	return texts.Say("capture.hint.sudo", command)
}

// dropCapabilities leaves no thread a capability: neither those of root that no sudo started,
// nor those of the program's file; and makes that last for what is started. A change of
// the user alone would do neither.
func dropCapabilities() error {
	if err := cap.NewSet().SetProc(); err != nil {
		return texts.Errorf("capture.error.drop.capabilities", err)
	}
	if _, err := cap.Prctlw(unix.PR_SET_NO_NEW_PRIVS, 1); err != nil {
		return texts.Errorf("capture.error.drop.no-new-privs", err)
	}
	return nil
}
