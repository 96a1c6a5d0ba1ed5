package reassembly

import (
	"fmt"
	"slices"
	"testing"

	"pgregory.net/rapid"

	"httpscope/capture"
)

// op is a packet of a connection whose handshake was captured. Offsets are
// those of the streams.
type op struct {
	dir, from, n, cut int
	ack               int // -1: no acknowledgment
	fin, rst, wrong   bool
}

func (o op) String() string {
	return fmt.Sprintf("{dir:%d from:%d n:%d cut:%d ack:%d fin:%v rst:%v wrong:%v}", o.dir, o.from, o.n, o.cut, o.ack, o.fin, o.rst, o.wrong)
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

// modelHalf is a direction, a byte at a time: what there is of it, what was
// delivered. It has no segments, no holes and no sequence numbers.
type modelHalf struct {
	have     map[int]int // from the next byte on; missing where a snapshot cut it
	out      []int
	acked    int
	fin      int // -1 until it is known
	patience int
	stuck    int
	ended    bool
}

func (m *modelHalf) next() int { return len(m.out) }

// run delivers what is there, and what is not as missing up to an offset.
func (m *modelHalf) run(to int) {
	for {
		b, ok := m.have[m.next()]
		if !ok && m.next() >= to {
			break
		}
		if !ok {
			b = missing
		}
		delete(m.have, m.next())
		m.out = append(m.out, b)
	}
	m.ended = m.ended || m.fin >= 0 && m.next() >= m.fin
}

func (m *modelHalf) giveUp() {
	to := m.acked
	if m.fin >= 0 {
		to = min(to, m.fin)
	}
	if to > m.next()+1 || to > m.next() && (len(m.have) > 0 || m.fin >= 0) {
		m.run(to)
	}
}

func (m *modelHalf) drain() {
	if m.ended {
		return
	}
	m.giveUp()
	to := m.fin
	for at := range m.have {
		to = max(to, at)
	}
	m.run(to)
}

// model is the rules of the package, said naively.
type model struct {
	half   [2]modelHalf
	reset  bool
	closed bool
}

func (m *model) packet(o op) {
	if m.closed {
		return
	}
	h, peer := &m.half[o.dir], &m.half[1-o.dir]
	if o.rst {
		if o.from < h.next()-1 && o.from < h.acked-1 {
			return
		}
		m.reset = m.reset || !h.ended || !peer.ended
		h.drain()
		peer.drain()
		h.ended, peer.ended = true, true
		return
	}
	data := o.n+o.cut > 0
	if o.ack > peer.acked {
		peer.acked = o.ack
		if data {
			m.wait(1-o.dir, true)
		}
	}
	if !h.ended {
		h.segment(o)
	}
	for dir := range m.half {
		m.wait(dir, dir != o.dir && data)
	}
	m.closed = !m.reset && h.ended && peer.ended && h.acked > h.fin && peer.acked > peer.fin
}

// wait gives up what was acknowledged and does not come.
func (m *model) wait(dir int, answered bool) {
	h := &m.half[dir]
	if h.next() != h.stuck {
		h.stuck, h.patience = h.next(), 0
	}
	if h.acked <= h.next() || h.ended {
		return
	}
	h.patience++
	if answered || h.patience > ackPatience {
		h.giveUp()
	}
}

// segment takes the bytes that are new: the first copy wins.
func (m *modelHalf) segment(o op) {
	end := o.from + o.n + o.cut
	if o.fin && m.fin < 0 && end >= m.next() {
		m.fin = end
		for at := range m.have {
			if at >= end {
				delete(m.have, at)
			}
		}
	}
	if m.fin >= 0 {
		end = min(end, m.fin)
	}
	for i, b := range o.payload() {
		at := o.from + i
		if _, ok := m.have[at]; !ok && at >= m.next() && at < end {
			m.have[at] = int(b)
		}
	}
	for at := o.from + o.n; at < end && o.from+o.n >= m.next(); at++ {
		if _, ok := m.have[at]; ok {
			break
		}
		m.have[at] = missing
	}
	m.run(0)
}

// deliveries is a handler that keeps both streams, missing bytes included.
type deliveries struct {
	*calls
	out [2][]int
}

func (d *deliveries) Data(c *Conn, k *Chunk) {
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
		m.half[dir] = modelHalf{have: map[int]int{}, fin: -1}
	}
	n := int64(0)
	add := func(dir int, seq, ack uint32, flags uint8, b []byte, cut int) {
		n++
		p := capture.Packet{Number: n, Src: client, Dst: server, Seq: seq, Ack: ack, Flags: flags, Window: 1000, Payload: b, PayloadLen: len(b) + cut}
		if dir == 1 {
			p.Src, p.Dst = p.Dst, p.Src
		}
		a.Add(&p)
	}
	add(0, isn[0], 0, capture.SYN, nil, 0)
	add(1, isn[1], isn[0]+1, capture.SYN|capture.ACK, nil, 0)
	add(0, isn[0]+1, isn[1]+1, capture.ACK, nil, 0)
	check := func(what fmt.Stringer) {
		for dir := range m.half {
			if !slices.Equal(d.out[dir], m.half[dir].out) {
				t.Fatalf("after %v direction %d has\n%v, the model\n%v\nof %v", what, dir, d.out[dir], m.half[dir].out, ops)
			}
		}
	}
	for _, o := range ops {
		flags, ack := uint8(0), uint32(0)
		for _, f := range []struct {
			set  bool
			flag uint8
		}{{o.fin, capture.FIN}, {o.rst, capture.RST}, {o.ack >= 0, capture.ACK}} {
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
		for dir := range m.half {
			m.half[dir].drain()
		}
	}
	check(Closed)
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
	f.Add(^uint32(0), uint32(0xfffffff0), []byte{0x00, 5, 10, 0, 0, 0, 0x09, 0, 20, 15, 0, 0, 0x02, 0, 5, 0, 0, 0, 0x0b, 20, 0, 16, 0, 0})
	f.Add(uint32(0), uint32(0), []byte{0x00, 30, 10, 0, 0, 0, 0x20, 10, 10, 0, 10, 0, 0x10, 0, 40, 0, 0, 0, 0x04, 50, 0, 0, 0, 31})
	f.Fuzz(func(t *testing.T, x, y uint32, b []byte) {
		var ops []op
		for ; len(b) >= 6 && len(ops) < 400; b = b[6:] {
			o := op{dir: int(b[0] & 1), from: int(b[1]), n: int(b[2] % 64), ack: -1, fin: b[0]&2 != 0, wrong: b[0]&16 != 0}
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
