package reassembly

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// op is a packet of a connection whose handshake was captured. Offsets are
// those of the streams.
type op struct {
	dir, from, n, cut int
	ack               int // -1: no acknowledgment
	fin, rst, wrong   bool
}

func (o op) String() string {
	return fmt.Sprintf("{dir:%d from:%d n:%d cut:%d ack:%d fin:%v rst:%v wrong:%v}", o.dir, o.from, o.n, o.cut, o.ack,
		o.fin, o.rst, o.wrong)
}

// payload is the known stream, or a lie about it.
func (o op) payload() []byte {
	b := make([]byte, o.n)
	for i := range b {
		b[i] = byte((o.from+i)*7 + o.dir)
		if o.wrong {
			b[i] ^= 0x80
		}
	}
	return b
}

// missing stands for a byte that was never delivered.
const missing = -1

// cell is a byte that was captured, or known to be cut off, and what its packet says.
type cell struct {
	value  int // missing where a snapshot cut it
	ack    int // -1: none
	packet int
}

// modelHalf is a direction, a byte at a time: what there is of it, what was
// delivered. It has no segments, no holes and no sequence numbers.
type modelHalf struct {
	have     map[int]cell // from the next byte on
	out      []int
	acked    int
	waived   int
	fin      int // -1 until it is known
	finCell  cell
	patience int
	stuck    int
	stuckTo  int
	ended    bool
}

func (m *modelHalf) next() int { return len(m.out) }

// highest is the offset after the last byte that is known.
func (m *modelHalf) highest() int {
	if m.fin >= 0 {
		return m.fin
	}
	top := m.next()
	for at := range m.have {
		top = max(top, at+1)
	}
	return top
}

// head is what follows: a byte, or the FIN behind the last one.
func (m *modelHalf) head() (cell, bool) {
	if k, ok := m.have[m.next()]; ok {
		return k, true
	}
	return m.finCell, len(m.have) == 0 && m.fin >= 0 && m.next() >= m.fin && !m.ended
}

// first is the packet of what was kept first, or of the FIN.
func (m *modelHalf) first() (at int, k cell, ok bool) {
	at = -1
	for x := range m.have {
		if at < 0 || x < at {
			at = x
		}
	}
	if at >= 0 {
		return at, m.have[at], true
	}
	return m.fin, m.finCell, m.fin >= 0 && !m.ended
}

// model is the rules of the package, said naively.
type model struct {
	half    [2]modelHalf
	packets int
	doubt   bool // a RST may not have been taken
	rstDir  int
	rstAt   int
	rstHigh int
	reset   bool
	closed  bool
}

func (m *model) ready(dir int, k cell) bool {
	h, peer := &m.half[dir], &m.half[1-dir]
	if m.doubt && dir == m.rstDir && h.next() >= m.rstAt {
		return false
	}
	return k.ack < 0 || peer.ended || k.ack <= max(peer.next(), peer.waived)
}

// take delivers the head of a direction: all that follows from the same packet.
func (m *model) take(dir int) {
	h := &m.half[dir]
	k, ok := h.have[h.next()]
	h.ended = !ok
	for packet := k.packet; ok && k.packet == packet && !(m.doubt && dir == m.rstDir && h.next() >= m.rstAt); k,
		ok = h.have[h.next()] {
		delete(h.have, h.next())
		h.out = append(h.out, k.value)
	}
}

// advance delivers what can be: in the order of capture, and where each side
// waits for the other the one captured later.
func (m *model) advance() {
	for {
		var heads [2]cell
		var there, ready [2]bool
		for dir := range m.half {
			heads[dir], there[dir] = m.half[dir].head()
			ready[dir] = there[dir] && m.ready(dir, heads[dir])
		}
		first := 0
		if heads[1].packet < heads[0].packet {
			first = 1
		}
		switch {
		case ready[0] && ready[1]:
			m.take(first)
		case ready[0]:
			m.take(0)
		case ready[1]:
			m.take(1)
		case there[0] && there[1] && !(m.doubt && m.rstDir == 1-first && m.half[1-first].next() >= m.rstAt):
			m.take(1 - first)
		default:
			return
		}
	}
}

// giveUp delivers a direction up to an offset, holes as missing bytes; what
// the other side sent meanwhile comes in between.
func (m *model) giveUp(dir, to int) {
	h := &m.half[dir]
	waived := to
	if to == h.next()+1 && len(h.have) == 0 && h.fin < 0 {
		to = h.next()
	}
	if h.fin >= 0 {
		to = min(to, h.fin)
	}
	if m.doubt && dir == m.rstDir {
		to = min(to, m.rstAt)
	}
	for m.advance(); !h.ended && h.next() < to; m.advance() {
		if k, ok := h.head(); ok {
			m.giveUp(1-dir, k.ack)
			continue
		}
		for step := m.holeEnd(dir, to); h.next() < step; {
			h.out = append(h.out, missing)
		}
	}
	h.waived = max(h.waived, waived)
}

// force delivers what is first in a direction.
func (m *model) force(dir int) {
	at, k, _ := m.half[dir].first()
	if at > m.half[dir].next() {
		m.giveUp(dir, at)
	} else {
		m.giveUp(1-dir, k.ack)
	}
	m.advance()
}

