package grading_test

import (
	"archive/zip"
	"bytes"
	"compress/gzip"
	"encoding/json"
	"fmt"
	"io"
	"math/rand/v2"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

	"github.com/google/go-cmp/cmp"
	"github.com/klauspost/compress/zstd"

	"httpscope/internal/course/coursework"
	"httpscope/internal/course/grading"
	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
)

// largest is the limit of captures in these tests; the usual one is larger.
const largest = 1 << 20

// long writes a capture of n packets of 1000 bytes.
func long(w io.Writer, n int) {
	w.Write([]byte{0xd4, 0xc3, 0xb2, 0xa1, 2, 0, 4, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 4, 0, 1, 0, 0, 0})
	packet := append([]byte{0, 0, 0, 0x60, 0, 0, 0, 0, 0xe8, 3, 0, 0, 0xe8, 3, 0, 0}, make([]byte, 1000)...)
	for range n {
		w.Write(packet)
	}
}

// expanding is a capture that is small in a file and large when it is read.
func expanding(t *testing.T, compress func(io.Writer) io.WriteCloser) []byte {
	t.Helper()
	var b bytes.Buffer
	w := compress(&b)
	long(w, 50_000)
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	if b.Len() > 1<<20 {
		t.Fatalf("the bomb has %d bytes", b.Len())
	}
	return b.Bytes()
}

func gzipped(w io.Writer) io.WriteCloser { return gzip.NewWriter(w) }

func zstandard(w io.Writer) io.WriteCloser {
	z, err := zstd.NewWriter(w)
	if err != nil {
		panic(err)
	}
	return z
}

