package httpdecode

import (
	"strings"
	"testing"
)

// sides' states, and what brings a side there.
var inState = []struct {
	name, client, server string
	side                 Side
	untilClose           bool
}{
	{name: "nothing sent"},
	{name: "in a request line", client: "GET /a"},
	{name: "in a request's head", client: "GET / HTTP/1.1\r\nHos"},
	{name: "in a request's body", client: "POST / HTTP/1.1\r\nHost: a\r\nContent-Length: 5\r\n\r\nab"},
	{name: "before a chunk header", client: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n"},
	{name: "in a chunk header", client: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5;a"},
	{name: "in chunk data", client: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nab"},
	{name: "after chunk data", client: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nab\r"},
	{name: "in a trailer", client: "POST / HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n0\r\nX: y\r\n"},
	{name: "between requests", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n"},
	{name: "in the second request line", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\nGE"},
	{name: "held after CONNECT", client: "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\nab"},
	{name: "held after CONNECT, a request line", client: "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n\r\nGET /"},
	{name: "after bytes that are no request", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n\x00\x01 GET /"},
	{name: "in another protocol", client: "hello\r\nPO"},
	{name: "in a status line", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", server: "HTT", side: Server},
	{name: "in a response's head", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n", server: "HTTP/1.1 200 OK\r\nA",
		side: Server},
	{name: "in a body that the close ends", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		server: "HTTP/1.1 200 OK\r\n\r\nab", side: Server, untilClose: true},
	{name: "in a bare document", client: "GET /\r\n", server: "<html>", side: Server, untilClose: true},
	{name: "in a tunnel", client: "CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n", server: "HTTP/1.1 200 OK\r\n\r\nab",
		side: Server},
	{name: "in excess bytes", client: "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
		server: "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\nabHTTP/1", side: Server},
}

// TestEndsInEveryState: whatever a side is at when it ends, every message that
// was begun ends once, no byte is left over, and the way it ended is told.
func TestEndsInEveryState(t *testing.T) {
	for _, c := range inState {
		for _, how := range []How{FIN, Reset, Unknown} {
			talk := conversation{{side: Client, data: c.client}, {side: Server, data: c.server},
				{side: c.side, ends: true, eof: how}}
			begun, ended := talk.count(t)
			if begun != ended {
				t.Errorf("%s, ended by %d: %d messages began, %d ended", c.name, how, begun, ended)
			}
			d, got := New(nil), &collect{}
			talk.play(t, d, whole, got.add)
			if n := d.Waiting(c.side); n != 0 {
				t.Errorf("%s, ended by %d: %d bytes wait", c.name, how, n)
			}
			if m := got.messages; c.untilClose && m[len(m)-1].Complete != (how == FIN) {
				t.Errorf("%s, ended by %d: complete %t", c.name, how, !(how == FIN))
			}
			d.EOF(c.side, how, Stamp{})
			if e, again := d.Next(); again {
				t.Errorf("%s: a second end gives %s", c.name, line(e))
			}
		}
	}
}

// TestGapsInEveryState: after a gap of any length the side goes on, and a whole
// message that begins at a packet's beginning is read again, but in
// tunnels, in bodies up to the close, and late in another protocol.
func TestGapsInEveryState(t *testing.T) {
	next := [2]string{"PUT /next HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nok",
		"HTTP/1.1 299 Next\r\nContent-Length: 2\r\n\r\nok"}
	for _, c := range inState {
		for _, g := range []piece{{gap: 1}, {gap: 2}, {gap: 3}, {gap: 10}, {gap: 1 << 40}, {more: true},
			{gap: 1, more: true}} {
			n := g.gap
			talk := conversation{{side: Client, data: c.client}, {side: Server, data: c.server},
				{side: c.side, gap: n, more: g.more}, {side: c.side, data: next[c.side]},
				{side: c.side, ends: true, eof: FIN}}
			if begun, ended := talk.count(t); begun != ended {
				t.Errorf("%s, gap of %d: %d messages began, %d ended", c.name, n, begun, ended)
			}
			got := &collect{}
			talk.play(t, New(nil), whole, got.add)
			found := false
			for _, m := range got.messages {
				found = found || (m.Target == "/next" || m.Status == 299) && m.Body == "ok" && m.Complete
			}
			inside := strings.HasSuffix(c.name, "request's body") || c.name == "in chunk data"
			if inside && n < 3 && !g.more {
				continue // the body takes the beginning of what follows
			}
			never := c.untilClose || strings.Contains(c.name, "tunnel") || strings.Contains(c.name, "protocol") &&
				n > maxPreamble
			if found == never {
				t.Errorf("%s, gap of %d: the next message is read: %t", c.name, n, found)
			}
			sameEvents(t, talk)
		}
	}
}

func sameEvents(t *testing.T, c conversation) {
	t.Helper()
	if a, b := c.merged(t, false, whole), c.merged(t, false, byByte); a != b {
		t.Errorf("whole:\n%s\nbyte by byte:\n%s", a, b)
	}
}

// count plays a conversation; a message begins with a head, or with the body
// of a bare document, and ends with EndEvent.
func (c conversation) count(t *testing.T) (begun, ended int) {
	open := [2]bool{}
	d := New(nil)
	c.play(t, d, whole, func(e *Event) {
		switch {
		case e.Kind == HeadEvent, e.Kind == BodyEvent && !open[e.Side]:
			open[e.Side] = true
			begun++
		case e.Kind == EndEvent:
			open[e.Side] = false
			ended++
		}
	})
	for s := range open {
		if open[s] && d.sides[s].ended == false {
			ended++ // the other side goes on
		}
	}
	return begun, ended
}

// TestStamps: every event knows the packets of its first and last byte, and a
// head the packet of each of its bytes.
func TestStamps(t *testing.T) {
	d := New(nil)
	var head *Head
	var body []Stamp
	for i, part := range []string{"POST / HT", "TP/1.1\r\nHost: a\r\nContent-", "Length: 4\r\n\r\nab", "cd"} {
		d.Feed(Client, []byte(part), Stamp{Packet: int64(i + 1), Nano: int64(100 * i)})
		for e, ok := d.Next(); ok; e, ok = d.Next() {
			switch e.Kind {
			case HeadEvent:
				head = e.Head
				if e.First.Packet != 1 || e.Last.Packet != 3 {
					t.Errorf("the head lies in packets %d to %d, want 1 to 3", e.First.Packet, e.Last.Packet)
				}
			case BodyEvent:
				body = append(body, e.First, e.Last)
			case EndEvent:
				if e.First.Packet != 4 {
					t.Errorf("the end lies in packet %d, want 4", e.First.Packet)
				}
			}
		}
	}
	for text, want := range map[string]int64{"POST": 1, "HTTP": 1, "P/1.1": 2, "Host": 2, "Content-": 2,
		"Length: 4": 3} {
		if i := strings.Index(head.Raw, text); head.StampAt(i).Packet != want {
			t.Errorf("%s lies in packet %d, want %d", text, head.StampAt(i).Packet, want)
		}
	}
	if len(body) != 4 || body[0].Packet != 3 || body[2].Packet != 4 || body[3].Nano != 300 {
		t.Errorf("the body's stamps are %v", body)
	}
}

// TestSharedQueue: decoders that are used by turns share a queue, and a decoder
// is as good as new after Reset.
func TestSharedQueue(t *testing.T) {
	q := new(Queue)
	a, b := New(q), New(q)
	want, _ := startLineTraces[0].conversation()
	for range 2 {
		for _, d := range []*Decoder{a, b} {
			got := &collect{}
			want.play(t, d, byByte, got.add)
			if len(got.messages) != 2 || got.messages[1].Body != "ok" || d.Protocol() != "" || !d.HTTP() {
				t.Errorf("got %d messages, protocol %q", len(got.messages), d.Protocol())
			}
			d.Reset(q)
		}
	}
}

// TestProtocols: what else a connection speaks is named, however it is cut.
func TestProtocols(t *testing.T) {
	for sent, want := range map[string]string{
		"\x16\x03\x01\x02\x00\x01": "tls", "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n": "http/2", "SSH-2.0-x\r\n": "ssh",
		"EHLO a\r\n": "other", "\x05\x01\x00": "other", "GET / HTTP/1.1\r\n\r\n": "", "": "",
	} {
		for _, cut := range []func(int) int{whole, byByte} {
			d := New(nil)
			conversation{{side: Client, data: sent}}.play(t, d, cut, func(*Event) {})
			if got := d.Protocol(); got != want {
				t.Errorf("%q: protocol %q, want %q", sent, got, want)
			}
		}
	}
}
