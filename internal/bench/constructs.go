//go:build linux || darwin

package main

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"

	"httpscope/internal/synth"
)

// construct is something that a capture can hold any number of.
type construct struct {
	name  string
	table bool // read without --json, which prints the whole jar, or all holes, of each exchange
	build func(c *synth.Capture, n int)
}

// constructs are the places where what went before could make dearer what is new.
var constructs = []construct{
	{"exchanges on a connection", false, exchanges(plain, plain)},
	{"a cookie set again", true, exchanges(plain, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i)) })},
	{"cookies set, a name each", true, exchanges(plain, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a%d=%d\r\n", i, i)) })},
	{"cookies set, a domain each", true, exchanges(func(i int) string { return ask("/", fmt.Sprintf("h%d.example", i), "") },
		func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i)) })},
	{"cookies set, a path each", true, exchanges(func(i int) string { return ask(fmt.Sprintf("/p%d/x", i), "h.example", "") },
		func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=1; Path=/p%d\r\n", i)) })},
	{"cookies set and deleted", true, exchanges(plain, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a%d=1\r\nSet-Cookie: a%d=; Max-Age=0\r\n", i, i))
	})},
	{"deleted cookies sent", true, exchanges(func(i int) string { return ask("/", "h.example", fmt.Sprintf("Cookie: a%d=1\r\n", i/2)) }, func(i int) string {
		return ok(fmt.Sprintf("Set-Cookie: a%d=1\r\nSet-Cookie: a%d=; Max-Age=0\r\n", i, i))
	})},
	{"cookies sent to other domains", true, exchanges(func(i int) string {
		return ask("/", fmt.Sprintf("h%d.example", i), fmt.Sprintf("Cookie: a=%016d; b=1\r\n", i/2))
	}, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%016d\r\n", i)) })},
	{"clients with a cookie each", true, connections(nil, func(i int) string { return ok(fmt.Sprintf("Set-Cookie: a=%d\r\n", i)) }, true)},
	{"ranges, ascending", true, parts(func(i, n int) int { return 10 * i })},
	{"ranges, descending", true, parts(func(i, n int) int { return 10 * (n - i) })},
	{"ranges, anywhere", true, parts(func(i, n int) int { return 10 * int(uint64(i)*2654435761%uint64(n)) })},
	{"ranges over each other", true, parts(func(i, n int) int { return i })},
	{"ranges of a resource each", true, exchanges(func(i int) string { return ask(fmt.Sprintf("/r%d", i), "h.example", "Range: bytes=0-1\r\n") },
		func(i int) string {
			return "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-1/100\r\nContent-Length: 2\r\n\r\nxx"
		})},
	{"parts of one response", false, oneAnswer("HTTP/1.1 206 Partial Content\r\nContent-Type: multipart/byteranges; boundary=B\r\n", func(i int) string {
		return fmt.Sprintf("--B\r\nContent-Range: bytes %d-%d/100000000\r\n\r\nxx\r\n", 10*i, 10*i+1)
	}, "--B--\r\n")},
	{"requests not answered", false, func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			x.Send(0, []byte(ask(fmt.Sprintf("/%d", i), "h.example", "")))
		}
	}},
	{"requests answered late", false, func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			x.Send(0, []byte(ask(fmt.Sprintf("/%d", i), "h.example", "")))
		}
		for range n {
			x.Send(1, []byte(ok("")))
		}
	}},
	{"responses not asked for", false, func(c *synth.Capture, n int) {
		x := one(c)
		for range n {
			x.Send(1, []byte(ok("")))
		}
	}},
	{"connections of one client", false, connections(plain, plain, true)},
	{"connections never closed", false, connections(plain, plain, false)},
	{"connections with half a head", false, connections(func(int) string { return "GET / HTTP/1.1\r\nX: " + strings.Repeat("y", 180) }, nil, false)},
	{"connections begun only", false, func(c *synth.Capture, n int) {
		for i := range n {
			c.Conn(client(i), server, [2]uint32{uint32(i), 0}).Segment(0, synth.SYN, nil)
		}
	}},
	{"fragments of one packet", false, func(c *synth.Capture, n int) {
		for i := range n {
			c.Frame(fragment(1, 1+i*7919%8000))
		}
	}},
	{"fragments of a packet each", false, func(c *synth.Capture, n int) {
		for i := range n {
			c.Frame(fragment(uint32(i), 0))
		}
	}},
	{"holes, filled in any order", false, holes(func(i, n int) int { return int(uint64(i) * 2654435761 % uint64(n)) }, 1)},
	{"holes, filled from behind", false, holes(func(i, n int) int { return n - 1 - i }, 1)},
	{"holes, never filled", false, holes(func(i, n int) int { return i }, 2)},
	{"gaps, acknowledged", false, func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(plain(0)))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", 20*n))
		for range n {
			x.Seq[1] += 10
			x.Send(1, []byte("0123456789"))
		}
	}},
	{"segments of a byte", false, body(func(x *synth.Conn, i int) { x.Segment(0, synth.ACK, []byte{'x'}); x.Seq[0]++ })},
	{"segments sent again", false, body(func(x *synth.Conn, i int) { x.Segment(0, synth.ACK, []byte("0123456789")) })},
	{"findings", false, exchanges(func(i int) string { return ask("/", "h.example", strings.Repeat("X y: z\n", 10)) }, plain)},
	{"findings of one head", false, exchangesOf(1, func(n int) string { return ask("/", "h.example", strings.Repeat("X y: z\n", n)) })},
	{"fields of one head", false, exchangesOf(1, func(n int) string { return ask("/", "h.example", strings.Repeat("X: y\r\n", n)) })},
	{"folded lines of one head", false, exchangesOf(1, func(n int) string { return ask("/", "h.example", "X: y\r\n"+strings.Repeat(" z\r\n", n)) })},
	{"folded lines", false, exchanges(func(i int) string { return ask("/", "h.example", "X: y\r\n"+strings.Repeat(" z\r\n", 100)) }, plain)},
	{"chunks", false, chunked("1\r\nx\r\n", "0\r\n\r\n")},
	{"trailer fields", false, chunked("", "")},
	{"interim responses", false, func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(plain(0)))
		x.Send(1, []byte(strings.Repeat("HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\n", n)+ok("")))
	}},
	{"forms", false, exchanges(func(i int) string {
		return "POST / HTTP/1.1\r\nHost: h.example\r\nContent-Type: application/x-www-form-urlencoded\r\nContent-Length: 11\r\n\r\na=1&b=2&c=3"
	}, plain)},
	{"fields of one form", false, upload("application/x-www-form-urlencoded", func(i int) string { return fmt.Sprintf("a%d=%d&", i, i) }, "")},
	{"parts of one form", false, upload("multipart/form-data; boundary=B", func(i int) string {
		return fmt.Sprintf("--B\r\nContent-Disposition: form-data; name=\"a%d\"\r\n\r\nx\r\n", i)
	}, "--B--\r\n")},
	{"conditional requests", false, exchanges(func(i int) string { return ask("/", "h.example", fmt.Sprintf("If-None-Match: \"x%d\"\r\n", i)) },
		func(i int) string { return ok(fmt.Sprintf("ETag: \"x%d\"\r\n", i+1)) })},
	{"redirects", false, exchanges(func(i int) string { return ask(fmt.Sprintf("/r%d", i), "h.example", "") },
		func(i int) string {
			return fmt.Sprintf("HTTP/1.1 302 Found\r\nLocation: /r%d\r\nContent-Length: 0\r\n\r\n", i+1)
		})},
	{"messages of a WebSocket", false, func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte(ask("/", "h.example", "Upgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Key: dGhlIHNhbXBsZSBub25jZQ==\r\nSec-WebSocket-Version: 13\r\n")))
		x.Send(1, []byte("HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\nSec-WebSocket-Accept: s3pPLMBiTxaQ9kYGzzhZRbK+xOo=\r\n\r\n"))
		for range n {
			x.Send(1, []byte("\x81\x01x"))
		}
	}},
}

