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

func BenchmarkShortConnections(b *testing.B) {
	const connections = 20_000
	data := shortConnections(connections)
	b.SetBytes(int64(len(data)))
	b.ReportAllocs()
	for b.Loop() {
		f, err := capture.NewFile(bytes.NewReader(data))
		if err != nil {
			b.Fatal(err)
		}
		out := export.NewJSONLines(io.Discard)
		e := inspect.New(inspect.Options{}, out)
		for {
			p, err := f.Next()
			if err != nil {
				break
			}
			e.Packet(p)
		}
		e.Finish()
		out.Flush()
	}
	b.ReportMetric(float64(b.Elapsed().Nanoseconds())/float64(b.N)/connections, "ns/connection")
}
