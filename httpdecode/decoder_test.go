package httpdecode

import (
	"fmt"
	"strings"
	"testing"
)

// trace renders events one a line, the way tests read them.
func trace(d *Decoder) string {
	var b strings.Builder
	for {
		e, ok := d.Next()
		if !ok {
			return b.String()
		}
		b.WriteString(line(e))
		b.WriteByte('\n')
	}
}

func line(e *Event) string {
	p := fmt.Sprintf("%d %s ", e.Exchange, map[Side]string{Client: ">", Server: "<"}[e.Side])
	switch e.Kind {
	case HeadEvent:
		return p + fmt.Sprintf("head %q %s rule %d fields %d", e.Head.StartLine(), e.Head.Framing.Kind, e.Head.Framing.Rule, len(e.Head.Fields))
	case ChunkEvent:
		return p + fmt.Sprintf("chunk %d%s", e.Chunk.Size, e.Chunk.Ext)
	case BodyEvent:
		return p + fmt.Sprintf("body %q", e.Bytes)
	case TrailerEvent:
		return p + fmt.Sprintf("trailer %s: %s", e.Field.Name, e.Field.Value)
	case EndEvent:
		return p + fmt.Sprintf("end complete=%t", e.Complete)
	case SwitchEvent:
		return p + "switch " + e.Protocol
	case RawEvent:
		return p + fmt.Sprintf("raw %q", e.Bytes)
	case LostEvent:
		return p + fmt.Sprintf("lost %q", e.Bytes)
	case GapEvent:
		return p + fmt.Sprintf("gap %d", e.Span.Len())
	}
	return p + "finding " + string(e.Finding.Code)
}

func TestSmoke(t *testing.T) {
	d := New(nil)
	d.Feed(Client, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\nHEAD / HTTP/1.1\r\nHost: a\r\n\r\nPOST login.php HTTP/1.1\r\nHost: a\r\nTransfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n0\r\nX: y\r\n\r\n"), Stamp{})
	d.Feed(Server, []byte("HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nokHTTP/1.1 200 OK\r\nContent-Length: 999\r\n\r\nHTTP/1.0 200 OK\r\nConnection: closeContent-Type:text/html; charset=utf-8\r\n\r\nhi"), Stamp{})
	d.EOF(Server, FIN, Stamp{})
	t.Log("\n" + trace(d))
}