// fragment is a frame with 8 bytes of a packet that is never whole.
func fragment(id uint32, place int) []byte {
	b := []byte{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1, 8, 0, 0x45, 0, 0, 28}
	b = binary.BigEndian.AppendUint16(b, uint16(id))
	b = binary.BigEndian.AppendUint16(b, 0x2000|uint16(place))
	b = append(b, 64, 6, 0, 0, 10, 1, byte(id>>24), byte(id>>16), 10, 0, 0, 1)
	return append(b, "8 bytes."...)
}

func one(c *synth.Capture) *synth.Conn {
	x := c.Conn(client(0), server, [2]uint32{1000, 5000})
	x.Open()
	return x
}

func ask(target, host, more string) string {
	return "GET " + target + " HTTP/1.1\r\nHost: " + host + "\r\n" + more + "\r\n"
}

func ok(more string) string { return "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n" + more + "\r\n" }

// plain stands for the plainest request, and the plainest response.
func plain(int) string { return "" }

// exchanges makes n exchanges on one connection.
func exchanges(request, response func(i int) string) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			exchangeOf(x, request(i), response(i))
		}
	}
}

// exchangeOf sends a request and a response; "" stands for the plainest.
func exchangeOf(x *synth.Conn, request, response string) {
	if request == "" {
		request = ask("/", "h.example", "")
	}
	if response == "" {
		response = ok("")
	}
	x.Send(0, []byte(request))
	x.Send(1, []byte(response))
}

