//go:build unix

package main

import (
	"bytes"
	"encoding/json"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"os/exec"
	"os/signal"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"httpscope/internal/testkit"

	"golang.org/x/sys/unix"
)

// writer is a command that writes files into OUT, and those files. The first ones are for their
// owner alone.
type writer struct {
	line    string
	private []string
	public  []string
}

var writers = []writer{
	{"coursework new cs305-4.2 -o OUT/new.md", nil, []string{"new.md"}},
	{"coursework key cs305-4.2 --capture PCAPS/content-length-42.pcap -o OUT/key.yaml", []string{"key.yaml"}, nil},
	{"coursework variant PCAPS/http-server.pcap --seed-file SEED --student s -o OUT/v.pcap --assignment cs305-4.2 " +
		"--answers OUT/v.yaml --key OUT/v.json", []string{"v.pcap", "v.yaml", "v.json"}, nil},
	{"check cs305-4.2 --capture PCAPS/content-length-42.pcap --answers SHEET" +
		" --gradescope OUT/gs.json --prairielearn OUT/pl.json",
		nil, []string{"gs.json", "pl.json"}},
	{"grade CLASS --assignment cs305-4.2 -o OUT/class",
		[]string{"class/class.json", "class/overview.html", "class/pending.csv", "class/canvas.csv",
			"class/moodle.csv"},
		[]string{"class/gradescope/s/results.json"}},
}

func (w *writer) files() []string { return append(append([]string(nil), w.private...), w.public...) }

// args are the words of the command.
func (w *writer) args(words *strings.Replacer, out string) []string {
	return strings.Fields(strings.ReplaceAll(words.Replace(w.line), "OUT", out))
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
	sheet := []byte("## 2-1\nAnswer: both\n")
	put("class/s/a.pcap", testkit.SampleBytes(t, "content-length-42.pcap"))
	put("class/s/a.md", sheet)
	return strings.NewReplacer("PCAPS", "../../pcaps", "CLASS", filepath.Join(dir, "class"),
		"SEED", put("seed", bytes.Repeat([]byte("0123456789"), 4)), "SHEET", put("answers.md", sheet))
}

// whole runs the command with all that it needs, and returns the folder that it wrote to. That
// answers are wrong is no failure.
func (w *writer) whole(t *testing.T, words *strings.Replacer) string {
	t.Helper()
	out := t.TempDir()
	var stdout, stderr bytes.Buffer
	if code := run(w.args(words, out), strings.NewReader(""), &stdout, &stderr); code == exitUsage {
		t.Fatalf("%s ends with %d: %s", w.line, code, stderr.String())
	}
	return out
}

// checkWhole holds that each file is not there, or is all of what stands in another folder.
func (w *writer) checkWhole(t *testing.T, when, out, whole string) {
	t.Helper()
	for _, name := range w.files() {
		got, err := os.ReadFile(filepath.Join(out, name))
		if os.IsNotExist(err) {
			continue
		}
		want, werr := os.ReadFile(filepath.Join(whole, name))
		if err != nil || werr != nil {
			t.Fatal(err, werr)
		}
		if filepath.Ext(name) == ".json" && !json.Valid(got) || len(got) < len(want)*9/10 {
			t.Errorf("%s, %s: %s has %d bytes of %d", w.line, when, name, len(got), len(want))
		}
	}
}

// TestFilesForTheirOwner: what tells answers, or somebody's traffic or grades, is for who made it.
func TestFilesForTheirOwner(t *testing.T) {
	defer syscall.Umask(syscall.Umask(0))
	words := inputs(t)
	for _, w := range writers {
		out := w.whole(t, words)
		for mode, names := range map[fs.FileMode][]string{0o600: w.private, 0o644: w.public} {
			for _, name := range names {
				if st, err := os.Stat(filepath.Join(out, name)); err != nil || st.Mode().Perm() != mode {
					t.Errorf("%s: %s is %v: %v", w.line, name, st.Mode(), err)
				}
			}
		}
	}
}

