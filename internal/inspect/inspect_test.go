package inspect_test

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/layer"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// keeper is a sink that keeps everything.
type keeper struct {
	exchanges   []*trace.Exchange
	connections []*trace.Connection
}

func (k *keeper) Exchange(x *trace.Exchange)     { k.exchanges = append(k.exchanges, x) }
func (k *keeper) Connection(c *trace.Connection) { k.connections = append(k.connections, c) }
func (k *keeper) Flush() error                   { return nil }

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// record makes a capture and reads it.
func record(t *testing.T, o inspect.Options, write func(c *synth.Capture)) (*keeper, trace.Summary) {
	t.Helper()
	var b bytes.Buffer
	write(synth.NewCapture(&b, start))
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	k := &keeper{}
	e := inspect.New(o, k)
	for {
		p, err := f.Next()
		if err == io.EOF {
			break
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
	}
	e.Finish()
	s := e.Summary()
	if s.Ledger.Sum() != s.Payload {
		t.Errorf("the ledger adds up to %d of %d bytes: %+v", s.Ledger.Sum(), s.Payload, s.Ledger)
	}
	return k, s
}

func conn(c *synth.Capture, clientPort uint16) *synth.Conn {
	return c.Conn(netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), clientPort),
		netip.MustParseAddrPort("10.0.0.1:8000"), [2]uint32{1000, 9000})
}

func codesOf(fs []trace.Finding) string {
	var s []string
	for _, f := range fs {
		s = append(s, f.Code)
	}
	return strings.Join(s, " ")
}

// TestExchangeKnowsItsPackets holds where a message begins and ends: the head
// in one segment, the body in others, the end of a body that runs to the close in the FIN.
func TestExchangeKnowsItsPackets(t *testing.T) {
	k, _ := record(t, inspect.Options{KeepBody: 100, Hash: true}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()                                       // 1 2 3
		x.Send(0, []byte("GET / HTTP/1.0\r\n\r\n"))    // 4 5
		x.Send(1, []byte("HTTP/1.0 200 OK\r\n\r\nhe")) // 6 7
		x.Send(1, []byte("llo"))                       // 8 9
		x.Close(1)                                     // 10 11 12
	})
	r := k.exchanges[0].Response
	got := fmt.Sprintf("first %d head %d last %d ended %d body %q all %t complete %t", r.First.Packet,
		r.HeadEnd.Packet, r.Last.Packet, r.Ended.Packet, r.Kept, r.KeptAll, r.Complete)
	if want := `first 6 head 6 last 8 ended 10 body "hello" all true complete true`; got != want {
		t.Errorf("got  %s\nwant %s", got, want)
	}
	if want := "2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824"; r.SHA256 != want {
		t.Errorf("hash %s", r.SHA256)
	}
	c := k.connections[0]
	if c.State != tcp.Closed || c.ClosedBy != trace.ByServer || !c.Handshake || c.Protocol != trace.HTTP10 ||
		fmt.Sprint(c.Statuses) != "[200]" {
		t.Errorf("connection %+v", c)
	}
}

// TestMidstreamTellsTheClientByWhatItSends: the ports say the opposite.
func TestMidstreamTellsTheClientByWhatItSends(t *testing.T) {
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := c.Conn(netip.MustParseAddrPort("10.0.0.2:80"), netip.MustParseAddrPort("10.0.0.1:50000"), [2]uint32{5, 6})
		x.Send(0, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
	})
	if len(k.exchanges) != 1 || k.exchanges[0].Response == nil {
		t.Fatalf("%d exchanges", len(k.exchanges))
	}
	if c := k.connections[0]; c.Ends[layer.Client].Port() != 80 || !c.ClientKnown {
		t.Errorf("the client is %s", c.Ends[layer.Client])
	}
}

// TestUnusedConnection is a browser's speculative connection.
func TestUnusedConnection(t *testing.T) {
	k, s := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 43326)
		x.Open()
		x.Close(0)
	})
	if got := codesOf(k.connections[0].Findings); got != inspect.CodeUnused || s.Exchanges != 0 {
		t.Errorf("findings %q, %d exchanges", got, s.Exchanges)
	}
}