func (m *model) drain() {
	m.advance()
	for {
		_, x, ok0 := m.half[0].first()
		_, y, ok1 := m.half[1].first()
		switch {
		case !ok0 && !ok1:
			for dir := range m.half {
				if m.half[dir].acked > m.half[dir].next() {
					m.giveUp(dir, m.half[dir].acked)
				}
			}
			m.advance()
			return
		case !ok0 || ok1 && y.packet < x.packet:
			m.force(1)
		default:
			m.force(0)
		}
	}
}

// end decides about a RST, and ends both directions.
func (m *model) end() {
	if h := &m.half[m.rstDir]; m.doubt && h.next() < m.rstAt && h.acked > m.rstHigh && h.next() > m.rstHigh {
		m.doubt = false
		m.advance()
		m.drain()
		return
	}
	if m.doubt {
		m.half[m.rstDir].cut(m.rstAt)
	}
	m.doubt = false
	m.drain()
}

// cut forgets what lies behind an offset.
func (m *modelHalf) cut(at int) {
	for x := range m.have {
		if x >= at {
			delete(m.have, x)
		}
	}
}

func (m *model) packet(o op) {
	m.packets++
	if m.closed || m.reset {
		return
	}
	h, peer := &m.half[o.dir], &m.half[1-o.dir]
	if o.rst {
		m.rst(o, h, peer)
		return
	}
	peer.acked = max(peer.acked, o.ack)
	if !h.ended {
		h.segment(o, m.packets)
	}
	m.advance()
	if d := &m.half[m.rstDir]; m.doubt && (d.acked > max(m.rstAt, m.rstHigh) || d.fin >= 0 && d.fin < m.rstAt) {
		m.doubt = false
		m.advance()
	}
	for dir := range m.half {
		m.wait(dir)
	}
	m.closed = !m.doubt && h.ended && peer.ended && h.acked > h.fin && peer.acked > peer.fin
}

func (m *model) rst(o op, h, peer *modelHalf) {
	at := o.from
	if at < h.next()-1 && at < h.acked-1 || m.doubt || h.ended && peer.ended {
		return
	}
	if h.next()+peer.next() == 0 && len(h.have)+len(peer.have) == 0 && (h.fin < 0 || h.ended) &&
		(peer.fin < 0 || peer.ended) {
		m.reset = true
		return
	}
	m.doubt, m.rstDir, m.rstAt, m.rstHigh = true, o.dir, at, h.highest()
}

// wait gives up what something waited for long enough.
func (m *model) wait(dir int) {
	h := &m.half[dir]
	for {
		k, ok := h.head()
		if !ok || m.packets-k.packet <= holdPackets || m.doubt && dir == m.rstDir && h.next() >= m.rstAt {
			break
		}
		m.force(dir)
	}
	if h.next() != h.stuck {
		h.stuck, h.patience = h.next(), 0
	}
	if _, ok := h.head(); ok || h.acked <= h.next() || h.ended {
		return
	}
	if h.patience == 0 {
		h.stuckTo = h.acked
	}
	if h.patience++; h.patience > holdPackets {
		m.giveUp(dir, m.holeEnd(dir, h.stuckTo))
	}
}

// holeEnd is where a hole ends, or where the other side waits for less of it.
func (m *model) holeEnd(dir, to int) int {
	h := &m.half[dir]
	for at := range h.have {
		to = min(to, at)
	}
	if k, ok := m.half[1-dir].head(); ok && k.ack > h.next() {
		to = min(to, k.ack)
	}
	return to
}

// segment takes the bytes that are new: the first copy wins.
func (m *modelHalf) segment(o op, packet int) {
	end := o.from + o.n + o.cut
	if o.fin && m.fin < 0 && end >= m.next() {
		m.fin, m.finCell = end, cell{ack: o.ack, packet: packet}
		m.cut(end)
	}
	if m.fin >= 0 {
		end = min(end, m.fin)
	}
	for i, b := range o.payload() {
		at := o.from + i
		if _, ok := m.have[at]; !ok && at >= m.next() && at < end {
			m.have[at] = cell{int(b), o.ack, packet}
		}
	}
	for at := o.from + o.n; at < end && o.from+o.n >= m.next(); at++ {
		if _, ok := m.have[at]; ok {
			break
		}
		m.have[at] = cell{missing, o.ack, packet}
	}
}

// deliveries is a handler that keeps both streams, missing bytes included.
type deliveries struct {
	*calls
	out [2][]int
}

func (d *deliveries) Data(c *Conn, k *Run) {
	d.calls.Data(c, k)
	for range k.Gap {
		d.out[k.Dir] = append(d.out[k.Dir], missing)
	}
	for _, b := range k.Bytes {
		d.out[k.Dir] = append(d.out[k.Dir], int(b))
	}
}

