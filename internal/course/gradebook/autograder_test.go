package gradebook

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"io"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/texts"

	"github.com/google/go-cmp/cmp"
)

// elfFile is the header of a program, and no more: e_ident, type, machine, and the
// types of its segments (System V ABI, chapter 4).
func elfFile(class, osabi byte, kind, machine uint16, segments ...uint32) []byte {
	var b bytes.Buffer
	put := func(values ...any) {
		for _, v := range values {
			binary.Write(&b, binary.LittleEndian, v)
		}
	}
	put([]byte{0x7f, 'E', 'L', 'F', class, 1, 1, osabi}, make([]byte, 8), kind, machine, uint32(1))
	put(uint64(0), uint64(64), uint64(0), uint32(0), uint16(64), uint16(56), uint16(len(segments)), uint16(64),
		uint16(0), uint16(0))
	for _, s := range segments {
		put(s, uint32(5), make([]byte, 48))
	}
	return b.Bytes()
}

const (
	typeExec, typeDyn, typeRel = 2, 3, 1
	amd64, arm64, i386         = 62, 183, 3
	segmentLoad, segmentInterp = 1, 3
)

func TestCheckBinary(t *testing.T) {
	for _, c := range []struct {
		name, want string
		file       []byte
	}{
		{"static amd64", "", elfFile(2, 0, typeExec, amd64, segmentLoad)},
		{"static arm64", "", elfFile(2, 0, typeExec, arm64, segmentLoad)},
		{"static and position-independent", "", elfFile(2, 3, typeDyn, amd64, segmentLoad)},
		{"dynamic", "needs libraries of this machine", elfFile(2, 0, typeDyn, amd64, segmentInterp, segmentLoad)},
		{"32 bit", "neither for amd64 nor for arm64", elfFile(2, 0, typeExec, i386, segmentLoad)},
		{"FreeBSD", "not for Linux", elfFile(2, 9, typeExec, amd64, segmentLoad)},
		{"an object file", "cannot be run", elfFile(2, 0, typeRel, amd64)},
		{"a program for macOS", "is no program for Linux", []byte("\xcf\xfa\xed\xfe\x07\x00\x00\x01")},
		{"a script", "is no program for Linux", []byte("#!/bin/sh\n")},
		{"nothing", "is no program for Linux", nil},
	} {
		err := checkBinary(bytes.NewReader(c.file))
		if c.want == "" && err != nil || c.want != "" && (err == nil || !strings.Contains(err.Error(), c.want) ||
			!strings.Contains(err.Error(), "CGO_ENABLED=0")) {
			t.Errorf("%s: got %v, want %q", c.name, err, c.want)
		}
	}
}

