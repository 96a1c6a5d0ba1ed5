package wholefile_test

import (
	"errors"
	"io"
	"io/fs"
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/wholefile"
)

// says writes a text.
func says(text string) func(io.Writer) error {
	return func(w io.Writer) error { _, err := io.WriteString(w, text); return err }
}

// halfway writes something and fails, as on a full disk.
func halfway(w io.Writer) error {
	if _, err := w.Write(make([]byte, 1<<20)); err != nil {
		return err
	}
	return errors.New("full")
}

// folder lists names and contents of a folder.
func folder(t *testing.T, dir string) map[string]string {
	t.Helper()
	list, err := os.ReadDir(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, e := range list {
		b, err := os.ReadFile(filepath.Join(dir, e.Name()))
		if err != nil {
			t.Fatal(err)
		}
		got[e.Name()] = string(b)
	}
	return got
}

func mode(t *testing.T, path string) fs.FileMode {
	t.Helper()
	st, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	return st.Mode().Perm()
}

func TestReplace(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	for _, text := range []string{"first", "second, longer", ""} {
		if err := wholefile.Replace(path, wholefile.Private, says(text)); err != nil {
			t.Fatal(err)
		}
		if got := folder(t, dir); len(got) != 1 || got["a"] != text {
			t.Fatalf("%q: the folder holds %q", text, got)
		}
		if m := mode(t, path); m != wholefile.Private {
			t.Errorf("mode %o", m)
		}
	}
}

func TestFailureLeavesWhatWasThere(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := wholefile.Replace(path, wholefile.Private, halfway); err == nil || len(folder(t, dir)) != 0 {
		t.Errorf("%v, and the folder holds %q", err, folder(t, dir))
	}
	if err := wholefile.Create(path, wholefile.Private, halfway); err == nil || len(folder(t, dir)) != 0 {
		t.Errorf("%v, and the folder holds %q", err, folder(t, dir))
	}
	if err := os.WriteFile(path, []byte("before"), 0o640); err != nil {
		t.Fatal(err)
	}
	if err := wholefile.Replace(path, wholefile.Private, halfway); err == nil || folder(t, dir)["a"] != "before" {
		t.Errorf("%v, and the folder holds %q", err, folder(t, dir))
	}
	if err := wholefile.Replace(path, wholefile.Private, says("after")); err != nil || mode(t, path) != 0o640 {
		t.Errorf("%v, mode %o", err, mode(t, path))
	}
}

func TestCreateLeavesWhatExists(t *testing.T) {
	dir := t.TempDir()
	path := filepath.Join(dir, "a")
	if err := wholefile.Create(path, wholefile.Public, says("one")); err != nil || mode(t, path) != wholefile.Public {
		t.Fatal(err)
	}
	if err := wholefile.Create(path, wholefile.Public, says("two")); !errors.Is(err, fs.ErrExist) {
		t.Errorf("error %v", err)
	}
	if got := folder(t, dir); len(got) != 1 || got["a"] != "one" {
		t.Errorf("the folder holds %q", got)
	}
	// Somebody else takes the name while it is written.
	other := filepath.Join(dir, "b")
	err := wholefile.Create(other, wholefile.Public, func(io.Writer) error {
		return os.WriteFile(other, []byte("theirs"), 0o600)
	})
	if got := folder(t, dir); !errors.Is(err, fs.ErrExist) || len(got) != 2 || got["b"] != "theirs" {
		t.Errorf("%v, and the folder holds %q", err, got)
	}
}
