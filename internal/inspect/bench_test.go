package inspect_test

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/synth"
)

// shortConnections is a capture of connections with one exchange each.
func shortConnections(n int) []byte {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	server := netip.MustParseAddrPort("10.0.0.1:80")
	for i := range n {
		client := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, 0, byte(i / 60000)}), uint16(1024+i%60000))
		x := c.Conn(client, server, [2]uint32{uint32(i) * 77777, uint32(i) * 99991})
		x.Open()
		x.Send(0, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: www.example.com\r\nUser-Agent: curl/8.5.0\r\nAccept: */*\r\nAccept-Language: en\r\nCache-Control: no-cache\r\nConnection: keep-alive\r\n\r\n", i))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nDate: Mon, 02 Mar 2026 08:00:00 GMT\r\nServer: Apache\r\nETag: \"5f\"\r\nAccept-Ranges: bytes\r\nContent-Length: 5\r\nContent-Type: text/html\r\n\r\nhello"))
		x.Close(1)
	}
	return b.Bytes()
}

// readAll reads a capture again and again, by the goroutines that `read --json` has. The
// compiler's profile is made of this.
func readAll(b *testing.B, data []byte) {
	b.ReportAllocs()
	for b.Loop() {
		f, err := capture.NewFile(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		out := export.NewJSONLines(io.Discard)
		relay := inspect.NewRelay(out)
		e := inspect.New(inspect.Options{Parallel: true, Brief: true}, relay)
		for {
			p, err := f.Next()
			if err != nil {
				break
			}
			e.Packet(p)
		}
		e.Finish()
		relay.Close()
		out.Flush()
	}
}

func BenchmarkShortConnections(b *testing.B) {
	const connections = 20_000
	data := shortConnections(connections)
	b.SetBytes(int64(len(data)))
	readAll(b, data)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/connections, "ns/connection")
}

// visits is a capture of connections with exchanges that mean something: cookies that
// each response changes, parts of one resource, conditions, forms and chunks.
func visits(n int) []byte {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	server := netip.MustParseAddrPort("10.0.0.1:80")
	const perConnection = 20
	for i := range n / perConnection {
		client := netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 1, byte(i >> 8), byte(i)}), 40000)
		x := c.Conn(client, server, [2]uint32{uint32(i) * 77777, uint32(i) * 99991})
		x.Open()
		for k := range perConnection {
			visit(x, k)
		}
		x.Close(0)
	}
	return b.Bytes()
}

// visit is the k-th exchange of a connection.
func visit(x *synth.Conn, k int) {
	const more = "Host: www.shop.example\r\nUser-Agent: Mozilla/5.0 (X11; Linux x86_64; rv:128.0) Gecko/20100101 Firefox/128.0\r\nAccept: */*\r\nAccept-Encoding: gzip, br\r\n"
	cookies := fmt.Sprintf("Cookie: session=%016d; lang=en; _id=89fa2c1e\r\n", max(k-1, 0))
	set := fmt.Sprintf("Set-Cookie: session=%016d; Path=/; HttpOnly\r\nSet-Cookie: lang=en; Path=/\r\n", k)
	text := bytes.Repeat([]byte("hello "), 500)
	switch k % 4 {
	case 0:
		x.Send(0, []byte("GET /page?q="+fmt.Sprint(k)+" HTTP/1.1\r\n"+more+cookies+"\r\n"))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 200 OK\r\n%sContent-Type: text/html\r\nContent-Length: %d\r\n\r\n%s",
			set, len(text), text))
	case 1:
		x.Send(0, fmt.Appendf(nil, "GET /film HTTP/1.1\r\n%s%sRange: bytes=%d-%d\r\n\r\n", more, cookies, k*5000,
			k*5000+len(text)-1))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 206 Partial Content\r\n%sContent-Range: bytes %d-%d/1000000\r\nContent-Length: %d\r\n\r\n%s", set, k*5000, k*5000+len(text)-1, len(text), text))
	case 2:
		x.Send(0, []byte("GET /style.css HTTP/1.1\r\n"+more+cookies+"If-None-Match: \"5f\"\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 304 Not Modified\r\n"+set+"ETag: \"5f\"\r\n\r\n"))
	default:
		x.Send(0, []byte("POST /form HTTP/1.1\r\n"+more+cookies+"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: 7\r\n\r\na=1&b=2"))
		x.Send(1, fmt.Appendf(nil, "HTTP/1.1 200 OK\r\n%sTransfer-Encoding: chunked\r\n\r\n%x\r\n%s\r\n0\r\n\r\n",
			set, len(text), text))
	}
}

func BenchmarkVisits(b *testing.B) {
	const exchanges = 20_000
	data := visits(exchanges)
	b.SetBytes(int64(len(data)))
	readAll(b, data)
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/exchanges, "ns/exchange")
}
