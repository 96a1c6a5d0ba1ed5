package reassembly

import (
	"net/netip"
	"testing"

	"httpscope/internal/tcp"

	"pgregory.net/rapid"
)

// TestTableAgainstMaps: connections that come, go, close and come again
// between the same few ends, against a map of each kind.
func TestTableAgainstMaps(t *testing.T) {
	keys := make([]key, 8)
	for i := range keys {
		keys[i] = keyOf(netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, 0, 1}), uint16(1000+i)),
			netip.MustParseAddrPort("10.0.0.2:80"))
	}
	rapid.Check(t, func(t *rapid.T) {
		table, open, closed := newTable(), map[key]*Conn{}, map[key]uint32{}
		for n, k := range rapid.SliceOf(rapid.SampledFrom(keys)).Draw(t, "keys") {
			c, stone := table.find(k)
			if base, dead := closed[k]; c != open[k] || (stone != nil) != dead || dead && stone.base[1] != base {
				t.Fatalf("step %d: connection %p, want %p; tombstone %v, want %t", n, c, open[k], stone, dead)
			}
			switch {
			case c == nil:
				c = &Conn{key: k}
				c.halves[0].base, c.halves[1].base = uint32(n), uint32(n)
				table.add(c, stone)
				open[k] = c
				delete(closed, k)
			case rapid.Bool().Draw(t, "closed"):
				c.State = tcp.Closed
				closed[k] = c.halves[0].base
				fallthrough
			default:
				table.remove(c)
				delete(open, k)
			}
			if table.count() != len(open) || len(table.index) != len(open)+len(closed) {
				t.Fatalf("step %d: %d open of %d, %d keys", n, table.count(), len(open), len(table.index))
			}
		}
	})
}

// TestTombstoneOfReusedPortsStays: the older grave between the same ends makes
// room without taking the newer one's tombstone along.
func TestTombstoneOfReusedPortsStays(t *testing.T) {
	table := newTable()
	bury := func(k key) {
		_, stone := table.find(k)
		c := &Conn{key: k, Facts: Facts{State: tcp.Closed}}
		table.add(c, stone)
		table.remove(c)
	}
	key := func(i int) key {
		return keyOf(netip.AddrPortFrom(netip.AddrFrom4([4]byte{10, 0, byte(i >> 16), byte(i >> 8)}), uint16(i)),
			netip.MustParseAddrPort("11.0.0.2:80"))
	}
	bury(key(0))
	bury(key(1))
	bury(key(0)) // again, in a newer grave
	for i := range maxClosed - 2 {
		bury(key(2 + i))
	}
	if _, stone := table.find(key(0)); stone == nil {
		t.Error("the newer tombstone is gone")
	}
	bury(key(maxClosed + 2))
	if _, stone := table.find(key(1)); stone != nil {
		t.Error("the oldest tombstone is still there")
	}
	if len(table.graves) != maxClosed {
		t.Errorf("%d graves", len(table.graves))
	}
}