// packed is a zip file.
func packed(t *testing.T, files map[string][]byte) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for name, content := range files {
		w, err := z.Create(name)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := w.Write(content); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// tooLarge is said of more packets than the test lets in.
const tooLarge = "the capture is too large: its first 694 packets, of 0.7 MB, take more than 1 MB of memory, " +
	"512 bytes each beside their own."

// hostile are submissions that are not honest: for each its files, and how the
// reason begins why it is not marked, or "" when it is.
func hostile(t *testing.T, capture, sheet []byte) map[string]struct {
	files map[string][]byte
	want  string
} {
	type entry = struct {
		files map[string][]byte
		want  string
	}
	answers := func(name, text, want string) entry {
		return entry{map[string][]byte{name: []byte(text), "a.pcapng": capture}, want}
	}
	captured := func(name string, b []byte, want string) entry {
		return entry{map[string][]byte{"answers.md": sheet, name: b}, want}
	}
	var giant bytes.Buffer
	long(&giant, 2000)
	half := giant.Bytes()[:24+900*1016]
	two := map[string][]byte{"answers.md": sheet, "a.pcapng": capture, "b.pcap": half, "c.pcap": half}
	nine := map[string][]byte{"answers.md": sheet}
	for i := range 9 {
		nine[fmt.Sprintf("%d.pcapng", i)] = capture
	}
	return map[string]entry{
		"laughs": answers("a.yaml", "a: &a [x, x]\nb: &b [*a, *a]\nc: [*b, *b]\n",
			"a.yaml: line 1: anchors, aliases and tags are not taken"),
		"deep": answers("a.yaml", "a: "+strings.Repeat("[[[[ # ]]]]\n", 9000),
			"a.yaml: line 11: the YAML is nested too deeply."),
		"keys": answers("a.yaml", strings.Repeat("k: 1\n", 100_000),
			"a.yaml: line 10001: the YAML has more than 10000 lines."),
		"tags": answers("a.yaml", "answers: !!python/object/apply:os.system ['id']\n",
			"a.yaml: line 1: anchors, aliases and tags are not taken"),
		"twice":      answers("a.yaml", "2-1: a\n2-1: c\n", `a.yaml: line 2: mapping key "2-1" already defined`),
		"zero bytes": answers("a.md", "## 2-1\nAnswer: \x00\n", "a.md: line 2: the file has zero bytes"),
		"no text": answers("a.md", "## 2-1\nAnswer: \xff\xfa\n",
			"a.md: the file is no text in UTF-8, UTF-16 or GB 18030."),
		"long sheet":  answers("a.md", strings.Repeat("x\n", 1<<20), "a.md: it is larger than 1024 KB."),
		"empty sheet": answers("a.md", "", "a.md: it has no answers."),
		"no sheet":    {map[string][]byte{"a.pcapng": capture}, "There is no sheet of answers."},
		"no capture":  {map[string][]byte{"answers.md": sheet}, "There is no capture."},
		"escapes":     answers("a.md", "Student: \x1b[2J\x1b]0;x\a\n## 2-1\nAnswer: \x1b[31m\u202e\u009b1A\n## 2-6\nAnswer: [red]x[::b] <script>\n", ""),
		"formulas":    answers("a.csv", "question,answer\n2-1,=cmd|' /C calc'!A0\n2-2,+1+1\n2-3,@SUM(A1)\n", ""),
		"tables": answers("a.csv", "question,source ip,source port\n"+strings.Repeat("2-5,127.0.0.1,1\n",
			1990), ""),
		"filter":        answers("a.md", "## 2-6\nAnswer: "+strings.Repeat("(", 60_000)+"\n", ""),
		"empty capture": captured("a.pcap", nil, "a.pcap is no capture file: "),
		"no pcap":       captured("a.pcap", []byte("<html>"), "a.pcap is no capture file: "),
		"cut capture":   captured("a.pcapng", capture[:len(capture)/2], ""),
		"cut gzip":      captured("a.pcap.gz", []byte{0x1f, 0x8b, 8}, "a.pcap.gz is no capture file: "),
		"giant":         captured("a.pcap", giant.Bytes(), "a.pcap: "+tooLarge),
		"gzip bomb":     captured("a.pcap.gz", expanding(t, gzipped), "a.pcap.gz: "+tooLarge),
		"zstd bomb":     captured("a.pcap.zst", expanding(t, zstandard), "a.pcap.zst: "+tooLarge),
		"two large":     {two, "The captures are too large: together their packets take more than 1 MB of memory."},
		"nine captures": {nine, "There are 9 captures, more than 8."},
		"tricks.zip": {map[string][]byte{
			"": packed(t, map[string][]byte{"../../answers.md": sheet, `..\..\a.pcapng`: capture})}, ""},
		"bomb.zip": {map[string][]byte{"": packed(t, map[string][]byte{"answers.md": make([]byte, 64<<20),
			"a.pcapng": capture})}, "answers.md: it is larger than 1024 KB."},
		"none.zip": {map[string][]byte{"": []byte("PK")}, "The zip file cannot be read: "},
	}
}

// TestHostileAmongHonest marks hostile submissions side by side with honest ones:
// each of the honest has what it has alone, each of the others its reason, and
// nothing in a report is obeyed by a terminal.
func TestHostileAmongHonest(t *testing.T) {
	c := newCourse(t, "cs305-4.2", "two-interfaces.pcapng")
	dir := t.TempDir()
	options := grading.Options{Lang: "en", Now: now, Limit: largest}
	alone := map[string]*coursework.Report{}
	var someones []byte
	var answers bytes.Buffer
	for i := range 6 {
		name := fmt.Sprintf("honest%d", i)
		capture, key := c.student(t, name)
		someones = capture
		answers.Reset()
		answers.Write(write(t, key, "answers.md", rand.New(rand.NewPCG(1, 1))))
		handIn(t, dir, name, map[string][]byte{"capture.pcapng": capture, "answers.md": answers.Bytes()})
		s, err := grading.Open(filepath.Join(dir, name))
		if err != nil {
			t.Fatal(err)
		}
		alone[name] = grading.One(c.a, s, options).Report
		if alone[name].Score != alone[name].Max {
			t.Errorf("%s has %v of %v points alone", name, alone[name].Score, alone[name].Max)
		}
	}
	bad := hostile(t, someones, answers.Bytes())
	for name, h := range bad {
		for file, b := range h.files {
			handIn(t, dir, ".", map[string][]byte{filepath.Join(name, file): b})
		}
	}
	reports := classOf(t, c.a, dir, options)
	if len(reports) != len(alone)+len(bad) {
		t.Errorf("%d reports of %d submissions", len(reports), len(alone)+len(bad))
	}
	for name, want := range alone {
		if d := cmp.Diff(want, reports[name]); d != "" {
			t.Errorf("%s is marked otherwise than alone: %s", name, d)
		}
	}
	for name, h := range bad {
		r := reports[strings.TrimSuffix(name, ".zip")]
		if r == nil || !strings.HasPrefix(r.Problem, h.want) || h.want == "" && r.Problem != "" {
			t.Errorf("%s: %+v, want %q", name, r, h.want)
			continue
		}
		harmless(t, name, r)
	}
}

// harmless holds that a report stays small and has nothing that is obeyed.
func harmless(t *testing.T, name string, r *coursework.Report) {
	t.Helper()
	b, err := json.Marshal(r)
	if err != nil || len(b) > 2<<20 {
		t.Errorf("%s: %d bytes, %v", name, len(b), err)
	}
	var all any
	if err := json.Unmarshal(b, &all); err != nil {
		t.Fatal(err)
	}
	if said := fmt.Sprint(all); strings.ContainsFunc(said,
		func(r rune) bool { return r != '\n' && (unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r)) }) {
		t.Errorf("%s: %q", name, said)
	}
	if strings.Contains(r.Problem, string(filepath.Separator)+"tmp") || len(r.Problem) > 400 ||
		strings.Count(r.Problem, "\n") > 0 {
		t.Errorf("%s: %q", name, r.Problem)
	}
}

