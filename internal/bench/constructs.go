//go:build linux || darwin

package main

import (
	"fmt"
	"strings"

	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

// construct is something that a capture can hold any number of.
type construct struct {
	name  string
	build func(c *synth.Capture, n int)
}

// constructs are the places where what went before could make dearer what is new.
var constructs = []construct{
	{"exchanges on a connection", exchanges(plain, plain)},
	{"a cookie set again", exchanges(plain, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i)) })},
	{"cookies set, a name each", exchanges(plain, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a%d=%d\r\n", i, i))
	})},
	{"cookies set, a domain each", exchanges(func(i int) string { return ask("/", fmt.Sprintf("h%d.example", i), "") },
		func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i)) })},
	{"cookies set, a path each", exchanges(func(i int) string { return ask(fmt.Sprintf("/p%d/x", i), "h.example", "") },
		func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=1; Path=/p%d\r\n", i)) })},
	{"cookies set and deleted", exchanges(plain, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a%d=1\r\nSet-Cookie: a%d=; Max-Age=0\r\n", i, i))
	})},
	{"deleted cookies sent", exchanges(func(i int) string {
		return ask("/", "h.example", fmt.Sprintf("Cookie: a%d=1\r\n", i/2))
	}, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a%d=1\r\nSet-Cookie: a%d=; Max-Age=0\r\n", i, i))
	})},
	{"cookies sent to other domains", exchanges(func(i int) string {
		return ask("/", fmt.Sprintf("h%d.example", i), fmt.Sprintf("Cookie: a=%016d; b=1\r\n", i/2))
	}, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%016d\r\n", i)) })},
	{"cookies not sent, of a full jar", func(c *synth.Capture, n int) {
		x := one(c)
		for i := range 180 { // as many as a jar keeps of a domain
			exchangeOf(x, "", ok(fmt.Sprintf("Set-Cookie: a%d=%s\r\n", i, strings.Repeat("v", 4000))))
		}
		for i := range n {
			exchangeOf(x, "", ok(fmt.Sprintf("Set-Cookie: b=%d\r\n", i)))
		}
	}},
	{"cookies of one request", exchangesOf(1, func(n int) string {
		pair := func(i int) string { return fmt.Sprintf("a%d=%d; ", i, i) }
		return ask("/", "h.example", "Cookie: "+items(n, pair, "z=1\r\n"))
	})},
	{"clients with a cookie each", connections(nil, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i))
	}, true)},
	{"ranges, ascending", parts(func(i, n int) int { return 10 * i })},
	{"ranges, descending", parts(func(i, n int) int { return 10 * (n - i) })},
	{"ranges, anywhere", parts(func(i, n int) int { return 10 * int(uint64(i)*2654435761%uint64(n)) })},
	{"ranges over each other", parts(func(i, n int) int { return i })},
	{"ranges of a resource each", exchanges(func(i int) string {
		return ask(fmt.Sprintf("/r%d", i), "h.example", "Range: bytes=0-1\r\n")
	},
		func(i int) string {
			return "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/100\r\nContent-Length: 2\r\n\r\nxx"
		})},
	{"ranges of a resource with holes", func(c *synth.Capture, n int) {
		const holes = 4000
		parts(func(i, _ int) int { return 10 * min(i, holes) })(c, holes+n)
	}},
	{"ranges of one request", exchangesOf(1, func(n int) string {
		span := func(i int) string { return fmt.Sprintf("%d-%d,", 10*i, 10*i+1) }
		return ask("/film", "h.example", "Range: bytes="+items(n, span, "0-1\r\n"))
	})},
	{"parts of one response", oneAnswer("HTTP/1.1 206 Partial Content\r\n"+
		"Content-Type: multipart/byteranges; boundary=B\r\n", func(i int) string {
		return fmt.Sprintf("--B\r\nContent-Range: bytes %d-%d/100000000\r\n\r\nxx\r\n", 10*i, 10*i+1)
	}, "--B--\r\n")},
	{"requests not answered", func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			x.Send(0, []byte(ask(fmt.Sprintf("/%d", i), "h.example", "")))
		}
	}},
	{"requests answered late", func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			x.Send(0, []byte(ask(fmt.Sprintf("/%d", i), "h.example", "")))
		}
		for range n {
			x.Send(1, []byte(ok("")))
		}
	}},
	{"responses not asked for", func(c *synth.Capture, n int) {
		x := one(c)
		for range n {
			x.Send(1, []byte(ok("")))
		}
	}},
	{"connections of one client", connections(plain, plain, true)},
	{"connections never closed", connections(plain, plain, false)},
	{"connections with half a head", connections(func(int) string {
		return "GET / HTTP/1.1\r\nX: " + strings.Repeat("y", 180)
	}, nil, false)},
	{"connections begun only", func(c *synth.Capture, n int) {
		for i := range n {
			c.Conn(client(i), server, [2]uint32{uint32(i), 0}).Segment(0, tcp.SYN, nil)
		}
	}},
	{"fragments of one packet", func(c *synth.Capture, n int) {
		for i := range n {
			c.Frame(fragment(1, 1+i*7919%8000))
		}
	}},
	{"fragments of a packet each", func(c *synth.Capture, n int) {
		for i := range n {
			c.Frame(fragment(uint32(i), 0))
		}
	}},
	{"holes, filled in any order", holes(func(i, n int) int { return int(uint64(i) * 2654435761 % uint64(n)) }, 1)},
	{"holes, filled from behind", holes(func(i, n int) int { return n - 1 - i }, 1)},
	{"holes, never filled", holes(func(i, n int) int { return i }, 2)},
	{"gaps, acknowledged", func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(plain(0)))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", 20*n))
		for range n {
			x.Seq[1] += 10
			x.Send(1, []byte("0123456789"))
		}
	}},
	{"segments of a byte", body(func(x *synth.Conn, i int) { x.Segment(0, tcp.ACK, []byte{'x'}); x.Seq[0]++ })},
	{"segments sent again", body(func(x *synth.Conn, i int) { x.Segment(0, tcp.ACK, []byte("0123456789")) })},
	{"findings", exchanges(func(i int) string { return ask("/", "h.example", strings.Repeat("X y: z\n", 10)) }, plain)},
	{"findings of one head", exchangesOf(1, func(n int) string {
		return ask("/", "h.example", strings.Repeat("X y: z\n", n))
	})},
	{"fields of one head", exchangesOf(1, func(n int) string {
		return ask("/", "h.example", strings.Repeat("X: y\r\n", n))
	})},
	{"folded lines of one head", exchangesOf(1, func(n int) string {
		return ask("/", "h.example", "X: y\r\n"+strings.Repeat(" z\r\n", n))
	})},
	{"folded lines", exchanges(func(i int) string {
		return ask("/", "h.example", "X: y\r\n"+strings.Repeat(" z\r\n", 100))
	}, plain)},
	{"chunks", chunked("1\r\nx\r\n", "0\r\n\r\n")},
	{"bytes of a chunk extension", extension},
	{"chunks with an extension", chunked("1;a=b;c=\"d\"\r\nx\r\n", "0\r\n\r\n")},
	{"trailer fields", chunked("", "")},
	{"interim responses", func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(plain(0)))
		x.Send(1, []byte(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", n)+ok("")))
	}},
	{"forms", exchanges(func(i int) string {
		return "POST / HTTP/1.1\r\nHost: h.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\na=1&b=2&c=3"
	}, plain)},
	{"fields of one form", upload("application/x-www-form-urlencoded", func(i int) string {
		return fmt.Sprintf("a%d=%d&", i, i)
	}, "")},
	{"parts of one form", upload("multipart/form-data; boundary=B", func(i int) string {
		return fmt.Sprintf("--B\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\nx\r\n", i)
	}, "--B--\r\n")},
	{"conditional requests", exchanges(func(i int) string {
		return ask("/", "h.example", fmt.Sprintf("If-None-Match: \"x%d\"\r\n", i))
	},
		func(i int) string { return ok(fmt.Sprintf("ETag: \"x%d\"\r\n", i+1)) })},
	{"redirects", exchanges(func(i int) string { return ask(fmt.Sprintf("/r%d", i), "h.example", "") },
		func(i int) string {
			return fmt.Sprintf("HTTP/1.1 302 Found\r\nLocation: /r%d\r\nContent-Length: 0\r\n\r\n", i+1)
		})},
	{"messages of a WebSocket", func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(ask("/", "h.example", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n")))
		x.Send(1, []byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"))
		for range n {
			x.Send(1, []byte("\x81\x01x"))
		}
	}},
}
