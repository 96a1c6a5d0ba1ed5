package target

import (
	"encoding/hex"
	"errors"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"httpscope/internal/testkit"
)

// pythonIs reports whether python3 is there and an expression is true in it.
func pythonIs(expression string) bool {
	out, err := exec.Command("python3", "-c", "print("+expression+")").Output()
	return err == nil && strings.TrimSpace(string(out)) == "True"
}

// python is one of the lab's programs, running under testdata/lab/record.py.
type python struct {
	addr string
	log  string
	t    *testing.T
}

func startPython(t *testing.T, program []string) python {
	t.Helper()
	log := filepath.Join(t.TempDir(), "log")
	cmd := exec.Command("python3", append([]string{"record.py", log}, program...)...)
	cmd.Dir = labFolder(t, program[0])
	cmd.Env = append(os.Environ(), "PYTHONDONTWRITEBYTECODE=1")
	if err := cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		// It ends by itself only when a scenario made it fail.
		_ = cmd.Process.Kill()
		_ = cmd.Wait()
	})
	p := python{log: log, t: t}
	eventually(t, "python3 listens", func() bool {
		port := p.calls("listen")
		if len(port) > 0 {
			p.addr = net.JoinHostPort("127.0.0.1", port[0])
		}
		return len(port) > 0
	})
	return p
}

// labFolder makes a folder of one of the lab's programs, which stand once for all tests, and of what is the traces' own:
// record.py, and the page of the form that they were recorded with.
func labFolder(t *testing.T, program string) string {
	t.Helper()
	dir := t.TempDir()
	own, err := filepath.Abs(filepath.Join("testdata", "lab"))
	if err != nil {
		t.Fatal(err)
	}
	link := func(path string) error { return os.Symlink(path, filepath.Join(dir, filepath.Base(path))) }
	err = errors.Join(link(filepath.Join(own, "record.py")), link(filepath.Join(own, "templates")))
	if strings.HasSuffix(program, ".py") {
		err = errors.Join(err, link(testkit.Program(t, program)))
	}
	if err != nil {
		t.Fatal(err)
	}
	return dir
}

// calls lists what is in the log behind a word.
func (p python) calls(word string) []string {
	b, err := os.ReadFile(p.log)
	if err != nil && !os.IsNotExist(err) {
		p.t.Fatal(err)
	}
	var out []string
	for _, line := range lines(b) {
		if rest, ok := strings.CutPrefix(line, word+" "); ok {
			out = append(out, rest)
		}
	}
	return out
}

// sends waits until the sends behind the first so many come to a number of
// bytes, and returns them.
func (p python) sends(before, bytes int) []string {
	p.t.Helper()
	var out []string
	eventually(p.t, "python3 has written down its sends", func() bool {
		out = nil
		total := 0
		for _, digits := range p.calls("send")[before:] {
			b, err := hex.DecodeString(digits)
			if err != nil {
				p.t.Fatal(err)
			}
			out = append(out, string(b))
			total += len(b)
		}
		return total >= bytes
	})
	return out
}

// eventually waits until something is so.
func eventually(t *testing.T, what string, so func() bool) {
	t.Helper()
	for deadline := time.Now().Add(patience); !so(); {
		if time.Now().After(deadline) {
			t.Fatalf("not within %s: %s", patience, what)
		}
		time.Sleep(time.Millisecond)
	}
}
