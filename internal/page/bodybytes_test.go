package page_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/page"
	"httpscope/internal/synth"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

var start = time.Date(2026, 11, 22, 17, 56, 38, 0, time.UTC)

// conversation records one connection on which the client sends request and
// the server response, in segments of a size.
func conversation(t *testing.T, mss int, request, response []byte) *testkit.Records {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8080"),
		[2]uint32{100, 1<<32 - 50})
	x.MSS = mss
	x.Open()
	x.Send(0, request)
	x.Send(1, response)
	x.Close(1)
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
	return testkit.RecordBytes(t, b.Bytes())
}

const get = "GET / HTTP/1.1\r\nHost: a\r\n\r\n"

// drawChunked writes a body in chunks as senders do, and as careless ones do.
func drawChunked(t *rapid.T, body []byte) []byte {
	var out bytes.Buffer
	for len(body) > 0 {
		n := rapid.IntRange(1, len(body)).Draw(t, "size")
		header := fmt.Sprintf(rapid.SampledFrom([]string{"%x", "%X", "000%x", "%x ", "%x;a=b", "%x;q=\"x;y\""}).Draw(
			t, "header"), n)
		out.WriteString(header + rapid.SampledFrom([]string{"\r\n", "\n"}).Draw(t, "line end"))
		out.Write(body[:n])
		out.WriteString(rapid.SampledFrom([]string{"\r\n", "\n"}).Draw(t, "chunk end"))
		body = body[n:]
	}
	out.WriteString("0\r\nX-Sum: 1\r\n\r\n")
	return out.Bytes()
}

// TestBodyBytesAreTheBody: however a body is cut into chunks and segments, its
// bytes come back, and the hex page has them in order.
func TestBodyBytesAreTheBody(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		want := rapid.SliceOfN(rapid.Byte(), 1, 400).Draw(rt, "body")
		head, coded := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(want)), want
		if rapid.Bool().Draw(rt, "chunked") {
			head, coded = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n", drawChunked(rt, want)
		}
		r := conversation(t, rapid.IntRange(1, 200).Draw(rt, "mss"), []byte(get), append([]byte(head), coded...))
		x := r.Exchanges[0]
		tape := r.Tape(0)
		got, whole := page.BodyBytes(x.Response, tape, 1<<20)
		if !bytes.Equal(got, want) || !whole {
			rt.Fatalf("body %q, whole %v, want %q", got, whole, want)
		}
		limit := int64(rapid.IntRange(0, len(want)-1).Draw(rt, "limit"))
		if got, whole := page.BodyBytes(x.Response, tape, limit); !bytes.Equal(got, want[:limit]) || whole {
			rt.Fatalf("with the limit %d: body %q, whole %v", limit, got, whole)
		}
		if got, _ := page.BodyBytes(x.Response, nil, 1<<20); !bytes.Equal(got, want) {
			rt.Fatalf("from the record: body %q, want %q", got, want)
		}
		if got := hexBytes(page.BodyPage(x, tape, page.BodyOptions{Side: layer.Server})); !bytes.Equal(got, want) {
			rt.Fatalf("in hexadecimal %x, want %x", got, want)
		}
		checkPages(rt, x, tape)
	})
}

// hexBytes reads the bytes of a hex page back.
func hexBytes(d doc.Page) []byte {
	var out []byte
	for i := 1; i < d.Len(); i++ {
		for _, s := range d.Line(i).Spans {
			if s.Role != doc.Body {
				continue
			}
			for _, cell := range strings.Fields(s.Text) {
				var c byte
				if _, err := fmt.Sscanf(cell, "%02x", &c); err == nil {
					out = append(out, c)
				}
			}
		}
	}
	return out
}