// uploaded writes an autograder with a program that only looks like one.
func uploaded(t *testing.T, lang texts.Lang) []byte {
	t.Helper()
	path := filepath.Join(t.TempDir(), "httpscope")
	if err := os.WriteFile(path, elfFile(2, 0, typeExec, amd64, segmentLoad), 0o600); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := Autograder(&b, AutograderOptions{Binary: path, Assignment: []byte("id: lab4\n"), Feedback: "hints",
		Lang: lang, Time: markedAt}); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestAutograderHolds(t *testing.T) {
	upload := uploaded(t, texts.English)
	z, err := zip.NewReader(bytes.NewReader(upload), int64(len(upload)))
	if err != nil {
		t.Fatal(err)
	}
	var got []string
	for _, f := range z.File {
		got = append(got, f.Mode().String()+" "+f.Name+" "+f.Modified.UTC().Format("2006-01-02"))
	}
	want := []string{"-rwxr-xr-x setup.sh 2026-11-25", "-rwxr-xr-x run_autograder 2026-11-25",
		"-rwxr-xr-x httpscope 2026-11-25", "-rw-r--r-- assignment.yaml 2026-11-25"}
	if d := cmp.Diff(want, got); d != "" {
		t.Error(d)
	}
	if !bytes.Equal(upload, uploaded(t, texts.English)) {
		t.Error("the same upload is made of other bytes")
	}
}

func TestAutograderRefuses(t *testing.T) {
	script := filepath.Join(t.TempDir(), "httpscope")
	if err := os.WriteFile(script, []byte("#!/bin/sh\n"), 0o600); err != nil {
		t.Fatal(err)
	}
	for _, c := range []struct {
		o    AutograderOptions
		want string
	}{
		{AutograderOptions{Binary: script, Assignment: []byte("x"), Feedback: "full; rm -rf /"}, "is no word"},
		{AutograderOptions{Binary: script, Feedback: "full"}, "the assignment is empty"},
		{AutograderOptions{Binary: script, Assignment: []byte("x"), Feedback: "full"}, "is no program for Linux"},
		{AutograderOptions{Binary: script + "x", Assignment: []byte("x"), Feedback: "full"}, "no such file"},
	} {
		if err := Autograder(io.Discard, c.o); err == nil || !strings.Contains(err.Error(), c.want) {
			t.Errorf("got %v, want %q", err, c.want)
		}
	}
}

// gradescopeImage lays an upload out as Gradescope does, with a script in place of
// httpscope, and runs both scripts. It returns results.json and what was printed.
func gradescopeImage(t *testing.T, lang texts.Lang, program string) (results []byte, printed string) {
	t.Helper()
	root := filepath.Join(t.TempDir(), "auto grader")
	for _, dir := range []string{"source", "submission", "results"} {
		if err := os.MkdirAll(filepath.Join(root, dir), 0o700); err != nil {
			t.Fatal(err)
		}
	}
	unpack(t, uploaded(t, lang), filepath.Join(root, "source"))
	write := func(name, content string) {
		if err := os.WriteFile(filepath.Join(root, name), []byte(content), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	write("source/httpscope", program)
	write("submission_metadata.json", `{"id":1}`)
	write("submission/answers.txt", "36")
	printed = bash(t, root, "source/setup.sh") + bash(t, root, "source/run_autograder")
	results, err := os.ReadFile(filepath.Join(root, "results", "results.json"))
	if err != nil {
		t.Fatal(err)
	}
	return results, printed
}

func unpack(t *testing.T, upload []byte, dir string) {
	t.Helper()
	z, err := zip.NewReader(bytes.NewReader(upload), int64(len(upload)))
	if err != nil {
		t.Fatal(err)
	}
	if err := os.CopyFS(dir, z); err != nil {
		t.Fatal(err)
	}
}

func bash(t *testing.T, root, script string) string {
	t.Helper()
	c := exec.Command("bash", filepath.Join(root, script))
	c.Env = append(os.Environ(), "AUTOGRADER_ROOT="+root)
	out, err := c.CombinedOutput()
	if err != nil {
		t.Fatalf("%s: %v\n%s", script, err, out)
	}
	return string(out)
}

// writes is a program that prints its arguments and leaves text where --gradescope says.
func writes(text, end string) string {
	return "#!/bin/sh\nfor a; do echo \"argument $a\"; last=$a; done\ncat >\"$last\" <<'END'\n" + text + "\nEND\n" +
		end + "\n"
}

func TestAutograderRuns(t *testing.T) {
	results, printed := gradescopeImage(t, texts.English, writes(`{"score": 3.5}`, "exit 0"))
	if d := cmp.Diff("{\"score\": 3.5}\n", string(results)); d != "" {
		t.Error(d)
	}
	root := strings.TrimSuffix(strings.Split(strings.Split(printed, "\n")[1],
		" ")[1]+" "+strings.Split(strings.Split(printed, "\n")[1], " ")[2], "/source/assignment.yaml")
	want := "argument check\nargument " + root + "/source/assignment.yaml\nargument --submission\nargument " + root +
		"/submission\n" +
		"argument --feedback\nargument hints\nargument --lang\nargument en\nargument --gradescope\nargument " + root +
		"/results/results.json\n"
	if d := cmp.Diff(want, printed); d != "" {
		t.Error(d)
	}
}

func TestAutograderAlwaysLeavesResults(t *testing.T) {
	for _, c := range []struct{ name, program, says string }{
		{"a damaged capture is marked", writes(`{"score": 1, "output": "damaged"}`, "exit 3"), "damaged"},
		{"httpscope fails", "#!/bin/sh\necho 'httpscope: error: \"quoted\"' >&2\nexit 2\n",
			"httpscope ended with status 2"},
		{"httpscope fails after it wrote", writes(`{"score": 9}`, "exit 2"), "httpscope ended with status 2"},
		{"httpscope is killed while it writes", writes(`{"score": 9, "out`, "kill -9 $$"),
			"httpscope ended with status 137"},
		{"half a file and no word about it", writes(`{"score": 9, "out`, "exit 0"), "left no results"},
		{"httpscope writes nothing", "#!/bin/sh\nexit 0\n", "left no results"},
		{"httpscope cannot be run", "\x7fELF", "httpscope ended with status 126"},
		{"the autograder is ended", "#!/bin/sh\nkill -TERM $PPID\nsleep 0.1\n", "was ended before it was done"},
	} {
		t.Run(c.name, func(t *testing.T) {
			results, printed := gradescopeImage(t, texts.English, c.program)
			v := parsed(t, results)
			if err := checkGradescope(v); err != nil {
				t.Fatalf("%v\n%s", err, results)
			}
			if !strings.Contains(string(results), c.says) {
				t.Errorf("%s does not say %q; printed:\n%s", results, c.says, printed)
			}
			if score := v.(map[string]any)["score"]; c.says != "damaged" && score != 0.0 {
				t.Errorf("the score is %v", score)
			}
		})
	}
}

// TestAutograderInChinese: what the script itself says is in the language of the upload, and is JSON still.
func TestAutograderInChinese(t *testing.T) {
	for program, says := range map[string]string{
		"#!/bin/sh\nexit 2\n":                      "httpscope 结束时的状态是 2。",
		"#!/bin/sh\nexit 0\n":                      "没有留下结果。",
		"#!/bin/sh\nkill -TERM $PPID\nsleep 0.1\n": "还没有完成就被终止。",
	} {
		results, _ := gradescopeImage(t, texts.Chinese, program)
		if err := checkGradescope(parsed(t, results)); err != nil || !strings.Contains(string(results), "这份作业无法批改：") ||
			!strings.Contains(string(results), says) {
			t.Errorf("%v, not %q\n%s", err, says, results)
		}
	}
}
