package inspect

import (
	"math/rand/v2"
	"net/netip"
	"slices"
	"testing"

	"httpscope/capture"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// ordered gives packets with these times to an orderer, and returns the numbers in the order
// in which they come out, and those that were named as skipped.
func ordered(times []int64) (numbers, skipped []int64, late int64) {
	o := &orderer{give: func(p *capture.Packet) { numbers = append(numbers, p.Number) },
		skipped: func(p *capture.Packet) { skipped = append(skipped, p.Number) }}
	var p capture.Packet // one memory for all, as a source has it
	payload := make([]byte, 8)
	for i, nano := range times {
		payload[0] = byte(i)
		p = capture.Packet{Number: int64(i + 1), Nano: nano, Payload: payload}
		o.add(&p)
	}
	o.flush()
	return numbers, skipped, o.late
}

func TestOrder(t *testing.T) {
	const second = int64(1e9)
	for _, c := range []struct {
		name  string
		times []int64
		want  []int64
	}{
		{"in order", []int64{1, 2, 2, 3}, []int64{1, 2, 3, 4}},
		{"without times", []int64{0, 0, 0}, []int64{1, 2, 3}},
		{"the first is late", []int64{5, 6, 1, 7}, []int64{3, 1, 2, 4}},
		{"a clock that was set back", []int64{100 * second, 101 * second, 50 * second, 51 * second},
			[]int64{1, 2, 3, 4}},
	} {
		if got, _, _ := ordered(c.times); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestOrderSorts: within its window the orderer is a stable sort.
func TestOrderSorts(t *testing.T) {
	rng := rand.New(rand.NewPCG(1, 2))
	for range 200 {
		times := make([]int64, 1+rng.IntN(3*orderPackets))
		for i := range times {
			times[i] = int64(i) + rng.Int64N(orderPackets/2)
		}
		want := make([]int64, len(times))
		for i := range want {
			want[i] = int64(i + 1)
		}
		slices.SortStableFunc(want, func(a, b int64) int { return int(times[a-1] - times[b-1]) })
		if got, _, _ := ordered(times); !slices.Equal(got, want) {
			t.Fatalf("times %v come as %v, want %v", times, got, want)
		}
	}
}

// TestOrderKeepsNumbers: connections are numbered by their first packets in the file,
// whatever the order in which they are read.
func TestOrderKeepsNumbers(t *testing.T) {
	sink := &connectionList{}
	e := New(Options{InOrder: true}, sink)
	server := netip.MustParseAddrPort("192.0.2.2:80")
	for i, nano := range []int64{50, 40, 30, 20, 10} {
		e.Packet(&capture.Packet{Number: int64(i + 1), Nano: nano,
			Src: netip.AddrPortFrom(netip.MustParseAddr("192.0.2.1"), uint16(1000+i)),
			Dst: server, Flags: tcp.SYN, Seq: uint32(i), Overtaken: i < 4})
	}
	e.Finish()
	for port, id := range sink.ports {
		if int64(port)-1000 != id {
			t.Errorf("the connection of port %d has number %d", port, id)
		}
	}
	if s := e.Summary(); s.Disordered != 4 || len(sink.ports) != 5 {
		t.Errorf("%d packets out of order, %d connections", s.Disordered, len(sink.ports))
	}
}

// connectionList is a sink that keeps the numbers of connections, by the client's port.
type connectionList struct {
	exchangeList
	ports map[uint16]int64
}

func (l *connectionList) Connection(c *trace.Connection) {
	if l.ports == nil {
		l.ports = map[uint16]int64{}
	}
	l.ports[c.Ends[0].Port()] = c.ID
}
