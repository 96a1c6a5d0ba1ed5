package variant_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"flag"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/recording"
)

var update = flag.Bool("update", false, "ask tshark again, and write what it says to testdata/tshark.txt")

// TestTsharkFindsNoWrongChecksum compares each variant, by the digest of its
// packets, with the one that tshark has looked at.
func TestTsharkFindsNoWrongChecksum(t *testing.T) {
	const golden = "testdata/tshark.txt"
	var b strings.Builder
	for _, path := range pcaps(t) {
		r, file, _ := made(t, open(t, path), "ada", options["all"])
		fmt.Fprintf(&b, "%s %x", filepath.Base(path), digest(r))
		if *update {
			b.WriteString(" wrong: " + tshark(t, file))
		}
		b.WriteByte('\n')
	}
	if *update {
		if err := os.WriteFile(golden, []byte(b.String()), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	stored, err := os.ReadFile(golden)
	if err != nil {
		t.Fatal(err)
	}
	want := strings.Split(strings.TrimSpace(string(stored)), "\n")
	got := strings.Split(strings.TrimSpace(b.String()), "\n")
	if len(want) != len(got) {
		t.Fatalf("%d captures, tshark has looked at %d: run this test with -update", len(got), len(want))
	}
	for i, line := range got {
		line, _, _ = strings.Cut(line, " wrong:")
		if want[i] != line+" wrong: 0" {
			t.Errorf("%s; tshark on record: %s (run this test with -update)", line, want[i])
		}
	}
}

// digest is of times and frames, not of how the file holds them.
func digest(r *recording.Recording) []byte {
	h := sha256.New()
	for _, p := range r.Packets {
		h.Write(binary.BigEndian.AppendUint64(nil, uint64(p.Nano)))
		h.Write(p.Frame)
	}
	return h.Sum(nil)[:16]
}

// tshark counts the packets with a checksum that it calls bad.
func tshark(t *testing.T, file []byte) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "variant.pcapng")
	if err := os.WriteFile(path, file, 0o600); err != nil {
		t.Fatal(err)
	}
	on := func(p string) []string { return []string{"-o", p + ".check_checksum:TRUE"} }
	args := append([]string{"-r", path, "-T", "fields", "-e", "frame.number", "-Y", "ip.checksum.status==0 or tcp.checksum.status==0 or udp.checksum.status==0"}, on("ip")...)
	out, err := exec.Command("tshark", append(append(args, on("tcp")...), on("udp")...)...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(len(bytes.Fields(out)))
}
