package chart_test

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"httpscope/httpdecode"
	"httpscope/internal/chart"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/layer/http1"
	"httpscope/internal/tcp"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

func TestGoldenLadders(t *testing.T) {
	for _, name := range []string{"persistent.pcap", "slow-chunked.pcap", "chunk-trailers.pcap",
		"retransmission.pcap", "lost-segment.pcap", "out-of-order.pcap",
		"rst-body.pcap", "half-close.pcap", "keepalive-idle.pcap", "refused.pcap", "mid-stream.pcap",
		"expect-100.pcap", "pipelining.pcap", "websocket.pcap",
		"https.pcapng", "split-head.pcap", "http09.pcap", "truncated.pcap"} {
		r := testkit.Record(t, name)
		c := r.Connections[int64(len(r.Connections)-1)]
		t.Run(name, func(t *testing.T) {
			goldenPicture(t, "ladder/"+strings.TrimSuffix(name, filepath.Ext(name)),
				func(width int, ascii bool) doc.Page {
					return chart.Ladder(c, r.On(c.ID), r.Tape(c.ID), chart.LadderOptions{Width: width, ASCII: ascii})
				})
		})
	}
}

// TestGoldenLaddersInChinese: characters are two columns wide, and the ends stay where they are.
func TestGoldenLaddersInChinese(t *testing.T) {
	for _, name := range []string{"slow-chunked", "lost-segment", "half-close"} {
		r := testkit.Record(t, name+".pcap")
		c := r.Connections[int64(len(r.Connections)-1)]
		goldenPicture(t, "ladder/"+name+"-zh", func(width int, ascii bool) doc.Page {
			return chart.Ladder(c, r.On(c.ID), r.Tape(c.ID), chart.LadderOptions{Lang: texts.Chinese, Width: width,
				ASCII: ascii})
		})
	}
}

func TestLadderOptions(t *testing.T) {
	r := testkit.Record(t, "slow-chunked.pcap")
	c := r.Connections[0]
	for _, v := range []struct {
		name string
		o    chart.LadderOptions
	}{
		{"acks-hidden", chart.LadderOptions{Acks: chart.AcksHidden}}, {"numbers", chart.LadderOptions{Numbers: true}},
		{"pauses", chart.LadderOptions{Pause: 50 * time.Millisecond}}, {"narrow", chart.LadderOptions{Width: 36}},
	} {
		v.o.ASCII = true
		testkit.Golden(t, "testdata/ladder/slow-chunked-"+v.name+".txt",
			doc.Text(chart.Ladder(c, r.Exchanges, r.Tape(0), v.o)))
	}
}

// TestLadderHeard is the same exchange as sockets hear it.
func TestLadderHeard(t *testing.T) {
	r := testkit.Record(t, "slow-chunked.pcap")
	heard := *r.Connections[0]
	heard.Heard = true
	d := chart.Ladder(&heard, r.Exchanges, &trace.Tape{Conn: &heard, Runs: r.Tape(0).Runs},
		chart.LadderOptions{ASCII: true})
	testkit.Golden(t, "testdata/ladder/slow-chunked-heard.txt", doc.Text(d))
}

// Flags of the segments below.
const (
	fin = 1
	syn = 2
	rst = 4
	ack = 16
)

// arrows are the lines of a ladder between its heading and its totals, without
// times and what arrows are made of.
func arrows(c *trace.Connection, xs []*trace.Exchange, t *trace.Tape, o chart.LadderOptions) []string {
	o.ASCII, o.Width = true, 150
	var got []string
	for line := range strings.Lines(doc.Text(chart.Ladder(c, xs, t, o))) {
		if _, s, ok := strings.Cut(strings.TrimSuffix(line, "|\n"), "|"); ok {
			got = append(got, strings.Trim(s, "-.<> "))
		}
	}
	return got
}

