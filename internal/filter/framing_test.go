package filter

import (
	"testing"

	"httpscope/httpdecode"
	"httpscope/internal/layer/http1"
	"httpscope/internal/trace"
)

// TestFramingAsSent: the bytes of a chunked message have its sizes and line ends as they were sent.
func TestFramingAsSent(t *testing.T) {
	h := http1.HeadOf(&httpdecode.Head{Side: httpdecode.Server, Raw: "HTTP/1.1 200 OK\r\n\r\n", Complete: true})
	h.Text.Framing.Kind = httpdecode.Chunked
	m := new(trace.Exchange).NewMessage(1, h)
	m.Kept, m.Complete, m.Body = []byte("0123456789abcd"), true, 14
	m.Chunks = []trace.Chunk{{Size: 10, Line: "0A\r\n", Offset: 19}, {Size: 3, Offset: 35},
		{Size: 1, Ext: ";x", Offset: 42}}
	m.LastChunk, m.LastLine = 50, "000;end\n"
	const want = "0A\r\n0123456789\r\n3\r\nabc\n1;x\r\nd\r\n000;end\n\r\n"
	if got := string(framed(m)); got != want {
		t.Errorf("got  %q\nwant %q", got, want)
	}
}
