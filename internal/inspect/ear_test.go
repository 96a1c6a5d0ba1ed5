package inspect_test

import (
	"encoding/json"
	"net/netip"
	"testing"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"

	"httpscope/httpdecode"
	"httpscope/internal/inspect"
	"httpscope/internal/layer"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// say is a step of a conversation.
type say struct {
	dir  int
	text string
}

var conversation = []say{
	{0, "GET /a HTTP/1.1\r\nHost: h\r\n\r\n"},
	{1, "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\nSet-Cookie: id=7\r\n\r\n1a\r\nabcdefghijklmnopqrstuvwxyz\r\n10\r\n1234567890abcdef\r\n0\r\n\r\n"},
	{0, "POST /b HTTP/1.1\r\nHost: h\r\nCookie: id=7\r\nContent-Length: 3\r\n\r\nx=1"},
	{1, "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 404 Not Found\r\nContent-Length: 2\r\n\r\nno"},
	{0, "GET /c HTTP/1.0\r\n\r\n"},
	{1, "HTTP/1.0 200 OK\r\nConnection: closeContent-Type:text/html\r\n\r\nuntil the close"},
}

// TestTwoEars: what sockets carry, in reads and writes of any size, gives the
// exchanges that packets of any size give.
func TestTwoEars(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		heard := hear(func(h *inspect.Hearing) { cut(r, func(dir int, b []byte) { h.Data(dir, b, start) }) })
		seen, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
			c.Step = 0 // the jar remembers times
			x := conn(c, 40001)
			x.Open()
			cut(r, func(dir int, b []byte) { x.Send(dir, b) })
			x.Close(1)
		})
		if diff := cmp.Diff(meanings(seen), meanings(heard)); diff != "" {
			t.Fatalf("packets (-) and sockets (+) differ:\n%s", diff)
		}
		if c := heard.connections[0]; c.State != tcp.Closed || c.ClosedBy != trace.ByServer || c.Handshake ||
			!c.Heard || c.Packets != [2]int64{} {
			t.Errorf("the connection: %+v", c)
		}
	})
}

// TestEarShowsWhatIsOpen: an exchange is told of before its end, and grows.
func TestEarShowsWhatIsOpen(t *testing.T) {
	w := &watcher{}
	ear := inspect.NewEar(inspect.New(inspect.Options{}, w))
	h := ear.Open(netip.MustParseAddrPort("127.0.0.1:50000"), netip.MustParseAddrPort("127.0.0.1:8080"), start)
	flush := func() { ear.Do(func(e *inspect.Engine) { e.Flush() }) }
	flush()
	if len(w.alive) != 1 || w.alive[0].State != tcp.Open {
		t.Fatalf("the open connection was not told of: %+v", w.alive)
	}
	h.Data(0, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"), start)
	flush()
	h.Data(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\nabc"), start)
	flush()
	if len(w.progress) != 2 || w.progress[0].Response != nil || w.progress[1].Response.Body != 3 {
		t.Fatalf("progress: %+v", w.progress)
	}
	h.Data(1, []byte("defghi"), start)
	h.Close(false, start)
	ear.Finish()
	if len(w.exchanges) != 1 || !w.exchanges[0].Response.Complete || w.progress[1].Response.Body != 3 {
		t.Errorf("at the end: %+v", w.exchanges)
	}
}

// hear plays a connection to an ear.
func hear(play func(h *inspect.Hearing)) *keeper {
	k := &keeper{}
	ear := inspect.NewEar(inspect.New(inspect.Options{}, k))
	h := ear.Open(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8000"), start)
	play(h)
	h.Close(false, start)
	ear.Finish()
	return k
}

// cut says the conversation in pieces of any size.
func cut(r *rapid.T, send func(dir int, b []byte)) {
	for _, s := range conversation {
		for b := []byte(s.text); len(b) > 0; {
			n := rapid.IntRange(1, len(b)).Draw(r, "size")
			send(s.dir, b[:n])
			b = b[n:]
		}
	}
}

// meanings are the exchanges without packets and times.
func meanings(k *keeper) []string {
	var out []string
	for _, x := range k.exchanges {
		for m := range x.Messages() {
			for _, p := range []*layer.Stamp{&m.First, &m.HeadEnd, &m.Last, &m.Ended, &m.BodyFirst} {
				*p = layer.Stamp{}
			}
			for i := range m.Chunks {
				m.Chunks[i].At = layer.Stamp{}
			}
			h := *m.Head
			text := *h.Text
			text.First, text.Last, text.Origin = httpdecode.Stamp{}, httpdecode.Stamp{}, nil
			h.Text, m.Head = &text, &h
		}
		for i := range x.Findings {
			x.Findings[i].Frame = 0
		}
		x.Conn = nil
		b, _ := json.MarshalIndent(x, "", " ")
		out = append(out, string(b))
	}
	return out
}

// watcher keeps what it is told.
type watcher struct {
	keeper
	alive    []*trace.Connection
	progress []*trace.Exchange
	segments []trace.Segment
	pieces   []trace.Extent
}

func (w *watcher) Packet(_ int64, s trace.Segment)         { w.segments = append(w.segments, s) }
func (w *watcher) Noted(int64, int64, tcp.Notes)           {}
func (w *watcher) Bytes(_ int64, p trace.Extent, _ []byte) { w.pieces = append(w.pieces, p) }
func (w *watcher) Alive(c *trace.Connection)               { w.alive = append(w.alive, c) }
func (w *watcher) Progress(x *trace.Exchange)              { w.progress = append(w.progress, x) }
