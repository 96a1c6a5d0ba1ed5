package grading

import (
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// TestClass takes folders, zip files and loose files for submissions, and keeps
// the name by which Canvas tells whose loose files are.
func TestClass(t *testing.T) {
	dir := t.TempDir()
	for _, name := range []string{"alice/answers.md", "alice/lo.pcap", "carol.pcapng", "carol.md", "carol.wlan.pcap",
		"doedave_12345_67890_lab.pcapng", "doedave_12345_67891_answers.yaml", "roeann_LATE_12346_67892_answers.md",
		"notes.docx"} {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, []byte("x"), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	all, err := SubmissionsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	var got [][3]any
	for _, s := range all {
		got = append(got, [3]any{s.Name, s.Download, len(s.Captures) + len(s.Sheets)})
	}
	if d := cmp.Diff([][3]any{
		{"alice", "alice", 2},
		{"carol", "carol", 3},
		{"doedave_12345", "doedave_12345_67890_lab.pcapng", 2},
		{"roeann_LATE_12346", "roeann_LATE_12346_67892_answers.md", 1},
	}, got); d != "" {
		t.Error(d)
	}
}
