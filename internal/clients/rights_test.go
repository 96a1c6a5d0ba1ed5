//go:build clients && linux

package clients

import (
	"errors"
	"os"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// nobody runs a program as the user nobody, who may not capture.
var nobody = []string{"setpriv", "--reuid=65534", "--regid=65534", "--clear-groups"}

// copied is the program in a place of its own.
func copied(t *testing.T) string {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(httpscope), "copy")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chmod(dir, 0o755); err != nil {
		t.Fatal(err)
	}
	path := filepath.Join(dir, "httpscope")
	must(t, exec.Command("cp", httpscope, path))
	return path
}

// TestLiveWithoutRights: one error, one hint with the command that helps, and
// that command helps.
func TestLiveWithoutRights(t *testing.T) {
	n := newNetwork(t)
	path := copied(t)
	for _, backend := range []string{"libpcap", "af_packet"} {
		p := start(t, n.command(append(nobody, path, "live", "-i", "lo", "--headless", "--json", "--backend",
			backend)...))
		p.exits(2)
		mustBe(t, "standard output", p.out.text(), "")
		said := p.err.whole()
		if len(said) != 2 || !strings.HasPrefix(said[0], "httpscope: error: ") ||
			!strings.HasPrefix(said[1], "httpscope: hint: ") {
			t.Fatalf("%s: not an error and a hint:\n%s", backend, p.err.text())
		}
		_, command, found := strings.Cut(said[1], "sudo ")
		if want := "setcap cap_net_raw,cap_net_admin=eip " + path; !found || command != want {
			t.Fatalf("%s: the hint does not say %q: %s", backend, want, said[1])
		}
	}
	n.run(t, "setcap", "cap_net_raw,cap_net_admin=eip", path)
	liveWithCapabilities(t, n, path)
}

// liveWithCapabilities captures as nobody.
func liveWithCapabilities(t *testing.T, n network, path string) {
	t.Helper()
	lab := n.lab(t, "--sockets")
	for _, backend := range []string{"libpcap", "af_packet"} {
		file := filepath.Join(openFolder(t, 65534), "live.pcapng")
		p := n.liveBy(t, append(nobody, path), file, "-i", "lo", "--backend", backend)
		n.curl(t, site+"/length/alphabet")
		p.saw(1, 1)
		mustBe(t, "requests of "+backend, p.stop().requests(), []string{"GET /length/alphabet 200"})
	}
	lab.stop()
}

// openFolder is a folder of a user, whom the folders above it let in.
func openFolder(t *testing.T, user int) string {
	t.Helper()
	dir, err := os.MkdirTemp(filepath.Dir(httpscope), "folder")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { os.RemoveAll(dir) })
	if err := os.Chown(dir, user, user); err != nil {
		t.Fatal(err)
	}
	return dir
}

// TestLabWithoutRights: the lab hears its servers' sockets instead, says so,
// and shows the same exchanges as a capture of the same session.
func TestLabWithoutRights(t *testing.T) {
	n := newNetwork(t)
	capture := n.live(t, "-i", "lo")
	lab := labReady(t, n.command(append(nobody, httpscope, "lab", "--headless", "--json")...))
	x, c := n.session(t, "http://127.0.0.1:")
	capture.saw(x, c)
	lab.saw(x, c)
	capture.stop()
	lab.stop()
	mustBe(t, "what the capture and the sockets gave", plain(t, lab), plain(t, capture))
	said := lab.err.text()
	for _, want := range []string{"httpscope: error: ", "httpscope: hint: ", "setcap cap_net_raw,cap_net_admin=eip",
		"without packets"} {
		if strings.Count(said, want) != 1 {
			t.Errorf("%q is not said once:\n%s", want, said)
		}
	}
}

