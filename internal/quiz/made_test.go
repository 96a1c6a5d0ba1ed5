package quiz_test

import (
	"bytes"
	"net/netip"
	"strings"
	"testing"
	"time"

	"httpscope/internal/quiz"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

const (
	get = "GET /a HTTP/1.1\r\nHost: h.example\r\n\r\n"
	ok  = "HTTP/1.1 200 OK\r\nContent-Length: 0\r\n"
)

// TestAnswersThatNoSampleHas makes the traffic for right answers that the
// sample captures do not lead to.
func TestAnswersThatNoSampleHas(t *testing.T) {
	for _, c := range []struct {
		about, want string
		traffic     func(c *synth.Capture, x *synth.Conn)
	}{
		{"who-closed", "The client, with a RST", func(_ *synth.Capture, x *synth.Conn) {
			x.Send(0, []byte(get))
			x.Segment(0, tcp.RST, nil)
		}},
		{"who-closed", "Nobody", func(_ *synth.Capture, x *synth.Conn) {
			x.Send(0, []byte(get))
			x.Send(1, []byte(ok+"\r\n"))
		}},
		{"cookie-sent", "No: the lifetime of the cookie is over", func(c *synth.Capture, x *synth.Conn) {
			x.Send(0, []byte(get))
			x.Send(1, []byte(ok+"Set-Cookie: k=1; Max-Age=5\r\n\r\n"))
			c.Now = c.Now.Add(6 * time.Second)
			x.Send(0, []byte(get))
			x.Send(1, []byte(ok+"\r\n"))
		}},
		{"cookie-sent", "Yes:", func(c *synth.Capture, x *synth.Conn) {
			x.Send(0, []byte(get))
			x.Send(1, []byte(ok+"Set-Cookie: k=1; Max-Age=5\r\n\r\n"))
			c.Now = c.Now.Add(4 * time.Second)
			x.Send(0, []byte(get))
			x.Send(1, []byte(ok+"\r\n"))
		}},
		{"condition", "If-None-Match names", func(_ *synth.Capture, x *synth.Conn) { // the tag goes before the date
			x.Send(0, []byte("GET /a HTTP/1.1\r\nHost: h\r\nIf-Modified-Since: Sun, 06 Nov 1994 08:49:37 GMT\r\nIf-None-Match: \"1\"\r\n\r\n"))
			x.Send(1, []byte("HTTP/1.1 304 Not Modified\r\nETag: \"1\"\r\n\r\n"))
		}},
		{"bytes-after-head", "0", func(_ *synth.Capture, x *synth.Conn) {
			x.Send(0, []byte(get))
			x.Send(1, []byte("HTTP/1.1 304 Not Modified\r\nContent-Length: 4702\r\n\r\n"))
		}},
		{"relative-number", "1", func(_ *synth.Capture, x *synth.Conn) { // numbers begin again at 0
			x.Send(0, []byte(get))
		}},
	} {
		var b bytes.Buffer
		capture := synth.NewCapture(&b, time.Date(2026, 1, 2, 3, 4, 5, 0, time.UTC))
		x := capture.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8080"),
			[2]uint32{0xffffffff, 2})
		x.MSS = 1400
		x.Open()
		c.traffic(capture, x)
		r, err := recording.Read(&b, 0)
		if err != nil {
			t.Fatal(err)
		}
		found := ""
		for _, q := range quiz.New(source{r}, 1, quiz.Options{Questions: everything}) {
			if q.About == c.about {
				found = q.Answer
			}
		}
		if !strings.HasPrefix(found, c.want) {
			t.Errorf("%s: %q, want %q", c.about, found, c.want)
		}
	}
}
