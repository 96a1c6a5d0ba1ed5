package reassembly

import (
	"bytes"
	"encoding/binary"
	"net/netip"
	"runtime"
	"testing"

	"httpscope/capture"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
)

// sink is a handler that only counts.
type sink struct{ opened, closed, givenUp, bytes, gap int64 }

func (s *sink) Opened(*Conn)                                { s.opened++ }
func (s *sink) Noted(*Conn, Note)                           {}
func (s *sink) Ended(*Conn, int, layer.Ending, layer.Stamp) {}
func (s *sink) Closed(c *Conn) {
	if s.closed++; c.GivenUp {
		s.givenUp++
	}
}
func (s *sink) Data(_ *Conn, k *Run) {
	s.bytes += int64(len(k.Bytes))
	s.gap += k.Gap
}

// talk makes the packets of a connection, in the memory of one packet.
type talk struct {
	a    *Assembler
	p    capture.Packet
	ends [2]netip.AddrPort
	seq  [2]uint32
}

func (x *talk) send(dir int, flags tcp.Flags, b []byte) {
	n := x.p.Number + 1
	x.p = capture.Packet{Number: n, Nano: n * 1000, Src: x.ends[dir], Dst: x.ends[1-dir], Seq: x.seq[dir],
		Ack:   x.seq[1-dir],
		Flags: flags, Window: 1000, Payload: b, PayloadLen: len(b)}
	x.seq[dir] += uint32(len(b))
	if flags&(tcp.SYN|tcp.FIN) != 0 {
		x.seq[dir]++
	}
	x.a.Add(&x.p)
}

// open makes a connection with a client of its own.
func (x *talk) open(i int) {
	x.ends = [2]netip.AddrPort{netip.AddrPortFrom(netip.AddrFrom4([4]byte{11, 0, byte(i >> 24), byte(i >> 16)}),
		uint16(i)), server}
	x.seq = [2]uint32{uint32(i) * 77777, uint32(i) * 99991}
	x.send(0, tcp.SYN, nil)
	x.send(1, tcp.SYN|tcp.ACK, nil)
	x.send(0, tcp.ACK, nil)
}

func (x *talk) close() {
	x.send(1, tcp.FIN|tcp.ACK, nil)
	x.send(0, tcp.FIN|tcp.ACK, nil)
	x.send(1, tcp.ACK, nil)
}

func TestHoleThatIsNeverFilled(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	x.open(1)
	segment := make([]byte, 1448)
	x.seq[0] += 1448
	const n = 20_000
	for range n {
		x.send(0, tcp.ACK, segment)
		if x.a.buffered > maxBuffered+len(segment)+segmentCost {
			t.Fatalf("%d bytes are buffered", x.a.buffered)
		}
	}
	if h.gap != 1448 || h.bytes != n*1448 {
		t.Errorf("gap %d, bytes %d: the hole should have been given up, and everything after it delivered", h.gap,
			h.bytes)
	}
}

func TestManyHolesInOneDirection(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	x.open(1)
	start := x.seq[0]
	const n = 50_000
	for i := n; i > 0; i-- { // every other byte, backwards
		x.seq[0] = start + uint32(2*i)
		x.send(0, tcp.ACK, []byte{1})
		for c := range x.a.conns() {
			if len(c.halves[0].pending) > maxPending {
				t.Fatalf("%d segments are pending", len(c.halves[0].pending))
			}
		}
	}
	x.a.Flush()
	if x.a.buffered != 0 || h.bytes < maxPending {
		t.Errorf("%d bytes buffered, %d delivered", x.a.buffered, h.bytes)
	}
}

// conns is the open connections.
func (a *Assembler) conns() map[*Conn]bool {
	m := map[*Conn]bool{}
	for _, c := range a.table.open {
		if c != nil {
			m[c] = true
		}
	}
	return m
}

func TestHolesInManyConnections(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	segment := make([]byte, 60_000)
	const n = 1000
	for i := range n {
		x.open(i)
		x.seq[0]++
		x.send(0, tcp.ACK, segment)
		if x.a.buffered > maxBufferedAll+len(segment)+segmentCost {
			t.Fatalf("%d bytes are buffered", x.a.buffered)
		}
	}
	x.a.Flush()
	if want := int64(n * len(segment)); h.bytes != want || h.gap != n || x.a.buffered != 0 {
		t.Errorf("%d bytes of %d, gap %d, buffered %d", h.bytes, want, h.gap, x.a.buffered)
	}
}

