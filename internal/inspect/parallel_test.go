package inspect_test

import (
	"bytes"
	"fmt"
	"io"
	"math/rand/v2"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/capture"
	"httpscope/internal/export"
	"httpscope/internal/inspect"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

// conversations writes connections of all kinds, more than a batch of anything holds.
func conversations(c *synth.Capture) {
	rng := rand.New(rand.NewPCG(5, 6))
	replies := []string{
		"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5;x\r\nhello\r\n3\r\nyou\r\n0\r\nX: y\r\n\r\n",
		"HTTP/1.1 103 Early Hints\r\nLink: </a>\r\n\r\nHTTP/1.1 204 No Content\r\nSet-Cookie: a=1\r\n\r\n",
		"HTTP/1.1 206 Partial Content\r\nContent-Range: bytes 0-4/10\r\nContent-Length: 5\r\n\r\nhello",
		"HTTP/1.1 200 OK\r\nContent-Length: 3\r\nContent-Length: 5\r\n\r\nabc??",
		"HTTP/1.1 200 OK\nX:  folded\n and more\nContent-Length: 0\n\n",
		// Findings of decoding before and after those of meaning, in one message.
		"HTTP/1.1 200 OK\nSet-Cookie: b=2; Path=x; Secure\nSet-Cookie: a=3\nTransfer-Encoding: chunked\n\n" +
			"5\nhello\n0\n\n",
		"HTTP/1.1 416 Range Not Satisfiable\r\nContent-Range: bytes */10\r\nSet-Cookie: a=\"q\r\n" +
			"Content-Length: 0\r\n\r\n",
	}
	more := []string{
		"", "Cookie: a=1;b\r\n", "Cookie: a=3; ; z=1;\r\nIf-None-Match: \"x\"\r\n",
		"Range: bytes=0-4,2-3\r\n", "Authorization: Basic ??\r\n",
		"Bad Name: x\r\nCookie: a=0\r\nIf-Range: \"x\"\r\n",
	}
	for i := range 600 {
		x := conn(c, uint16(10_000+i))
		x.MSS = 50 + rng.IntN(1400)
		x.Open()
		for n := range 1 + rng.IntN(3) {
			x.Send(0, fmt.Appendf(nil, "GET /%d/%d HTTP/1.1\r\nHost: a%d\r\nX-Pad: %0*d\r\n%s\r\n",
				i, n, i%7, rng.IntN(300), 0, more[rng.IntN(len(more))]))
			x.Send(1, []byte(replies[rng.IntN(len(replies))]))
		}
		if rng.IntN(4) > 0 {
			x.Close(rng.IntN(2))
		}
	}
}

// jsonOf reads a capture and returns its JSON lines.
func jsonOf(t *testing.T, data []byte, o inspect.Options, full bool) string {
	t.Helper()
	f, err := capture.NewFile(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	out := export.NewJSONLines(&b).Full(full)
	var sink inspect.Sink = out
	var relay *inspect.Relay
	if o.Parallel {
		relay = inspect.NewRelay(out)
		sink = relay
	}
	o.Hash = true
	e := inspect.New(o, sink)
	for i := 0; ; i++ {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
		if o.Parallel && i%500 == 0 {
			e.Flush()
		}
	}
	e.Finish()
	if relay != nil {
		relay.Close()
	}
	s := e.Summary()
	out.Summary(&s)
	if err := out.Flush(); err != nil {
		t.Fatal(err)
	}
	return b.String()
}

// TestParallelReadsTheSame holds that goroutines, and records that are used
// again, change nothing in what is read.
func TestParallelReadsTheSame(t *testing.T) {
	var b bytes.Buffer
	conversations(synth.NewCapture(&b, start))
	for _, full := range []bool{false, true} {
		one := jsonOf(t, b.Bytes(), inspect.Options{}, full)
		if d := cmp.Diff(one, jsonOf(t, b.Bytes(), inspect.Options{Parallel: true}, full)); d != "" {
			t.Errorf("in parallel (+) and not (-), full %t:\n%.2000s", full, d)
		}
	}
}

// TestBriefSaysTheSame: what is printed of an exchange without --full needs no whole jar
// and no whole map.
func TestBriefSaysTheSame(t *testing.T) {
	var b bytes.Buffer
	conversations(synth.NewCapture(&b, start))
	whole := jsonOf(t, b.Bytes(), inspect.Options{}, false)
	if d := cmp.Diff(whole, jsonOf(t, b.Bytes(), inspect.Options{Brief: true}, false)); d != "" {
		t.Errorf("brief (+) and not (-):\n%.2000s", d)
	}
}

// counter is an output that counts.
type counter struct {
	written chan int64
	flushed chan struct{}
}

func (c *counter) Exchange(x *trace.Exchange)      { c.written <- x.ID }
func (c *counter) Connection(c2 *trace.Connection) {}
func (c *counter) Flush() error                    { c.flushed <- struct{}{}; return nil }

// TestRelayFlushesAFullBatch: the batch that a record filled is on its way when
// the flush comes, and must be flushed behind it all the same.
func TestRelayFlushesAFullBatch(t *testing.T) {
	c := &counter{make(chan int64, 1000), make(chan struct{}, 10)}
	r := inspect.NewRelay(c)
	for i := range 128 {
		r.Exchange(&trace.Exchange{ID: int64(i)})
	}
	r.Flush()
	<-c.flushed
	if len(c.written) != 128 {
		t.Errorf("%d of 128 were written when the flush came", len(c.written))
	}
	r.Flush() // nothing new: nothing to flush
	r.Close()
	if len(c.flushed) != 0 {
		t.Error("flushed without need")
	}
}

// TestRelayGivesRecordsBack holds that only written records come back, each once,
// and large ones not at all.
func TestRelayGivesRecordsBack(t *testing.T) {
	k := &keeper{}
	r := inspect.NewRelay(k)
	large := &trace.Exchange{Request: &trace.Message{Kept: make([]byte, 100_000)}}
	r.Exchange(large)
	seen := map[*trace.Exchange]bool{}
	for range 100 {
		for range 128 {
			r.Exchange(&trace.Exchange{})
		}
		for x := r.UsedExchange(); x != nil; x = r.UsedExchange() {
			if seen[x] || x == large {
				t.Fatal("a record came back twice, or one that is too large")
			}
			seen[x] = true
		}
	}
	r.Close()
	if len(k.exchanges) != 12801 {
		t.Errorf("%d were written", len(k.exchanges))
	}
	written := map[*trace.Exchange]bool{}
	for _, x := range k.exchanges {
		written[x] = true
	}
	for x := range seen {
		if !written[x] {
			t.Fatal("a record came back that was not written")
		}
	}
}
