package inspect_test

import (
	"fmt"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/inspect"
	"httpscope/internal/layer"
	"httpscope/internal/synth"
)

// talk is a connection as lines: > the client, < the server, each a segment, and what is read of it.
type talk struct{ name, lines, want string }

const (
	connect = "> CONNECT a:443 HTTP/1.1\\r\\nHost: a:443\\r\\n\\r\\n\n< HTTP/1.1 200 OK\\r\\n\\r\\n\n"
	get     = "> GET /in HTTP/1.1\\r\\nHost: a\\r\\n\\r\\n\n< HTTP/1.1 200 OK\\r\\nContent-Length: 2\\r\\n\\r\\nok\n"
)

var talks = []talk{
	{"HTTP in a tunnel", connect + get, `
1 CONNECT a:443 200, stream 0 at 0, body 0
2 GET /in 200, stream 1 at 0, body 2
http/1.1 tunnel, layers http/1.1 http/1.1`},
	{"in the segment that ends the head", strings.ReplaceAll(connect, "OK\\r\\n\\r\\n\n", "OK\\r\\n\\r\\n220 ready\\r\\n\n"), `
1 CONNECT a:443 200, stream 0 at 0, body 0
http/1.1 tunnel, layers http/1.1 other`},
	{"a tunnel in a tunnel", connect + connect + get, `
1 CONNECT a:443 200, stream 0 at 0, body 0
2 CONNECT a:443 200, stream 1 at 0, body 0
3 GET /in 200, stream 2 at 0, body 2
http/1.1 tunnel, layers http/1.1 http/1.1 http/1.1`},
	{"TLS in a tunnel", connect + "> \\x16\\x03\\x01\\x00\\x05hello\n< \\x16\\x03\\x03\\x00\\x02ok\n", `
1 CONNECT a:443 200, stream 0 at 0, body 0
http/1.1 tunnel, layers http/1.1 tls`},
	{"SSH in a tunnel", connect + "< SSH-2.0-a\\r\\n\n> SSH-2.0-b\\r\\n\n", `
1 CONNECT a:443 200, stream 0 at 0, body 0
http/1.1 tunnel, layers http/1.1 ssh`},
	{"a tunnel that carries nothing", connect, `
1 CONNECT a:443 200, stream 0 at 0, body 0
http/1.1 tunnel, layers http/1.1 other`},
	{"what looks like HTTP in WebSocket is a frame's payload", `> GET /ws HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: websocket\r\n\r\n
> GET /frame HTTP/1.1\r\nHost: a\r\n\r\n`, `
1 GET /ws 101, stream 0 at 0, body 0
websocket , layers `},
	{"an upgrade to a protocol of which nothing is known", `> GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: foo/2\r\n\r\n
> GET /in HTTP/1.1\r\nHost: a\r\n\r\n
< HTTP/1.1 204 No Content\r\n\r\n`, `
1 GET / 101, stream 0 at 0, body 0
2 GET /in 204, stream 1 at 0, body 0
http/1.1 foo/2, layers http/1.1 http/1.1`},
	{"roles that change", `> POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\nContent-Length: 0\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\n\r\nGET /turned HTTP/1.1\r\nHost: b\r\n\r\n
> HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx`, `
1 POST / 101, stream 0 at 0, body 0
2 GET /turned 200, stream 0 at 76, body 1
http/1.1 , layers `},
	{"an upgrade to nothing", `> GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: ,,\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: , \r\n\r\n`, `
1 GET / 101, stream 0 at 0, body 0
http/1.1 tunnel, layers http/1.1 other`},
	{"an upgrade that begins with a comma", `> GET / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: ,foo\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: ,foo\r\n\r\n`, `
1 GET / 101, stream 0 at 0, body 0
http/1.1 foo, layers http/1.1 other`},
	{"an older version in a tunnel", connect + strings.ReplaceAll(get, "HTTP/1.1", "HTTP/1.0"), `
1 CONNECT a:443 200, stream 0 at 0, body 0
2 GET /in 200, stream 1 at 0, body 2
http/1.1 tunnel, layers http/1.1 http/1.0`},
	{"a tunnel after roles have changed", `> POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\nContent-Length: 0\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\n\r\n
` + strings.NewReplacer("> ", "< ", "< ", "> ").Replace(connect+get), `
1 POST / 101, stream 0 at 0, body 0
2 CONNECT a:443 200, stream 0 at 76, body 0
3 GET /in 200, stream 1 at 0, body 2
http/1.1 tunnel, layers http/1.1 http/1.1`},
	{"roles that change in a tunnel", connect + `> POST / HTTP/1.1\r\nHost: a\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\nContent-Length: 0\r\n\r\n
< HTTP/1.1 101 Switching Protocols\r\nConnection: upgrade\r\nUpgrade: PTTH/1.0\r\n\r\nGET /turned HTTP/1.1\r\nHost: b\r\n\r\n
> HTTP/1.1 200 OK\r\nContent-Length: 1\r\n\r\nx`, `
1 CONNECT a:443 200, stream 0 at 0, body 0
2 POST / 101, stream 1 at 0, body 0
3 GET /turned 200, stream 1 at 76, body 1
http/1.1 tunnel, layers http/1.1 http/1.1`},
}

