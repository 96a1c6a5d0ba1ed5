package variant

import (
	"slices"
	"time"

	"httpscope/internal/recording"
)

const (
	// idle is the gap from which on a pause is stretched: shorter ones are
	// round trips and the work of programs, and stay as they were measured.
	idle       = 20 * time.Millisecond
	maxStretch = 5 * time.Second // of one pause
	// DefaultShift is how far a variant may lie in the past of its base.
	DefaultShift = 14 * 24 * time.Hour
)

// timeline is when the packets of the variant were captured, and in which order.
type timeline struct {
	secret     *secret
	base       *recording.Recording
	shift      int64   // of everything: whole seconds, in nanoseconds
	at         []int64 // new time of each packet of the base
	order      []int   // places in base.Packets
	resolution int64   // 1000 when all times are whole microseconds, else 1
	episodes   []episode
}

func newTimeline(s *secret, base *recording.Recording, o Options) *timeline {
	t := &timeline{secret: s, base: base, at: make([]int64, len(base.Packets)), order: make([]int, len(base.Packets))}
	most := o.Shift
	if most <= 0 {
		most = DefaultShift
	}
	seconds := int64(max(most/time.Second, 1))
	t.shift = -(1 + s.random("shift").Int64N(seconds)) * int64(time.Second)
	for i := range t.order {
		t.order[i] = i
	}
	t.stretch()
	if o.Shuffle {
		t.shuffle()
	}
	for i, p := range base.Packets {
		if p.Nano != 0 {
			t.at[i] += t.shift
		}
	}
	return t
}

// times are the different times of the base, in order.
func (t *timeline) times() []int64 {
	t.resolution = 1000
	var all []int64
	for _, p := range t.base.Packets {
		if p.Nano == 0 {
			continue
		}
		all = append(all, p.Nano)
		if p.Nano%1000 != 0 {
			t.resolution = 1
		}
	}
	slices.Sort(all)
	return slices.Compact(all)
}

// stretch makes each pause a little longer. It is one function of the time, so
// packets that the file has out of order stay as much out of order.
func (t *timeline) stretch() {
	all := t.times()
	r := t.secret.random("stretch")
	longer := make(map[int64]int64, len(all))
	var more int64
	for i, at := range all {
		if i > 0 && at-all[i-1] >= int64(idle) {
			part := float64(at-all[i-1]) * (0.01 + 0.04*r.Float64())
			more += min(int64(part), int64(maxStretch)) / t.resolution * t.resolution
		}
		longer[at] = more
	}
	for i, p := range t.base.Packets {
		t.at[i] = p.Nano + longer[p.Nano]
	}
}

// later is by how much the time since the capture's beginning grew for a packet.
func (t *timeline) later(i int) int64 {
	if p := t.base.Packets[i]; p.Nano != 0 {
		return t.at[i] - t.shift - p.Nano
	}
	return 0
}
