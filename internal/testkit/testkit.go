// Package testkit is what tests of several packages need: golden files, the project's sample captures, and what was
// read of them. It is imported by tests alone.
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
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("%s differs (-want +got):\n%s", path, d)
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
		if err := os.WriteFile(path, []byte(said), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	return string(b)
}

// Root is the project's folder, from that of the test.
func Root(t testing.TB) string {
	t.Helper()
	dir, err := os.Getwd()
	if err != nil {
		t.Fatal(err)
	}
	for range 8 {
		if _, err := os.Stat(filepath.Join(dir, "go.mod")); err == nil {
			return dir
		}
		dir = filepath.Dir(dir)
	}
	t.Fatal("no go.mod in the folders above the test's")
	return ""
}

// Sample is the path of a sample capture.
func Sample(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(Root(t), "pcaps", name)
}

// Samples are the paths of all sample captures.
func Samples(t testing.TB) []string {
	t.Helper()
	paths, err := filepath.Glob(Sample(t, "*.pcap*"))
	if err != nil || len(paths) < 50 {
		t.Fatalf("%d sample captures, at least 50 are expected: %v", len(paths), err)
	}
	return paths
}
