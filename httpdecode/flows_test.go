package httpdecode

import (
	"fmt"
	"path/filepath"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

// piece is what one side sends at a time, or what is missing, or its end.
type piece struct {
	side Side
	data string
	gap  int64
	more bool // the gap is of unknown length: so long at least
	eof  How
	ends bool
}

// conversation is a connection as pieces in their order.
type conversation []piece

// String is the conversation as the other tests write it.
func (c conversation) String() string {
	var b strings.Builder
	for _, p := range c {
		fmt.Fprintf(&b, "%s %q gap %d ends %t %d\n", p.side, p.data, p.gap, p.ends, p.eof)
	}
	return b.String()
}

func parseFlow(text string) (c conversation) {
	var p *piece
	for _, line := range strings.SplitAfter(text, "\n") {
		marker := strings.TrimRight(line, "\r\n")
		if marker == ">>>" || marker == "<<<" {
			c = append(c, piece{side: Client})
			p = &c[len(c)-1]
			if marker == "<<<" {
				p.side = Server
			}
			continue
		}
		if p != nil {
			p.data += line
		}
	}
	for i := range c[:len(c)-1] { // the line end before a marker is not data
		c[i].data = strings.TrimSuffix(strings.TrimSuffix(c[i].data, "\n"), "\r")
	}
	return c
}

// failer is a test, or a check of rapid's.
type failer interface{ Fatalf(string, ...any) }

// play feeds a conversation, each piece in parts that cut chooses, and checks
// after each call that every byte is accounted for.
func (c conversation) play(t failer, d *Decoder, cut func(n int) int, each func(*Event)) {
	fed := [2]int64{}
	for s := range fed { // of the pieces before
		fed[s] = d.Tally(Side(s)).Sum() + d.Waiting(Side(s))
	}
	check := func(s Side) {
		if got := d.Tally(s).Sum() + d.Waiting(s); got != fed[s] {
			t.Fatalf("%s: %d bytes accounted for, %d were fed (%+v, %d wait)\n%s", s, got, fed[s], d.Tally(s),
				d.Waiting(s), c)
		}
		if w := d.Waiting(s); w > maxHead+maxSniff {
			t.Fatalf("%d bytes wait", w)
		}
		for e, ok := d.Next(); ok; e, ok = d.Next() {
			each(e)
		}
	}
	for _, p := range c {
		d.Segment(p.side, -1)
		for rest := p.data; rest != ""; {
			n := cut(len(rest))
			d.Feed(p.side, []byte(rest[:n]), Stamp{})
			fed[p.side] += int64(n)
			check(Client)
			check(Server)
			rest = rest[n:]
		}
		if p.gap > 0 || p.more {
			if p.more {
				d.GapAtLeast(p.side, p.gap, Stamp{})
			} else {
				d.Gap(p.side, p.gap, Stamp{})
			}
			check(p.side)
		}
		if p.ends {
			again := d.sides[p.side].ended
			d.EOF(p.side, p.eof, Stamp{})
			check(p.side)
			if d.Waiting(p.side) > 0 && !again {
				t.Fatalf("%d bytes wait after the end", d.Waiting(p.side))
			}
		}
	}
}

func newDecoder(midstream bool) *Decoder {
	d := New(nil)
	if midstream {
		d.Midstream()
	}
	return d
}

func whole(n int) int { return n }
func byByte(int) int  { return 1 }

// merged renders a conversation's events one a line, with adjacent bytes of a
// kind together, the sides one after the other: what must not depend on how
// the streams were cut.
func (c conversation) merged(t failer, midstream bool, cut func(int) int) string {
	var all [2][]Event
	c.play(t, newDecoder(midstream), cut, func(e *Event) {
		one := *e
		one.Bytes = append([]byte(nil), e.Bytes...)
		events := &all[e.Side]
		if n := len(*events); n > 0 {
			last := &(*events)[n-1]
			if e.Kind != FindingEvent && last.Kind != FindingEvent && e.Span.From < last.Span.To {
				t.Fatalf("%s at %d: the event before goes to %d\n%s", line(e), e.Span.From, last.Span.To, c)
			}
			bytes := e.Kind == BodyEvent || e.Kind == RawEvent || e.Kind == LostEvent
			if bytes && last.Kind == e.Kind && last.Exchange == e.Exchange && last.Span.To == e.Span.From {
				last.Bytes, last.Span.To = append(last.Bytes, one.Bytes...), e.Span.To
				return
			}
		}
		*events = append(*events, one)
	})
	var b strings.Builder
	for s := range all {
		for i := range all[s] {
			e := &all[s][i]
			fmt.Fprintf(&b, "%s from %d\n", line(e), e.Span.From)
		}
	}
	return b.String()
}

// sameHoweverCut checks that a conversation gives the same events whole, byte
// by byte, and cut at random.
func sameHoweverCut(t *testing.T, c conversation, midstream bool) (want string) {
	want = c.merged(t, midstream, whole)
	if got := c.merged(t, midstream, byByte); got != want {
		t.Errorf("byte by byte:\n%s\nwhole:\n%s", got, want)
		return want
	}
	rapid.Check(t, func(r *rapid.T) {
		if got := c.merged(r, midstream, func(n int) int { return rapid.IntRange(1, n).Draw(r, "cut") }); got != want {
			r.Fatalf("cut at random:\n%s\nwhole:\n%s", got, want)
		}
	})
	return want
}

func TestFlows(t *testing.T) {
	n, messages := 0, 0
	for _, path := range files(t, "libhtp-flows", "[0-9]*") {
		c := parseFlow(read(t, path))
		c = append(c, piece{side: Client, ends: true, eof: FIN}, piece{side: Server, ends: true, eof: FIN})
		t.Run(filepath.Base(path), func(t *testing.T) {
			messages += strings.Count(sameHoweverCut(t, c, false), " end ")
			n++
		})
	}
	t.Logf("libhtp: %d flows with %d messages do not depend on where they are cut", n, messages)
}
