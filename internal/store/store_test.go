package store_test

import (
	"bytes"
	"fmt"
	"io"
	"net/netip"
	"testing"
	"time"

	"pgregory.net/rapid"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/store"
	"httpscope/internal/synth"
	"httpscope/internal/trace"
)

var start = time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC)

// fill reads a synthetic capture into a store.
func fill(t testing.TB, s *store.Store, write func(c *synth.Capture)) {
	t.Helper()
	var b bytes.Buffer
	write(synth.NewCapture(&b, start))
	f, err := capture.NewFile(&b)
	if err != nil {
		t.Fatal(err)
	}
	e := inspect.New(inspect.Options{}, s.Sink())
	for {
		p, err := f.Next()
		if err == io.EOF {
			e.Finish()
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		e.Packet(p)
		if p.Number%50 == 0 {
			e.Flush()
		}
	}
}

func open(c *synth.Capture, i int) *synth.Conn {
	x := c.Conn(netip.AddrPortFrom(netip.MustParseAddr("10.0.0.2"), uint16(20000+i)),
		netip.MustParseAddrPort("10.0.0.1:8000"), [2]uint32{1000, 9000})
	x.Open()
	return x
}

// ask makes exchange number n, whose body says so.
func ask(x *synth.Conn, n, size int) {
	x.Send(0, fmt.Appendf(nil, "GET /%d HTTP/1.1\r\nHost: h\r\n\r\n", n))
	body := bytes.Repeat(fmt.Appendf(nil, "%08d", n), size/8)
	x.Send(1, append(fmt.Appendf(nil, "HTTP/1.1 200 OK\r\nContent-Length: %d\r\n\r\n", len(body)), body...))
}

func TestTapeHasEveryByte(t *testing.T) {
	s := store.New(0)
	fill(t, s, func(c *synth.Capture) {
		x := open(c, 1)
		for n := 1; n <= 3; n++ {
			ask(x, n, 4000)
		}
	})
	x, whole := s.Exchange(2)
	if x == nil || !whole {
		t.Fatal("exchange 2 is not there")
	}
	tape := s.Tape(0, 0)
	var body []byte
	for _, p := range tape.Between(x.Response.At(x.Response.BodyOffset, x.Response.BodyOffset+x.Response.Body)) {
		body = append(body, p.Data...)
	}
	if want := bytes.Repeat([]byte("00000002"), 500); !bytes.Equal(body, want) {
		t.Errorf("the body is %.40q…, %d bytes", body, len(body))
	}
	if f := tape.Frame(x.Response.At(x.Response.BodyOffset, 0)); f != x.Response.BodyFirst.Packet {
		t.Errorf("the body's first byte is in packet %d, not %d", f, x.Response.BodyFirst.Packet)
	}
	if c, ids := s.Connection(0); c.Exchanges != 3 || fmt.Sprint(ids) != "[1 2 3]" {
		t.Errorf("connection: %d exchanges, %v", c.Exchanges, ids)
	}
	if id, g, ok := s.At(x.Request.First.Packet); !ok || id != 0 || g.Offset != x.Request.Head.Span.From {
		t.Errorf("packet %d: %v %+v", x.Request.First.Packet, ok, g)
	}
}

// TestLimit: memory stays within the limit, the newest exchange is always
// whole, and what is older loses its body, then its details, then its row.
func TestLimit(t *testing.T) {
	const limit = 12 << 20
	s := store.New(limit)
	fill(t, s, func(c *synth.Capture) {
		for n := 1; n <= 40000; n++ {
			x := open(c, n%40000)
			ask(x, n, 800)
			x.Close(0)
		}
	})
	if m := s.Memory(); m > limit {
		t.Errorf("%d bytes are kept, the limit is %d", m, limit)
	}
	first, last := s.Bounds()
	if last != 40000 || first == 1 {
		t.Fatalf("rows %d to %d", first, last)
	}
	if _, whole := s.Exchange(last); !whole {
		t.Error("the newest exchange is not whole")
	}
	x, whole := s.Exchange(first)
	if whole || x.Request.Head.Target != fmt.Sprintf("/%d", first) || x.Response.Head.Status != 200 ||
		x.Response.Body != 800 || !x.Response.Complete {
		t.Errorf("the oldest row: whole %v, %+v", whole, x)
	}
	if s.Oldest() == 1 {
		t.Error("no bodies were dropped")
	}
}

// TestOldOpenConnectionHoldsNothingUp: behind a connection that stays open the
// others are dropped, and it keeps its place.
func TestOldOpenConnectionHoldsNothingUp(t *testing.T) {
	const limit = 8 << 20
	s := store.New(limit)
	fill(t, s, func(c *synth.Capture) {
		old := open(c, 0)
		ask(old, 0, 80)
		for n := 1; n <= 20000; n++ {
			x := open(c, n)
			ask(x, n, 80)
			x.Close(0)
		}
		ask(old, 1, 80)
	})
	if m := s.Memory(); m > limit {
		t.Errorf("%d bytes are kept, the limit is %d", m, limit)
	}
	if c, ids := s.Connection(0); c == nil || len(ids) != 2 {
		t.Errorf("the open connection: %+v, exchanges %v", c, ids)
	}
	if first, last := s.Bounds(); last-first < 3000 {
		t.Errorf("only rows %d to %d are left", first, last)
	}
}

// TestLongConnectionListsItsNewestExchanges, and finds them.
func TestLongConnectionListsItsNewestExchanges(t *testing.T) {
	s := store.New(0)
	k := s.Sink()
	const n = 200_000
	for id := int64(1); id <= n; id++ {
		k.Exchange(&trace.Exchange{ID: id, Ordinal: id, Conn: &trace.Connection{}})
	}
	_, ids := s.Connection(0)
	if ids[len(ids)-1] != n || len(ids) < 1<<16 || ids[0] != n-int64(len(ids))+1 {
		t.Errorf("%d exchanges are listed, %d to %d", len(ids), ids[0], ids[len(ids)-1])
	}
}

// TestPackedRowsKeepWhatTablesShow compares an exchange with its row.
func TestPackedRowsKeepWhatTablesShow(t *testing.T) {
	write := func(c *synth.Capture) {
		x := open(c, 1)
		x.Send(0, []byte("POST /form?q=1 HTTP/1.0\r\nHost: shop.example\r\nContent-Length: 3\r\n\r\na=b"))
		x.Send(1, []byte("HTTP/1.0 302 Found\r\nContent-Type: text/html\r\nConnection: closeContent-Type:x\r\n\r\nhello"))
		x.Close(1)
		for n := range 3000 {
			y := open(c, 2+n)
			ask(y, n, 8)
			y.Close(0)
		}
	}
	all, few := store.New(0), store.New(9<<20)
	fill(t, all, write)
	fill(t, few, write)
	want, _ := all.Exchange(1)
	got, whole := few.Exchange(1)
	if got == nil || whole {
		t.Fatalf("the row is %+v, whole %v", got, whole)
	}
	show := func(x *trace.Exchange) string {
		q, r := x.Request, x.Response
		wait, receive := x.Timing()
		h, _ := q.Head.Get("host")
		return fmt.Sprint(x.ID, x.Conn.ID, x.Conn.Ends, x.Ordinal, q.Head.Method, q.Head.Target, h, q.Body, q.First,
			q.Last, q.Head.Framing().Kind,
			r.Head.Status, r.Head.Reason, r.Head.Version, r.Body, r.Head.Framing().Kind, r.Head.Framing().Rule,
			r.Complete, wait, receive, x.Findings[0].Code, x.Findings[0].Severity)
	}
	if show(got) != show(want) {
		t.Errorf("got  %s\nwant %s", show(got), show(want))
	}
}

// TestReadersSeeWholeRecords reads while it grows; the race detector watches.
func TestReadersSeeWholeRecords(t *testing.T) {
	s := store.New(4 << 20)
	done := make(chan struct{})
	go func() {
		defer close(done)
		fill(t, s, func(c *synth.Capture) {
			for n := range 3000 {
				x := open(c, n)
				ask(x, n, 400)
				ask(x, n, 400)
			}
		})
	}()
	var from uint64
	for {
		from = s.Changes(from).Next
		first, last := s.Bounds()
		for _, id := range []int64{first, (first + last) / 2, last} {
			if x, _ := s.Exchange(id); x != nil {
				s.TapeOf(x)
				s.Connection(x.Conn.ID)
			}
		}
		s.Scan(last-100, func(x *trace.Exchange) bool { return x.Request != nil })
		select {
		case <-done:
			return
		default:
		}
	}
}

// TestChangesTellEverything: a reader that applies the changes has what the
// store has.
func TestChangesTellEverything(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		s := store.New(0)
		k := s.Sink()
		seen := map[int64]int{}
		k.Flush()
		k.Connection(&trace.Connection{}) // position 0 stands for the beginning
		from := s.Changes(0).Next
		version := map[int64]int{}
		for range rapid.IntRange(1, 50).Draw(r, "steps") {
			id := rapid.Int64Range(1, 20).Draw(r, "id")
			version[id]++
			k.Exchange(&trace.Exchange{ID: id, Ordinal: int64(version[id]), Conn: &trace.Connection{}})
			if rapid.Bool().Draw(r, "read") {
				c := s.Changes(from)
				from = c.Next
				for _, id := range c.Exchanges {
					x, _ := s.Exchange(id)
					seen[id] = int(x.Ordinal)
				}
				for id, v := range version {
					if seen[id] != v {
						r.Fatalf("exchange %d: version %d, the reader has %d", id, v, seen[id])
					}
				}
			}
		}
	})
}

// TestTapeOfALongConnection: of very many packets there are those around the
// exchange, and all of its bytes.
func TestTapeOfALongConnection(t *testing.T) {
	s := store.New(0)
	const n = 20_000
	fill(t, s, func(c *synth.Capture) {
		x := open(c, 1)
		for i := 1; i <= n; i++ {
			ask(x, i, 80)
		}
	})
	for _, id := range []int64{1, n / 2, n} {
		x, _ := s.Exchange(id)
		tape := s.TapeOf(x)
		var body []byte
		for _, p := range tape.Between(x.Response.At(x.Response.BodyOffset, x.Response.BodyOffset+x.Response.Body)) {
			body = append(body, p.Data...)
		}
		if want := bytes.Repeat(fmt.Appendf(nil, "%08d", id), 10); !bytes.Equal(body, want) {
			t.Errorf("exchange %d: the body is %q", id, body)
		}
		has := false
		for _, g := range tape.Segments {
			has = has || g.Frame == x.Request.First.Packet
		}
		if !has || len(tape.Segments) > 1<<14 {
			t.Errorf("exchange %d: %d segments, its own among them: %v", id, len(tape.Segments), has)
		}
	}
}