// TestJarFollowsTheClient: set, sent as predicted, and withheld by another path.
func TestJarFollowsTheClient(t *testing.T) {
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		x := conn(c, 40001)
		x.Open()
		x.Send(0, []byte("GET /login.php HTTP/1.1\r\nHost: shop.example\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nSet-Cookie: sid=1; Path=/\r\nSet-Cookie: theme=dark; Path=/forum\r\nContent-Length: 0\r\n\r\n"))
		x.Send(0, []byte("GET /home.php HTTP/1.1\r\nHost: shop.example\r\nCookie: sid=1\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
		x.Send(0, []byte("GET /forum/1 HTTP/1.1\r\nHost: shop.example\r\n\r\n"))
		x.Send(1, []byte("HTTP/1.1 200 OK\r\nContent-Length: 0\r\n\r\n"))
	})
	first, second, third := k.exchanges[0].Cookies, k.exchanges[1].Cookies, k.exchanges[2].Cookies
	if len(first.Set) != 2 || first.Jar.Len() != 2 {
		t.Errorf("after the login: %+v", first)
	}
	if second.Predicted != "sid=1" || len(second.Sent) != 1 || second.Sent[0].Kind != "sent" {
		t.Errorf("home.php: %+v", second)
	}
	if third.Predicted != "theme=dark; sid=1" || len(third.Sent) != 2 || third.Sent[0].Kind != "withheld" {
		t.Errorf("forum: %+v", third)
	}
}

// TestRangesFitTogether: parts of one resource on two connections.
func TestRangesFitTogether(t *testing.T) {
	k, _ := record(t, inspect.Options{}, func(c *synth.Capture) {
		for i, r := range []string{"0-4", "3-6"} {
			x := conn(c, uint16(40001+i))
			x.Open()
			first, last := r[0], r[2]
			x.Send(0, fmt.Appendf(nil, "GET /v HTTP/1.1\r\nHost: a\r\nRange: bytes=%s\r\n\r\n", r))
			x.Send(1, fmt.Appendf(nil, "HTTP/1.1 206 Partial Content\r\nContent-Range: bytes %s/10\r\nContent-Length: %d\r\n\r\n%s", r, last-first+1, "0123456789"[:last-first+1]))
			x.Close(0)
		}
	})
	r := k.exchanges[1].Ranges
	if got := fmt.Sprint(r.Seen.Covered(), r.Seen.Holes(), r.Seen.Overlaps(), r.Expected.Status, " ",
		codesOf(k.exchanges[1].Findings)); got != "7 [{7 9}] [{3 4}] 206 map-overlap" {
		t.Errorf("got %s", got)
	}
}

// TestRelayKeepsOrder holds that a relay changes nothing but the goroutine.
func TestRelayKeepsOrder(t *testing.T) {
	k := &keeper{}
	r := inspect.NewRelay(k)
	const n = 1000
	for i := range n {
		r.Exchange(&trace.Exchange{ID: int64(i)})
		if i%100 == 0 {
			r.Flush()
		}
	}
	r.Close()
	if len(k.exchanges) != n {
		t.Fatalf("%d of %d exchanges arrived", len(k.exchanges), n)
	}
	for i, x := range k.exchanges {
		if x.ID != int64(i) {
			t.Fatalf("exchange %d came as number %d", x.ID, i)
		}
	}
}

// TestAnswerBeforeTheHeadIsTyped is telnet to a server that answers the first
// line: the rest of the head belongs to the same exchange.
func TestAnswerBeforeTheHeadIsTyped(t *testing.T) {
	for _, rest := range []string{"Host: a\r\n\r\n", "Host: a\r\n", ""} {
		k, s := record(t, inspect.Options{}, func(c *synth.Capture) {
			x := conn(c, 40001)
			x.Open()
			x.Send(0, []byte("GET / HTTP/1.0\r\n"))
			x.Send(1, []byte("HTTP/1.0 200 OK\r\nContent-Length: 2\r\n\r\nhi"))
			if rest != "" {
				x.Send(0, []byte(rest))
			}
			x.Close(1)
		})
		if len(k.exchanges) != 1 || k.exchanges[0].Request == nil || k.exchanges[0].Response == nil ||
			s.Exchanges != 1 {
			t.Errorf("%q: %d exchanges, the first: %+v", rest, len(k.exchanges), k.exchanges[0])
		}
	}
}
