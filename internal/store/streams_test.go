package store_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/layer"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

// said is the bytes of a place on a tape, with the packets that brought them.
func said(t *trace.Tape, at layer.Place) string {
	var out []string
	for _, p := range t.Between(at) {
		out = append(out, fmt.Sprintf("%d:%s@%d", p.Offset, p.Data, p.Frame))
	}
	return strings.Join(out, " ")
}

// TestBytesOfATunnel: bytes inside a tunnel are those that TCP brought, kept once, and its exchange finds them.
func TestBytesOfATunnel(t *testing.T) {
	s := store.New(0)
	fill(t, s, func(c *synth.Capture) {
		x := open(c, 1)
		x.Send(0, []byte("CONNECT a:1 HTTP/1.1\r\nHost: a:1\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\n\r\n"))
		ask(x, 2, 8)
	})
	x, _ := s.Exchange(2)
	if x == nil || x.Within() != 1 {
		t.Fatal("the exchange in the tunnel is not there")
	}
	r := x.Response
	for _, tape := range []*trace.Tape{s.TapeOf(x), s.Tape(0, 0)} {
		if got := said(tape, r.At(r.BodyOffset, r.BodyOffset+r.Body)); got != fmt.Sprintf("%d:00000002@%d",
			r.BodyOffset, r.BodyFirst.Packet) {
			t.Errorf("the body is %s", got)
		}
	}
	if first, last := s.Carriers(0, r.At(r.BodyOffset, r.BodyOffset+1)); first != r.BodyFirst.Packet || last != first {
		t.Errorf("the body's first byte is in packets %d to %d, not %d", first, last, r.BodyFirst.Packet)
	}
}

// TestBytesOfTheirOwn: a stream whose bytes are not found below, such as what was encrypted, has its own, within
// the store's limit: they go when the packets of their time go.
func TestBytesOfTheirOwn(t *testing.T) {
	s := store.New(4 << 20)
	k := s.Sink()
	k.Alive(&trace.Connection{ID: 0})
	piece := func(frame, at int64, text string) {
		k.Bytes(0, trace.Extent{Frame: frame, Offset: at, Len: int64(len(text)), Dir: 1, Stream: 1}, []byte(text))
	}
	piece(1, 0, "plain")
	k.Bytes(0, trace.Extent{Frame: 2, Offset: 0, Len: 6, Dir: 1}, []byte("cipher"))
	piece(2, 5, "text")
	at := layer.Place{Stream: 1, Side: layer.Server, Span: layer.Span{From: 3, To: 7}}
	if got := said(s.Tape(0, 0), at); got != "3:in@1 5:te@2" {
		t.Errorf("stream 1 is %s", got)
	}
	at.Stream, at.Span = layer.TCP, layer.Span{To: 9}
	if got := said(s.Tape(0, 0), at); got != "0:cipher@2" {
		t.Errorf("TCP is %s", got)
	}
	block := strings.Repeat("x", 1<<16)
	for i := range int64(200) {
		piece(3+i, 9+i*int64(len(block)), block)
	}
	at.Stream, at.Span = 1, layer.Span{To: 9}
	if got := said(s.Tape(0, 0), at); got != "" || s.Memory() > 5<<20 {
		t.Errorf("the first bytes are still there, %.20s, in %d bytes", got, s.Memory())
	}
}
