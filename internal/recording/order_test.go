package recording_test

import (
	"encoding/binary"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"httpscope/internal/recording"
)

// disordered writes the packets of a little-endian pcap file in another order, in which
// each is a few packets from where it was. It returns the old number of each.
func disordered(t *testing.T, path string) (to string, was []int64) {
	t.Helper()
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	const head, recordHead = 24, 16
	var records [][]byte
	for rest := b[head:]; len(rest) > 0; {
		n := recordHead + int(binary.LittleEndian.Uint32(rest[8:]))
		records, rest = append(records, rest[:n]), rest[n:]
	}
	rng := rand.New(rand.NewPCG(3, 4))
	place := make([]float64, len(records))
	for i := range records {
		was, place[i] = append(was, int64(i+1)), float64(i)+8*rng.Float64()
	}
	slices.SortFunc(was, func(a, b int64) int {
		if place[a-1] < place[b-1] {
			return -1
		}
		return 1
	})
	out := b[:head:head]
	for _, n := range was {
		out = append(out, records[n-1]...)
	}
	to = filepath.Join(t.TempDir(), "disordered.pcap")
	if err := os.WriteFile(to, out, 0o600); err != nil {
		t.Fatal(err)
	}
	return to, was
}

// TestReadsInOrder: a file whose packets are out of order gives the same exchanges, and
// each packet, under its number in the file, the same place in its connection.
func TestReadsInOrder(t *testing.T) {
	const path = "../../pcaps/browser-images.pcap"
	want, err := recording.Open(path, 0)
	if err != nil {
		t.Fatal(err)
	}
	to, was := disordered(t, path)
	got, err := recording.Open(to, 0)
	if err != nil {
		t.Fatal(err)
	}
	if got.Summary.Disordered == 0 || len(got.Exchanges) != len(want.Exchanges) {
		t.Fatalf("%d packets out of order, %d exchanges, want %d", got.Summary.Disordered, len(got.Exchanges), len(want.Exchanges))
	}
	for i, p := range got.Packets {
		q := want.Packet(was[i])
		if p.Number != int64(i+1) || p.Nano != q.Nano || p.Src != q.Src {
			t.Fatalf("packet %d is not packet %d of the file in order", p.Number, q.Number)
		}
		a, b := p.Segment, q.Segment
		if a.Offset != b.Offset || a.Acked != b.Acked || a.Dir != b.Dir || a.Notes != b.Notes || p.SinceOpen != q.SinceOpen {
			t.Errorf("packet %d: %+v, and in order %+v", p.Number, a, b)
		}
	}
	for i, x := range got.Exchanges {
		y := want.Exchanges[i]
		a, b := fmt.Sprint(x.Request.Head.Raw, x.Response.Head.Raw), fmt.Sprint(y.Request.Head.Raw, y.Response.Head.Raw)
		if a != b {
			t.Errorf("exchange %d:\n%s\nand in order\n%s", i+1, a, b)
		}
	}
}
