package client_test

import (
	"bufio"
	"io"
	"net"
	"testing"

	"httpscope/internal/client"
)

// FuzzAnswer: whatever a server sends, the client is through when it has ended.
func FuzzAnswer(f *testing.F) {
	for _, seed := range []string{ok, "", "HTTP/1.1 100 Continue\r\n\r\n",
		"HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\nzz\r\n", "HTTP/1.1 101 x\r\n\r\n\x00",
		"Set-Cookie: a=b"} {
		f.Add([]byte(seed))
	}
	answers := make(chan []byte)
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		f.Fatal(err)
	}
	f.Cleanup(func() { l.Close() })
	go func() {
		for {
			c, err := l.Accept()
			if err != nil {
				return
			}
			readHead(bufio.NewReader(c))
			c.Write(<-answers)
			c.(*net.TCPConn).CloseWrite()
			io.Copy(io.Discard, c)
			c.Close()
		}
	}()
	f.Fuzz(func(t *testing.T, answer []byte) {
		done := make(chan struct{})
		go func() {
			select {
			case answers <- answer:
			case <-done:
			}
		}()
		r, _ := client.Run(t.Context(), []client.Step{{Server: "http", Send: "GET / HTTP/1.1\r\nHost: a\r\n\r\n",
			Take: map[string]string{"x": `(a)`}}}, func(string) string { return l.Addr().String() })
		close(done)
		for _, a := range r.Answers {
			if a.Received > int64(len(answer)) || len(a.Body) > len(answer) {
				t.Errorf("%d bytes were sent: %+v", len(answer), a)
			}
		}
	})
}