// TestStack reads connections in which one protocol lies in another, in segments as they are and a
// byte at a time.
func TestStack(t *testing.T) {
	for _, v := range talks {
		t.Run(v.name, func(t *testing.T) {
			for _, size := range []int{1 << 16, 7, 1} {
				if got := v.read(t, size); got != v.want {
					t.Errorf("in segments of %d: got%s\nwant%s", size, got, v.want)
				}
			}
		})
	}
}

// read says what is read of a talk in segments of a size.
func (v *talk) read(t *testing.T, size int) string {
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()
		playBy(t, x, v.lines, size)
		x.Close(1)
	})
	var b strings.Builder
	for _, x := range k.exchanges {
		q, r := x.Request, x.Response
		fmt.Fprintf(&b, "\n%d %s %s %d, stream %d at %d, body %d", x.Ordinal, q.Head.Method, q.Head.Target,
			r.Head.Status, q.Stream, q.Span().From, r.Body)
		if q.Stream != r.Stream {
			t.Errorf("the request is in stream %d, the response in %d", q.Stream, r.Stream)
		}
	}
	c := k.connections[0]
	return b.String() + fmt.Sprintf("\n%s %s, layers %s", c.Protocol, c.Detail, strings.Join(c.Layers, " "))
}

// TestTunnelsWithoutEnd: a sender that opens tunnels in tunnels gets so many levels and no more.
func TestTunnelsWithoutEnd(t *testing.T) {
	v := talk{lines: strings.Repeat(connect, 50)}
	got := v.read(t, 1<<16)
	if n := strings.Count(got, "CONNECT"); n != 8 {
		t.Errorf("%d tunnels are read, want 8", n)
	}
}

// TestGapInATunnel: what was not captured is missing in the tunnel too, and what comes after it is read.
func TestGapInATunnel(t *testing.T) {
	k, s := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()
		play(t, x, connect)
		x.Send(0, []byte("GET /in HTTP/1.1\r\nHost: a\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\nabc"))
		x.Seq[1] += 3
		x.Send(1, []byte("ghij"))
		x.Send(0, []byte("GET /next HTTP/1.1\r\nHost: a\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
		x.Close(1)
	})
	if len(k.exchanges) != 3 || s.Ledger.Gaps != 3 {
		t.Fatalf("%d exchanges, %d bytes missing", len(k.exchanges), s.Ledger.Gaps)
	}
	r := k.exchanges[1].Response
	if r.Missing != 3 || r.Body != 7 || r.Complete || k.exchanges[2].Response.Head.Status != 204 {
		t.Errorf("the response: %d missing, body %d, complete %t", r.Missing, r.Body, r.Complete)
	}
}

// TestGivenUpInATunnel: what comes later on a connection that was given up, once and again, is read as what its
// highest level carries, at its place in that level's stream.
func TestGivenUpInATunnel(t *testing.T) {
	half := "POST /half HTTP/1.1\r\nX: " + strings.Repeat("a", 4000)
	asked, answered, _ := strings.Cut(get, "\n")
	q, r := len(unquoted(t, asked[2:])), len(unquoted(t, strings.TrimSpace(answered)[2:]))
	for depth := 1; depth <= 2; depth++ {
		for rounds := 1; rounds <= 3; rounds++ {
			k, s := record(t, inspect.Options{Memory: 8 << 20}, func(c *synth.Capture) {
				first := conn(c, 9000)
				first.Open()
				play(t, first, strings.Repeat(connect, depth))
				for round := range rounds {
					first.Send(0, []byte(half))
					crowdOut(c, 10_000+1000*round, half)
					play(t, first, get+get)
				}
			})
			if s.GivenUp == 0 {
				t.Fatal("nothing was given up: the test shows nothing")
			}
			var want []string
			for n := range 2 * rounds {
				want = append(want, fmt.Sprintf("/in, stream %d at %d, answer at %d", depth, (n/2+1)*len(half)+n*q,
					n*r))
			}
			if got := wholeOf(k, layer.ID(depth)); strings.Join(got, "; ") != strings.Join(want, "; ") {
				t.Errorf("depth %d, given up %d times: %q, want %q", depth, rounds, got, want)
			}
		}
	}
}

// crowdOut begins a thousand connections that hold something, so that others are given up.
func crowdOut(c *synth.Capture, port int, begin string) {
	for i := range 1000 {
		x := conn(c, uint16(port+i))
		x.Open()
		x.Send(0, []byte(begin))
	}
}

// wholeOf are the exchanges of the first connection that have both messages, in a stream.
func wholeOf(k *keeper, in layer.ID) []string {
	var got []string
	for _, x := range k.exchanges {
		if q, r := x.Request, x.Response; x.Conn.ID == 0 && q != nil && r != nil && r.Stream == in &&
			q.Head.Method == "GET" {
			got = append(got, fmt.Sprintf("%s, stream %d at %d, answer at %d", q.Head.Target, q.Stream, q.Span().From,
				r.Span().From))
		}
	}
	return got
}

