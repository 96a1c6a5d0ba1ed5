package recording_test

import (
	"bytes"
	"cmp"
	"errors"
	"fmt"
	"math/rand/v2"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"httpscope/capture"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
)

// disordered writes the packets of a capture in another order, in which each is a few packets
// from where it was. It returns the old number of each.
func disordered(t *testing.T, r *recording.Recording) (to string, was []int64) {
	t.Helper()
	rng := rand.New(rand.NewPCG(3, 4))
	place := map[int64]float64{}
	for _, p := range r.Packets {
		was, place[p.Number] = append(was, p.Number), float64(p.Number)+8*rng.Float64()
	}
	slices.SortFunc(was, func(a, b int64) int { return cmp.Compare(place[a], place[b]) })
	var out bytes.Buffer
	w, err := capture.NewWriter(&out, capture.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	id, err := w.AddInterface(capture.InterfaceInfo{Link: capture.LinkEthernet})
	for _, n := range was {
		p := r.Packet(n)
		err = errors.Join(err, w.Packet(id, p.Nano, p.WireLen, p.Frame, ""))
	}
	to = filepath.Join(t.TempDir(), "disordered.pcapng")
	if err := errors.Join(err, w.Flush(), os.WriteFile(to, out.Bytes(), 0o600)); err != nil {
		t.Fatal(err)
	}
	return to, was
}

// TestReadsInOrder: a file whose packets are out of order gives the same exchanges, and
// each packet, under its number in the file, the same place in its connection.
func TestReadsInOrder(t *testing.T) {
	want := testkit.OpenSample(t, "browser-images.pcap")
	to, was := disordered(t, want)
	got := testkit.Open(t, to)
	if n := got.Summary.Disordered; n == 0 || len(got.Exchanges) != len(want.Exchanges) {
		t.Fatalf("%d packets out of order, %d exchanges, want %d", n, len(got.Exchanges), len(want.Exchanges))
	}
	for i, p := range got.Packets {
		q := want.Packet(was[i])
		if p.Number != int64(i+1) || p.Nano != q.Nano || p.Src != q.Src {
			t.Fatalf("packet %d is not packet %d of the file in order", p.Number, q.Number)
		}
		a, b := p.Segment, q.Segment
		if a.Offset != b.Offset || a.Acked != b.Acked || a.Dir != b.Dir || a.Notes != b.Notes ||
			p.SinceOpen != q.SinceOpen {
			t.Errorf("packet %d: %+v, and in order %+v", p.Number, a, b)
		}
	}
	for i, x := range got.Exchanges {
		y := want.Exchanges[i]
		a, b := fmt.Sprint(x.Request.Head.AsSent(), x.Response.Head.AsSent()),
			fmt.Sprint(y.Request.Head.AsSent(), y.Response.Head.AsSent())
		if a != b {
			t.Errorf("exchange %d:\n%s\nand in order\n%s", i+1, a, b)
		}
	}
}
