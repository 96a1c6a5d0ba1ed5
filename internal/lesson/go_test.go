package lesson_test

import (
	"bufio"
	"bytes"
	"io"
	"net/http"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/lesson"
)

// netHTTP reads a message with the real net/http: whether head and body could
// be read, where the message ends, and how long the body is.
func netHTTP(response bool, method string, data []byte) (ok bool, end, body int) {
	src := bytes.NewReader(data)
	b := bufio.NewReader(src)
	var from io.ReadCloser
	if response {
		r, err := http.ReadResponse(b, &http.Request{Method: method})
		if err != nil {
			return false, -1, 0
		}
		from = r.Body
	} else {
		r, err := http.ReadRequest(b)
		if err != nil {
			return false, -1, 0
		}
		from = r.Body
	}
	n, err := io.Copy(io.Discard, from)
	if err != nil {
		return false, -1, int(n)
	}
	return true, len(data) - src.Len() - b.Buffered(), int(n)
}

// likeNetHTTP compares the model with the real one.
func likeNetHTTP(t interface {
	Helper()
	Fatalf(string, ...any)
}, response bool, method string, data []byte) {
	t.Helper()
	ok, end, body := netHTTP(response, method, data)
	got := lesson.ReadAs("go", response, method, data)
	if got.Accepts != ok || got.End != end || got.Body != body {
		t.Fatalf("response %v to %s\n%q\nthe model: accepts %v, ends at %d, body %d (%s)\nnet/http:  accepts %v, ends at %d, body %d", response, method, data, got.Accepts, got.End, got.Body, got.Says, ok, end, body)
	}
}

// TestReadsAsNetHTTP compares the model on all ambiguous talks, and on each
// beginning of what was said.
func TestReadsAsNetHTTP(t *testing.T) {
	for _, c := range ambiguous {
		for _, s := range c.talk {
			for n := range len(s.text) + 1 {
				for _, method := range []string{"GET", "HEAD"} {
					likeNetHTTP(t, s.dir == 1, method, []byte(s.text[:n]))
				}
			}
		}
	}
}

// TestReadsAnythingAsNetHTTP compares the model on messages made of odd parts.
func TestReadsAnythingAsNetHTTP(t *testing.T) {
	starts := map[bool][]string{
		false: {"GET / HTTP/1.1", "POST /a HTTP/1.1", "POST /a HTTP/1.0", "GET home.php HTTP/1.1", "GET  / HTTP/1.1", "CONNECT a:1 HTTP/1.1", "OPTIONS * HTTP/1.1", "G@T / HTTP/1.1", "GET /", "GET / HTTP/2.0", "GET /%zz HTTP/1.1", "GET http://x/y HTTP/1.1", "PRI * HTTP/2.0", " GET / HTTP/1.1", ""},
		true:  {"HTTP/1.1 200 OK", "HTTP/1.0 200 OK", "HTTP/1.1 204 No Content", "HTTP/1.1 304 x", "HTTP/1.1 100 Continue", "HTTP/1.1 099 x", "HTTP/1.1 20 OK", "HTTP/1.1 +20 OK", "HTTP/1.1  200 OK", "HTTP/1.1 200", "HTTP/1.1200", "HTTP/1.x 200 OK", "HTTP/0.9 200 OK", "ok", "okHTTP/1.1 200 OK"},
	}
	fields := []string{"Host: x", "Content-Length: 5", "Content-Length: 3", "Content-Length: 5, 5", "Content-Length: +5", "Content-Length: -5", "Content-Length:", "Content-Length: 0x5", "Content-Length : 5", "Content-Length: 99999999999999999999", "content-length:\t5 ",
		"Transfer-Encoding: chunked", "Transfer-Encoding: Chunked", "Transfer-Encoding: gzip, chunked", "Transfer-Encoding: identity", "Transfer-Encoding : chunked", "Transfer-Encoding:\r\n chunked", "Transfer-Encoding: chunked,",
		"Connection: close", "Connection: keep-alive", "Connection: a, Close", "X: y\r\n z", " folded", "no colon", "X\x00: y", "X: \x01", ": empty", "Trailer: X", "Trailer: Content-Length", "Pragma: no-cache"}
	bodies := []string{"", "hello", "abc", "5\r\nhello\r\n0\r\n\r\n", "5\r\nhello\r\n0\r\nX: y\r\n\r\n", "5\nhello\r\n0\r\n\r\n", "5\r\nhelloXX0\r\n\r\n", "zz\r\nabc\r\n0\r\n\r\n", "5 \r\nhello\r\n0;x=y\r\n\r\n", " 5\r\nhello\r\n0\r\n\r\n", "+5\r\nhello\r\n0\r\n\r\n", "5_\r\nhello\r\n0\r\n\r\n",
		"ffffffffffffffff\r\nhello", "10000000000000000\r\nhello", "00000000000000000005\r\nhello\r\n0\r\n\r\n", "\r\n", "0\r\n", "0\r\n\r", "0\r\nX\r\n\r\n", "0\r\nX: y\n\n", "5;" + strings.Repeat("e", 4090) + "\r\nhello\r\n0\r\n\r\n", "5;" + strings.Repeat("e", 5000) + "\r\nhello\r\n0\r\n\r\n",
		strings.Repeat("1;"+strings.Repeat("e", 2000)+"\r\na\r\n", 12) + "0\r\n\r\n", "0\r\nX: " + strings.Repeat("y", 5000) + "\r\n\r\n", "1\r\r\na\r\n0\r\n\r\n"}
	rapid.Check(t, func(r *rapid.T) {
		response := rapid.Bool().Draw(r, "response")
		end := func() string {
			return rapid.SampledFrom([]string{"\r\n", "\r\n", "\r\n", "\n", "\r"}).Draw(r, "line end")
		}
		var b strings.Builder
		b.WriteString(rapid.SampledFrom(starts[response]).Draw(r, "start") + end())
		for range rapid.IntRange(0, 4).Draw(r, "fields") {
			b.WriteString(rapid.SampledFrom(fields).Draw(r, "field") + end())
		}
		b.WriteString(end())
		b.WriteString(rapid.SampledFrom(bodies).Draw(r, "body"))
		b.WriteString(rapid.SampledFrom([]string{"", "more", get, okay}).Draw(r, "rest"))
		likeNetHTTP(r, response, rapid.SampledFrom([]string{"GET", "HEAD", "POST"}).Draw(r, "method"), []byte(b.String()))
	})
}

// FuzzReadsAsNetHTTP compares the model on any bytes; the other readers must
// not break on them, nor see an end behind them.
func FuzzReadsAsNetHTTP(f *testing.F) {
	for _, c := range ambiguous {
		for _, s := range c.talk {
			f.Add(s.dir == 1, []byte(s.text))
		}
	}
	f.Fuzz(func(t *testing.T, response bool, data []byte) {
		likeNetHTTP(t, response, "GET", data)
		for _, reader := range []string{"strict", "wireshark"} {
			if m := lesson.ReadAs(reader, response, "GET", data); m.End > len(data) || m.Body > len(data) || m.Accepts && m.Body > m.End || m.Accepts && m.End < 0 {
				t.Fatalf("%s: %+v of %d bytes", reader, m, len(data))
			}
		}
	})
}
