// Package testkit is what tests of several packages need: golden files, what other programs said, the project's
// sample captures and what was read of them, and the lab's programs. It is imported by tests alone.
package testkit

import (
	"flag"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

var update = flag.Bool("update", false, "write golden files anew, and ask other programs anew")

// Updating reports that golden files are written anew, with the flag -update.
func Updating() bool { return *update }

// Golden compares what was made with a file, or writes the file where that was asked for.
func Golden(t testing.TB, path, got string) {
	t.Helper()
	if *update {
		store(t, path, got)
	}
	want := read(t, path)
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s differs (-want +got); the flag -update writes it anew:\n%s", path, d)
	}
}

// Answer is what another program said, stored in a file. It is asked anew with the flag -update alone, so that tests
// do not need the program.
func Answer(t testing.TB, path string, ask func() (string, error)) string {
	t.Helper()
	if *update {
		said, err := ask()
		if err != nil {
			t.Fatal(err)
		}
		store(t, path, said)
	}
	return read(t, path)
}

// Document holds a file of the folder docs to what the code says, as Golden does.
func Document(t testing.TB, name, got string) {
	t.Helper()
	Golden(t, filepath.Join(Root(t), "docs", name), got)
}

func store(t testing.TB, path, text string) {
	t.Helper()
	if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(path, []byte(text), 0o644); err != nil {
		t.Fatal(err)
	}
}

func read(t testing.TB, path string) string {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}
