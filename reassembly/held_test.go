package reassembly

import (
	"net/netip"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// flood sends n SYNs that nobody answers, each from another address.
func (x *talk) flood(n int) {
	for i := range n {
		client := netip.AddrFrom4([4]byte{11, byte(i >> 16), byte(i >> 8), byte(i)})
		x.ends = [2]netip.AddrPort{netip.AddrPortFrom(client, 1024), server}
		x.send(0, tcp.SYN, nil)
	}
}

func TestSYNFlood(t *testing.T) {
	const room = maxHeld / openingCost
	h := &sink{}
	x := &talk{a: New(h)}
	x.flood(room + 1000)
	if n := x.a.OpenConnections(); n != room || h.closed != 1000 || h.givenUp != 1000 {
		t.Errorf("%d open, %d closed, %d given up", n, h.closed, h.givenUp)
	}
	x.a.Flush()
	if h.opened != h.closed || x.a.held.bytes != 0 {
		t.Errorf("%d opened, %d closed, %d bytes held", h.opened, h.closed, x.a.held.bytes)
	}
}

// TestSYNFloodLeavesConversations: those that carry bytes stay, however long they are idle.
func TestSYNFloodLeavesConversations(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	const n = 1000
	for i := range n {
		x.open(i)
		x.send(0, tcp.ACK, []byte("GET / HTTP/1.1\r\n"))
	}
	x.flood(2 * maxHeld / openingCost)
	open := 0
	for c := x.a.held.idle.first; c != nil; c = c.newer {
		open++
	}
	if open != n {
		t.Errorf("%d of %d conversations are left", open, n)
	}
}

// TestConversationsAreGivenUp: the longest idle ones go, and say so.
func TestConversationsAreGivenUp(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	x.a.Limit(100 * talkingCost)
	for i := range 150 {
		x.open(i)
		x.send(0, tcp.ACK, []byte("GET / HTTP/1.1\r\n"))
	}
	if n := h.givenUp; n < 50 || n > 51 || h.closed != n {
		t.Errorf("%d given up, %d closed", n, h.closed)
	}
	if first := x.a.held.idle.first; first.ID != h.givenUp {
		t.Errorf("the longest idle is connection %d", first.ID)
	}
}

// TestOpeningEnds: who gets no answer gives up, too.
func TestOpeningEnds(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	x.flood(3)
	x.a.Add(&capture.Packet{Number: 9, Nano: x.p.Nano + openingNano + 1,
		Src: server, Dst: netip.MustParseAddrPort("10.9.9.9:9"), Flags: tcp.ACK})
	if h.closed != 3 || h.givenUp != 0 {
		t.Errorf("%d closed, %d given up", h.closed, h.givenUp)
	}
}

// TestListOrder compares a list with a slice, from which an entry is cut and put at the end.
func TestListOrder(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		var l list
		var model []*Conn
		all := make([]Conn, 6)
		for range rapid.IntRange(1, 40).Draw(t, "steps") {
			c := &all[rapid.IntRange(0, len(all)-1).Draw(t, "connection")]
			model = slices.DeleteFunc(model, func(x *Conn) bool { return x == c })
			if rapid.Bool().Draw(t, "touch") {
				l.touch(c)
				model = append(model, c)
			} else {
				l.remove(c)
			}
			var forth, back []*Conn
			for x := l.first; x != nil; x = x.newer {
				forth = append(forth, x)
			}
			for x := l.newest; x != nil; x = x.older {
				back = append(back, x)
			}
			slices.Reverse(back)
			if !slices.Equal(forth, model) || !slices.Equal(back, model) {
				t.Fatalf("%v and back %v, want %v", forth, back, model)
			}
		}
	})
}
