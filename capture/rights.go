package capture

import (
	"os"
	"strings"

	"httpscope/internal/texts"
)

// PermissionHint says what lets this program capture on this system: a
// sentence or two, with the command.
func PermissionHint() texts.Phrase {
	path, err := os.Executable()
	if err != nil {
		path = os.Args[0]
	}
	return permissionHint(path)
}

// InvokingUser is the user who ran this program as root by sudo; ok is false
// when there is none. Files that the program makes should be that user's.
func InvokingUser() (uid, gid int, ok bool) { return invokingUser() }

// DropPrivileges gives up, for good, every right to do more than a user's program, once what
// needs them is open: root becomes the invoking user, if sudo names one, and otherwise keeps its
// name alone; on Linux no capability is left, and no program that is started can bring any
// back. What is opened afterwards is opened as that user. After an error the program
// may still have them, and should not go on.
func DropPrivileges() error { return dropPrivileges() }

// quoted is a path as a shell reads it.
func quoted(path string) string {
	const plain = "/._-+,:@%abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789"
	if strings.Trim(path, plain) == "" {
		return path
	}
	return "'" + strings.ReplaceAll(path, "'", `'\''`) + "'"
}
