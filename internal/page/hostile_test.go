package page_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// nasty is what attackers and broken programs put into any place.
var nasty = []string{"\x1b[31m", "\x1b]0;title\x07", "[red]", "\u202e", "\u200b", "\xff\xfe", "简体", "é", "\x00", "\t", "\x7f", "%s%d", "'\"`$(id)\\", "a=b", "|"}

// drawText is text with nasty parts.
func drawText(t *rapid.T) string {
	return strings.Join(rapid.SliceOfN(rapid.SampledFrom(append(nasty, "word", "1", " ", "/")), 0, 4).Draw(t, "text"), "")
}

// drawMessage is something like a message.
func drawMessage(t *rapid.T, starts, fields []string) []byte {
	var b bytes.Buffer
	b.WriteString(strings.ReplaceAll(rapid.SampledFrom(starts).Draw(t, "start"), "~", drawText(t)))
	for range rapid.IntRange(0, 5).Draw(t, "fields") {
		b.WriteString(strings.ReplaceAll(rapid.SampledFrom(fields).Draw(t, "field"), "~", drawText(t)))
		b.WriteString(rapid.SampledFrom([]string{"\r\n", "\n", "\r\n ", ""}).Draw(t, "line end"))
	}
	b.WriteString("\r\n")
	b.WriteString(rapid.SampledFrom([]string{"", "hello", "5\r\nhello\r\n0\r\n\r\n", "5;x\r\nhello\r\n7fffffffffffffff\r\nmore", "3\r\nab", "a=1&b=%zz&~", `{"a":[1,{"b":"~"}],"c":{}}`,
		"<p>x<b>y</p><!-- ~ --><script>1<2</script>", "--b\r\nContent-Disposition: form-data; name=\"f\"\r\n\r\n1\r\n--b--\r\n", "\x1f\x8b\x08\x00", "\x89PNG\r\n\x1a\n\x00"}).Draw(t, "body"))
	b.Write(rapid.SliceOfN(rapid.Byte(), 0, 40).Draw(t, "rest"))
	return b.Bytes()
}

var (
	requestStarts = []string{"GET /~ HTTP/1.1\r\n", "POST /a?x=~&y=%41 HTTP/1.1\r\n", "HEAD / HTTP/1.0\r\n", "GET /\r\n", "~ ~ ~\r\n", "CONNECT a:1 HTTP/1.1\r\n", "OPTIONS * HTTP/1.1\r\n"}
	requestFields = []string{"Host: a", "Content-Length: 5", "Content-Length: ~", "Transfer-Encoding: chunked", "Cookie: a=~; b=2", "Authorization: Basic YTpi", "Authorization: Digest u=\"~\"",
		"Range: bytes=0-1,3-~", "Content-Type: application/x-www-form-urlencoded", "Content-Type: multipart/form-data; boundary=b", "X-~: ~", "@file: x", "Expect: 100-continue", "Connection: ~", "~"}
	responseStarts = []string{"HTTP/1.1 200 ~\r\n", "HTTP/1.1 206 Partial\r\n", "HTTP/1.1 100 Continue\r\n\r\nHTTP/1.1 200 OK\r\n", "HTTP/1.0 404 x\r\n", "HTTP/1.1 101 x\r\n", "HTTP/1.1 ~\r\n", "~\r\n"}
	responseFields = []string{"Content-Length: 5", "Content-Length: 99999999999", "Transfer-Encoding: chunked", "Transfer-Encoding: gzip, chunked", "Content-Encoding: gzip", "Content-Encoding: ~", "Set-Cookie: a=~; Path=/; Max-Age=1; ~",
		"Set-Cookie: a=; Expires=Thu, 01 Jan 1970 00:00:00 GMT", "Content-Range: bytes 0-4/10", "Content-Type: application/json", "Content-Type: text/html; charset=~", "Content-Type: application/xml", "Content-Type: image/png",
		"Content-Type: multipart/byteranges; boundary=b", "Trailer: x", "Location: ~", "~: ~", "Upgrade: websocket"}
)

// drawCapture writes connections of such messages, with lost and repeated
// segments, in an order that is not always the client's before the server's.
func drawCapture(t *rapid.T) []byte {
	var b bytes.Buffer
	c := synth.NewCapture(&b, start)
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8080"), [2]uint32{1, 2})
	if rapid.Bool().Draw(t, "open") {
		x.Open()
	}
	x.MSS = rapid.IntRange(3, 300).Draw(t, "mss")
	for range rapid.IntRange(1, 6).Draw(t, "messages") {
		dir := rapid.IntRange(0, 1).Draw(t, "dir")
		data := drawMessage(t, requestStarts, requestFields)
		if dir == 1 {
			data = drawMessage(t, responseStarts, responseFields)
		}
		switch rapid.IntRange(0, 5).Draw(t, "fault") {
		case 0: // a segment that the capture lost
			n := min(len(data), rapid.IntRange(1, 30).Draw(t, "lost"))
			x.Send(dir, data[:len(data)-n])
			x.Seq[dir] += uint32(n)
			x.Send(1-dir, nil)
			x.Segment(1-dir, tcp.ACK, nil)
		case 1: // one that came twice
			x.Segment(dir, tcp.ACK, data)
			x.Send(dir, data)
		default:
			x.Send(dir, data)
		}
	}
	switch rapid.IntRange(0, 2).Draw(t, "end") {
	case 0:
		x.Close(rapid.IntRange(0, 1).Draw(t, "closer"))
	case 1:
		x.Segment(1, tcp.RST, nil)
	}
	return b.Bytes()
}

