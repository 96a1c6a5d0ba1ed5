package grading

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"os"
	"path/filepath"
	"runtime"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"
)

// packed makes a zip file of names and contents.
func packed(t *testing.T, change func(*zip.FileHeader), names ...string) []byte {
	t.Helper()
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	for _, name := range names {
		h := &zip.FileHeader{Name: name, Method: zip.Deflate}
		if change != nil {
			change(h)
		}
		w, err := z.CreateHeader(h)
		if err != nil {
			t.Fatal(err)
		}
		fmt.Fprintf(w, "content of %s", name)
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// withPassword sets the flag of an encrypted entry in all headers: the writer
// makes none.
func withPassword(b []byte) []byte {
	b = bytes.Clone(b)
	for mark, at := range map[string]int{"PK\x03\x04": 6, "PK\x01\x02": 8} {
		for i := 0; ; {
			j := bytes.Index(b[i:], []byte(mark))
			if j < 0 {
				break
			}
			i += j + 4
			b[i-4+at] |= encrypted
		}
	}
	return b
}

func save(t *testing.T, name string, b []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), name)
	if err := os.WriteFile(path, b, 0o644); err != nil {
		t.Fatal(err)
	}
	return path
}

// TestHostileZips: every zip file ends in a list of files, or in a sentence.
func TestHostileZips(t *testing.T) {
	link := func(h *zip.FileHeader) { h.SetMode(os.ModeSymlink | 0o777) }
	many := make([]string, maxFiles+1)
	for i := range many {
		many[i] = fmt.Sprintf("%d.pcap", i)
	}
	good := packed(t, nil, "answers.md", "lo.pcap")
	for _, c := range []struct {
		name  string
		bytes []byte
		want  string // files, or the problem
	}{
		{"honest", good, "answers.md lo.pcap"},
		{"path tricks", packed(t, nil, "../../etc/answers.md", "/etc/passwd.pcap", `..\..\b.pcap`, `C:\c.pcap`),
			"../../etc/answers.md ../../b.pcap /etc/passwd.pcap C:/c.pcap"},
		{"zero bytes and escapes in names", packed(t, nil, "a\x00b.md", "\x1b[2J.pcap"), "a\x00b.md \x1b[2J.pcap"},
		{"two of a name", packed(t, nil, "a.md", "a.md", "b.pcap", "b.pcap"), "a.md a.md b.pcap b.pcap"},
		{"what macOS adds", packed(t, nil, "__MACOSX/._a.md", ".DS_Store.md", "~$a.md", "x/README.md"), ""},
		{"links", packed(t, link, "answers.md", "lo.pcap"), "answers.md: It is a link, and links are not followed."},
		{"a zip file within", packed(t, nil, "inner.zip"), "inner.zip: It is packed twice. Pack the files themselves."},
		{"encrypted", withPassword(good), "answers.md: It is encrypted. Pack the files without a password."},
		{"many files", packed(t, nil, many...), "The zip file has more than 1000 files."},
		{"cut", good[:len(good)-30], "The zip file cannot be read: not a valid zip file."},
		{"no zip file", []byte("<html>"), "The zip file cannot be read: not a valid zip file."},
		{"empty", nil, "The zip file cannot be read: not a valid zip file."},
		{"no files", packed(t, nil), ""},
		{"claims 2^40 entries", liar(1<<40 + 7), "The zip file cannot be read: not a valid zip file."},
	} {
		s, err := Open(save(t, "a.zip", c.bytes))
		if err != nil {
			t.Fatal(err)
		}
		if got := s.Problem.String() + listed(s); got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
		for _, f := range append(s.Sheets, s.Captures...) {
			if b, err := f.Read(100); err != nil || !strings.HasPrefix(string(b), "content of ") {
				t.Errorf("%s: %s reads %q, %v", c.name, f.Name, b, err)
			}
		}
	}
}

func listed(s *Submission) string {
	var names []string
	for _, f := range append(s.Sheets, s.Captures...) {
		names = append(names, f.Name)
	}
	return strings.Join(names, " ")
}

// liar is the end of a zip64 file that claims a number of entries (APPNOTE
// sections 4.3.14 to 4.3.16).
func liar(entries uint64) []byte {
	b := make([]byte, 4096)
	at := uint64(len(b))
	le := binary.LittleEndian
	b = append(le.AppendUint64(le.AppendUint32(b, 0x06064b50), 44), 45, 0, 45, 0)
	b = append(b, make([]byte, 8)...)
	for _, n := range []uint64{entries, entries, 4000, 0} {
		b = le.AppendUint64(b, n)
	}
	b = le.AppendUint32(le.AppendUint64(le.AppendUint32(le.AppendUint32(b, 0x07064b50), 0), at), 1)
	b = append(le.AppendUint32(b, 0x06054b50), 0, 0, 0, 0, 0xff, 0xff, 0xff, 0xff)
	return append(b, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0xff, 0, 0)
}

