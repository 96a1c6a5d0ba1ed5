package tasks_test

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/synth"
	"httpscope/internal/tasks"
	"httpscope/internal/tcp"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// watcher shows a board what an engine tells, snapshots included.
type watcher struct{ *tasks.Board }

func (watcher) Packet(int64, trace.Segment)       {}
func (watcher) Noted(int64, int64, tcp.Notes)     {}
func (watcher) Bytes(int64, trace.Extent, []byte) {}
func (w watcher) Alive(c *trace.Connection)       { w.Connection(c) }
func (w watcher) Progress(x *trace.Exchange)      { w.Exchange(x) }

var keep = inspect.Options{KeepBody: 64 << 10}

// read shows a capture to a board, with a snapshot after every packet.
func read(t testing.TB, r io.Reader, sink inspect.Sink) {
	t.Helper()
	f, err := capture.NewFile(r)
	if err != nil {
		t.Fatal(err)
	}
	e := inspect.New(keep, sink)
	for {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
		e.Flush()
	}
	e.Finish()
}

// sample reads a capture of the folder pcaps.
func sample(t testing.TB, name string, sink inspect.Sink) {
	t.Helper()
	read(t, bytes.NewReader(testkit.SampleBytes(t, name)), sink)
}

// done lists the tasks of a board that are done.
func done(b *tasks.Board) string {
	var ids []string
	for _, p := range b.State() {
		if p.State == tasks.Done {
			ids = append(ids, p.Task.ID)
		}
	}
	return strings.Join(ids, " ")
}

func progress(t testing.TB, b *tasks.Board, id string) tasks.Progress {
	t.Helper()
	all := b.State()
	i := slices.IndexFunc(all, func(p tasks.Progress) bool { return p.Task.ID == id })
	if i < 0 {
		t.Fatalf("there is no task %q", id)
	}
	return all[i]
}

// wire writes packets of connections that are named by the client's port.
type wire struct {
	*synth.Capture
	out    bytes.Buffer
	server string // of connections that are opened next
	client string
	open   map[uint16]*synth.Conn
	shift  uint16 // added to the clients' ports
}

func newWire() *wire {
	w := &wire{server: "10.0.0.1:80", client: "10.0.0.2", open: map[uint16]*synth.Conn{}}
	w.Capture = synth.NewCapture(&w.out, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	return w
}

// on finds a connection, or opens it.
func (w *wire) on(port uint16) *synth.Conn {
	port += w.shift
	if w.open[port] == nil {
		client := netip.AddrPortFrom(netip.MustParseAddr(w.client), port)
		w.open[port] = w.Conn(client, netip.MustParseAddrPort(w.server), [2]uint32{1000, 9000})
		w.open[port].Open()
	}
	return w.open[port]
}

func (w *wire) request(port uint16, bytes string)  { w.on(port).Send(0, []byte(bytes)) }
func (w *wire) response(port uint16, bytes string) { w.on(port).Send(1, []byte(bytes)) }

// exchange sends a request and its response.
func (w *wire) exchange(port uint16, request, response string) {
	w.request(port, request)
	w.response(port, response)
}

// close closes a connection; side 0 is the client.
func (w *wire) close(port uint16, side int) { w.on(port).Close(side) }

func (w *wire) wait(d time.Duration) { w.Now = w.Now.Add(d) }

// board is what the board shows in the end.
func (w *wire) board(t testing.TB) *tasks.Board {
	t.Helper()
	b := tasks.NewBoard()
	read(t, bytes.NewReader(w.out.Bytes()), watcher{b})
	return b
}

// Messages of traces. fields have their line ends.

func get(target string, fields ...string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: a\r\n" + strings.Join(fields, "") + "\r\n"
}

func post(target, body string, fields ...string) string {
	return fmt.Sprintf("POST %s HTTP/1.1\r\nHost: a\r\n%sContent-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\n\r\n%s", target, strings.Join(fields, ""), len(body), body)
}

func answer(status, body string, fields ...string) string {
	return fmt.Sprintf("HTTP/1.1 %s\r\nContent-Length: %d\r\n%s\r\n%s", status, len(body), strings.Join(fields, ""),
		body)
}

// hello is the beginning of a TLS connection: a record with a ClientHello.
var hello = "\x16\x03\x01\x00\xc8\x01\x00\x00\xc4\x03\x03" + strings.Repeat("r", 193)