// TestChunksBeyondTheListed: the record lists 4096 chunks, the bytes of the
// others are found by following their headers.
func TestChunksBeyondTheListed(t *testing.T) {
	const n = 10_000
	var coded, want bytes.Buffer
	for i := range n {
		word := fmt.Sprintf("chunk %d\n", i)
		want.WriteString(word)
		fmt.Fprintf(&coded, "%x\r\n%s\r\n", len(word), word)
	}
	r := conversation(t, 1448, []byte(get),
		[]byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n"+coded.String()+"0\r\n\r\n"))
	x, tape := r.Exchanges[0], r.Tape(0)
	if got, whole := page.BodyBytes(x.Response, tape, 1<<20); !whole || !bytes.Equal(got, want.Bytes()) {
		t.Errorf("%d bytes of %d, whole %v", len(got), want.Len(), whole)
	}
	if got := doc.Text(page.BodyPage(x, tape,
		page.BodyOptions{Side: layer.Server, Mode: page.TextMode})); !strings.HasSuffix(got, "\nchunk 9999\n") {
		t.Errorf("the text ends with %q", got[len(got)-40:])
	}
	d := page.Wire(texts.English, x, tape)
	if d.Len() > 2000 || !strings.Contains(doc.Text(d), "... 9800 more chunks") {
		t.Errorf("the wire has %d lines", d.Len())
	}
	if got := doc.Text(page.Chunks(texts.English, x, nil)); !strings.Contains(got,
		"and 5904 chunks that are counted and not listed") {
		t.Errorf("the list of chunks ends with %q", got[len(got)-300:])
	}
}

// bigBody is an exchange with a body of many bytes that lie in few.
func bigBody(n int64) (*trace.Exchange, *trace.Tape) {
	raw := fmt.Sprintf("HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", n)
	d := http1.New(nil)
	d.Feed(&layer.Run{Side: layer.Server, Bytes: []byte(raw), Stamp: layer.Stamp{Packet: 1, Nano: 1}})
	out, _ := d.Next()
	m := &trace.Message{Side: layer.Server, Head: out.Event.(*trace.Event).Head, Body: n, Complete: true, Done: true,
		BodyOffset: int64(len(raw))}
	x := &trace.Exchange{ID: 1, Conn: &trace.Connection{}, Response: m}
	t := &trace.Tape{Conn: x.Conn}
	block := bytes.Repeat([]byte("0123456789abcdef"), 4<<10)
	at := int64(len(raw))
	for frame := int64(2); n > 0; frame++ {
		part := trace.Run{Extent: trace.Extent{Frame: frame, Offset: at, Len: min(n, int64(len(block)))}}
		part.Data = block[:part.Len]
		t.Runs[1] = append(t.Runs[1], part)
		at, n = at+part.Len, n-part.Len
	}
	return x, t
}

// TestBigBodyCostsNothing: a body of 1 GiB in hexadecimal needs no memory for
// its rows, and each row is found by its bytes and by its text.
func TestBigBodyCostsNothing(t *testing.T) {
	const size = 1 << 30
	x, tape := bigBody(size)
	o := page.BodyOptions{Side: layer.Server}
	d := page.BodyPage(x, tape, o)
	if d.Len() != size/16+1 {
		t.Fatalf("%d lines", d.Len())
	}
	last := d.Line(d.Len() - 1)
	if want := "3ffffff0  30 31 32 33 34 35 36 37  38 39 61 62 63 64 65 66  |0123456789abcdef| pkt 16385"; last.String() != want {
		t.Errorf("the last line is %q", last)
	}
	if i := page.LineAt(d, last.Ref.Place); i != d.Len()-1 {
		t.Errorf("its bytes lead to line %d", i)
	}
	if got := testing.AllocsPerRun(5, func() { page.BodyPage(x, tape, o) }); got > 60 {
		t.Errorf("making the page took %v allocations", got)
	}
	if i := page.Find(d, "CDEF01", 5, false); i != 5 {
		t.Errorf("a text over the end of a row is found in line %d", i)
	}
	tape.Runs[1][0].Data = nil
	d = page.BodyPage(x, tape, o)
	if got := d.Line(1).String(); got != "00000000  65536 bytes were captured, and are no longer kept in memory" ||
		d.Len() != size/16+1-4095 {
		t.Errorf("line 1 of %d is %q", d.Len(), got)
	}
}

// TestMissingBytesAreSaid: what is not there has a line that says why.
func TestMissingBytesAreSaid(t *testing.T) {
	for name, c := range map[string]struct {
		change func(x *trace.Exchange, t *trace.Tape)
		want   string
	}{
		"gap": {func(_ *trace.Exchange, t *trace.Tape) { t.Runs[1][3].Data, t.Runs[1][3].Gap = nil, true },
			"65536 bytes were not captured"},
		"dropped": {func(_ *trace.Exchange, t *trace.Tape) { t.Runs[1] = t.Runs[1][2:] },
			"131072 bytes were captured, and are no longer kept in memory"},
		"still coming": {func(x *trace.Exchange, _ *trace.Tape) {
			x.Response.Body, x.Response.Complete, x.Response.Done = 100_000, false, false
		},
			"948576 bytes that Content-Length announced have not come yet"},
		"broken off": {func(x *trace.Exchange, _ *trace.Tape) { x.Response.Body, x.Response.Complete = 100_000, false },
			"948576 bytes that Content-Length announced never came"},
		"not on the tape yet": {func(x *trace.Exchange, t *trace.Tape) {
			x.Response.Done, x.Response.Complete, t.Runs[1] = false, false, t.Runs[1][:10]
		}, "393216 bytes have not come yet"},
	} {
		for _, mode := range []page.BodyMode{page.Hex, page.TextMode} {
			x, tape := bigBody(1 << 20)
			c.change(x, tape)
			d := page.BodyPage(x, tape, page.BodyOptions{Side: layer.Server, Mode: mode})
			if page.Find(d, c.want, 0, false) < 0 {
				t.Errorf("%s, %s: nothing says %q", name, mode, c.want)
			}
			if _, whole := page.BodyBytes(x.Response, tape, 1<<21); whole {
				t.Errorf("%s: the body is said to be whole", name)
			}
		}
	}
}
