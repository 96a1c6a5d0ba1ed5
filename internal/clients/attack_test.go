//go:build clients && linux

package clients

import (
	_ "embed"
	"fmt"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
)

// attacks is a Python program that attacks the servers of a lab, in the ways that its first argument
// names, and looks after each whether they still answer.
//
//go:embed attacks.py
var attacks string

// attacked is what the lab may hold in memory while it is attacked, in KiB: buffers of the kernel
// are not in it.
const attacked = 300 << 10

// TestAttacksOnTheLab: clients that are silent, slow, endless or never read, paths out of the folder, names of
// others and bytes that are no HTTP neither stop the servers nor get what is not theirs.
func TestAttacksOnTheLab(t *testing.T) {
	n := newNetwork(t)
	top := t.TempDir()
	folder := filepath.Join(top, "served")
	if err := os.Mkdir(folder, 0o755); err != nil {
		t.Fatal(err)
	}
	for path, text := range map[string]string{
		filepath.Join(top, "outside.txt"):   "the secret",
		filepath.Join(folder, "inside.txt"): "for all",
	} {
		if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	if err := os.Symlink(filepath.Join(top, "outside.txt"), filepath.Join(folder, "link.txt")); err != nil {
		t.Fatal(err)
	}
	p := n.lab(t, "--directory", folder)
	for _, attack := range []string{"silent", "slow", "head", "chunks", "length", "unread", "paths", "names", "noise"} {
		out, err := n.command(python(), "-c", attacks, attack).CombinedOutput()
		if err != nil || strings.TrimSpace(string(out)) != "they answer" {
			t.Errorf("%s: %v\n%s", attack, err, out)
		}
		if kib := resident(t, p.cmd.Process.Pid); kib > attacked {
			t.Errorf("%s: the lab holds %d MiB", attack, kib>>10)
		}
	}
	// It ends as it should; packets may be lost to the capture in the meantime.
	if err := p.cmd.Process.Signal(syscall.SIGINT); err != nil {
		t.Fatal(err)
	}
	p.exits(0)
}

// resident is the largest memory that a process had, in KiB.
func resident(t *testing.T, pid int) int {
	t.Helper()
	status, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		t.Fatal(err)
	}
	_, rest, _ := strings.Cut(string(status), "VmHWM:")
	kib, err := strconv.Atoi(strings.Fields(rest + " 0")[0])
	if err != nil {
		t.Fatal(err)
	}
	return kib
}