// TestLargeZips: neither a large file nor a large directory is read into memory.
func TestLargeZips(t *testing.T) {
	sparse := save(t, "sparse.zip", nil)
	if err := os.Truncate(sparse, 40<<30); err != nil {
		t.Fatal(err)
	}
	long := make([]string, 100)
	for i := range long {
		long[i] = strings.Repeat("x", 50_000) + fmt.Sprint(i)
	}
	for path, want := range map[string]string{
		sparse: "The zip file cannot be read: it is larger than 1024 MB.",
		save(t, "long.zip", packed(t, nil, long...)): "The zip file cannot be read: its directory is larger than 4 MB.",
	} {
		var before, after runtime.MemStats
		runtime.ReadMemStats(&before)
		s, err := Open(path)
		runtime.ReadMemStats(&after)
		if err != nil || s.Problem.String() != want {
			t.Errorf("%s: %q, %v", filepath.Base(path), s.Problem, err)
		}
		if took := after.TotalAlloc - before.TotalAlloc; took > 32<<20 {
			t.Errorf("%s took %d MB", filepath.Base(path), took>>20)
		}
	}
}

// TestBombs: what a sheet or capture expands to is read up to the limit.
func TestBombs(t *testing.T) {
	var b bytes.Buffer
	z := zip.NewWriter(&b)
	w, err := z.Create("answers.md")
	if err != nil {
		t.Fatal(err)
	}
	zeros := make([]byte, 1<<20)
	for range 64 {
		if _, err := w.Write(zeros); err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	s, err := Open(save(t, "bomb.zip", b.Bytes()))
	if err != nil || len(s.Sheets) != 1 {
		t.Fatalf("%+v, %v", s, err)
	}
	if _, err := s.Sheets[0].Read(1 << 20); err == nil || err.Error() != "it is larger than 1024 KB" {
		t.Errorf("error %v", err)
	}
}

// folder makes a folder: a name that ends in / is a folder, one with -> a link.
func folder(t *testing.T, names ...string) string {
	t.Helper()
	dir := t.TempDir()
	for _, name := range names {
		path, to, isLink := strings.Cut(name, " -> ")
		path = filepath.Join(dir, path)
		err := os.MkdirAll(filepath.Dir(path), 0o755)
		switch {
		case err != nil:
		case isLink:
			err = os.Symlink(to, path)
		case strings.HasSuffix(name, "/"):
			err = os.Mkdir(path, 0o755)
		default:
			err = os.WriteFile(path, []byte("content of "+name), 0o644)
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	return dir
}

// TestHostileFolders: nothing outside of a folder is read.
func TestHostileFolders(t *testing.T) {
	for _, c := range []struct {
		name, want string
		files      []string
	}{
		{"honest", "answers.md lo.pcap", []string{"answers.md", "lo.pcap"}},
		{"links", "answers.md: It is a link, and links are not followed.",
			[]string{"answers.md -> /etc/passwd", "lo.pcap -> /etc/shadow"}},
		{"a link besides", "answers.md lo.pcap", []string{"answers.md", "lo.pcap", "notes.md -> /etc/passwd",
			"loop -> ."}},
		{"a link to a folder", "", []string{"all -> /etc"}},
		{"folders with the names of files", "", []string{"answers.md/", "lo.pcap/"}},
		{"deep", "", []string{strings.Repeat("d/", 30) + "answers.md"}},
		{"an archive of another kind", "lab.rar: It is packed. Hand in the files themselves, or one zip file.",
			[]string{"lab.rar"}},
		{"an archive besides", "answers.md lo.pcap", []string{"answers.md", "lo.pcap", "old.rar"}},
		{"a zip file that is none", "lab.zip: The zip file cannot be read: not a valid zip file.", []string{"lab.zip"}},
		{"that zip file besides", "answers.md lo.pcap", []string{"answers.md", "lo.pcap", "lab.zip"}},
		{"names that programs take for options", "--help.md -rf.pcap", []string{"--help.md", "-rf.pcap"}},
		{"names with line ends", "a\nb.md c\r\nd.pcap", []string{"a\nb.md", "c\r\nd.pcap"}},
	} {
		s, err := Open(folder(t, c.files...))
		if err != nil {
			t.Fatal(err)
		}
		got := s.Problem.String()
		if got == "" {
			got = listed(s)
		}
		if got != c.want {
			t.Errorf("%s: %q, want %q", c.name, got, c.want)
		}
	}
	many := make([]string, maxFiles+1)
	for i := range many {
		many[i] = fmt.Sprintf("%d.md", i)
	}
	if s, err := Open(folder(t, many...)); err != nil ||
		s.Problem.String() != "The folder cannot be read: more than 1000 files." {
		t.Errorf("%q, %v", s.Problem, err)
	}
}

// TestZipInFolder: Moodle puts the zip file that a student uploaded into a folder.
func TestZipInFolder(t *testing.T) {
	dir := folder(t, "notes.docx")
	if err := os.WriteFile(filepath.Join(dir, "lab.zip"), packed(t, nil, "lab/answers.md", "lab/lo.pcap",
		"again.zip"), 0o644); err != nil {
		t.Fatal(err)
	}
	s, err := Open(dir)
	if err != nil || !s.Problem.IsZero() || listed(s) != "lab.zip/lab/answers.md lab.zip/lab/lo.pcap" {
		t.Fatalf("%+v, %v", s, err)
	}
	if b, err := s.Sheets[0].Read(100); err != nil || string(b) != "content of lab/answers.md" {
		t.Errorf("%q, %v", b, err)
	}
}

// TestNoPathsInErrors: students read why their files cannot be read, and need
// not know where the teacher keeps them.
func TestNoPathsInErrors(t *testing.T) {
	dir := folder(t, "answers.md", "lo.pcap")
	s, err := Open(dir)
	if err != nil {
		t.Fatal(err)
	}
	if err := os.RemoveAll(dir); err != nil {
		t.Fatal(err)
	}
	_, err = s.Sheets[0].Read(100)
	_, err2 := s.Captures[0].Open()
	for _, err := range []error{err, err2} {
		if err == nil || strings.Contains(err.Error(), string(filepath.Separator)) {
			t.Errorf("error %v", err)
		}
	}
}

// TestHostileClass: what is not honest in a class folder is a submission with a
// problem, or none; the honest ones are there.
func TestHostileClass(t *testing.T) {
	dir := folder(t, "alice/a.md", "alice/a.pcap", "etc -> /etc", "bob.zip -> /dev/zero", "carol.zip", ".git/x.md",
		"__MACOSX/x.md", "-rf/a.md", "a\nb/a.md", "CON/a.md", "con.md", "notes.docx")
	all, err := SubmissionsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	const linked = "It is a link, and links are not followed."
	got := map[string]string{}
	for _, s := range all {
		got[s.Name] = s.Problem.String()
	}
	if d := cmp.Diff(map[string]string{"alice": "", "etc": linked, "bob.zip": linked,
		"carol": "The zip file cannot be read: not a valid zip file.", "-rf": "", "a\nb": "", "CON": "", "con": ""},
		got); d != "" {
		t.Error(d)
	}
}

// TestLooseNames: files belong to who their names begin with, and a dot in a name
// parts no student, and joins no two.
func TestLooseNames(t *testing.T) {
	dir := folder(t, "carol.md", "carol.lo.pcap", "carol.wlan.pcap.gz", "dan.answers.md", "dan.pcap", "dan.2.pcap",
		"john.smith.md", "john.smith.pcap", "john.smith.wlan.pcap", "john.doe.yaml", "john.doe.pcapng", "x.y.md",
		"x.z.pcap")
	all, err := SubmissionsIn(dir)
	if err != nil {
		t.Fatal(err)
	}
	got := map[string]string{}
	for _, s := range all {
		got[s.Name] = listed(s)
	}
	want := map[string]string{"carol": "carol.md carol.lo.pcap carol.wlan.pcap.gz",
		"dan": "dan.answers.md dan.2.pcap dan.pcap", "x": "x.y.md x.z.pcap",
		"john.smith": "john.smith.md john.smith.pcap john.smith.wlan.pcap", "john.doe": "john.doe.yaml john.doe.pcapng"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
}

// FuzzZip: whatever bytes a zip file has, reading it ends, and no file is larger
// than what was asked for.
func FuzzZip(f *testing.F) {
	f.Add(packed(&testing.T{}, nil, "a.md", "b.pcap"))
	f.Add(withPassword(packed(&testing.T{}, nil, "a.md")))
	f.Add(liar(1 << 40))
	f.Fuzz(func(t *testing.T, b []byte) {
		s, err := Open(save(t, "a.zip", b))
		if err != nil {
			t.Fatal(err)
		}
		for _, file := range append(s.Sheets, s.Captures...) {
			r, err := file.Open()
			if err != nil {
				continue
			}
			if _, err := io.CopyN(io.Discard, r, 1<<16); err == nil {
				t.Logf("%s is long", file.Name)
			}
			r.Close()
		}
	})
}
