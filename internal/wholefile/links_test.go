//go:build unix

package wholefile_test

import (
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/wholefile"
)

// linked makes a link in a folder, and returns its path.
func linked(t *testing.T, dir, name, to string) string {
	t.Helper()
	path := filepath.Join(dir, name)
	if err := os.Symlink(to, path); err != nil {
		t.Fatal(err)
	}
	return path
}

func TestALinkStaysOne(t *testing.T) {
	dir := t.TempDir()
	if err := os.WriteFile(filepath.Join(dir, "target"), []byte("before"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, to := range []string{"target", "not yet"} {
		link := linked(t, dir, "link to "+to, to)
		if err := wholefile.Replace(link, wholefile.Private, says("after")); err != nil {
			t.Fatal(err)
		}
		if st, err := os.Lstat(link); err != nil || st.Mode()&fs.ModeSymlink == 0 || folder(t, dir)[to] != "after" {
			t.Errorf("%s: %v, %v, %q", to, st, err, folder(t, dir))
		}
	}
	circle := linked(t, dir, "circle", "circle")
	if err := wholefile.Replace(circle, wholefile.Private, says("never")); err == nil {
		t.Error("a link to itself was written")
	}
}

func TestWhatMayNotBeWrittenStays(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := os.WriteFile(path, []byte("before"), 0o400); err != nil {
		t.Fatal(err)
	}
	err := wholefile.Replace(path, wholefile.Private, says("never"))
	if !errors.Is(err, fs.ErrPermission) || folder(t, dir)["a"] != "before" {
		t.Errorf("%v, and the folder holds %q", err, folder(t, dir))
	}
}

// TestDevices: what is no file, or is open already, is written to as it is; a file in a folder of
// /dev is a file like any other.
func TestDevices(t *testing.T) {
	if err := wholefile.Replace(os.DevNull, wholefile.Private, says("gone")); err != nil {
		t.Error(err)
	}
	if st, err := os.Stat(os.DevNull); err != nil || st.Mode().IsRegular() {
		t.Errorf("the device became %v: %v", st, err)
	}
	dir := t.TempDir()
	open, err := os.Create(filepath.Join(dir, "open"))
	if err != nil {
		t.Fatal(err)
	}
	defer open.Close()
	for _, text := range []string{"one ", "two"} {
		if err := wholefile.Replace(fmt.Sprintf("/dev/fd/%d", open.Fd()), wholefile.Private, says(text)); err != nil {
			t.Fatal(err)
		}
	}
	if got := folder(t, dir); len(got) != 1 || got["open"] != "one two" {
		t.Errorf("the folder holds %q", got)
	}
	shared, err := os.MkdirTemp("/dev/shm", "httpscope-test-")
	if errors.Is(err, fs.ErrNotExist) {
		return // this system has no folder of files there
	}
	if err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(shared)
	for _, text := range []string{"first, longer", "second"} {
		if err := wholefile.Replace(filepath.Join(shared, "a"), wholefile.Private, says(text)); err != nil {
			t.Fatal(err)
		}
		if got := folder(t, shared); len(got) != 1 || got["a"] != text {
			t.Errorf("the folder holds %q", got)
		}
	}
}