// exchangesOf makes so many exchanges that have n of something in the request.
func exchangesOf(count int, request func(n int) string) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		x := one(c)
		for range count {
			exchangeOf(x, request(n), "")
		}
	}
}

// connections makes n connections with an exchange on each. Without responses there are
// requests only; without requests they are plain, and of a client each.
func connections(request, response func(i int) string, close bool) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		for i := range n {
			at := client(i)
			if request == nil {
				at = netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1 + byte(i>>16), byte(i >> 8), byte(i)}), 40_000)
			}
			x := c.Conn(at, server, [2]uint32{uint32(i) * 1000, uint32(i) * 777})
			x.Open()
			switch {
			case response == nil:
				x.Send(0, []byte(request(i)))
			case request == nil:
				exchangeOf(x, "", response(i))
			default:
				exchangeOf(x, request(i), response(i))
			}
			if close {
				x.Close(0)
			}
		}
	}
}

// parts makes n exchanges that take two bytes of one resource each.
func parts(first func(i, n int) int) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		x := one(c)
		for i := range n {
			at := first(i, n)
			exchangeOf(x, ask("/film", "h.example", fmt.Sprintf("Range: bytes=%d-%d\r\n", at, at+1)),
				fmt.Sprintf("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/100000000\r\nContent-Length: 2\r\n\r\nxx", at, at+1))
		}
	}
}

// oneAnswer makes one response whose body has n of something.
func oneAnswer(head string, item func(i int) string, end string) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		b := items(n, item, end)
		exchangeOf(one(c), "", fmt.Sprintf("%sContent-Length: %d\r\n\r\n%s", head, len(b), b))
	}
}

// upload makes one request whose body has n of something.
func upload(mediaType string, item func(i int) string, end string) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		b := items(n, item, end)
		exchangeOf(one(c), fmt.Sprintf("POST / HTTP/1.1\r\nHost: h.example\r\nContent-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(b), b), "")
	}
}

func items(n int, item func(i int) string, end string) string {
	var b strings.Builder
	for i := range n {
		b.WriteString(item(i))
	}
	return b.String() + end
}

// chunked makes a response with n chunks, or with n trailer fields.
func chunked(chunk, end string) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		b := strings.Repeat(chunk, n) + end
		if chunk == "" {
			b = "1\r\nx\r\n0\r\n" + strings.Repeat("X: y\r\n", n) + "\r\n"
		}
		exchangeOf(one(c), "", "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+b)
	}
}

// body makes a request whose body never ends, and n of something in it.
func body(item func(x *synth.Conn, i int)) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte("POST / HTTP/1.1\r\nHost: h.example\r\nContent-Length: 999999999\r\n\r\n"))
		for i := range n {
			item(x, i)
		}
	}
}

// holes sends segments of 10 bytes in any order, one at each of the places times step.
func holes(place func(i, n int) int, step int) func(*synth.Capture, int) {
	return func(c *synth.Capture, n int) {
		x := one(c)
		x.Send(0, []byte("POST / HTTP/1.1\r\nHost: h.example\r\nContent-Length: 999999999\r\n\r\n"))
		first := x.Seq[0] + 10*uint32(step-1)
		for i := range n {
			x.SegmentAt(0, first+uint32(10*step*place(i, n)), synth.ACK, []byte("0123456789"))
		}
	}
}
