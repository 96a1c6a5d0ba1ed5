package chart

import (
	"regexp"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// ms is a time of the tests: milliseconds after a beginning.
func ms(n float64) int64 { return 1_000_000_000 + int64(n*1e6) }

// timed is an exchange by the times of its four moments, 0 for unknown ones.
func timed(start, sent, first, end int64) *trace.Exchange {
	x := &trace.Exchange{ID: 1}
	x.Request = x.NewMessage(layer.Client, &trace.Head{Method: "GET", Target: "/"})
	x.Request.First.Nano, x.Request.Last.Nano, x.Request.Done = start, sent, true
	x.Response = x.NewMessage(layer.Server, &trace.Head{Side: layer.Server, Status: 200})
	x.Response.First.Nano, x.Response.Last.Nano, x.Response.Done, x.Response.Complete = first, end, true, true
	return x
}

func closedConn(start, end int64) *trace.Connection {
	return &trace.Connection{State: tcp.Closed, ClosedBy: trace.ByClient, Handshake: true,
		Start: layer.Stamp{Packet: 1, Nano: start}, End: layer.Stamp{Nano: end}}
}

// bars draws the rows of lanes in ASCII, a millisecond per column, behind one
// another: bar, then what is said of the time.
func bars(o WaterfallOptions, lanes ...Lane) []string {
	o.ASCII = true
	w := Waterfall(WaterfallInput{lanes}, o).(*waterfall)
	var got []string
	for _, r := range w.rows {
		if r.exchange != laneHeading {
			line := w.Line(len(w.top) + 1 + len(got) + int(r.lane) + 1)
			cut := w.ink.pad(line.String(), w.width)[w.label:]
			got = append(got, strings.TrimRight(cut[:w.scale.width], " ")+"|"+strings.TrimSpace(cut[w.scale.width:]))
		}
	}
	return got
}

func TestBars(t *testing.T) {
	never := timed(ms(2), ms(3), 0, 0)
	never.Response = nil
	uploading := timed(ms(2), ms(6), ms(8), ms(9))
	uploading.Interim = []*trace.Message{{Side: layer.Server, First: layer.Stamp{Nano: ms(4)}}}
	part := timed(ms(2), ms(2), ms(4), ms(6))
	part.Response.Complete = false
	running := timed(ms(2), ms(2), ms(4), ms(6))
	running.Response.Done, running.Response.Complete = false, false
	lost := timed(0, 0, ms(4), ms(6))
	lost.Request = nil
	open := &trace.Connection{State: tcp.Open, Start: layer.Stamp{Nano: ms(0)}, End: layer.Stamp{Nano: ms(30)}}
	for _, c := range []struct {
		name string
		lane Lane
		want string
	}{
		{"set-up, request, wait, receive, close", Lane{Conn: closedConn(ms(0), ms(30)),
			Exchanges: []*trace.Exchange{timed(ms(3), ms(5), ms(10), ms(14))}},
			"+..---====#####...............x|11 ms"},
		{"two on one connection", Lane{Conn: closedConn(ms(0), ms(20)),
			Exchanges: []*trace.Exchange{timed(ms(1), ms(1), ms(3), ms(4)), timed(ms(9), ms(9), ms(12), ms(14))}},
			"+-=##|3.0 ms\n     ....-==###.....x|5.0 ms"},
		{"pipelined", Lane{Conn: closedConn(ms(0), ms(20)),
			Exchanges: []*trace.Exchange{timed(ms(2), ms(2), ms(6), ms(8)), timed(ms(2), ms(2), ms(9), ms(11))}},
			"+.-===###|6.0 ms\n  -======###........x|9.0 ms"},
		{"all in one column: the answer is shown, set-up and close beside it",
			Lane{Conn: closedConn(ms(5), ms(5.4)),
				Exchanges: []*trace.Exchange{timed(ms(5.1), ms(5.1), ms(5.2), ms(5.3))}}, "    +#x|0.20 ms"},
		{"an answer that did not wait for the request",
			Lane{Conn: closedConn(ms(0), ms(12)), Exchanges: []*trace.Exchange{timed(ms(2), ms(9), ms(5), ms(10))}},
			"+.----#####.x|8.0 ms"},
		{"an interim response", Lane{Conn: closedConn(ms(0), ms(12)), Exchanges: []*trace.Exchange{uploading}},
			"+.--i--=##..x|7.0 ms"},
		{"no answer", Lane{Conn: closedConn(ms(0), ms(9)), Exchanges: []*trace.Exchange{never}},
			"+.--======x|no answer"},
		{"still waiting", Lane{Conn: open, Exchanges: []*trace.Exchange{never}},
			"..--===========================|open"},
		{"cut short", Lane{Conn: closedConn(ms(0), ms(6)), Exchanges: []*trace.Exchange{part}}, "+.-=###x|incomplete"},
		{"still receiving", Lane{Conn: open, Exchanges: []*trace.Exchange{running}},
			"..-=###.......................|open"},
		{"request not captured", Lane{Conn: closedConn(ms(0), ms(9)), Exchanges: []*trace.Exchange{lost}},
			"+...###..x|2.0 ms"},
		{"a clock that went back", Lane{Conn: closedConn(ms(0), ms(12)),
			Exchanges: []*trace.Exchange{timed(ms(5), ms(6), ms(3), ms(8))}}, "+....--##...x|clock back"},
		{"no times", Lane{Conn: closedConn(0, 0), Exchanges: []*trace.Exchange{timed(0, 0, 0, 0)}}, "|no times"},
		{"never used", Lane{Conn: closedConn(ms(1), ms(9))}, " +.......x|"},
		{"other bytes", Lane{Conn: &trace.Connection{State: tcp.Open, Bytes: [2]int64{3, 4},
			Start: layer.Stamp{Nano: ms(1)}}}, " " + strings.Repeat("o", 30) + "|"},
	} {
		t.Run(c.name, func(t *testing.T) {
			// This width leaves 31 columns for the bar, a millisecond each.
			if got := strings.Join(bars(WaterfallOptions{Width: 67, From: ms(0), To: ms(31), Origin: ms(0)}, c.lane),
				"\n"); got != c.want {
				t.Errorf("\ngot\n%s\nwant\n%s", got, c.want)
			}
		})
	}
}

func TestAtOnce(t *testing.T) {
	for _, c := range []struct {
		name         string
		starts, ends []int64
		want         int
	}{
		{"none", nil, nil, 0},
		{"one after the other", []int64{1, 5, 9}, []int64{5, 9, 12}, 1},
		{"three over one another", []int64{1, 2, 3, 9}, []int64{6, 7, 4, 12}, 3},
		{"without length, inside another", []int64{1, 3}, []int64{6, 3}, 2},
		{"one that never ends", []int64{1, 3, 9}, []int64{1 << 62, 4, 10}, 2},
	} {
		if got := atOnce(c.starts, c.ends); got != c.want {
			t.Errorf("%s: %d at once, want %d", c.name, got, c.want)
		}
	}
}

// inTurn is what a bar may look like, whatever the times were.
var inTurn = regexp.MustCompile(`^ *\+*\.*[-i]*[=i]*#*[.o]*x? *$`)

// TestBarsKeepOrder holds for exchanges that follow each other on a connection:
// the phases of a bar are in their order, and no bar begins before the column
// in which the one above it ends.
func TestBarsKeepOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		step := rapid.Custom(func(t *rapid.T) int64 {
			return rapid.OneOf(rapid.Just(int64(0)), rapid.Int64Range(1, 1000),
				rapid.Int64Range(1, 50_000_000)).Draw(t, "step")
		})
		now := ms(0)
		next := func() int64 { now += step.Draw(t, "pause"); return now }
		l := Lane{Conn: closedConn(next(), 0)}
		for range rapid.IntRange(1, 6).Draw(t, "exchanges") {
			l.Exchanges = append(l.Exchanges, timed(next(), next(), next(), next()))
		}
		l.Conn.End.Nano = next()
		o := WaterfallOptions{Width: rapid.IntRange(30, 150).Draw(t, "width")}
		if rapid.Bool().Draw(t, "zoom") {
			o.From = rapid.Int64Range(ms(0), now).Draw(t, "from")
			o.To = rapid.Int64Range(o.From, now).Draw(t, "to")
		}
		busy := 0
		for i, bar := range bars(o, l) {
			bar = bar[:strings.LastIndexByte(bar, '|')]
			if !inTurn.MatchString(bar) {
				t.Fatalf("bar %d is out of order: %q", i, bar)
			}
			if first := strings.IndexAny(bar, "-=#"); first >= 0 {
				if first < busy {
					t.Fatalf("bar %d begins in column %d, the one before ends in %d", i, first, busy)
				}
				busy = strings.LastIndexAny(bar, "-=#")
			}
		}
	})
}