// TestTitleOfTheFailed: a title of an assignment is shown to the teacher.
func TestTitleOfTheFailed(t *testing.T) {
	a := &coursework.Assignment{ID: "a", Title: coursework.Text{"": "\x1b[2J"}}
	if r := grading.One(a, &grading.Submission{Name: "x", Problem: texts.Say("grading.link")},
		grading.Options{}).Report; r.Title != `\x1b[2J` || r.Problem != "It is a link, and links are not followed." {
		t.Errorf("%q, %q", r.Title, r.Problem)
	}
}

// FuzzSubmission: whatever a sheet and a capture hold, there is a report.
func FuzzSubmission(f *testing.F) {
	c := newCourse(f, "cs305-4.2", "two-interfaces.pcapng")
	capture, key := c.student(f, "honest")
	var yaml bytes.Buffer
	if err := key.WriteYAML(&yaml); err != nil {
		f.Fatal(err)
	}
	f.Add(yaml.Bytes(), capture)
	f.Add([]byte("answers: {2-1: both, 2-5: [[1, 2], [3, 4]]}\n"), capture[:300])
	f.Fuzz(func(t *testing.T, sheetBytes, captureBytes []byte) {
		if len(sheetBytes) > sheet.MaxSize {
			return
		}
		dir := t.TempDir()
		for name, b := range map[string][]byte{"a.yaml": sheetBytes, "a.pcapng": captureBytes} {
			if err := os.WriteFile(filepath.Join(dir, name), b, 0o644); err != nil {
				t.Fatal(err)
			}
		}
		s, err := grading.Open(dir)
		if err != nil {
			t.Fatal(err)
		}
		r := grading.One(c.a, s, grading.Options{Lang: "en", Now: now, Limit: largest}).Report
		if strings.Contains(r.Problem, "The program failed") {
			t.Fatal(r.Problem)
		}
		harmless(t, "fuzzed", r)
	})
}
