package tasks

import (
	"fmt"
	"net/netip"
	"runtime"
	"testing"
	"weak"

	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// shown makes an exchange of a connection of its own with a message for each side.
func shown(t testing.TB, id int64, request, response string) *trace.Exchange {
	t.Helper()
	x := &trace.Exchange{ID: id, Ordinal: 1, Conn: &trace.Connection{ID: id}}
	x.Conn.Ends = [2]netip.AddrPort{netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, byte(id >> 8), byte(id)}),
		4000), netip.MustParseAddrPort("10.9.9.9:80")}
	d := http1.New(nil)
	for side, b := range map[layer.Side]string{layer.Client: request, layer.Server: response} {
		d.Feed(&layer.Run{Side: side, Bytes: []byte(b), Stamp: layer.Stamp{Packet: id, Nano: id * 1e6}})
	}
	for {
		out, ok := d.Next()
		if !ok {
			return x
		}
		if e, ok := out.Event.(*trace.Event); ok && e.Kind == trace.HeadRead {
			m := x.NewMessage(e.Side, e.Head)
			m.First, m.Last = layer.Stamp{Packet: id, Nano: id * 1e6}, layer.Stamp{Packet: id, Nano: id*1e6 + 1e3}
			m.Done, m.Complete = true, true
			if e.Side == layer.Client {
				x.Request = m
			} else {
				x.Response = m
			}
		}
	}
}

// TestMemory: a board remembers a bounded number of groups and spans, and the
// latest of them.
func TestMemory(t *testing.T) {
	b := NewBoard()
	for i := range int64(3 * maxGroups) {
		b.Exchange(shown(t, i+1, fmt.Sprintf("GET /%d HTTP/1.1\r\nHost: a\r\nCookie: c%d=%d\r\n\r\n", i, i, i),
			fmt.Sprintf("HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nSet-Cookie: d%d=%d\r\n\r\n", i, i)))
	}
	full := 0
	for _, p := range b.tasks {
		if len(p.groups) > maxGroups || len(p.groups) != len(p.order) {
			t.Errorf("%s: %d groups, %d in order", p.ID, len(p.groups), len(p.order))
		}
		if len(p.groups) == maxGroups {
			full++
		}
	}
	if full == 0 {
		t.Error("no task was filled: the test shows nothing")
	}
	var s spans
	for i := range int64(3 * maxSpans) {
		s.grow(i, span{from: i, to: i})
	}
	if _, latest := s.of[3*maxSpans-1]; len(s.of) > maxSpans || len(s.order) != len(s.of) || !latest {
		t.Errorf("%d spans, %d in order, the latest is there: %t", len(s.of), len(s.order), latest)
	}
}

// TestKeepsNoExchange: nothing of an exchange is held when it was looked at.
func TestKeepsNoExchange(t *testing.T) {
	b := NewBoard()
	x := shown(t, 1, "GET /home?sid=3a4b5e HTTP/1.1\r\nHost: a\r\nCookie: sid=3a4b5e\r\n\r\n",
		"HTTP/1.1 200 OK\r\nETag: \"1\"\r\nContent-Length: 0\r\nSet-Cookie: sid=77aa\r\n\r\n")
	b.Exchange(x)
	exchange, head := weak.Make(x), weak.Make(x.Request.Head)
	x = nil
	runtime.GC()
	runtime.GC()
	if exchange.Value() != nil || head.Value() != nil {
		t.Error("the board holds on to an exchange")
	}
	runtime.KeepAlive(b)
}

// TestSpecs holds what the board relies on.
func TestSpecs(t *testing.T) {
	ids := map[string]bool{}
	for _, s := range specs() {
		said := []texts.Phrase{{Key: s.Topic}, s.Title(), s.Goal(), s.Explain()}
		for i := range s.parts {
			if len(s.parts) > maxParts || s.need(i) < 1 || s.need(i) > maxNeed {
				t.Errorf("%s: part %d does not fit", s.ID, i)
			}
			said = append(said, s.part(i))
		}
		for _, p := range said {
			if !texts.In(texts.English).Has(p.Key) {
				t.Errorf("%s: no phrase %s", s.ID, p.Key)
			}
		}
		if next := s.part(len(s.parts)); texts.In(texts.English).Has(next.Key) {
			t.Errorf("%s has no part for the phrase %s", s.ID, next.Key)
		}
		if ids[s.ID] || len(s.Steps) == 0 || len(s.Command) == 0 {
			t.Errorf("%s: twice, or without steps or a command", s.ID)
		}
		ids[s.ID] = true
	}
}

// BenchmarkExchange is what a board costs an engine under load, before the tasks are done.
func BenchmarkExchange(b *testing.B) {
	board := NewBoard()
	x := shown(b, 1, "GET /a HTTP/1.1\r\nHost: a\r\nUser-Agent: wrk\r\n\r\n",
		"HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nContent-Length: 0\r\n\r\n")
	b.ReportAllocs()
	for b.Loop() {
		board.Exchange(x)
	}
}
