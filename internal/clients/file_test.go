//go:build clients && linux

package clients

import (
	"errors"
	"os/exec"
	"strings"
	"syscall"
	"testing"
)

// readBack reads a packet file with the program, and returns its exit code.
func readBack(t *testing.T, file string) (lines []string, code int) {
	t.Helper()
	out, err := exec.Command(httpscope, "read", "--json", file).Output()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	text := strings.TrimSuffix(string(out), "\n")
	return strings.Split(text, "\n"), code
}

// TestWriteFile: what is read from the file is what was seen live, and
// Wireshark reads it.
func TestWriteFile(t *testing.T) {
	n := newNetwork(t)
	lab := n.lab(t, "--sockets")
	p := n.live(t, "-i", "lo", "-f", "tcp")
	x, c := n.session(t, "http://127.0.0.1:")
	p.saw(x, c)
	r := p.stop()
	lab.stop()
	lines, code := readBack(t, p.file)
	mustBe(t, "exit code", code, 0)
	mustBe(t, "exchanges of the file and live", record(t, lines).exchanges, r.exchanges)
	mustBe(t, "connections of the file and live", record(t, lines).connections, r.connections)
	requests := must(t, exec.Command("tshark", "-r", p.file, "-Y", "http.request", "-T", "fields", "-e",
		"http.request.method"))
	if got := strings.Count(requests, "\n"); got != x {
		t.Errorf("tshark finds %d requests, want %d", got, x)
	}
}

// TestKilledWhileWriting: a process that is killed leaves a file that can be
// read up to what it last wrote.
func TestKilledWhileWriting(t *testing.T) {
	n := newNetwork(t)
	n.lab(t, "--sockets")
	p := n.live(t, "-i", "lo", "-f", "tcp port 8080")
	n.curl(t, site+"/length/alphabet", "--next", "-sS", site+"/chunked/alphabet")
	p.saw(2, 1)
	p.wait("both exchanges are in the file", func() bool {
		lines, _ := readBack(t, p.file)
		return len(record(t, lines).exchanges) == 2
	})
	load := n.background(t, n.command("curl", "-sS", "-o", "/dev/null", site+"/length/alphabet?[1-100000]"))
	p.saw(200, 1)
	p.cmd.Process.Signal(syscall.SIGKILL)
	p.exits(-1)
	syscall.Kill(-load.Process.Pid, syscall.SIGKILL)
	lines, code := readBack(t, p.file)
	if code != 0 && code != 3 {
		t.Errorf("reading the file ends with exit code %d", code)
	}
	mustBe(t, "the exchanges before", record(t, lines).requests()[:2],
		[]string{"GET /length/alphabet 200", "GET /chunked/alphabet 200"})
}

// TestDiskFull: the capture goes on without the file, says so, and what is in
// the file can be read.
func TestDiskFull(t *testing.T) {
	n := newNetwork(t)
	n.lab(t, "--sockets")
	disk := t.TempDir()
	if err := syscall.Mount("tmpfs", disk, "tmpfs", 0, "size=1m"); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { syscall.Unmount(disk, syscall.MNT_DETACH) })
	p := n.liveBy(t, []string{httpscope}, disk+"/live.pcapng", "-i", "lo", "-f", "tcp port 8080")
	n.curl(t, site+"/length/alphabet")
	n.curl(t, "-o", "/dev/null", site+"/range/video")
	n.curl(t, site+"/chunked/alphabet")
	p.saw(3, 3)
	p.cmd.Process.Signal(syscall.SIGINT)
	p.exits(2)
	r := record(t, p.out.whole())
	r.addUp(t)
	mustBe(t, "requests", r.requests(), []string{"GET /length/alphabet 200", "GET /range/video 200",
		"GET /chunked/alphabet 200"})
	if said := p.err.text(); strings.Count(said, "httpscope: error: ") != 1 ||
		!strings.Contains(said, "no space left on device") {
		t.Errorf("it does not say that the disk is full:\n%s", said)
	}
	lines, code := readBack(t, p.file)
	if code != 0 && code != 3 {
		t.Errorf("reading the file ends with exit code %d", code)
	}
	mustBe(t, "the first exchange of the file", record(t, lines).requests()[0], "GET /length/alphabet 200")
}

// TestInterruptedAtOnce: what went over the wire before Ctrl-C is in the output
// and in the file, also when the key follows at once.
func TestInterruptedAtOnce(t *testing.T) {
	for _, backend := range []string{"libpcap", "af_packet"} {
		t.Run(backend, func(t *testing.T) {
			n := newNetwork(t)
			n.lab(t, "--sockets")
			p := n.live(t, "-i", "lo", "--backend", backend, "-f", "tcp port 8080")
			n.curl(t, site+"/length/alphabet")
			r := p.stop()
			mustBe(t, "requests", r.requests(), []string{"GET /length/alphabet 200"})
		})
	}
}
