package page_test

import (
	"bytes"
	"flag"
	"io"
	"os"
	"path/filepath"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

var update = flag.Bool("update", false, "write the golden pages anew")

// recorded is what a watcher keeps of a capture: every exchange and connection,
// and every packet and byte.
type recorded struct {
	exchanges   []*trace.Exchange
	connections map[int64]*trace.Connection
	segments    map[int64][]trace.Segment
	pieces      map[int64][]trace.Run
}

func newRecorded() *recorded {
	return &recorded{connections: map[int64]*trace.Connection{}, segments: map[int64][]trace.Segment{}, pieces: map[int64][]trace.Run{}}
}

func (r *recorded) Exchange(x *trace.Exchange)     { r.exchanges = append(r.exchanges, x) }
func (r *recorded) Connection(c *trace.Connection) { r.connections[c.ID] = c }
func (r *recorded) Alive(*trace.Connection)        {}
func (r *recorded) Progress(*trace.Exchange)       {}
func (r *recorded) Packet(id int64, s trace.Segment) {
	r.segments[id] = append(r.segments[id], s)
}

func (r *recorded) Noted(id, frame int64, n tcp.Notes) {
	for i := len(r.segments[id]) - 1; i >= 0; i-- {
		if r.segments[id][i].Frame == frame {
			r.segments[id][i].Notes |= n
			return
		}
	}
}

func (r *recorded) Bytes(id int64, p trace.Extent, data []byte) {
	part := trace.Run{Extent: p}
	if !p.Gap {
		part.Data = bytes.Clone(data)
	}
	r.pieces[id] = append(r.pieces[id], part)
}

// tape is the tape of a connection.
func (r *recorded) tape(id int64) *trace.Tape {
	c := r.connections[id]
	t := &trace.Tape{Conn: c, Segments: r.segments[id]}
	for _, p := range r.pieces[id] {
		t.Runs[c.Side(p.Dir)] = append(t.Runs[c.Side(p.Dir)], p)
	}
	return t
}

// record reads a sample capture.
func record(t *testing.T, name string) *recorded {
	t.Helper()
	data, err := os.ReadFile(filepath.Join("../../pcaps", name))
	if err != nil {
		t.Fatal(err)
	}
	return recordBytes(t, data)
}

func recordBytes(t *testing.T, data []byte) *recorded {
	t.Helper()
	f, err := capture.NewFile(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r := newRecorded()
	e := inspect.New(inspect.Options{KeepBody: 1 << 16}, r)
	for {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
	}
	e.Finish()
	return r
}

// goldenPage compares a page with a file, or writes it.
func goldenPage(t *testing.T, name, got string) {
	t.Helper()
	path := filepath.Join("testdata", name+".txt")
	if *update {
		if err := os.WriteFile(path, []byte(got), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	want, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	if d := cmp.Diff(string(want), got); d != "" {
		t.Errorf("page differs (-want +got):\n%s", d)
	}
}
