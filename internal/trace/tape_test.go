package trace_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/trace"
)

// tunnels is a tape of a server that sent "0123456789abcdefghij" in packets of four bytes, one of which was not
// captured: stream 1 begins after six bytes, and stream 2 after five of those.
func tunnels() *trace.Tape {
	c := &trace.Connection{Streams: []layer.Stream{
		{ID: 1, Parent: 0, Cuts: [2]layer.Cuts{nil, {{Below: 6, Len: layer.Endless}}}},
		{ID: 2, Parent: 1, Cuts: [2]layer.Cuts{nil, {{Below: 5, Len: layer.Endless}}}},
	}}
	t := &trace.Tape{Conn: c}
	const sent = "0123456789abcdefghij"
	for at := int64(0); at < int64(len(sent)); at += 4 {
		p := trace.Run{Extent: trace.Extent{Frame: 10 + at/4, Nano: 1000 + at, Offset: at, Len: 4},
			Data: []byte(sent[at : at+4])}
		if at == 12 {
			p.Gap, p.Data = true, nil
		}
		t.Runs[1] = append(t.Runs[1], p)
	}
	return t
}

func inStream(id layer.ID, from, to int64) layer.Place {
	return layer.Place{Stream: id, Side: layer.Server, Span: layer.Span{From: from, To: to}}
}

// TestBytesOfAnyStream: what is asked for in a stream comes at its offsets there, with its packets.
func TestBytesOfAnyStream(t *testing.T) {
	for _, c := range []struct {
		at   layer.Place
		want string
	}{
		{inStream(0, 2, 6), "2:23@10 4:45@11"},
		{inStream(1, 0, 4), "0:67@11 2:89@12"},
		{inStream(1, 4, 12), "4:ab@12 6:gap 4@13 10:gh@14"},
		{inStream(2, 0, 3), "0:b@12 1:gap 2@13"},
		{inStream(2, 5, 99), "5:ghij@14"},
		{inStream(3, 0, 9), ""},
	} {
		var got []string
		for _, p := range tunnels().Between(c.at) {
			what := string(p.Data)
			if p.Gap {
				what = fmt.Sprintf("gap %d", p.Len)
			}
			got = append(got, fmt.Sprintf("%d:%s@%d", p.Offset, what, p.Frame))
		}
		if s := strings.Join(got, " "); s != c.want {
			t.Errorf("%+v: got %s, want %s", c.at, s, c.want)
		}
	}
}

// TestPlacesOfAByte walks down from a byte of the highest stream, and up from each of its places.
func TestPlacesOfAByte(t *testing.T) {
	tape := tunnels()
	want := "[{0 response {16 17}} {1 response {10 11}} {2 response {5 6}}]"
	if got := fmt.Sprint(tape.Conn.Up(layer.Server, 16)); got != want {
		t.Errorf("up: %s, want %s", got, want)
	}
	for _, at := range []layer.Place{inStream(0, 16, 17), inStream(1, 10, 11), inStream(2, 5, 6)} {
		places := tape.Conn.Places(at)
		if len(places) != 3 || places[0] != at {
			t.Errorf("places of %v: %v", at, places)
		}
		if n := tape.Frame(at); n != 14 {
			t.Errorf("%v came in packet %d, want 14", at, n)
		}
	}
	if got := fmt.Sprint(tape.Conn.Up(layer.Server, 3)); got != "[{0 response {3 4}}]" {
		t.Errorf("a byte before the tunnels: %s", got)
	}
}

// TestHeadLines: lines of a head as they were sent, with what each is.
func TestHeadLines(t *testing.T) {
	const raw = "GET /a HTTP/1.1\r\nHost: x\nFolded: 1\r\n 2\r\nno field\r\n\r\r\n\r\n"
	d := http1.New(nil)
	d.Feed(&layer.Run{Side: layer.Client, At: 0, Bytes: []byte(raw), Stamp: layer.Stamp{Packet: 7}})
	var h *trace.Head
	for {
		out, ok := d.Next()
		if !ok {
			break
		}
		if e, ok := out.Event.(*trace.Event); ok && e.Kind == trace.HeadRead {
			h = e.Head
		}
	}
	var got []string
	for l := range h.Lines() {
		name := ""
		if l.Field != nil {
			name = l.Field.Name
		}
		got = append(got, fmt.Sprintf("%d-%d %q field %q start %t empty %t packet %d", l.From, l.To, l.Text, name,
			l.Start, l.Empty, l.Stamp.Packet))
	}
	want := []string{
		`0-17 "GET /a HTTP/1.1\r\n" field "" start true empty false packet 7`,
		`17-25 "Host: x\n" field "Host" start false empty false packet 7`,
		`25-36 "Folded: 1\r\n" field "Folded" start false empty false packet 7`,
		`36-40 " 2\r\n" field "Folded" start false empty false packet 7`,
		`40-50 "no field\r\n" field "" start false empty false packet 7`,
	}
	for i, w := range want {
		if i >= len(got) || got[i] != w {
			t.Errorf("line %d: got %v\nwant %s", i, got[min(i, len(got)-1):], w)
		}
	}
	if last := got[len(got)-1]; !strings.Contains(last, "empty true") {
		t.Errorf("the last line is %s", last)
	}
	if h.Authority != "x" || h.Path != "/a" || h.Scheme != "http" || h.Form() != httpdecode.OriginForm {
		t.Errorf("%q %q %q %s", h.Scheme, h.Authority, h.Path, h.Form())
	}
}
