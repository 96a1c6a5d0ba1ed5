package inspect_test

import (
	"bytes"
	"fmt"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/inspect"
	"httpscope/internal/synth"
)

// others writes exchanges whose heads take the memory of those before.
func others(c *synth.Capture, port int) {
	for i := range 500 {
		x := conn(c, uint16(port+i))
		x.Open()
		x.Send(0, fmt.Appendf(nil, "PUT /%d HTTP/1.1\r\nHost: %0*d\r\n"+
			"User-Agent: %[1]d\r\nContent-Length: 0\r\n\r\n", i, i%50, i))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 202 %0*d\r\nContent-Length: 0\r\n\r\n", i%70, i))
		x.Close(0)
	}
}

// survivors writes connections of which something is told, or needed, long after the
// exchange that it was read from: between their halves lies much other traffic.
func survivors(c *synth.Capture) {
	old, upgraded, partial, pipelined := conn(c, 9001), conn(c, 9002), conn(c, 9003), conn(c, 9004)
	for _, x := range []*synth.Conn{old, upgraded, partial, pipelined} {
		x.Open()
	}
	part := func(from int) {
		partial.Send(0, fmt.Appendf(nil, "GET /whole HTTP/1.1\r\nHost: parts\r\nRange: bytes=%d-%d\r\n"+
			"User-Agent: resumer/1\r\n\r\n", from, from+4))
		partial.Send(1, fmt.Appendf(nil, "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/20\r\n"+
			"Content-Length: 5\r\nSet-Cookie: part=%d; Path=/whole; Domain=parts\r\n\r\nhello", from, from+4, from))
	}
	old.Send(0, []byte("GET /old HTTP/1.0\r\nConnection: keep-alive\r\n\r\n"))
	old.Send(1, []byte("HTTP/1.0 200 OK\r\nConnection: keep-alive\r\nContent-Length: 2\r\n\r\nhi"))
	upgraded.Send(0, []byte("GET /up HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: own-protocol/7\r\n\r\n"))
	upgraded.Send(1, []byte("HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\n"+
		"Upgrade: own-protocol/7\r\n\r\n"))
	part(0)
	pipelined.Send(0, []byte("GET /1 HTTP/1.1\r\nHost: a\r\n\r\nHEAD /2 HTTP/1.1\r\nHost: a\r\n\r\n"+
		"ODDITY /3 HTTP/1.1\r\nHost: a\r\n\r\n"))
	pipelined.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n1"))
	many := conn(c, 9005)
	many.Open()
	for i := range 4400 { // more than may wait: the first are given out before they are answered
		many.Send(0, fmt.Appendf(nil, "HEAD /%d HTTP/1.1\r\nHost: a\r\n\r\n", i))
	}
	others(c, 10_000)
	part(5)
	for range 10 {
		many.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 50\r\n\r\n"))
	}
	pipelined.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\n"))
	others(c, 11_000)
	part(10)
	for _, x := range []*synth.Conn{old, upgraded, partial, pipelined} {
		x.Close(1)
	}
}

// TestNothingHoldsOnToARecycledHead: the text of a head is overwritten when its exchange was
// written. What outlives it is the connection's protocol, the methods that wait for
// answers, and the names of cookies, clients and resources.
func TestNothingHoldsOnToARecycledHead(t *testing.T) {
	var b bytes.Buffer
	survivors(synth.NewCapture(&b, start))
	again := jsonOf(t, b.Bytes(), inspect.Options{Parallel: true}, true)
	if d := cmp.Diff(jsonOf(t, b.Bytes(), inspect.Options{}, true), again); d != "" {
		t.Errorf("recycled (+) and not (-):\n%.3000s", d)
	}
	for _, want := range []string{
		`"protocol_detail":"own-protocol/7"`, `"protocol":"http/1.0"`, `ODDITY`, `"covered":15`,
	} {
		if !bytes.Contains([]byte(again), []byte(want)) {
			t.Errorf("%s is not told", want)
		}
	}
}
