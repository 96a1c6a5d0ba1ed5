package testkit

import (
	"context"
	"os"
	"os/exec"
	"strings"
	"testing"
	"time"
)

// patience is how long a program may take over a capture: one that hangs must not hang the test.
const patience = 3 * time.Minute

// Wireshark is a command of one of Wireshark's programs, with no preferences of whoever runs the test.
func Wireshark(t testing.TB, program string, args ...string) *exec.Cmd {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), patience)
	t.Cleanup(cancel)
	cmd, home := exec.CommandContext(ctx, program, args...), t.TempDir()
	cmd.Env = append(os.Environ(), "HOME="+home, "XDG_CONFIG_HOME="+home, "WIRESHARK_CONFIG_DIR="+home)
	return cmd
}

// HasWireshark reports that a program of Wireshark's is installed in the version whose answers are stored, 4.0; where not,
// the test logs that it goes by those alone.
func HasWireshark(t testing.TB, program string) bool {
	t.Helper()
	said, _ := exec.CommandContext(t.Context(), program, "-v").Output()
	line, _, _ := strings.Cut(string(said), "\n")
	if strings.Contains(line, "4.0.") {
		return true
	}
	t.Logf("%s 4.0 is not installed: its place is taken by what version 4.0.17 answered", program)
	return false
}
