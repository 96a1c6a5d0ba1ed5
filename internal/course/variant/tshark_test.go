package variant_test

import (
	"bytes"
	"crypto/sha256"
	"encoding/binary"
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"

	"httpscope/internal/recording"
	"httpscope/internal/testkit"
)

// TestTsharkFindsNoWrongChecksum compares each variant, by the digest of its
// packets, with the one that tshark has looked at.
func TestTsharkFindsNoWrongChecksum(t *testing.T) {
	got, files := digests(t)
	stored := testkit.Answer(t, "testdata/tshark.txt", func() (string, error) {
		var b strings.Builder
		for i, line := range got {
			fmt.Fprintf(&b, "%s wrong: %s\n", line, tshark(t, files[i]))
		}
		return b.String(), nil
	})
	want := strings.Split(strings.TrimSpace(stored), "\n")
	if len(want) != len(got) {
		t.Fatalf("%d captures, tshark has looked at %d: run this test with -update", len(got), len(want))
	}
	for i, line := range got {
		if want[i] != line+" wrong: 0" {
			t.Errorf("%s; tshark on record: %s (run this test with -update)", line, want[i])
		}
	}
}

// digests are lines with a name and the digest of its variant, and the files of the variants.
func digests(t *testing.T) (lines []string, files [][]byte) {
	t.Helper()
	for _, path := range testkit.Samples(t) {
		r, file, _ := made(t, testkit.Open(t, path), "ada", options["all"])
		lines, files = append(lines, fmt.Sprintf("%s %x", filepath.Base(path), digest(r))), append(files, file)
	}
	return lines, files
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
	args := []string{"-r", path, "-T", "fields", "-e", "frame.number"}
	args = append(args, "-Y", "ip.checksum.status==0 or tcp.checksum.status==0 or udp.checksum.status==0")
	for _, p := range []string{"ip", "tcp", "udp"} {
		args = append(args, "-o", p+".check_checksum:TRUE")
	}
	out, err := testkit.Wireshark(t, "tshark", args...).Output()
	if err != nil {
		t.Fatal(err)
	}
	return fmt.Sprint(len(bytes.Fields(out)))
}
