//go:build linux || darwin

package main

import (
	"encoding/binary"
	"fmt"
	"net/netip"
	"strings"

	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

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
				fmt.Sprintf("HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %d-%d/100000000\r\n"+
					"Content-Length: 2\r\n\r\nxx", at, at+1))
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
		exchangeOf(one(c), fmt.Sprintf("POST / HTTP/1.1\r\nHost: h.example\r\n"+
			"Content-Type: %s\r\nContent-Length: %d\r\n\r\n%s", mediaType, len(b), b), "")
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

// extension makes a response with a chunk extension of n bytes.
func extension(c *synth.Capture, n int) {
	chunked("1;a="+strings.Repeat("b", n)+"\r\nx\r\n", "0\r\n\r\n")(c, 1)
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
			x.SegmentAt(0, first+uint32(10*step*place(i, n)), tcp.ACK, []byte("0123456789"))
		}
	}
}