// TestEmptyCaptureIsRemoved: no file is left that is taken for a capture; it is said, and where
// the file cannot be removed, that is not claimed.
func TestEmptyCaptureIsRemoved(t *testing.T) {
	n := newNetwork(t)
	file := filepath.Join(t.TempDir(), "live.pcapng")
	p := n.liveBy(t, []string{httpscope}, file, "-i", "lo", "-f", "port 1", "--duration", "200ms")
	p.exits(0)
	if _, err := os.Stat(file); !errors.Is(err, os.ErrNotExist) {
		t.Errorf("the file is there: %v", err)
	}
	if said := p.err.text(); !strings.Contains(said, "no packet was captured, so "+file+" was removed") {
		t.Errorf("it says %q", said)
	}
	// Meanwhile the folder becomes root's, and the user that root has become cannot remove from it.
	sudo := []string{"env", "SUDO_UID=65534", "SUDO_GID=65534", "SUDO_USER=nobody", httpscope}
	file = filepath.Join(openFolder(t, 65534), "live.pcapng")
	p = n.liveBy(t, sudo, file, "-i", "lo", "-f", "port 1", "--duration", "1s")
	if err := os.Chown(filepath.Dir(file), 0, 0); err != nil {
		t.Fatal(err)
	}
	p.exits(0)
	if _, err := os.Stat(file); err != nil {
		t.Error(err)
	}
	if said := p.err.text(); !strings.Contains(said, "0 packets were written to "+file) {
		t.Errorf("it says %q", said)
	}
}

// TestSudo: what began as root with sudo goes on as the user who called it, and
// the file is theirs.
func TestSudo(t *testing.T) {
	n := newNetwork(t)
	const user = "65534"
	file := filepath.Join(openFolder(t, 65534), "live.pcapng")
	lab := n.lab(t, "--sockets")
	p := n.liveBy(t, []string{"env", "SUDO_UID=" + user, "SUDO_GID=" + user, "SUDO_USER=nobody", httpscope}, file,
		"-i", "lo")
	n.curl(t, site+"/length/alphabet")
	p.saw(1, 1)
	status, err := os.ReadFile("/proc/" + strconv.Itoa(p.cmd.Process.Pid) + "/status")
	if err != nil {
		t.Fatal(err)
	}
	ids := strings.Repeat("\t"+user, 4) + "\n"
	for _, want := range []string{"Uid:" + ids, "Gid:" + ids, "Groups:\t" + user + " \n",
		"CapPrm:\t0000000000000000\n", "CapEff:\t0000000000000000\n"} {
		if !strings.Contains(string(status), want) {
			t.Errorf("%q is not in the status of the process:\n%s", want, status)
		}
	}
	p.stop()
	lab.stop()
	mustBe(t, "owner and group of the file", strings.TrimSpace(n.run(t, "stat", "-c", "%u:%g", file)), user+":"+user)
}

// TestSudoKeyLog: the key log too is the user's, or Wireshark could not read it.
func TestSudoKeyLog(t *testing.T) {
	n := newNetwork(t)
	keys := filepath.Join(openFolder(t, 65534), "keys")
	p := labReady(t, n.command("env", "SUDO_UID=65534", "SUDO_GID=65534", httpscope, "lab", "--headless", "--json",
		"--keylog-out", keys))
	n.curl(t, "-k", "https://127.0.0.1:8443/length/alphabet")
	p.saw(0, 1)
	p.stop()
	mustBe(t, "owner and group of the key log", strings.TrimSpace(n.run(t, "stat", "-c", "%u:%g", keys)), "65534:65534")
	if log := contents(t, keys); !strings.Contains(log, "CLIENT_TRAFFIC_SECRET_0 ") {
		t.Errorf("the key log: %q", log)
	}
}

// TestNoFileWithoutRights: no packets, no packet file; that is said.
func TestNoFileWithoutRights(t *testing.T) {
	n := newNetwork(t)
	file := filepath.Join(openFolder(t, 65534), "lab.pcapng")
	p := labReady(t, n.command(append(nobody, httpscope, "lab", "--headless", "--json", "-w", file)...))
	p.stop()
	if _, err := os.Stat(file); err == nil {
		t.Errorf("there is a packet file of a lab that has no packets")
	}
	if said := p.err.text(); !strings.Contains(said, "-w") && !strings.Contains(said, filepath.Base(file)) {
		t.Errorf("there is no packet file, and nothing says so:\n%s", said)
	}
}
