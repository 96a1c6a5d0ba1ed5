package testkit

import (
	"os"
	"path/filepath"
	"testing"

	"httpscope/internal/recording"
)

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

// Program is the path of one of the programs that the sample captures were made with: the lab's Python.
func Program(t testing.TB, name string) string {
	t.Helper()
	return Sample(t, filepath.Join("src", name))
}

// Sample is the path of a sample capture.
func Sample(t testing.TB, name string) string {
	t.Helper()
	return filepath.Join(Root(t), "pcaps", name)
}

// SampleBytes are the bytes of a sample capture.
func SampleBytes(t testing.TB, name string) []byte {
	t.Helper()
	return []byte(read(t, Sample(t, name)))
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

// OpenSample is the recording of a sample capture.
func OpenSample(t testing.TB, name string) *recording.Recording {
	t.Helper()
	return Open(t, Sample(t, name))
}

// Open is the recording of a capture file.
func Open(t testing.TB, path string) *recording.Recording {
	t.Helper()
	r, err := recording.Open(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}