// Closed connections cost no memory, but for a tombstone each, of which there
// is a fixed number.
func TestMillionConnections(t *testing.T) {
	n := 1_000_000
	if testing.Short() {
		n = 150_000
	}
	h := &sink{}
	x := &talk{a: New(h)}
	request, response := make([]byte, 80), make([]byte, 300)
	connection := func(i int) {
		x.open(i)
		x.send(0, tcp.ACK, request)
		x.send(1, tcp.ACK, response)
		x.close()
	}
	var at [3]int64 // when as many have closed as leave a tombstone, after nine tenths, at the end
	for i := range n {
		switch i {
		case maxClosed + 1000:
			at[0] = heap()
		case n / 10 * 9:
			at[1] = heap()
		}
		connection(i)
	}
	at[2] = heap()
	// The map of tombstones grows to twice its size some time; that is all.
	if at[2]-at[0] > 10<<20 || at[2]-at[1] > 256<<10 {
		t.Errorf("the heap grew: %d bytes", at)
	}
	if h.opened != int64(n) || h.closed != int64(n) || h.bytes != int64(n)*380 || x.a.Late() != 0 {
		t.Errorf("%+v, late %d", *h, x.a.Late())
	}
	if len(x.a.table.index) != maxClosed || len(x.a.table.graves) != maxClosed {
		t.Errorf("%d keys, %d graves", len(x.a.table.index), len(x.a.table.graves))
	}
	runtime.KeepAlive(x)
}

// heap is the size of what is in use.
func heap() int64 {
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	return int64(m.HeapAlloc)
}

func TestResetFlood(t *testing.T) {
	h := &sink{}
	x := &talk{a: New(h)}
	x.open(1)
	for range 10 * maxLingering {
		x.send(0, tcp.RST, nil)
		if len(x.a.lingerer) > maxLingering+1 {
			t.Fatalf("%d wait to be closed", len(x.a.lingerer))
		}
	}
	x.a.Flush()
	if h.opened != 1 || h.closed != 1 {
		t.Errorf("%+v", *h)
	}
}

// The common path makes no garbage: connections that open and close, and data in order.
func TestNoAllocations(t *testing.T) {
	x := &talk{a: New(&sink{})}
	x.open(0)
	data := make([]byte, 1448)
	if n := testing.AllocsPerRun(1000, func() { x.send(1, tcp.ACK, data); x.send(0, tcp.ACK, nil) }); n > 0 {
		t.Errorf("%v allocations for a segment and its acknowledgment", n)
	}
	for i := range maxClosed + historySlots {
		x.open(i)
		x.send(0, tcp.ACK, data)
		x.close()
	}
	i := 1 << 20
	if n := testing.AllocsPerRun(1000, func() { i++; x.open(i); x.send(0, tcp.ACK, data); x.close() }); n > 0 {
		t.Errorf("%v allocations for a connection", n)
	}
}

// The ring of delivered bytes against a copy of everything.
func TestHistory(t *testing.T) {
	var rings histories
	h := &half{next: 7}
	s := rings.lend(h)
	all := make([]byte, 7)
	for i := range 400 {
		b := binary.LittleEndian.AppendUint32(nil, uint32(i)*2654435761)
		b = bytes.Repeat(b, 1+i*i%1300)
		s.remember(int64(len(all)), b)
		all = append(all, b...)
		for _, back := range []int{1, 5, len(b), historySize - 1, historySize, historySize + 9} {
			from := max(7, len(all)-back)
			same := bytes.Clone(all[from:])
			if s.differs(int64(from), same) {
				t.Fatalf("after %d bytes: the last %d differ from themselves", len(all), back)
			}
			if k := max(from, len(all)-historySize); k < len(all) {
				same[k-from] ^= 1
				if !s.differs(int64(from), same) {
					t.Fatalf("after %d bytes: byte %d is different", len(all), k)
				}
			}
		}
	}
	s.remember(int64(len(all))+100, []byte("x")) // after a gap
	if s.differs(int64(len(all))-4, []byte("????")) {
		t.Error("bytes before a gap are remembered")
	}
	for range historySlots {
		rings.lend(&half{})
	}
	if h.history != nil || len(rings.slots) != historySlots {
		t.Errorf("the oldest borrower kept its ring, of %d", len(rings.slots))
	}
}
