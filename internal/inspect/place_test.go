package inspect_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/inspect"
	"httpscope/internal/synth"
)

// anyChunks draws a chunked body as somebody sends it: sizes in upper case and with zeros and white
// space, extensions, lines that end in LF alone. It returns the body, too.
func anyChunks(t *rapid.T) (sent, body string) {
	lineEnd := func() string { return rapid.SampledFrom([]string{"\r\n", "\r\n", "\n"}).Draw(t, "line end") }
	for range rapid.IntRange(0, 5).Draw(t, "chunks") {
		data := rapid.StringMatching(`[a-z\r\n;0]{1,40}`).Draw(t, "data")
		size := rapid.SampledFrom([]string{"%x", "%x", "%X", "%04x", "%x ", "00%X"}).Draw(t, "size")
		ext := rapid.SampledFrom([]string{"", "", ";a", ";a=\"b\"", ";;"}).Draw(t, "extension")
		sent += fmt.Sprintf(size, len(data)) + ext + lineEnd() + data + lineEnd()
		body += data
	}
	last := rapid.SampledFrom([]string{"0", "0", "000", "0;end"}).Draw(t, "last")
	return sent + last + lineEnd() + rapid.SampledFrom([]string{"", "X: y\r\n"}).Draw(t, "trailer") + lineEnd(), body
}

// TestEveryBodyByteHasItsPlace: of a chunked body the record says where in the stream each byte lies, and how
// every header was sent.
func TestEveryBodyByteHasItsPlace(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		chunks, body := anyChunks(r)
		stream := "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n" + chunks
		k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
			x := conn(c, 40001)
			x.Open()
			x.Send(0, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
			for rest := stream; rest != ""; {
				n := rapid.IntRange(1, len(rest)).Draw(r, "segment")
				x.Send(1, []byte(rest[:n]))
				rest = rest[n:]
			}
			x.Close(1)
		})
		m := k.exchanges[0].Response
		if !m.Complete || m.Body != int64(len(body)) {
			r.Fatalf("complete %t, %d bytes of %d", m.Complete, m.Body, len(body))
		}
		cuts := m.BodyCuts()
		for i := range body {
			at, ok := cuts.Down(int64(i))
			if !ok || stream[at] != body[i] {
				r.Fatalf("byte %d of the body lies at %d, %t", i, at, ok)
			}
			if up, ok := cuts.Up(at); !ok || up != int64(i) {
				r.Fatalf("byte %d of the stream is byte %d of the body, want %d", at, up, i)
			}
		}
		for i := range m.Chunks {
			if c := &m.Chunks[i]; stream[c.Offset:c.Data()] != c.Header() {
				r.Fatalf("chunk %d: the header is %q, and %q stands there", i, c.Header(), stream[c.Offset:c.Data()])
			}
		}
		if !strings.HasPrefix(stream[m.LastChunk:], m.LastHeader()) || m.LastHeader() == "" {
			r.Fatalf("the last chunk is %q, and %q stands there", m.LastHeader(), stream[m.LastChunk:])
		}
	})
}
