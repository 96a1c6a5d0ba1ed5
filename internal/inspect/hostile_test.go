package inspect_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/inspect"
	"httpscope/internal/synth"
)

// TestListsOfAnExchangeAreBounded: a server that sends interim responses,
// chunks, trailer fields and oddities without end.
func TestListsOfAnExchangeAreBounded(t *testing.T) {
	const n = 10_000
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()
		x.Send(0, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
		x.Send(1, []byte(strings.Repeat("HTTP/1.1 103 Early Hints\nLink: </a>\n\n", n)))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
		x.Send(1, []byte(strings.Repeat("1\r\na\r\n", n)+"0\r\n"+strings.Repeat("X-Y: z\r\n", n)+"\r\n"))
	})
	x := k.exchanges[0]
	r := x.Response
	if x.InterimCount != n || r.ChunkCount != n || r.TrailerCount != n || r.Body != n || !r.Complete {
		t.Errorf("counted %d interim responses, %d chunks, %d trailer fields, %d bytes", x.InterimCount, r.ChunkCount,
			r.TrailerCount, r.Body)
	}
	if len(x.Interim) > 32 || len(r.Chunks) > 4096 || len(r.Trailers) > 256 || len(x.Findings) > 128 {
		t.Errorf("listed %d interim responses, %d chunks, %d trailer fields, %d findings", len(x.Interim),
			len(r.Chunks), len(r.Trailers), len(x.Findings))
	}
}

// TestJarsAndResourcesAreBounded: each request another client, another
// resource, another cookie.
func TestJarsAndResourcesAreBounded(t *testing.T) {
	k, s := record(t, inspect.Options{}, func(c *synth.Capture) {
		for i := range 3000 {
			x := conn(c, uint16(10_000+i))
			x.Open()
			x.Send(0, fmt.Appendf(nil, "GET /%d%s HTTP/1.1\r\nHost: a\r\nUser-Agent: u%d%s\r\nRange: bytes=0-1\r\n\r\n", i, strings.Repeat("x", 5000*(i%2)), i, strings.Repeat("y", 1000)))
			x.Send(1, fmt.Appendf(nil, "HTTP/1.1 206 Partial Content\r\nSet-Cookie: c%d=%s\r\nContent-Range: bytes 0-1/9\r\nContent-Length: 2\r\n\r\nab", i, strings.Repeat("v", 3000)))
			x.Close(0)
		}
	})
	if s.Exchanges != 3000 || k.exchanges[2999].Ranges.Seen.Covered() != 2 || k.exchanges[2999].Cookies.Jar.Len() != 1 {
		t.Errorf("%d exchanges; the last: %+v, %+v", s.Exchanges, k.exchanges[2999].Ranges, k.exchanges[2999].Cookies)
	}
}

// TestLateAnswersOfManyRequests: answers to requests that had to be given up find more
// waiting behind them than are kept.
func TestLateAnswersOfManyRequests(t *testing.T) {
	const requests = 10_000
	k, s := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()
		for i := range requests {
			x.Send(0, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: shop.example\r\n\r\n", i))
		}
		for range requests {
			x.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
		}
	})
	asked, answered := 0, 0
	for _, x := range k.exchanges {
		if x.Request != nil {
			asked++
		}
		if x.Response != nil {
			answered++
		}
	}
	if asked != requests || answered != requests || s.Exchanges != int64(len(k.exchanges)) {
		t.Errorf("%d requests and %d responses in %d exchanges", asked, answered, s.Exchanges)
	}
}