// TestWaterfallIsLazy holds that the screen pays for the lines it shows.
func TestWaterfallIsLazy(t *testing.T) {
	l := Lane{Conn: closedConn(ms(0), ms(1e6))}
	for i := range 10_000 {
		at := ms(float64(i))
		l.Exchanges = append(l.Exchanges, timed(at, at+1000, at+2000, at+3000))
	}
	short, long := Waterfall(WaterfallInput{[]Lane{{Conn: l.Conn, Exchanges: l.Exchanges[:10]}}}, WaterfallOptions{}),
		Waterfall(WaterfallInput{[]Lane{l}}, WaterfallOptions{})
	few := testing.AllocsPerRun(20, func() { short.Line(short.Len() - 2) })
	many := testing.AllocsPerRun(20, func() { long.Line(long.Len() - 3) })
	if many > few+10 {
		t.Errorf("a line of a long waterfall takes %v allocations, of a short one %v", many, few)
	}
}

func BenchmarkWaterfallMillion(b *testing.B) {
	var lanes []Lane
	for c := range 10_000 {
		l := Lane{Conn: closedConn(ms(float64(c)), ms(float64(c+200)))}
		for i := range 100 {
			at := ms(float64(c + 2*i))
			l.Exchanges = append(l.Exchanges, timed(at, at+1000, at+2000, at+3000))
		}
		lanes = append(lanes, l)
	}
	b.Run("make", func(b *testing.B) {
		for b.Loop() {
			Waterfall(WaterfallInput{lanes}, WaterfallOptions{})
		}
	})
	d := Waterfall(WaterfallInput{lanes}, WaterfallOptions{})
	b.Run("line", func(b *testing.B) {
		for i := 0; b.Loop(); i++ {
			d.Line(i * 7919 % d.Len())
		}
	})
	b.ReportMetric(float64(d.Len()), "lines")
}
