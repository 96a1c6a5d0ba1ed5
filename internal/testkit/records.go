package testkit

import (
	"bytes"
	"io"
	"testing"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// keptBody is how many bytes of a body records keep.
const keptBody = 1 << 16

// Records are what a watcher keeps of a capture: every exchange and connection, and every packet and byte.
type Records struct {
	Exchanges   []*trace.Exchange
	Connections map[int64]*trace.Connection
	Segments    map[int64][]trace.Segment
	runs        map[int64][]trace.Run
}

// Record reads a sample capture.
func Record(t testing.TB, name string) *Records {
	t.Helper()
	return RecordBytes(t, SampleBytes(t, name))
}

// RecordBytes reads the bytes of a capture file.
func RecordBytes(t testing.TB, data []byte) *Records {
	t.Helper()
	f, err := capture.NewFile(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	r := &Records{Connections: map[int64]*trace.Connection{}, Segments: map[int64][]trace.Segment{},
		runs: map[int64][]trace.Run{}}
	e := inspect.New(inspect.Options{KeepBody: keptBody}, watcher{r})
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

// Tape is the tape of a connection.
func (r *Records) Tape(id int64) *trace.Tape {
	c := r.Connections[id]
	t := &trace.Tape{Conn: c, Segments: r.Segments[id]}
	for _, p := range r.runs[id] {
		t.Runs[c.Side(p.Dir)] = append(t.Runs[c.Side(p.Dir)], p)
	}
	return t
}

// On are the exchanges of a connection.
func (r *Records) On(id int64) []*trace.Exchange {
	var on []*trace.Exchange
	for _, x := range r.Exchanges {
		if x.Conn.ID == id {
			on = append(on, x)
		}
	}
	return on
}

// watcher keeps what an engine tells. It implements [inspect.Watcher].
type watcher struct{ r *Records }

func (w watcher) Exchange(x *trace.Exchange)     { w.r.Exchanges = append(w.r.Exchanges, x) }
func (w watcher) Connection(c *trace.Connection) { w.r.Connections[c.ID] = c }
func (w watcher) Alive(*trace.Connection)        {}
func (w watcher) Progress(*trace.Exchange)       {}

func (w watcher) Packet(id int64, s trace.Segment) {
	w.r.Segments[id] = append(w.r.Segments[id], s)
}

func (w watcher) Noted(id, frame int64, n tcp.Notes) {
	of := w.r.Segments[id]
	for i := len(of) - 1; i >= 0; i-- {
		if of[i].Frame == frame {
			of[i].Notes |= n
			return
		}
	}
}

func (w watcher) Bytes(id int64, e trace.Extent, data []byte) {
	run := trace.Run{Extent: e}
	if !e.Gap {
		run.Data = bytes.Clone(data)
	}
	w.r.runs[id] = append(w.r.runs[id], run)
}