func TestLadderLabels(t *testing.T) {
	c := &trace.Connection{ClientKnown: true}
	hi := trace.Segment{Dir: 0, Flags: syn, Offset: -1, Acked: -1}
	hello := trace.Segment{Dir: 1, Flags: syn | ack, Offset: -1}
	ok := trace.Segment{Dir: 0, Flags: ack}
	data := func(dir uint8, offset int64, n int32) trace.Segment {
		return trace.Segment{Dir: dir, Flags: ack, Offset: offset, Len: n}
	}
	acked := func(dir uint8, offset, acked int64) trace.Segment {
		return trace.Segment{Dir: dir, Flags: ack, Offset: offset, Acked: acked, Window: 5}
	}
	noted := func(s trace.Segment, words ...string) trace.Segment {
		for _, w := range words {
			s.Notes |= tcp.NoteOf(w)
		}
		return s
	}
	flagged := func(s trace.Segment, flags tcp.Flags) trace.Segment { s.Flags |= flags; return s }
	for _, v := range []struct {
		name     string
		segments []trace.Segment
		want     string
	}{
		{"handshake", []trace.Segment{hi, hello, ok}, "SYN / SYN, ACK / ACK: handshake, 3 packets"},
		{"a SYN that was lost", []trace.Segment{hi, hi, hello, ok},
			"SYN / SYN, again / SYN, ACK / ACK: handshake, 4 packets"},
		{"the third packet carries the request", []trace.Segment{hi, hello, data(0, 0, 10)},
			"SYN / SYN, ACK / ACK: handshake, 3 packets; bytes 0 to 9"},
		{"refused", []trace.Segment{hi, {Dir: 1, Flags: rst | ack}}, "SYN / RST: the server refuses the connection"},
		{"reset later", []trace.Segment{hi, hello, ok, flagged(data(0, 0, 0), rst)},
			"SYN / SYN, ACK / ACK: handshake, 3 packets / RST: the client resets the connection"},
		{"acknowledgments in a row", []trace.Segment{data(1, 0, 10), data(1, 10, 10), acked(0, 0, 10),
			acked(0, 0, 20)}, "bytes 0 to 9 / bytes 10 to 19 / 2 acknowledgments up to byte 19"},
		{"acknowledged again", []trace.Segment{data(1, 0, 10), data(1, 10, 10), acked(0, 0, 10), acked(0, 0, 10),
			acked(0, 0, 10)},
			"bytes 0 to 9 / bytes 10 to 19 / ACK up to byte 9 / 2 acknowledgments up to byte 9, again"},
		{"both sides acknowledge", []trace.Segment{acked(0, 9, 10), acked(1, 10, 9)},
			"ACK up to byte 9 / ACK up to byte 8"},
		{"zero window", []trace.Segment{noted(acked(0, 0, 10), "zero-window")},
			"ACK up to byte 9; zero window: the client can take no more"},
		{"keep-alive", []trace.Segment{noted(data(1, 9, 1), "keep-alive")}, "keep-alive probe"},
		{"retransmission", []trace.Segment{noted(data(1, 0, 1), "retransmission")}, "retransmission: byte 0"},
		{"other bytes the second time", []trace.Segment{noted(data(1, 0, 2), "retransmission", "overlap-different")},
			"retransmission with other bytes: bytes 0 to 1"},
		{"overtaken", []trace.Segment{noted(data(1, 10, 2), "lost-segment"), noted(data(1, 0, 10), "out-of-order")},
			"ahead of a hole: bytes 10 to 11 / out of order: bytes 0 to 9"},
		{"half-close", []trace.Segment{flagged(data(0, 5, 0), fin), data(1, 0, 3), flagged(data(1, 3, 0), fin),
			acked(0, 6, 4)},
			"FIN: the client sends no more (half-close) / bytes 0 to 2 / FIN: the server closes, too / ACK of the FIN"},
		{"late retransmission after a FIN is no half-close",
			[]trace.Segment{data(1, 0, 3), flagged(data(0, 5, 0), fin), noted(data(1, 0, 3), "retransmission")},
			"bytes 0 to 2 / FIN: the client closes / retransmission: bytes 0 to 2"},
		{"FIN with the last bytes, and again", []trace.Segment{flagged(data(1, 0, 3), fin),
			noted(flagged(data(1, 0, 3), fin), "retransmission")},
			"bytes 0 to 2; FIN: the server closes / retransmission: bytes 0 to 2; FIN, again"},
		{"a scanner's packet", []trace.Segment{{Dir: 0}}, "no flags"},
		{"silence", []trace.Segment{{Flags: syn, Nano: 5e9}, {Flags: syn, Nano: 92e8}, {Flags: syn, Nano: 9e9}},
			"SYN / 4.2 s of silence / SYN, again / the clock of the capture went back 200 ms / SYN, again"},
	} {
		t.Run(v.name, func(t *testing.T) {
			got := strings.Join(arrows(c, nil, &trace.Tape{Segments: v.segments}, chart.LadderOptions{}), " / ")
			if got != v.want {
				t.Errorf("\ngot  %s\nwant %s", got, v.want)
			}
		})
	}
}

