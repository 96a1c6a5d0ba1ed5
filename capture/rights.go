package capture

import (
	"os"
	"strings"
)

// PermissionHint says what lets this program capture on this system: a
// sentence or two, with the command.
func PermissionHint() string {
	path, err := os.Executable()
	if err != nil {
		path = os.Args[0]
	}
	return permissionHint(path)
}

// InvokingUser is the user who ran this program as root by sudo; ok is false
// when there is none. Files that the program makes should be that user's.
func InvokingUser() (uid, gid int, ok bool) { return invokingUser() }

// DropPrivileges gives up root for the invoking user, for good, once what
// needs root is open. Without an invoking user it does nothing. After an error
// the program may still be root, and should not go on.
func DropPrivileges() error { return dropPrivileges() }

// quoted is a path as a shell reads it.
func quoted(path string) string {
	const plain = "/._-+,:@%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if strings.Trim(path, plain) == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