// TestStreamsAreBounded: a connection that is given up again and again, and opens tunnels in between, has so many
// streams and no more.
func TestStreamsAreBounded(t *testing.T) {
	half := "POST /half HTTP/1.1\r\nX: " + strings.Repeat("a", 4000)
	k, s := record(t, inspect.Options{Memory: 8 << 20}, func(c *synth.Capture) {
		first := conn(c, 9000)
		first.Open()
		for round := range 12 {
			play(t, first, strings.Repeat(connect, 9))
			first.Send(0, []byte(half))
			crowdOut(c, 10_000+1000*round, half)
		}
	})
	for _, c := range k.connections {
		if n := len(c.Streams); c.ID == 0 && (n < 20 || n > 64) {
			t.Errorf("%d streams in %d connections that were given up", n, s.GivenUp)
		}
	}
}

// TestNobodyTurnsATunnelRound: in a tunnel that was given up a request of the server's side is no beginning
// of the connection, and its sides stay.
func TestNobodyTurnsATunnelRound(t *testing.T) {
	half := "POST /half HTTP/1.1\r\nX: " + strings.Repeat("a", 900)
	k, s := record(t, inspect.Options{Memory: 8 << 20}, func(c *synth.Capture) {
		first := conn(c, 9000)
		first.Open()
		play(t, first, connect)
		first.Send(0, []byte(half))
		crowdOut(c, 10_000, half+strings.Repeat("b", 4000))
		play(t, first, strings.NewReplacer("> ", "< ", "< ", "> ").Replace(get))
	})
	c := k.connections[0]
	for _, other := range k.connections {
		if other.ID == 0 {
			c = other
		}
	}
	if s.GivenUp == 0 || c.Ends[0].Port() != 9000 || c.Detail != "" && c.Detail != "tunnel" || len(c.Streams) != 1 {
		t.Errorf("%d given up; the connection: %v %s %q, %d streams", s.GivenUp, c.Ends, c.Protocol, c.Detail,
			len(c.Streams))
	}
}

// TestHeldBytesKeepTheirPackets: what a client sends into a tunnel before the proxy has answered is read later, and
// each byte still comes from its own packet.
func TestHeldBytesKeepTheirPackets(t *testing.T) {
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open() // 1 2 3
		asked, answered, _ := strings.Cut(connect, "\n")
		play(t, x, asked+`
> GET /in HT
> TP/1.1\r\nHost: a\r\n
> \r\n
`+answered+`< HTTP/1.1 204 No Content\r\n\r\n`) // 4 5, 6 7, 8 9, 10 11, ...
		x.Close(1)
	})
	m := k.exchanges[len(k.exchanges)-1].Request
	if m.Head.Target != "/in" || m.First.Packet != 6 || m.HeadEnd.Packet != 10 ||
		m.Head.StampAt(m.Span().From+20).Packet != 8 {
		t.Errorf("%s: first %d, head's end %d, its field %d", m.Head.StartLine(), m.First.Packet, m.HeadEnd.Packet,
			m.Head.StampAt(m.Span().From+20).Packet)
	}
}

// TestStreamsKnowWhereTheyComeFrom: the bytes of a tunnel are those of the stream below, from its end of
// the head on.
func TestStreamsKnowWhereTheyComeFrom(t *testing.T) {
	k, _ := record(t, inspect.Options{}, func(out *synth.Capture) {
		x := conn(out, 40001)
		x.Open()
		play(t, x, connect+connect+get)
	})
	c := k.connections[0]
	head := [2]int64{k.exchanges[0].Request.Span().To, k.exchanges[0].Response.Span().To}
	if len(c.Streams) != 2 {
		t.Fatalf("%d streams above TCP, want 2", len(c.Streams))
	}
	for i, s := range c.Streams {
		for side, cuts := range s.Cuts {
			below, ok := cuts.Down(5)
			if !ok || below != head[side]+5 || int(s.ID) != i+1 || int(s.Parent) != i {
				t.Errorf("stream %d over %d: byte 5 of side %d lies at %d below, want %d", s.ID, s.Parent, side,
					below, head[side]+5)
			}
		}
	}
}

// unquoted is a line's text with its escapes read.
func unquoted(t *testing.T, text string) []byte {
	t.Helper()
	s, err := strconv.Unquote(`"` + text + `"`)
	if err != nil {
		t.Fatalf("%q: %v", text, err)
	}
	return []byte(s)
}

// play sends the lines of a talk, each in a segment.
func play(t *testing.T, x *synth.Conn, lines string) { playBy(t, x, lines, 1<<16) }

// playBy sends the lines of a talk in segments of a size.
func playBy(t *testing.T, x *synth.Conn, lines string, size int) {
	for _, line := range strings.Split(strings.TrimSpace(lines), "\n") {
		dir := strings.Index("><", line[:1])
		for b := unquoted(t, line[2:]); len(b) > 0; b = b[min(size, len(b)):] {
			x.Send(dir, b[:min(size, len(b))])
		}
	}
}