// message is a message of a side at an offset of its stream.
func message(x *trace.Exchange, side layer.Side, offset int64, raw string) *trace.Message {
	h := http1.HeadOf(&httpdecode.Head{Side: httpdecode.Side(side), Raw: raw, Offset: offset, Method: "GET",
		Target: "/", Status: 200, Reason: "OK", Complete: true})
	m := x.NewMessage(side, h)
	m.Done, m.Complete = true, true
	return m
}

// TestLadderNamesBytes cuts one chunked response of 20 + 49 bytes in every way
// that matters: two chunks of 16 and 10, an empty last chunk, a trailer field.
func TestLadderNamesBytes(t *testing.T) {
	x := &trace.Exchange{ID: 7}
	m := message(x, layer.Server, 100, strings.Repeat("h", 20))
	x.Response = m
	m.Head.Framing().Kind = httpdecode.Chunked
	m.Body, m.Framing, m.Trailing = 26, 16, 7
	// 120 "10\r\n", 16 bytes, "\r\n", 142 "a\r\n", 10 bytes, "\r\n", 157 "0\r\n", 160 "A: b\r\n" as 7 bytes, 167 "\r\n".
	m.Chunks = []trace.Chunk{{Size: 16, Offset: 120}, {Size: 10, Offset: 142}}
	m.ChunkCount = 2
	m.Trailers = []trace.Trailer{{Offset: 160}}
	for _, v := range []struct {
		from, to int64
		want     string
	}{
		{100, 169, "response 200 OK, 2 chunks with 26 body bytes"},
		{100, 110, "begin of the response head 200 OK"},
		{105, 110, "more of the response head"},
		{105, 120, "end of the response head"},
		{100, 120, "response head 200 OK, chunked"},
		{100, 142, "response head 200 OK, chunked; chunk 1 (10 hex = 16)"},
		{105, 122, "end of the response head; chunk 1 (10 hex = 16)"},
		{130, 135, "more of chunk 1"},
		{130, 150, "chunk 2 (a hex = 10)"},
		{120, 157, "chunks 1 to 2 (26 bytes)"},
		{145, 160, "more of chunk 2; last chunk"},
		{157, 169, "last chunk; 1 trailer field"},
		{160, 167, "1 trailer field"},
		{167, 169, "end of the response"},
		{167, 180, "end of the response; bytes 169 to 179"},
		{10, 20, "bytes 10 to 19"},
		{200, 201, "byte 200"},
	} {
		s := trace.Segment{Dir: 1, Flags: ack, Offset: v.from, Len: int32(v.to - v.from), Frame: 3}
		tape := &trace.Tape{Segments: []trace.Segment{s}}
		if got := strings.Join(arrows(&trace.Connection{ClientKnown: true}, []*trace.Exchange{x}, tape,
			chart.LadderOptions{}), " / "); got != v.want {
			t.Errorf("bytes %d to %d: %q, want %q", v.from, v.to-1, got, v.want)
		}
	}
}

// TestLadderRefs holds what a screen needs to show the bytes of a line.
func TestLadderRefs(t *testing.T) {
	r := testkit.Record(t, "lost-segment.pcap")
	d := chart.Ladder(r.Connections[0], r.Exchanges, r.Tape(0), chart.LadderOptions{})
	var got []string
	for i := range d.Len() {
		if ref := d.Line(i).Ref; ref.To > ref.From {
			got = append(got, fmt.Sprintf("packet %d %s %d-%d x%d", ref.Frame, ref.Side, ref.From, ref.To,
				ref.Exchange))
		}
	}
	want := []string{"packet 4 request 0-87 x1", "packet 6 response 0-1448 x1", "packet 8 response 1448-2896 x0",
		"packet 9 response 2896-4344 x1",
		"packet 11 response 4344-4942 x1", "packet 13 request 87-170 x2", "packet 14 response 4942-5281 x2"}
	if strings.Join(got, "\n") != strings.Join(want, "\n") {
		t.Errorf("got\n%s\nwant\n%s", strings.Join(got, "\n"), strings.Join(want, "\n"))
	}
}

