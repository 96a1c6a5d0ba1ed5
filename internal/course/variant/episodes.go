package variant

import (
	"net/netip"
	"slices"
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// episode is a time in which connections overlap; between two episodes no
// connection is open.
type episode struct {
	begin, end int64 // of its packets in the base, nanoseconds since 1970
	conns      []*trace.Connection
	moved      int64 // by how much its order moves it, whole seconds in nanoseconds
}

// shuffle changes places of episodes that know nothing of each other.
func (t *timeline) shuffle() {
	if !t.inOrder() {
		return
	}
	t.divide()
	uses, exchanges := map[[2]netip.AddrPort]int{}, map[int64][]*trace.Exchange{}
	for _, c := range t.base.Connections {
		uses[c.Ends]++
	}
	for _, x := range t.base.Exchanges {
		exchanges[x.Conn.ID] = append(exchanges[x.Conn.ID], x)
	}
	var free []int
	for i := range t.episodes {
		if t.independent(i, uses, exchanges) {
			free = append(free, i)
		}
	}
	if len(free) < 2 {
		return
	}
	turn := make([]int, len(t.episodes))
	for i := range turn {
		turn[i] = i
	}
	for i, j := range t.secret.random("order").Perm(len(free)) {
		turn[free[i]] = free[j]
	}
	t.place(turn)
}

// inOrder reports whether the packets are in the order of their times, which
// they must be for episodes to be taken apart.
func (t *timeline) inOrder() bool {
	return !slices.ContainsFunc(t.base.Packets, func(p *trace.Packet) bool { return p.Nano == 0 }) &&
		slices.IsSortedFunc(t.base.Packets, func(a, b *trace.Packet) int { return int(max(-1, min(1, a.Nano-b.Nano))) })
}

// divide puts the connections into episodes.
func (t *timeline) divide() {
	conns := slices.Clone(t.base.Connections)
	slices.SortStableFunc(conns, func(a,
		b *trace.Connection) int {
		return int(max(-1, min(1, a.Start.Nano-b.Start.Nano)))
	})
	for _, c := range conns {
		if n := len(t.episodes); n > 0 && c.Start.Nano <= t.episodes[n-1].end {
			e := &t.episodes[n-1]
			e.end, e.conns = max(e.end, c.End.Nano), append(e.conns, c)
			continue
		}
		t.episodes = append(t.episodes, episode{begin: c.Start.Nano, end: c.End.Nano, conns: []*trace.Connection{c}})
	}
}

// of is the place of the episode that a packet belongs to: what comes between
// two goes with the one before it. It is 0 for what comes before the first.
func (t *timeline) of(nano int64) int {
	i, found := slices.BinarySearchFunc(t.episodes, nano,
		func(e episode, at int64) int { return int(max(-1, min(1, e.begin-at))) })
	if !found {
		i--
	}
	return max(0, i)
}

// independent reports an episode whose exchanges mean the same anywhere: no
// cookies, conditions, ranges or credentials, and no four numbers used again.
func (t *timeline) independent(i int, uses map[[2]netip.AddrPort]int, exchanges map[int64][]*trace.Exchange) bool {
	if i == 0 && len(t.base.Packets) > 0 && t.base.Packets[0].Nano < t.episodes[0].begin {
		return false
	}
	for _, c := range t.episodes[i].conns {
		if uses[c.Ends] > 1 || len(c.Findings) > 0 || slices.ContainsFunc(exchanges[c.ID], dependent) {
			return false
		}
	}
	return true
}

// telling are fields by which an exchange refers to others.
var telling = []string{"cookie", "set-cookie", "authorization", "if-match", "if-none-match", "if-modified-since",
	"if-unmodified-since", "if-range", "range", "referer", "location", "upgrade"}

func dependent(x *trace.Exchange) bool {
	if x.Cookies != nil || x.Ranges != nil {
		return true
	}
	for m := range x.Messages() {
		if m.Head != nil && (refers(m.Head) || m.Head.Method != "" && m.Head.Method != "GET" &&
			m.Head.Method != "HEAD") {
			return true
		}
	}
	return false
}

func refers(h *trace.Head) bool {
	return slices.ContainsFunc(h.Fields, func(f httpdecode.Field) bool {
		return slices.ContainsFunc(telling, func(name string) bool { return equalFold(f.Name, name) })
	})
}

// place gives the episodes their times in a new order, by whole seconds, so
// that the dates that servers wrote can move with them.
func (t *timeline) place(turn []int) {
	var first, last = map[int]int{}, map[int]int{} // of each episode: places of packets
	for i, p := range t.base.Packets {
		e := t.of(p.Nano)
		if _, ok := first[e]; !ok {
			first[e] = i
		}
		last[e] = i
	}
	var order []int
	for k, e := range turn {
		if k == 0 {
			t.episodes[e].moved = whole(t.at[first[0]] - t.at[first[e]])
		} else {
			gap := t.at[first[k]] - t.at[last[k-1]]
			before := turn[k-1]
			t.episodes[e].moved = whole(t.at[last[before]] + t.episodes[before].moved + gap - t.at[first[e]])
		}
		for i := first[e]; i <= last[e]; i++ {
			order = append(order, i)
		}
	}
	for i, p := range t.base.Packets {
		t.at[i] += t.episodes[t.of(p.Nano)].moved
	}
	if len(order) == len(t.order) {
		t.order = order
	}
}

// whole is the least number of whole seconds that is at least n.
func whole(n int64) int64 {
	const second = int64(time.Second)
	if n > 0 {
		n += second - 1
	}
	return n / second * second
}

// near is how far a date may lie from an episode that a server wrote it in.
const near = 3 * int64(time.Second)

// date moves a date that stands in a connection: with its episode when it was
// written then, with the whole capture otherwise. Unix seconds.
func (t *timeline) date(c *trace.Connection, unix int64) int64 {
	moved := t.shift
	if c != nil && len(t.episodes) > 0 {
		e := t.episodes[t.of(c.Start.Nano)]
		if at := unix * int64(time.Second); at > e.begin-near && at < e.end+near {
			moved += e.moved
		}
	}
	return unix + moved/int64(time.Second)
}
