//go:build unix

package capture

import (
	"os"
	"strconv"
	"syscall"

	"httpscope/internal/texts"
)

func invokingUser() (uid, gid int, ok bool) {
	if os.Geteuid() != 0 {
		return 0, 0, false
	}
	uid, errUID := strconv.Atoi(os.Getenv("SUDO_UID"))
	gid, errGID := strconv.Atoi(os.Getenv("SUDO_GID"))
	if errUID != nil || errGID != nil || uid <= 0 || gid < 0 {
		return 0, 0, false
	}
	return uid, gid, true
}

// dropPrivileges changes the groups first: afterwards it could not. Go's
// syscall package changes every thread.
func dropPrivileges() error {
	uid, gid, ok := invokingUser()
	if !ok {
		return dropCapabilities()
	}
	for _, step := range []struct {
		name string
		do   func() error
	}{
		{"setgroups", func() error { return syscall.Setgroups([]int{gid}) }},
		{"setgid", func() error { return syscall.Setgid(gid) }},
		{"setuid", func() error { return syscall.Setuid(uid) }},
	} {
		if err := step.do(); err != nil {
			return texts.Errorf("capture.error.drop", os.NewSyscallError(step.name, err))
		}
	}
	if err := dropped(uid, gid); err != nil {
		return err
	}
	return dropCapabilities()
}

// dropped makes sure that there is no way back.
func dropped(uid, gid int) error {
	if os.Getuid() != uid || os.Geteuid() != uid || os.Getgid() != gid || os.Getegid() != gid {
		return texts.Errorf("capture.error.drop.kept")
	}
	if syscall.Setuid(0) == nil || gid != 0 && syscall.Setgid(0) == nil {
		return texts.Errorf("capture.error.drop.taken-back")
	}
	return nil
}