func TestLadderSaysWhatIsMissing(t *testing.T) {
	c := &trace.Connection{ClientKnown: true}
	for _, v := range []struct {
		name string
		c    *trace.Connection
		t    *trace.Tape
		want string
	}{
		{"nothing kept", c, nil, "No packets of this connection are kept"},
		{"nothing at all", nil, nil, "No packets of this connection are kept"},
		{"old packets dropped", c, &trace.Tape{Dropped: 12, Segments: make([]trace.Segment, 1)},
			"12 older packets were dropped"},
		{"heard, and nothing said yet", &trace.Connection{Heard: true}, nil, "The server's sockets were heard"},
		{"a guess", &trace.Connection{}, &trace.Tape{Segments: make([]trace.Segment, 1)},
			"is a guess by the port numbers"},
	} {
		if got := doc.Text(chart.Ladder(v.c, nil, v.t, chart.LadderOptions{Width: 200})); !strings.Contains(got,
			v.want) {
			t.Errorf("%s:\n%s", v.name, got)
		}
	}
}

// TestLadderIsLazy holds that the screen pays for the lines it shows.
func TestLadderIsLazy(t *testing.T) {
	make := func(n int) doc.Page {
		tape := &trace.Tape{}
		for i := range n {
			tape.Segments = append(tape.Segments, trace.Segment{Frame: int64(i), Nano: int64(i),
				Offset: int64(i) * 100, Len: 100, Flags: ack})
		}
		return chart.Ladder(&trace.Connection{ClientKnown: true}, nil, tape, chart.LadderOptions{})
	}
	short, long := make(10), make(100_000)
	few := testing.AllocsPerRun(20, func() { short.Line(5) })
	many := testing.AllocsPerRun(20, func() { long.Line(90_000) })
	if many > few+5 {
		t.Errorf("a line of a long ladder takes %v allocations, of a short one %v", many, few)
	}
}

func BenchmarkLadder(b *testing.B) {
	tape := &trace.Tape{}
	for i := range 100_000 {
		tape.Segments = append(tape.Segments, trace.Segment{Frame: int64(i), Nano: int64(i), Offset: int64(i) * 100,
			Len: int32(i%2) * 100, Flags: ack, Dir: uint8(i % 2)})
	}
	d := chart.Ladder(&trace.Connection{}, nil, tape, chart.LadderOptions{})
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			chart.Ladder(&trace.Connection{}, nil, tape, chart.LadderOptions{})
		}
	})
	b.Run("line", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			d.Line(i * 7919 % d.Len())
		}
	})
}

// anyTape is packets and pieces in any order, with any numbers.
func anyTape(t *rapid.T, c *trace.Connection) *trace.Tape {
	tape := &trace.Tape{Conn: c, Dropped: rapid.Int64Range(0, 2).Draw(t, "dropped")}
	offset := rapid.OneOf(rapid.Int64Range(-2, 3000), rapid.Int64())
	for range rapid.IntRange(0, 12).Draw(t, "segments") {
		tape.Segments = append(tape.Segments, trace.Segment{Frame: rapid.Int64Range(0, 40).Draw(t, "frame"),
			Nano: anyNano.Draw(t, "nano"), Offset: offset.Draw(t, "offset"),
			Acked: offset.Draw(t, "acked"), Len: rapid.Int32Range(0, 2000).Draw(t, "len"),
			Window: uint16(rapid.IntRange(0, 2).Draw(t, "window")),
			Flags:  tcp.Flags(rapid.IntRange(0, 63).Draw(t, "flags")), Dir: uint8(rapid.IntRange(0, 1).Draw(t, "dir")),
			Notes: tcp.Notes(rapid.Uint16().Draw(t, "notes"))})
	}
	for side := range tape.Runs {
		for range rapid.IntRange(0, 4).Draw(t, "parts") {
			tape.Runs[side] = append(tape.Runs[side],
				trace.Run{Extent: trace.Extent{Frame: rapid.Int64Range(0, 40).Draw(t, "frame"),
					Nano:   anyNano.Draw(t, "nano"),
					Offset: rapid.Int64Range(0, 3000).Draw(t, "offset"), Len: rapid.Int64Range(0, 2000).Draw(t, "len"),
					Dir: uint8(c.Dir(side)), Gap: rapid.Bool().Draw(t, "gap")}})
		}
	}
	return tape
}

func TestAnyLadder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		c := anyConnection(t)
		o := chart.LadderOptions{Width: rapid.IntRange(1, 130).Draw(t, "width"),
			Acks: chart.Acks(rapid.IntRange(0, 2).Draw(t, "acks")), Numbers: rapid.Bool().Draw(t, "numbers"),
			Pause: time.Duration(rapid.Int64().Draw(t, "pause")), ASCII: rapid.Bool().Draw(t, "ascii"),
			Origin: anyNano.Draw(t, "origin")}
		keepsTo(t, chart.Ladder(c, anyExchanges(t, c), anyTape(t, c), o), o.Width)
	})
}
