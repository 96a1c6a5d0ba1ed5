package variant

import (
	"encoding/binary"
	"net/netip"

	"httpscope/internal/tcp"
)

// flow is one direction of one pair of ends, in the base capture. Connections
// that use the same four numbers one after the other share it: what holds
// between their sequence numbers goes on to hold.
type flow struct{ src, dst netip.AddrPort }

func (f flow) back() flow { return flow{f.dst, f.src} }

func (f flow) String() string { return f.src.String() + ">" + f.dst.String() }

func flowOf(e ends, b []byte) flow {
	src, _ := netip.AddrFromSlice(e.src)
	dst, _ := netip.AddrFromSlice(e.dst)
	return flow{netip.AddrPortFrom(src, binary.BigEndian.Uint16(b)),
		netip.AddrPortFrom(dst, binary.BigEndian.Uint16(b[2:]))}
}

// shift is by how much the sequence numbers of a flow are moved.
func (s *secret) shift(f flow) uint32 { return s.number("sequence", f.String()) }

// moved are the sequence and the acknowledgment number that stand for those of
// a segment. A reset of a connection that never was has the number zero, and an
// acknowledgment without the flag is none.
func (s *secret) moved(f flow, seq, ack uint32, flags tcp.Flags) (uint32, uint32) {
	if flags&tcp.RST == 0 || seq != 0 {
		seq += s.shift(f)
	}
	if flags&tcp.ACK != 0 {
		ack += s.shift(f.back())
	}
	return seq, ack
}

// segment changes a TCP header in place. Of a quoted one only ports and
// sequence number are there.
func (m *maker) segment(e ends, b []byte) {
	f := flowOf(e, b)
	binary.BigEndian.PutUint16(b, m.ports.of(f.src.Port()))
	binary.BigEndian.PutUint16(b[2:], m.ports.of(f.dst.Port()))
	if len(b) < 20 {
		binary.BigEndian.PutUint32(b[4:], binary.BigEndian.Uint32(b[4:])+m.secret.shift(f))
		return
	}
	seq, ack := m.secret.moved(f, binary.BigEndian.Uint32(b[4:]), binary.BigEndian.Uint32(b[8:]), tcp.Flags(b[13]))
	binary.BigEndian.PutUint32(b[4:], seq)
	binary.BigEndian.PutUint32(b[8:], ack)
	header := int(b[12]>>4) * 4
	options(b[20:header], func(kind byte, v []byte) { m.option(f, kind, v) })
	for _, c := range m.edits[m.now.Number] {
		copy(b[header+c.at:], c.to)
	}
}

// options calls f with each option that has a value (RFC 9293, Section 3.2).
func options(b []byte, f func(kind byte, value []byte)) {
	for len(b) > 1 && b[0] != 0 {
		if b[0] == 1 {
			b = b[1:]
			continue
		}
		n := int(b[1])
		if n < 2 || n > len(b) {
			return
		}
		f(b[0], b[2:n])
		b = b[n:]
	}
}

// option moves selective acknowledgments (RFC 2018) and timestamps (RFC 7323).
func (m *maker) option(f flow, kind byte, v []byte) {
	const sack, timestamp = 5, 8
	switch {
	case kind == sack:
		for ; len(v) >= 4; v = v[4:] {
			binary.BigEndian.PutUint32(v, binary.BigEndian.Uint32(v)+m.secret.shift(f.back()))
		}
	case kind == timestamp && len(v) == 8:
		value, echo := binary.BigEndian.Uint32(v), binary.BigEndian.Uint32(v[4:])
		binary.BigEndian.PutUint32(v, m.stamps.of(f, value))
		if echo != 0 { // zero: nothing to echo yet
			binary.BigEndian.PutUint32(v[4:], m.stamps.of(f.back(), echo))
		}
	}
}