// play gives the operations to the assembler and to the model, and compares
// what each has delivered after every one.
func play(t failer, isn [2]uint32, ops []op) {
	d := &deliveries{calls: newCalls(t)}
	d.quiet = true
	a := New(d)
	m := &model{}
	for dir := range m.half {
		m.half[dir] = modelHalf{have: map[int]cell{}, fin: -1}
	}
	n := int64(0)
	add := func(dir int, seq, ack uint32, flags tcp.Flags, b []byte, cut int) {
		n++
		p := capture.Packet{Number: n, Src: client, Dst: server, Seq: seq, Ack: ack, Flags: flags, Window: 1000,
			Payload: b, PayloadLen: len(b) + cut}
		if dir == 1 {
			p.Src, p.Dst = p.Dst, p.Src
		}
		a.Add(&p)
	}
	add(0, isn[0], 0, tcp.SYN, nil, 0)
	add(1, isn[1], isn[0]+1, tcp.SYN|tcp.ACK, nil, 0)
	add(0, isn[0]+1, isn[1]+1, tcp.ACK, nil, 0)
	check := func(what fmt.Stringer) {
		for dir := range m.half {
			if !slices.Equal(d.out[dir], m.half[dir].out) {
				t.Fatalf("after %v direction %d has\n%v, the model\n%v\nof %v", what, dir, d.out[dir],
					m.half[dir].out, ops)
			}
		}
	}
	for _, o := range ops {
		flags, ack := tcp.Flags(0), uint32(0)
		for _, f := range []struct {
			set  bool
			flag tcp.Flags
		}{{o.fin, tcp.FIN}, {o.rst, tcp.RST}, {o.ack >= 0, tcp.ACK}} {
			if f.set {
				flags |= f.flag
			}
		}
		if o.ack >= 0 {
			ack = isn[1-o.dir] + 1 + uint32(o.ack)
		}
		add(o.dir, isn[o.dir]+1+uint32(o.from), ack, flags, o.payload(), o.cut)
		m.packet(o)
		check(o)
	}
	a.Flush()
	if !m.closed && !m.reset {
		m.end()
	}
	check(tcp.Closed)
	d.done(a)
}

// drawISN prefers numbers whose wrap falls into the first bytes.
func drawISN(t *rapid.T, label string) uint32 {
	if rapid.Bool().Draw(t, label+" wraps") {
		return -uint32(rapid.IntRange(0, 120).Draw(t, label))
	}
	return rapid.Uint32().Draw(t, label)
}

func drawOp(t *rapid.T) op {
	o := op{dir: rapid.IntRange(0, 1).Draw(t, "dir"), from: rapid.IntRange(0, 100).Draw(t, "from"), ack: -1}
	o.n = rapid.IntRange(0, 30).Draw(t, "n")
	o.wrong = rapid.IntRange(0, 9).Draw(t, "wrong") == 0
	if rapid.IntRange(0, 9).Draw(t, "cuts") == 0 {
		o.cut = rapid.IntRange(1, 20).Draw(t, "cut")
	}
	if rapid.IntRange(0, 2).Draw(t, "acks") > 0 {
		o.ack = rapid.IntRange(0, 130).Draw(t, "ack")
	}
	o.fin = rapid.IntRange(0, 19).Draw(t, "fin") == 0
	o.rst = rapid.IntRange(0, 59).Draw(t, "rst") == 0
	if o.rst {
		o.n, o.cut, o.fin = 0, 0, false
	}
	return o
}

func TestModel(t *testing.T) {
	rapid.Check(t, func(r *rapid.T) {
		isn := [2]uint32{drawISN(r, "client"), drawISN(r, "server")}
		play(r, isn, rapid.SliceOfN(rapid.Custom(drawOp), 1, 60).Draw(r, "ops"))
	})
}

// FuzzAssembler plays a list of operations, six bytes each.
func FuzzAssembler(f *testing.F) {
	f.Add(uint32(100), uint32(500), []byte{0x00, 0, 10, 0, 0, 0, 0x09, 0, 0, 10, 0, 0})
	f.Add(^uint32(0), uint32(0xfffffff0), []byte{0x00, 5, 10, 0, 0, 0, 0x09, 0, 20, 15, 0, 0, 0x02, 0, 5, 0, 0, 0,
		0x0b, 20, 0, 16, 0, 0})
	f.Add(uint32(0), uint32(0), []byte{0x00, 30, 10, 0, 0, 0, 0x20, 10, 10, 0, 10, 0, 0x10, 0, 40, 0, 0, 0, 0x04, 50,
		0, 0, 0, 31})
	f.Fuzz(func(t *testing.T, x, y uint32, b []byte) {
		var ops []op
		for ; len(b) >= 6 && len(ops) < 400; b = b[6:] {
			o := op{dir: int(b[0] & 1), from: int(b[1]), n: int(b[2] % 64), ack: -1, fin: b[0]&2 != 0,
				wrong: b[0]&16 != 0}
			if b[0]&8 != 0 {
				o.ack = int(b[3])
			}
			if b[0]&32 != 0 {
				o.cut = int(b[4] % 64)
			}
			if b[0]&4 != 0 && b[5]%32 == 31 {
				o.rst, o.fin, o.n, o.cut = true, false, 0, 0
			}
			ops = append(ops, o)
		}
		play(t, [2]uint32{x, y}, ops)
	})
}
