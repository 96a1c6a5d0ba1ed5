package filter

import (
	"bytes"
	"net/netip"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

// start is the time of the first packet that conversation makes.
var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// conversation captures what client and server say in turn on one connection,
// 10.0.0.2:40001 to 10.0.0.1:8000. Each saying is a segment and its acknowledgment:
// packets 4, 6, 8, … carry them.
func conversation(t testing.TB, sayings ...string) []*trace.Exchange {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	conn := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8000"),
		[2]uint32{1000, 9000})
	conn.Open()
	for i, s := range sayings {
		conn.Send(i%2, []byte(s))
	}
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	var k exchanges
	e := inspect.New(inspect.Options{KeepBody: 1 << 16}, &k)
	for p, err := f.Next(); err == nil; p, err = f.Next() {
		e.Packet(p)
	}
	e.Finish()
	return k
}

// login is a POST whose answer speaks of POST too, and sets two cookies.
func login(t testing.TB) *trace.Exchange {
	t.Helper()
	all := conversation(t,
		"POST /login.php?next=/home HTTP/1.1\r\nHost: shop.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 8\r\nCookie: a=1; b=2\r\n\r\nuser=Eve",
		"HTTP/1.1 200 OK\r\nSet-Cookie: sid=7; Path=/\r\nSet-Cookie: theme=dark\r\nTransfer-Encoding: chunked\r\n\r\n5\r\n<h1>P\r\n4\r\nOST \r\n0\r\n\r\n")
	if len(all) != 1 {
		t.Fatalf("%d exchanges", len(all))
	}
	return all[0]
}

func mustCompile(t testing.TB, expr string) *Filter {
	t.Helper()
	f, err := Compile(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	return f
}
