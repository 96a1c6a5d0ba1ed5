package chart_test

import (
	"fmt"
	"math"
	"path/filepath"
	"strings"
	"testing"
	"unicode"

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

func TestGoldenWaterfalls(t *testing.T) {
	for _, name := range []string{"browser-images.pcap", "persistent.pcap", "slow-chunked.pcap", "slow-buffered.pcap",
		"rst-body.pcap", "half-close.pcap",
		"speculative.pcap", "https.pcapng", "expect-100.pcap", "pipelining.pcap", "mid-stream.pcap", "demo.pcapng"} {
		r := testkit.Record(t, name)
		t.Run(name, func(t *testing.T) {
			goldenPicture(t, "waterfall/"+strings.TrimSuffix(name, filepath.Ext(name)),
				func(width int, ascii bool) doc.Page {
					return chart.Waterfall(chart.WaterfallInput{Lanes: lanesOf(r)},
						chart.WaterfallOptions{Width: width, ASCII: ascii})
				})
		})
	}
}

func TestGoldenWaterfallsInChinese(t *testing.T) {
	for _, name := range []string{"slow-chunked.pcap", "https.pcapng", "mid-stream.pcap"} {
		r := testkit.Record(t, name)
		goldenPicture(t, "waterfall/"+strings.TrimSuffix(name, filepath.Ext(name))+"-zh",
			func(width int, ascii bool) doc.Page {
				return chart.Waterfall(chart.WaterfallInput{Lanes: lanesOf(r)},
					chart.WaterfallOptions{Lang: texts.Chinese, Width: width, ASCII: ascii})
			})
	}
}

// TestWaterfallWindow is the browser's page of twelve images, zoomed to the
// time of its first images.
func TestWaterfallWindow(t *testing.T) {
	r := testkit.Record(t, "browser-images.pcap")
	zero := lanesOf(r)[0].Conn.Start.Nano
	o := chart.WaterfallOptions{Width: 80, ASCII: true, From: zero + 50e6, To: zero + 150e6, Selected: 2}
	d := chart.Waterfall(chart.WaterfallInput{Lanes: lanesOf(r)}, o)
	testkit.Golden(t, "testdata/waterfall/browser-images-window.txt", doc.Text(d))
	if got := doc.Text(d); !strings.Contains(got, "outside of the time shown") ||
		!strings.Contains(got, "\n> GET /image01.png") {
		t.Errorf("window:\n%s", got)
	}
}

func TestWaterfallRefs(t *testing.T) {
	r := testkit.Record(t, "persistent.pcap")
	d := chart.Waterfall(chart.WaterfallInput{Lanes: lanesOf(r)}, chart.WaterfallOptions{})
	var got []string
	for i := range d.Len() {
		if ref := d.Line(i).Ref; ref != (doc.Ref{}) {
			got = append(got, fmt.Sprintf("%d:%d", ref.Exchange, ref.Frame))
		}
	}
	// The connection by its SYN, then the exchanges by their requests.
	if want := "0:1 1:4 2:8 3:10 4:12 5:14"; strings.Join(got, " ") != want {
		t.Errorf("exchanges and packets %v, want %s", got, want)
	}
}

func TestEmptyWaterfall(t *testing.T) {
	got := doc.Text(chart.Waterfall(chart.WaterfallInput{}, chart.WaterfallOptions{ASCII: true}))
	if !strings.HasPrefix(got, "There are no connections yet.") {
		t.Errorf("got %q", got)
	}
}

func TestLanes(t *testing.T) {
	a, b, c := &trace.Connection{ID: 4}, &trace.Connection{ID: 2}, &trace.Connection{ID: 3}
	// The exchange of connection 2 points to a record that was made anew since.
	xs := []*trace.Exchange{{ID: 1, Conn: &trace.Connection{ID: 2}}, {ID: 2, Conn: a}, {ID: 3, Conn: c},
		{ID: 4, Conn: a}}
	var got []string
	for _, l := range chart.Lanes([]*trace.Connection{a, b}, xs) {
		s := fmt.Sprint(l.Conn.ID)
		for _, x := range l.Exchanges {
			s += fmt.Sprint(" x", x.ID)
		}
		got = append(got, s)
	}
	if want := "2 x1, 3 x3, 4 x2 x4"; strings.Join(got, ", ") != want {
		t.Errorf("lanes %q, want %s", got, want)
	}
}

// anyNano is a time as a capture may have it, or a damaged one.
var anyNano = rapid.OneOf(rapid.Int64Range(1e18, 1e18+2e9),
	rapid.SampledFrom([]int64{0, 1, -5, math.MaxInt64, math.MinInt64}), rapid.Int64())

// anyText is text of the network at its worst.
var anyText = rapid.OneOf(rapid.String(),
	rapid.SampledFrom([]string{"", "/简体中文/👩‍👩‍👧", "\x1b[31m\x07\r\n\t", "\u202egnp.exe", "e\u0301\u0301\u0301",
		"\xff\xfe"}),
	rapid.Map(rapid.SliceOf(rapid.Byte()), func(b []byte) string { return string(b) }))

func anyMessage(t *rapid.T, x *trace.Exchange, side layer.Side) *trace.Message {
	var h *trace.Head
	if rapid.IntRange(0, 9).Draw(t, "head") > 0 {
		text := &httpdecode.Head{Side: httpdecode.Side(side), Raw: anyText.Draw(t, "raw"),
			Offset: rapid.Int64Range(-5, 3000).Draw(t, "offset"), Method: anyText.Draw(t, "method"),
			Target: anyText.Draw(t, "target"), Status: rapid.IntRange(0, 999).Draw(t, "status"),
			Reason: anyText.Draw(t, "reason"), Complete: rapid.Bool().Draw(t, "whole")}
		text.Framing.Kind = httpdecode.FramingKind(rapid.IntRange(0, 4).Draw(t, "framing"))
		h = http1.HeadOf(text)
	}
	m := x.NewMessage(side, h)
	m.First.Nano, m.Last.Nano = anyNano.Draw(t, "first"), anyNano.Draw(t, "last")
	m.First.Packet, m.Done, m.Complete = rapid.Int64Range(0, 40).Draw(t, "frame"), rapid.Bool().Draw(t, "done"),
		rapid.Bool().Draw(t, "complete")
	m.Body, m.Framing = rapid.Int64Range(0, 3000).Draw(t, "body"), rapid.Int64Range(0, 50).Draw(t, "chunk framing")
	m.BodyOffset = rapid.Int64Range(-1, 3000).Draw(t, "body offset")
	for range rapid.IntRange(0, 4).Draw(t, "chunks") {
		m.Chunks = append(m.Chunks, trace.Chunk{Size: rapid.Int64Range(0, 99).Draw(t, "size"),
			Offset: rapid.Int64Range(0, 3000).Draw(t, "at")})
	}
	m.ChunkCount = int64(len(m.Chunks)) + rapid.Int64Range(0, 2).Draw(t, "more chunks")
	return m
}

func anyExchanges(t *rapid.T, c *trace.Connection) []*trace.Exchange {
	var xs []*trace.Exchange
	for i := range rapid.IntRange(0, 4).Draw(t, "exchanges") {
		x := &trace.Exchange{ID: int64(i + 1), Conn: c}
		if rapid.IntRange(0, 5).Draw(t, "request") > 0 {
			x.Request = anyMessage(t, x, layer.Client)
		}
		for range rapid.IntRange(0, 1).Draw(t, "interim") {
			x.Interim = append(x.Interim, anyMessage(t, x, layer.Server))
		}
		switch rapid.IntRange(0, 5).Draw(t, "answer") {
		case 0:
		case 1:
			x.Simple = anyMessage(t, x, layer.Server)
		default:
			x.Response = anyMessage(t, x, layer.Server)
		}
		xs = append(xs, x)
	}
	return xs
}

func anyConnection(t *rapid.T) *trace.Connection {
	return &trace.Connection{ID: rapid.Int64Range(0, 1<<40).Draw(t, "id"),
		Start: layer.Stamp{Nano: anyNano.Draw(t, "start")}, End: layer.Stamp{Nano: anyNano.Draw(t, "end")},
		State: rapid.SampledFrom([]tcp.State{tcp.Unknown, tcp.Open, tcp.HalfClosed, tcp.Closed, tcp.Reset}).Draw(t,
			"state"), ClosedBy: rapid.SampledFrom([]trace.Closer{trace.Nobody, trace.ByClient, trace.ByServer}).Draw(
			t, "closed by"),
		Handshake: rapid.Bool().Draw(t, "handshake"), Swapped: rapid.IntRange(0, 1).Draw(t, "swapped"),
		Protocol: rapid.SampledFrom([]trace.Protocol{trace.HTTP11, trace.TLS, trace.HTTP2,
			trace.OtherProtocol}).Draw(t, "protocol"),
		Detail: anyText.Draw(t, "detail"), Bytes: [2]int64{rapid.Int64Range(0, 9).Draw(t, "bytes"), 0},
		Heard: rapid.Bool().Draw(t, "heard")}
}

// keepsTo holds for every page, whatever it is made from: lines keep to the
// width, and a terminal obeys nothing in them.
func keepsTo(t *rapid.T, d doc.Page, width int) {
	for i := range d.Len() {
		l := d.Line(i)
		if l.Width() > width {
			t.Fatalf("line %d takes %d of %d columns: %q", i, l.Width(), width, l.String())
		}
		if strings.ContainsFunc(l.String(),
			func(r rune) bool { return unicode.IsControl(r) || unicode.Is(unicode.Bidi_Control, r) }) {
			t.Fatalf("line %d can be obeyed: %q", i, l.String())
		}
	}
}

func TestAnyWaterfall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var lanes []chart.Lane
		for range rapid.IntRange(0, 3).Draw(t, "lanes") {
			c := anyConnection(t)
			l := chart.Lane{Conn: c, Exchanges: anyExchanges(t, c)}
			if rapid.Bool().Draw(t, "taped") {
				l.Tape = anyTape(t, c)
			}
			lanes = append(lanes, l)
		}
		o := chart.WaterfallOptions{Width: rapid.IntRange(1, 130).Draw(t, "width"),
			ASCII: rapid.Bool().Draw(t, "ascii"), Selected: rapid.Int64Range(0, 3).Draw(t, "selected"),
			Origin: anyNano.Draw(t, "origin")}
		if rapid.Bool().Draw(t, "window") {
			o.From, o.To = anyNano.Draw(t, "from"), anyNano.Draw(t, "to")
		}
		keepsTo(t, chart.Waterfall(chart.WaterfallInput{Lanes: lanes}, o), o.Width)
	})
}
