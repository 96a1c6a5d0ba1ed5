package recording_test

import (
	"bytes"
	"errors"
	"io"
	"testing"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// counts is a sink that counts.
type counts struct{ exchanges, connections int }

func (c *counts) Exchange(*trace.Exchange)     { c.exchanges++ }
func (c *counts) Connection(*trace.Connection) { c.connections++ }

// TestHoldsWhatTheEngineReads compares a recording of every sample with what
// an engine reports, and every packet with the one in the file.
func TestHoldsWhatTheEngineReads(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		r := testkit.Open(t, path)
		f, err := capture.Open(path)
		if err != nil {
			t.Fatal(err)
		}
		var c counts
		e := inspect.New(inspect.Options{}, &c)
		n := 0
		for {
			p, err := f.Next()
			if err != nil {
				if damaged := !errors.Is(err, io.EOF); damaged != (r.Damage != nil) {
					t.Errorf("%s: %v, and the recording says %v", path, err, r.Damage)
				}
				break
			}
			e.Packet(p)
			n++
			same(t, path, r.Packet(p.Number), p)
		}
		e.Finish()
		f.Close()
		if len(r.Packets) != n || len(r.Exchanges) != c.exchanges || len(r.Connections) != c.connections {
			t.Errorf("%s: %d packets, %d exchanges, %d connections; the engine saw %d, %d, %d", path, len(r.Packets),
				len(r.Exchanges), len(r.Connections), n, c.exchanges, c.connections)
		}
		numbered(t, path, r)
	}
}

func same(t *testing.T, path string, q *trace.Packet, p *capture.Packet) {
	t.Helper()
	if q == nil || q.Number != p.Number || q.Nano != p.Nano || q.WireLen != p.WireLen || q.CapLen() != p.CapLen ||
		q.Skip != p.Skip.String() ||
		!bytes.Equal(q.Frame, p.Frame) || !bytes.Equal(q.IP, p.IP) || !bytes.Equal(q.TCP, p.TCP) ||
		!bytes.Equal(q.Payload, p.Payload) || q.Src != p.Src || q.Dst != p.Dst {
		t.Fatalf("%s: packet %d differs", path, p.Number)
	}
}

// numbered checks that places are numbers, and that every packet of a
// connection is on its tape.
func numbered(t *testing.T, path string, r *recording.Recording) {
	t.Helper()
	on := map[int64]int{}
	for _, p := range r.Packets {
		if p.Skip == "" {
			on[p.Conn]++
		}
	}
	for i, c := range r.Connections {
		if c == nil || c.ID != int64(i) || r.Connection(c.ID) != c {
			t.Fatalf("%s: connection %d is not at its place", path, i)
		}
		if tape := r.Tape(c.ID); len(tape.Segments) != on[c.ID] || tape.Dropped != 0 {
			t.Errorf("%s: connection %d has %d packets on its tape, and %d in the list", path, i, len(tape.Segments),
				on[c.ID])
		}
	}
	for i, x := range r.Exchanges {
		if x == nil || x.ID != int64(i)+1 || x.Conn != r.Connection(x.Conn.ID) {
			t.Fatalf("%s: exchange %d is not at its place", path, i+1)
		}
	}
}

func TestTooLarge(t *testing.T) {
	_, err := recording.Open(testkit.Sample(t, "demo.pcapng"), 10<<10)
	var large *recording.TooLargeError
	if !errors.As(err, &large) {
		t.Fatalf("error %v", err)
	}
}

func TestNoCapture(t *testing.T) {
	if _, err := recording.Open("recording_test.go", 0); !errors.Is(err, capture.ErrFormat) {
		t.Errorf("error %v", err)
	}
}
