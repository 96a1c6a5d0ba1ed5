package variant

import (
	"cmp"
	"slices"
)

// stamps maps TCP timestamps (RFC 7323): each host's clock gets an offset, and
// goes on during the pauses that were made longer, so that it still agrees with
// the times of capture.
type stamps struct {
	secret *secret
	flows  map[flow]*ticker
}

// tick is when a flow first showed a timestamp, and how much later that is now.
type tick struct {
	value     uint32
	at, later int64 // nanoseconds
	ticks     uint32
}

type ticker struct{ seen []tick }

// note takes a timestamp of the base. Those that go back are retransmissions or
// packets out of order, and take the ticks of their neighbours.
func (s *stamps) note(f flow, value uint32, at, later int64) {
	t := s.flows[f]
	if t == nil {
		t = &ticker{}
		s.flows[f] = t
	}
	if n := len(t.seen); n == 0 || int32(value-t.seen[n-1].value) > 0 {
		t.seen = append(t.seen, tick{value: value, at: at, later: later})
	}
}

// set works out the ticks.
func (s *stamps) set() {
	for _, t := range s.flows {
		rate := t.rate()
		for i := range t.seen {
			t.seen[i].ticks = uint32(int32(float64(t.seen[i].later) / 1e9 * rate))
		}
	}
}

// rates of timestamp clocks in use, per second.
var rates = []float64{1000, 100, 250, 200, 10, 2, 1e6}

// rate is the clock's rate, 1000 when the capture is too short to tell.
func (t *ticker) rate() float64 {
	first, last := t.seen[0], t.seen[len(t.seen)-1]
	seconds := float64(last.at-first.at) / 1e9
	if seconds < 0.2 {
		return rates[0]
	}
	measured := float64(last.value-first.value) / seconds
	for _, r := range rates {
		if measured > 0.8*r && measured < 1.2*r {
			return r
		}
	}
	return rates[0]
}

// of is the timestamp that stands for one of a flow.
func (s *stamps) of(f flow, value uint32) uint32 {
	out := value + s.secret.number("timestamp", f.src.Addr().String())
	t := s.flows[f]
	if t == nil {
		return out
	}
	i, found := slices.BinarySearchFunc(t.seen, value,
		func(x tick, v uint32) int { return cmp.Compare(int32(x.value-v), 0) })
	if !found {
		i--
	}
	if i < 0 {
		return out + t.seen[0].ticks
	}
	return out + t.seen[i].ticks
}
