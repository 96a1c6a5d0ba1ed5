//go:build unix

package grading

import (
	"path/filepath"
	"syscall"
	"testing"
)

// notAFile is what is said of pipes and devices.
const notAFile = "It is neither a folder nor a file."

// TestPipes: a pipe is never opened: reading it would wait for ever.
func TestPipes(t *testing.T) {
	dir := folder(t, "alice/", "alice/answers.md")
	for _, name := range []string{"alice/lo.pcap", "bob.zip", "carol.pcap"} {
		if err := syscall.Mkfifo(filepath.Join(dir, name), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	all, err := SubmissionsIn(dir)
	if err != nil || len(all) != 2 {
		t.Fatalf("%+v, %v", all, err)
	}
	for i, want := range []string{"lo.pcap: It is a pipe or a device in place of a file.", notAFile} {
		if all[i].Problem.String() != want {
			t.Errorf("%s: %q", all[i].Name, all[i].Problem)
		}
	}
	if s, err := Open(filepath.Join(dir, "bob.zip")); err != nil || s.Problem.String() != notAFile {
		t.Errorf("%+v, %v", s, err)
	}
}