// forget drops bytes of a tape, as memory limits do.
func forget(t *rapid.T, tape *trace.Tape) {
	for side := range tape.Runs {
		for i := range tape.Runs[side] {
			if rapid.IntRange(0, 9).Draw(t, "forget") == 0 {
				tape.Runs[side][i].Data = nil
			}
		}
		if n := len(tape.Runs[side]); n > 0 && rapid.Bool().Draw(t, "cut") {
			tape.Runs[side] = tape.Runs[side][rapid.IntRange(0, n).Draw(t, "oldest"):]
		}
	}
	tape.Dropped = int64(rapid.IntRange(0, 3).Draw(t, "dropped"))
}

// TestPagesOfAnyTraffic: whatever is sent, every page can be made, shows no
// control character, and finds its lines by their bytes.
func TestPagesOfAnyTraffic(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := recordBytes(t, drawCapture(rt))
		for _, x := range r.exchanges {
			tape := r.tape(x.Conn.ID)
			forget(rt, tape)
			checkPages(rt, x, tape)
			for _, shell := range []string{page.ShellPOSIX, page.ShellCmd, page.ShellPowerShell} {
				if x.Request != nil {
					data, _ := page.BodyBytes(x.Request, tape, 1<<20)
					for line := range strings.Lines(page.Curl(texts.English, x, data, shell)) {
						checkText(rt, shell, strings.TrimSuffix(line, "\n"))
					}
				}
			}
		}
	})
}

// TestUnfinishedExchanges: a page of a message of which only a part has come.
func TestUnfinishedExchanges(t *testing.T) {
	response := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0010;x=y\r\n0123456789abcdef\r\n0\r\nA: b\r\n\r\n"
	for n := range len(response) {
		r := conversation(t, 7, []byte(get), []byte(response[:n]))
		for _, x := range r.exchanges {
			checkPages(t, x, r.tape(0))
			checkPages(t, x, nil)
		}
	}
}

// FuzzPages makes every page of what two sides send.
func FuzzPages(f *testing.F) {
	f.Add([]byte(get), []byte("HTTP/1.1 200 OK\r\nContent-Type: application/json\r\n\r\n{\"a\":[1]}"))
	f.Add([]byte("POST /?a=b HTTP/1.1\r\nContent-Length: 3\r\nAuthorization: Basic eDp5\r\n\r\na=b"), []byte("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n1\r\na\r\n0\r\nX: y\r\n\r\n"))
	f.Add([]byte("GET /\r\n"), []byte("<html><p>"))
	f.Fuzz(func(t *testing.T, request, response []byte) {
		r := conversation(t, 100, request[:min(len(request), 4000)], response[:min(len(response), 4000)])
		for _, x := range r.exchanges {
			checkPages(t, x, r.tape(x.Conn.ID))
		}
	})
}

// TestManyFieldsAreCut: a head of 256 KiB has room for 80 000 fields.
func TestManyFieldsAreCut(t *testing.T) {
	r := conversation(t, 60_000, []byte("GET / HTTP/1.1\r\n"+strings.Repeat("a:\n", 80_000)+"\r\n"), []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	x := r.exchanges[0]
	d := page.Wire(texts.English, x, nil)
	if n := d.Len(); n > 2600 {
		t.Errorf("the wire has %d lines", n)
	}
	for name, want := range map[string]string{doc.Text(d): "more of the head", doc.Text(page.Headers(texts.English, x)): "... 78000 more fields"} {
		if !strings.Contains(name, want) {
			t.Errorf("nothing says %q", want)
		}
	}
	if i := page.LineAt(d, layer.Place{Span: layer.Span{From: 200_000}}); i < 0 || !strings.Contains(d.Line(i).String(), "more of the head") {
		t.Errorf("byte 200000 is in line %d", i)
	}
}

// TestLongValuesAreCut: one field fills the head.
func TestLongValuesAreCut(t *testing.T) {
	r := conversation(t, 60_000, fmt.Appendf(nil, "GET /%s HTTP/1.1\r\nX: %s\r\n\r\n", strings.Repeat("t", 50_000), strings.Repeat("v", 100_000)), nil)
	x := r.exchanges[0]
	for name, d := range docs(x, r.tape(0)) {
		for i := range d.Len() {
			if w := d.Line(i).Width(); w > 20_000 {
				t.Errorf("%s: a line of %d columns", name, w)
			}
		}
	}
	if w := page.Summary(texts.English, x).Width(); w > 200 {
		t.Errorf("the summary has %d columns", w)
	}
}
