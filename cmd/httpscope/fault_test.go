package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"
)

// written are commands that write files into OUT, and those files.
var written = []struct {
	line  string
	files []string
}{
	{"coursework new cs305-4.2 -o OUT/new.md", []string{"new.md"}},
	{"coursework key cs305-4.2 --capture PCAPS/content-length-42.pcap -o OUT/key.yaml", []string{"key.yaml"}},
	{"coursework variant PCAPS/http-server.pcap --seed-file SEED --student s -o OUT/v.pcap --assignment cs305-4.2 --answers OUT/v.yaml --key OUT/v.json", []string{"v.pcap", "v.yaml", "v.json"}},
	{"check cs305-4.2 --capture PCAPS/content-length-42.pcap --answers SHEET --gradescope OUT/gs.json --prairielearn OUT/pl.json", []string{"gs.json", "pl.json"}},
	{"grade CLASS --assignment cs305-4.2 -o OUT/class", []string{"class/class.json", "class/overview.html", "class/canvas.csv", "class/moodle.csv", "class/gradescope/s/results.json"}},
}

// inputs are the files that these commands read.
func inputs(t *testing.T) *strings.Replacer {
	t.Helper()
	dir := t.TempDir()
	put := func(name string, b []byte) string {
		path := filepath.Join(dir, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o700); err != nil {
			t.Fatal(err)
		}
		if err := os.WriteFile(path, b, 0o600); err != nil {
			t.Fatal(err)
		}
		return path
	}
	capture, err := os.ReadFile("../../pcaps/content-length-42.pcap")
	if err != nil {
		t.Fatal(err)
	}
	sheet := []byte("## 2-1\nAnswer: both\n")
	put("class/s/a.pcap", capture)
	put("class/s/a.md", sheet)
	return strings.NewReplacer("PCAPS", "../../pcaps", "CLASS", filepath.Join(dir, "class"),
		"SEED", put("seed", bytes.Repeat([]byte("0123456789"), 4)), "SHEET", put("answers.md", sheet))
}

// checkWhole holds that a file is not there, or is all of what was written to want.
func checkWhole(t *testing.T, name, path, want string) {
	t.Helper()
	got, err := os.ReadFile(path)
	if os.IsNotExist(err) {
		return
	}
	whole, werr := os.ReadFile(want)
	if err != nil || werr != nil {
		t.Fatal(err, werr)
	}
	if filepath.Ext(path) == ".json" && !json.Valid(got) || len(got) < len(whole)*9/10 {
		t.Errorf("%s: %s has %d bytes of %d", name, filepath.Base(path), len(got), len(whole))
	}
}

// TestFullDisk: on a disk with room for nothing, or for a page, each command fails with the reason,
// and leaves nothing, or what was there. HTTPSCOPE_SMALL_DISK is an empty folder on a small file
// system of its own, which .ci/run makes.
func TestFullDisk(t *testing.T) {
	disk := os.Getenv("HTTPSCOPE_SMALL_DISK")
	if disk == "" {
		t.Skip("HTTPSCOPE_SMALL_DISK names no small file system")
	}
	words := inputs(t)
	for _, free := range []int64{0, 4096} {
		for _, w := range written {
			whole, out := t.TempDir(), filepath.Join(disk, "out")
			mustRun(t, words, w.line, whole)
			if err := os.MkdirAll(filepath.Join(out, "class"), 0o700); err != nil {
				t.Fatal(err)
			}
			fill(t, filepath.Join(disk, "filler"), free)
			code, said := runLine(t, words, w.line, out)
			if full := strings.Contains(said, "httpscope: error: ") && strings.Contains(said, "no space left"); full != (code == exitUsage) || free == 0 && !full {
				t.Errorf("%s, %d bytes free, ends with %d and says %q", w.line, free, code, said)
			}
			for _, f := range w.files {
				checkWhole(t, w.line, filepath.Join(out, f), filepath.Join(whole, f))
			}
			checkNoRest(t, out)
			for _, path := range []string{out, filepath.Join(disk, "filler")} {
				if err := os.RemoveAll(path); err != nil {
					t.Fatal(err)
				}
			}
		}
	}
}

// fill leaves so many bytes free.
func fill(t *testing.T, path string, free int64) {
	t.Helper()
	f, err := os.Create(path)
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for page := make([]byte, 4096); err == nil; {
		_, err = f.Write(page)
	}
	st, err := f.Stat()
	if err != nil {
		t.Fatal(err)
	}
	if err := f.Truncate(st.Size() - free); err != nil {
		t.Fatal(err)
	}
}

// checkNoRest holds that nothing half is left under another name.
func checkNoRest(t *testing.T, dir string) {
	t.Helper()
	err := filepath.WalkDir(dir, func(path string, d fs.DirEntry, err error) error {
		if err == nil && strings.HasPrefix(d.Name(), ".httpscope-") {
			t.Errorf("%s is left", path)
		}
		return err
	})
	if err != nil {
		t.Fatal(err)
	}
}

// runLine runs a command in this process: its exit code, and what it says on standard error.
func runLine(t *testing.T, words *strings.Replacer, line, out string) (code int, said string) {
	t.Helper()
	var stdout, stderr bytes.Buffer
	code = run(strings.Fields(strings.ReplaceAll(words.Replace(line), "OUT", out)), strings.NewReader(""), &stdout, &stderr)
	return code, stderr.String()
}

// mustRun is runLine for a command that has all it needs. That answers are wrong is no failure.
func mustRun(t *testing.T, words *strings.Replacer, line, out string) {
	t.Helper()
	if code, said := runLine(t, words, line, out); code == exitUsage {
		t.Fatalf("%s ends with %d: %s", line, code, said)
	}
}

// TestKilled: whenever a command is killed, what stands under the names of its files is whole.
func TestKilled(t *testing.T) {
	words := inputs(t)
	for _, w := range written {
		whole := t.TempDir()
		mustRun(t, words, w.line, whole)
		out, begin := t.TempDir(), time.Now()
		runProcess(t, words, w.line, out, time.Hour)
		took := time.Since(begin)
		const kills = 12
		for i := range kills {
			out = t.TempDir()
			runProcess(t, words, w.line, out, took*time.Duration(i+1)/kills)
			for _, f := range w.files {
				checkWhole(t, fmt.Sprintf("%s, killed for the %d. time", w.line, i+1), filepath.Join(out, f), filepath.Join(whole, f))
			}
		}
	}
}

// runProcess runs a command as a process, and kills it after a time.
func runProcess(t *testing.T, words *strings.Replacer, line, out string, after time.Duration) {
	t.Helper()
	cmd := exec.Command("httpscope", strings.Fields(strings.ReplaceAll(words.Replace(line), "OUT", out))...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	_ = cmd.Wait()
}
