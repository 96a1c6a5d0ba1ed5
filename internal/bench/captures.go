//go:build linux || darwin

package main

import (
	"bufio"
	"fmt"
	"math/rand/v2"
	"net/netip"
	"os"
	"strings"
	"time"

	"httpscope/internal/synth"
)

// made is a capture that was made.
type made struct {
	path    string
	packets int64
	bytes   int64
}

// captureFile makes a capture, or takes the one of an earlier run.
func captureFile(path string, write func(*os.File) (int64, error)) (made, error) {
	count := path + ".packets"
	if old, err := os.ReadFile(count); err == nil {
		if st, err := os.Stat(path); err == nil {
			m := made{path: path, bytes: st.Size()}
			fmt.Sscan(string(old), &m.packets)
			return m, nil
		}
	}
	f, err := os.Create(path)
	if err != nil {
		return made{}, err
	}
	defer f.Close()
	n, err := write(f)
	if err != nil {
		return made{}, err
	}
	if err := os.WriteFile(count, fmt.Appendln(nil, n), 0o644); err != nil {
		return made{}, err
	}
	st, err := f.Stat()
	return made{path: path, packets: n, bytes: st.Size()}, err
}

var epoch = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

func client(i int) netip.AddrPort {
	return netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, byte(i / 60000 >> 8), byte(i / 60000)}),
		uint16(1024+i%60000))
}

var server = netip.MustParseAddrPort("10.0.0.1:80")

const requestHead = "GET /item/%d HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\n" +
	"Accept: text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8\r\nAccept-Language: en-US,en;q=0.5\r\nAccept-Encoding: gzip, deflate\r\nConnection: keep-alive\r\n\r\n"

const responseHead = "HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2026 08:00:00 GMT\r\nServer: Apache/2.4.62 (Debian)\r\nLast-Modified: Sun, 01 Mar 2026 10:00:00 GMT\r\n" +
	"ETag: \"5f-64d1\"\r\nAccept-Ranges: bytes\r\n%s\r\nKeep-Alive: timeout=5, max=100\r\nContent-Type: text/html\r\n\r\n"

// writeMixed writes 100 connections at a time with exchanges of all sizes,
// chunked and not, until the capture has the wanted size.
func writeMixed(f *os.File, megabytes int) (int64, error) {
	w := bufio.NewWriterSize(f, 1<<20)
	c := synth.NewCapture(w, epoch)
	rng := rand.New(rand.NewPCG(1, 2))
	body := []byte(strings.Repeat("All work and no play makes Jack a dull boy. ", 1<<14))
	open := make([]*synth.Conn, 100)
	next, written := 0, 0
	for written < megabytes<<20 && c.Err() == nil {
		i := rng.IntN(len(open))
		if open[i] == nil || rng.IntN(40) == 0 {
			if open[i] != nil {
				open[i].Close(rng.IntN(2))
			}
			open[i] = c.Conn(client(next), server, [2]uint32{rng.Uint32(), rng.Uint32()})
			open[i].Open()
			next++
		}
		written += exchange(open[i], rng, body)
	}
	for _, x := range open {
		if x != nil {
			x.Close(0)
		}
	}
	return c.Packets(), w.Flush()
}

// exchange writes a request and a response: 40 KB on average, a fifth of them chunked.
func exchange(x *synth.Conn, rng *rand.Rand, body []byte) int {
	x.Send(0, fmt.Appendf(nil, requestHead, rng.IntN(1e6)))
	size := 200 + rng.IntN(1<<(8+rng.IntN(11)))
	if rng.IntN(5) > 0 {
		x.Send(1, append(fmt.Appendf(nil, responseHead, fmt.Sprintf("Content-Length: %d", size)), body[:size]...))
		return size
	}
	b := fmt.Appendf(nil, responseHead, "Transfer-Encoding: chunked")
	for left := size; left > 0; {
		n := min(left, 8192)
		b = append(append(fmt.Appendf(b, "%x\r\n", n), body[:n]...), "\r\n"...)
		left -= n
	}
	x.Send(1, append(b, "0\r\n\r\n"...))
	return size
}

// writeShort writes connections with one small exchange each, several at a time.
func writeShort(f *os.File, connections int) (int64, error) {
	w := bufio.NewWriterSize(f, 1<<20)
	c := synth.NewCapture(w, epoch)
	c.Step = 5 * time.Microsecond
	rng := rand.New(rand.NewPCG(3, 4))
	for i := 0; i < connections && c.Err() == nil; i++ {
		x := c.Conn(client(i), server, [2]uint32{rng.Uint32(), rng.Uint32()})
		x.Open()
		x.Send(0, fmt.Appendf(nil, requestHead, i))
		x.Send(1, fmt.Appendf(nil, responseHead+"%042d", "Content-Length: 42", i))
		x.Close(1)
	}
	return c.Packets(), w.Flush()
}

// writeIdle writes connections that had one exchange and stay open.
func writeIdle(f *os.File, connections int) (int64, error) {
	w := bufio.NewWriterSize(f, 1<<20)
	c := synth.NewCapture(w, epoch)
	for i := 0; i < connections && c.Err() == nil; i++ {
		x := c.Conn(client(i), server, [2]uint32{uint32(i), uint32(i) * 7})
		x.Open()
		x.Send(0, fmt.Appendf(nil, requestHead, i))
		x.Send(1, fmt.Appendf(nil, responseHead+"%042d", "Content-Length: 42", i))
	}
	return c.Packets(), w.Flush()
}
