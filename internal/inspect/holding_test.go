package inspect_test

import (
	"bytes"
	"fmt"
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/inspect"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

// crowd is more open connections than there is memory for, of every kind that holds something:
// half a head, a request without an answer, a body that goes on, a request that waits behind CONNECT.
// The first one of each kind goes on when all have begun.
func crowd(c *synth.Capture, n int) {
	begin := []string{
		"GET /half HTTP/1.1\r\nX: " + strings.Repeat("a", 2000),
		"GET /unanswered HTTP/1.1\r\nHost: a\r\nCookie: a=1; b=2\r\n\r\n",
		"POST /long HTTP/1.1\r\nHost: a\r\nContent-Length: 100000\r\n\r\nbegin",
		"CONNECT a:1 HTTP/1.1\r\nHost: a\r\n\r\n" + strings.Repeat("b", 1000),
	}
	var first []*synth.Conn
	for i := range n {
		x := conn(c, uint16(10_000+i))
		x.Open()
		x.Send(0, []byte(begin[i%len(begin)]))
		if i < len(begin) {
			first = append(first, x)
		}
	}
	for _, x := range first {
		x.Send(0, []byte("rest\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nhi"))
		x.Send(0, []byte("GET /later HTTP/1.1\r\nHost: a\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
		x.Close(0)
	}
}

// TestCrowdIsGivenUp: beyond the memory for open connections the longest idle are ended, with a
// finding and a count; what comes later on them is read, and every byte is accounted for.
func TestCrowdIsGivenUp(t *testing.T) {
	const n = 2000
	o := inspect.Options{Memory: 8 << 20}
	k, s := record(t, o, func(c *synth.Capture) { crowd(c, n) })
	marked := 0
	for _, c := range k.connections {
		if n := strings.Count(codesOf(c.Findings), inspect.CodeGivenUp); n > 0 {
			marked += n
			if c.Exchanges > 0 && c.Protocol != trace.HTTP11 {
				t.Errorf("connection %d has %d exchanges and is %s", c.ID, c.Exchanges, c.Protocol)
			}
		}
	}
	if s.GivenUp < n/4 || int64(marked) != s.GivenUp || marked == n {
		t.Errorf("%d given up, %d of %d have the finding", s.GivenUp, marked, n)
	}
	later := 0
	for _, x := range k.exchanges {
		if x.Request != nil && x.Request.Head.Target == "/later" && x.Response != nil && x.Response.Head.Status == 204 {
			later++
		}
	}
	if later < 3 { // the tunnel has none
		t.Errorf("%d exchanges were read on connections that had been given up", later)
	}
}

// TestCrowdIsReadTheSame: what is given up does not depend on how far goroutines are apart.
func TestCrowdIsReadTheSame(t *testing.T) {
	var b bytes.Buffer
	crowd(synth.NewCapture(&b, start), 2000)
	one := jsonOf(t, b.Bytes(), inspect.Options{Memory: 8 << 20}, false)
	if d := cmp.Diff(one, jsonOf(t, b.Bytes(), inspect.Options{Memory: 8 << 20, Parallel: true}, false)); d != "" {
		t.Errorf("in parallel (+) and not (-):\n%.2000s", d)
	}
	if !strings.Contains(one, `"given_up":`) {
		t.Error("nothing was given up")
	}
}

// TestConversationsAreNotGivenUp: what is over holds nothing, however much it was, and however
// many connections there were, also where their memory is used again.
func TestConversationsAreNotGivenUp(t *testing.T) {
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	for i := range 3000 {
		x := conn(c, uint16(10_000+i))
		x.Open()
		x.Send(0, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nX: %s\r\n\r\n", i, strings.Repeat("a", 1000)))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+
			strings.Repeat("1\r\na\r\n", 20)+"0\r\n\r\n"))
		x.Close(0)
	}
	for _, parallel := range []bool{false, true} {
		read := jsonOf(t, b.Bytes(), inspect.Options{Memory: 1 << 20, Parallel: parallel}, false)
		if strings.Contains(read, "given") || !strings.Contains(read, `"exchanges":3000`) {
			t.Errorf("parallel %t: the summary is %s", parallel, read[strings.LastIndex(read, `{"type"`):])
		}
	}
}

// TestOneLongResponseLeavesOthers: what is counted is what is kept, so a response of any number of
// chunks pushes nobody out.
func TestOneLongResponseLeavesOthers(t *testing.T) {
	_, s := record(t, inspect.Options{Memory: 4 << 20}, func(c *synth.Capture) {
		waiting, long := conn(c, 9001), conn(c, 9002)
		waiting.Open()
		waiting.Send(0, []byte("GET /slow HTTP/1.1\r\nHost: a\r\n\r\n"))
		long.Open()
		long.Send(0, []byte("GET /log HTTP/1.1\r\nHost: a\r\n\r\n"))
		long.Send(1, []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"))
		for range 300 {
			long.Send(1, bytes.Repeat([]byte("1\r\na\r\n"), 200))
		}
		waiting.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
	})
	if s.GivenUp != 0 {
		t.Errorf("%d given up", s.GivenUp)
	}
}
