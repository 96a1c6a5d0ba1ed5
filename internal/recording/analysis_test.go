package recording_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"testing"
	"time"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

// recorded is the recording of what happens on one connection. step is the time
// from packet to packet.
func recorded(t *testing.T, step time.Duration, talk func(c *synth.Capture, conn *synth.Conn)) *recording.Recording {
	t.Helper()
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 3, 2, 8, 0, 0, 0, time.UTC))
	c.Step = step
	talk(c, c.Conn(netip.MustParseAddrPort("10.0.0.2:40001"), netip.MustParseAddrPort("10.0.0.1:8000"),
		[2]uint32{1000, 9000}))
	r, err := recording.Read(&b, 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// noted lists what is said of packets, where anything is.
func noted(r *recording.Recording) []string {
	var all []string
	for _, p := range r.Packets {
		words := p.Segment.Notes.String()
		if words != "" {
			all = append(all, fmt.Sprintf("%d %s", p.Number, words))
		}
	}
	return all
}

const (
	slow  = 50 * time.Millisecond
	quick = time.Millisecond
)

func TestAnalysis(t *testing.T) {
	for _, c := range []struct {
		name string
		step time.Duration
		talk func(c *synth.Capture, x *synth.Conn)
		want []string
	}{
		{"a SYN without an answer is sent again", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Segment(0, tcp.SYN, nil)
			x.Segment(0, tcp.SYN, nil)
			x.Segment(0, tcp.SYN, nil)
		}, []string{"2 retransmission", "3 retransmission"}},
		{"data is sent again", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.Segment(0, tcp.ACK, []byte("GET / HTTP/1.1\r\n"))
			x.Segment(0, tcp.ACK, []byte("GET / HTTP/1.1\r\n"))
		}, []string{"5 retransmission"}},
		{"a FIN is sent again", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.Segment(0, tcp.FIN|tcp.ACK, nil)
			x.Segment(0, tcp.FIN|tcp.ACK, nil)
		}, []string{"5 retransmission"}},
		{"a segment comes late, within a round trip", quick, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.SegmentAt(0, x.Seq[0]+4, tcp.ACK, []byte("next"))
			x.SegmentAt(0, x.Seq[0], tcp.ACK, []byte("late"))
		}, []string{"4 lost-segment", "5 out-of-order"}},
		{"a probe of an idle connection", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.Send(0, []byte("GET"))
			x.SegmentAt(0, x.Seq[0]-1, tcp.ACK, nil)
			x.SegmentAt(0, x.Seq[0]-1, tcp.ACK, []byte("x"))
		}, []string{"6 keep-alive", "7 keep-alive"}},
		{"an acknowledgment from beyond what was captured", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.SegmentAt(0, x.Seq[0]+100, tcp.ACK, nil)
		}, []string{"4 lost-segment"}},
		{"the last acknowledgment of a close is nothing of note", slow, func(_ *synth.Capture, x *synth.Conn) {
			x.Open()
			x.Send(0, []byte("GET"))
			x.Close(0)
		}, nil},
	} {
		t.Run(c.name, func(t *testing.T) {
			if diff := cmp.Diff(c.want, noted(recorded(t, c.step, c.talk))); diff != "" {
				t.Error(diff)
			}
		})
	}
}

// TestLate: packets after the end of a connection are of that connection, but
// bytes that no stream has are not.
func TestLate(t *testing.T) {
	r := recorded(t, slow, func(_ *synth.Capture, x *synth.Conn) {
		x.Open()
		x.Send(0, []byte("GET"))
		x.Close(0)
		for range 3 {
			x.Segment(1, tcp.ACK, nil)
		}
		x.SegmentAt(0, x.Seq[0]-4, tcp.ACK, []byte("GET"))
		x.SegmentAt(0, x.Seq[0], tcp.ACK, []byte("beyond"))
	})
	if len(r.Connections) != 1 {
		t.Fatalf("%d connections", len(r.Connections))
	}
	for _, n := range []int64{9, 10, 11, 12} {
		if p := r.Packet(n); p.Conn != 0 || p.SinceSegment == 0 {
			t.Errorf("packet %d is of connection %d", n, p.Conn)
		}
	}
	if g := r.Packet(11).Segment; g.Offset != 1 || g.Acked != 4 || g.Dir != 1 {
		t.Errorf("a late acknowledgment stands at %d, acknowledges %d, direction %d", g.Offset, g.Acked, g.Dir)
	}
	if p := r.Packet(13); p.Conn >= 0 {
		t.Errorf("bytes behind the end are of connection %d", p.Conn)
	}
}

// TestOneSide: where one side was captured, its acknowledgments count from the
// first, and its SYN says how its window is scaled.
func TestOneSide(t *testing.T) {
	r := recorded(t, slow, func(_ *synth.Capture, x *synth.Conn) {
		x.Segment(0, tcp.SYN, nil)
		x.Seq[0]++
		for _, more := range []uint32{1, 100, 50} {
			x.Seq[1] += more
			x.Segment(0, tcp.ACK, nil)
		}
	})
	var acked []int64
	for _, p := range r.Packets[1:] {
		acked = append(acked, p.Segment.Acked)
		if p.Shift != 0 {
			t.Errorf("packet %d: shift %d, and the SYN has no option", p.Number, p.Shift)
		}
	}
	if diff := cmp.Diff([]int64{0, 100, 150}, acked); diff != "" {
		t.Error(diff)
	}
}
