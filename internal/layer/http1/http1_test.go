package http1_test

import (
	"fmt"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/trace"
)

// taken is what came out of a decoder: events by their names, changes, and what goes to the layer above.
type taken struct {
	events  []string
	changes []string
	above   [2]strings.Builder
}

func (k *taken) drain(d *http1.Decoder) {
	for out, ok := d.Next(); ok; out, ok = d.Next() {
		switch {
		case out.Change != "":
			k.changes = append(k.changes, out.Change)
		case out.Above != nil && out.Above.Lacks():
			fmt.Fprintf(&k.above[out.Above.Side], "<%d to %d at %d>", out.Above.Gap.Least, out.Above.Gap.Most,
				out.Above.At)
		case out.Above != nil:
			k.above[out.Above.Side].Write(out.Above.Bytes)
		default:
			k.event(out.Event.(*trace.Event))
		}
	}
}

// event lists what does not depend on how the bytes were cut: the bytes of a body come in as many events as runs.
func (k *taken) event(e *trace.Event) {
	switch e.Kind {
	case trace.HeadRead:
		k.events = append(k.events, fmt.Sprintf("%s head %s%d in %v", e.Side, e.Head.Method, e.Head.Status,
			e.Head.Span))
	case trace.MessageEnded:
		k.events = append(k.events, fmt.Sprintf("%s ends, complete %t", e.Side, e.Complete))
	case trace.OddityFound:
		k.events = append(k.events, e.Finding.Code)
	}
}

const (
	asked  = "POST /a HTTP/1.1\r\nHost: a\r\nContent-Length: 2\r\n\r\nhiCONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\nin the tunnel"
	answer = "HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n2\r\nok\r\n0\r\n\r\nHTTP/1.1 200 OK\r\n\r\nback"
)

// play feeds both sides, cut as cut says.
func play(cut func(n int) int) *taken {
	d, k := http1.New(nil), new(taken)
	for side, text := range []string{asked, answer} {
		for at := 0; at < len(text); {
			n := cut(len(text) - at)
			d.Feed(&layer.Run{Side: layer.Side(side), At: int64(at), Bytes: []byte(text[at : at+n]),
				Received: layer.Unheard})
			k.drain(d)
			at += n
		}
	}
	return k
}

// TestAnySegmentation: however the bytes are cut, the same messages come out, and the same bytes go up.
func TestAnySegmentation(t *testing.T) {
	whole := play(func(n int) int { return n })
	if got := fmt.Sprintf("%s %q %q", whole.changes, whole.above[0].String(),
		whole.above[1].String()); got != `[tunnel] "in the tunnel" "back"` {
		t.Fatalf("in one run: %q", got)
	}
	if len(whole.events) < 8 {
		t.Fatalf("only %q", whole.events)
	}
	rapid.Check(t, func(r *rapid.T) {
		k := play(func(n int) int { return rapid.IntRange(1, n).Draw(r, "run") })
		if fmt.Sprint(k.events, k.changes) != fmt.Sprint(whole.events, whole.changes) {
			r.Fatalf("got  %q\nwant %q", k.events, whole.events)
		}
		for side := range k.above {
			if k.above[side].String() != whole.above[side].String() {
				r.Fatalf("side %d: %q goes up", side, k.above[side].String())
			}
		}
	})
}

// TestGapsGoUp: what was not captured of a tunnel is missing in the layer above, of the same length; of one
// whose length is not known the decoder keeps the least.
func TestGapsGoUp(t *testing.T) {
	for _, c := range []struct {
		gap  layer.Gap
		want string
	}{
		{layer.Lost(7), "<7 to 7 at 23>"},
		{layer.Gap{Least: 3, Most: 9}, "<3 to 9223372036854775807 at 23>"},
		{layer.Gap{Most: layer.Unbounded}, "<0 to 9223372036854775807 at 23>"},
	} {
		d, k := http1.New(nil), new(taken)
		feed := func(r layer.Run) { d.Feed(&r); k.drain(d) }
		feed(layer.Run{Side: layer.Client, Bytes: []byte("CONNECT b:1 HTTP/1.1\r\nHost: b:1\r\n\r\n")})
		feed(layer.Run{Side: layer.Server, Bytes: []byte("HTTP/1.1 200 OK\r\n\r\nback")})
		feed(layer.Run{Side: layer.Server, At: 23, Gap: c.gap})
		feed(layer.Run{Side: layer.Server, At: 23 + c.gap.Least, Bytes: []byte("again")})
		if got := k.above[layer.Server].String(); got != "back"+c.want+"again" {
			t.Errorf("a gap of %v: %s goes up", c.gap, got)
		}
	}
}
