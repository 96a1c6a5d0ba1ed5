package original

import (
	"math"
	"net/netip"
	"time"

	"httpscope/internal/tcp"
)

const (
	second  = int64(time.Second)
	leeway  = time.Hour // of the student's clock
	regular = 10        // packets from which on equal distances are no chance
)

func (c *checker) clocks() {
	if !c.dated() {
		c.say(NoTimes, Note, nil, "original.no-times")
		return
	}
	c.backwards()
	c.spacing()
	c.roundTrips()
	c.period()
	c.stamps()
}

func (c *checker) dated() bool {
	for _, p := range c.r.Packets {
		if p.Nano != 0 {
			return true
		}
	}
	return false
}

// backwards leaves out small steps: packets of several cores or interfaces come
// a little out of order.
func (c *checker) backwards() {
	var frames []int64
	for i := 1; i < len(c.r.Packets); i++ {
		if p, q := c.r.Packets[i-1], c.r.Packets[i]; q.Nano != 0 && p.Nano-q.Nano > second {
			frames = append(frames, q.Number)
		}
	}
	if len(frames) > 0 {
		c.say(TimeBackwards, Warning, frames, "original.backwards", packets(frames))
	}
}

func (c *checker) spacing() {
	all := c.r.Packets
	if len(all) < regular {
		return
	}
	low, high := int64(math.MaxInt64), int64(math.MinInt64)
	for i := 1; i < len(all); i++ {
		d := all[i].Nano - all[i-1].Nano
		low, high = min(low, d), max(high, d)
	}
	if high-low <= int64(time.Microsecond) {
		c.equal = true
		c.say(EqualSpacing, Warning, nil, "original.spacing", len(all), time.Duration(low))
	}
}

// roundTrips compares each SYN with its answer.
func (c *checker) roundTrips() {
	syn := map[int64]*segment{}
	done := map[int64]bool{}
	var frames []int64
	all, negative, fine := 0, 0, false
	for i := range c.segments {
		s := &c.segments[i]
		fine = fine || s.Nano%int64(time.Millisecond) != 0
		switch s.flags & (tcp.SYN | tcp.ACK) {
		case tcp.SYN:
			syn[s.Conn] = s
		case tcp.SYN | tcp.ACK:
			q := syn[s.Conn]
			if q == nil || done[s.Conn] || s.Conn < 0 {
				continue
			}
			done[s.Conn] = true
			all++
			if s.Nano <= q.Nano {
				frames = append(frames, s.Number)
			}
			if s.Nano < q.Nano {
				negative++
			}
		}
	}
	if all > 0 && len(frames) == all && (negative > 0 || all >= 3 && fine) {
		c.say(NoRoundTrip, Warning, frames, "original.round-trip", all, packets(frames))
	}
}

func (c *checker) period() {
	first, last := c.r.Packets[0], c.r.Packets[0]
	for _, p := range c.r.Packets {
		if p.Nano == 0 {
			continue
		}
		if p.Nano < first.Nano || first.Nano == 0 {
			first = p
		}
		if p.Nano > last.Nano {
			last = p
		}
	}
	when := func(nano int64) string { return time.Unix(0, nano).UTC().Format("2006-01-02 15:04:05 UTC") }
	if !c.o.Since.IsZero() && first.Nano < c.o.Since.Add(-leeway).UnixNano() {
		c.say(BeforeStart, Warning, []int64{first.Number}, "original.before", first.Number, when(first.Nano))
	}
	if !c.o.Now.IsZero() && last.Nano > c.o.Now.Add(leeway).UnixNano() {
		c.say(InFuture, Warning, []int64{last.Number}, "original.future", last.Number, when(last.Nano))
	}
}

// way is one direction between two ends.
type way struct{ src, dst netip.AddrPort }

// rates of TCP timestamp clocks in use, per second: RFC 7323, Section 5.4 allows
// a tick of 1 ms to 1 s, Linux also has one of 1 µs, and before 2017 had its
// kernel's.
var rates = []float64{1000, 100, 250, 200, 10, 2, 1, 1e6}

// stamps compares the timestamps that the sender wrote with the times of
// capture. Delays on the way make small differences.
func (c *checker) stamps() {
	points := map[way][]point{}
	var order []way
	for i := range c.segments {
		s := &c.segments[i]
		v, _, ok := s.stamp()
		if !ok || s.Nano == 0 {
			continue
		}
		k := way{s.Src, s.Dst}
		if points[k] == nil {
			order = append(order, k)
		}
		if s.flags&tcp.SYN != 0 { // a new connection may have another clock
			points[k] = nil
		}
		if n := len(points[k]); n == 0 || points[k][n-1].value != v { // some systems let it stand still
			points[k] = append(points[k], point{v, s})
		}
	}
	var frames []int64
	for _, k := range order {
		if p := disagree(points[k]); p != nil {
			frames = append(frames, p.Number)
		}
		delete(points, k)
	}
	if len(frames) > 0 {
		c.say(TimestampClock, Warning, frames, "original.clock", packets(frames))
	}
}

// point is a timestamp that differs from the one before it.
type point struct {
	value uint32
	*segment
}

// disagree is the first point at which the clock is off from every rate in use
// by more than a second and a fifth of the time; nil when there is none.
func disagree(all []point) *point {
	const enough, slack, share = 4, 1, 0.2 // points, seconds, part
	if len(all) < enough {
		return nil
	}
	if span := all[len(all)-1].Nano - all[0].Nano; max(span, -span) < 2*second {
		return nil
	}
	furthest := 0
	for _, r := range rates {
		i := 0
		for ; i < len(all); i++ {
			at := float64(all[i].Nano-all[0].Nano) / 1e9
			ticks := float64(int32(all[i].value - all[0].value))
			if math.Abs(ticks/r-at) > max(slack, share*math.Abs(at)) {
				break
			}
		}
		if i == len(all) {
			return nil
		}
		furthest = max(furthest, i)
	}
	return &all[furthest]
}