// TestFullDisk: where a file can take nothing, or half a page, each command fails with the reason,
// and leaves nothing half. On the file system of its own that .ci/run makes the disk is really full.
func TestFullDisk(t *testing.T) {
	words := inputs(t)
	for _, room := range []int64{0, 2048} {
		for _, w := range writers {
			whole, out := w.whole(t, words), t.TempDir()
			if err := os.Mkdir(filepath.Join(out, "class"), 0o700); err != nil {
				t.Fatal(err)
			}
			said, code := w.limited(t, words, out, room)
			w.checkFull(t, room, said, code, "file too large")
			w.checkWhole(t, fmt.Sprintf("%d bytes of room", room), out, whole)
			checkNoRest(t, out)
		}
	}
	disk := os.Getenv("HTTPSCOPE_SMALL_DISK")
	for _, w := range writers {
		if disk != "" {
			w.fillsDisk(t, words, disk)
		}
	}
}

// checkFull holds that a command without room says so. Where half a page is enough for its files it
// may be done.
func (w *writer) checkFull(t *testing.T, room int64, said string, code int, why string) {
	t.Helper()
	failed := strings.Contains(said, "httpscope: error: ") && strings.Contains(said, why)
	if failed != (code == exitUsage) || room == 0 && !failed {
		t.Errorf("%s, %d bytes of room, ends with %d and says %q", w.line, room, code, said)
	}
}

// limited runs the command as a process whose files may have so many bytes each.
func (w *writer) limited(t *testing.T, words *strings.Replacer, out string, most int64) (said string, code int) {
	t.Helper()
	cmd := exec.Command("limited", append([]string{strconv.FormatInt(most, 10)}, w.args(words, out)...)...)
	var stderr bytes.Buffer
	cmd.Stderr = &stderr
	var exit *exec.ExitError
	if err := cmd.Run(); err != nil && !errors.As(err, &exit) {
		t.Fatal(err)
	}
	return stderr.String(), cmd.ProcessState.ExitCode()
}

// limit becomes the program with a limit on the size of files.
func limit() {
	most, err := strconv.ParseUint(os.Args[1], 10, 64)
	if err != nil {
		os.Exit(exitUsage)
	}
	path, err := exec.LookPath("httpscope")
	if err != nil {
		os.Exit(exitUsage)
	}
	signal.Ignore(syscall.SIGXFSZ) // so that a write fails, as on a full disk
	if err := unix.Setrlimit(unix.RLIMIT_FSIZE, &unix.Rlimit{Cur: most, Max: most}); err != nil {
		os.Exit(exitUsage)
	}
	_ = syscall.Exec(path, append([]string{"httpscope"}, os.Args[2:]...), os.Environ())
}

func init() { programs["limited"] = limit }

// fillsDisk runs the command on a file system that has no room left.
func (w *writer) fillsDisk(t *testing.T, words *strings.Replacer, disk string) {
	t.Helper()
	whole, out, filler := w.whole(t, words), filepath.Join(disk, "out"), filepath.Join(disk, "filler")
	if err := os.MkdirAll(filepath.Join(out, "class"), 0o700); err != nil {
		t.Fatal(err)
	}
	defer os.RemoveAll(out)
	defer os.Remove(filler)
	if err := os.WriteFile(filler, make([]byte, 1<<20), 0o600); !errors.Is(err, syscall.ENOSPC) {
		t.Fatalf("the disk has room for a megabyte: %v", err)
	}
	var stdout, stderr bytes.Buffer
	code := run(w.args(words, out), strings.NewReader(""), &stdout, &stderr)
	w.checkFull(t, 0, stderr.String(), code, "no space left")
	w.checkWhole(t, "on a full disk", out, whole)
	checkNoRest(t, out)
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

// TestKilled: whenever a command is killed, what stands under the names of its files is whole.
func TestKilled(t *testing.T) {
	words := inputs(t)
	for _, w := range writers {
		whole, begin := w.whole(t, words), time.Now()
		w.killed(t, words, t.TempDir(), time.Hour)
		took := time.Since(begin)
		const kills = 12
		for i := range kills {
			out := t.TempDir()
			w.killed(t, words, out, took*time.Duration(i+1)/kills)
			w.checkWhole(t, fmt.Sprintf("killed for the %d. time", i+1), out, whole)
		}
	}
}

// killed runs the command as a process, and kills it after a time.
func (w *writer) killed(t *testing.T, words *strings.Replacer, out string, after time.Duration) {
	t.Helper()
	cmd := exec.Command("httpscope", w.args(words, out)...)
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	kill := time.AfterFunc(after, func() { _ = cmd.Process.Kill() })
	defer kill.Stop()
	_ = cmd.Wait() // it was killed, or is done
}
