package reassembly

import (
	"bytes"
	"net/netip"

	"httpscope/internal/tcp"
)

// key names a connection whichever way a packet goes.
type key struct {
	low, high         [16]byte
	lowPort, highPort uint16
}

func keyOf(x, y netip.AddrPort) key {
	k := key{x.Addr().As16(), y.Addr().As16(), x.Port(), y.Port()}
	if c := bytes.Compare(k.low[:], k.high[:]); c > 0 || c == 0 && k.lowPort > k.highPort {
		k.low, k.high, k.lowPort, k.highPort = k.high, k.low, k.highPort, k.lowPort
	}
	return k
}

// index tells which end of the key an address is: 0 low, 1 high.
func (k *key) index(a netip.AddrPort) int {
	if a.Port() == k.lowPort && a.Addr().As16() == k.low {
		return 0
	}
	return 1
}

// table finds connections by their ends: open ones, and the tombstones of
// those that are closed. Its map holds no pointers, so that thousands of
// tombstones cost the garbage collector nothing, and a connection costs it one
// insertion and one removal in its life and after.
type table struct {
	index  map[key]int32 // n: open[n]; -n-1: graves[n]
	open   []*Conn       // nil where free
	free   []int32       // indices in open
	graves []grave       // a ring once there are maxClosed
	oldest int           // in graves, then
}

// grave is a tombstone with its place in the map.
type grave struct {
	key  key
	used bool // false when a new connection between the same ends took the place
	tombstone
}

func newTable() table { return table{index: map[key]int32{}} }

// count is the number of open connections.
func (t *table) count() int { return len(t.open) - len(t.free) }

// find returns the open connection of a key, or the tombstone of a closed one, or neither.
func (t *table) find(k key) (*Conn, *tombstone) {
	i, ok := t.index[k]
	switch {
	case !ok:
		return nil, nil
	case i >= 0:
		return t.open[i], nil
	}
	return nil, &t.graves[-i-1].tombstone
}

// add enters an open connection; old is the tombstone in its place, or nil.
func (t *table) add(c *Conn, old *tombstone) {
	if old != nil {
		t.graves[-t.index[c.key]-1].used = false
	}
	if n := len(t.free); n > 0 {
		c.place = t.free[n-1]
		t.free = t.free[:n-1]
		t.open[c.place] = c
	} else {
		c.place = int32(len(t.open))
		t.open = append(t.open, c)
	}
	t.index[c.key] = c.place
}

// remove takes an open connection out. A closed one leaves its tombstone,
// for which the oldest makes room.
func (t *table) remove(c *Conn) {
	t.open[c.place] = nil
	t.free = append(t.free, c.place)
	if c.State < tcp.Closed {
		delete(t.index, c.key)
		return
	}
	g := grave{c.key, true, newTombstone(c)}
	at := t.oldest
	if len(t.graves) < maxClosed {
		at = len(t.graves)
		t.graves = append(t.graves, g)
	} else {
		if old := &t.graves[at]; old.used {
			delete(t.index, old.key)
		}
		t.graves[at] = g
		t.oldest = (at + 1) % maxClosed
	}
	t.index[c.key] = -int32(at) - 1
}
