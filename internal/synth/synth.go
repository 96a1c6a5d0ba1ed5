// Package synth makes captures of TCP connections for tests and benchmarks:
// valid frames with the sequence numbers, acknowledgments and closes of real
// endpoints, on a clock of its own. It captures nothing and reads nothing.
package synth

import (
	"encoding/binary"
	"io"
	"net/netip"
	"time"

	"httpscope/internal/tcp"
)

// Capture writes a pcap file of Ethernet frames.
type Capture struct {
	w    io.Writer
	Now  time.Time
	Step time.Duration // how far the clock goes from frame to frame
	buf  []byte
	err  error
	n    int64
}

// NewCapture writes the file header (little endian, microseconds) to w.
func NewCapture(w io.Writer, start time.Time) *Capture {
	c := &Capture{w: w, Now: start, Step: 50 * time.Microsecond}
	head := binary.LittleEndian.AppendUint32(nil, 0xa1b2c3d4)
	head = binary.LittleEndian.AppendUint16(head, 2)
	head = binary.LittleEndian.AppendUint16(head, 4)
	head = append(head, make([]byte, 8)...)
	head = binary.LittleEndian.AppendUint32(head, 262144)
	head = binary.LittleEndian.AppendUint32(head, 1)
	c.write(head)
	return c
}

// Packets is the number of frames written.
func (c *Capture) Packets() int64 { return c.n }

// Err is the first error of the writer.
func (c *Capture) Err() error { return c.err }

func (c *Capture) write(b []byte) {
	if c.err == nil {
		_, c.err = c.w.Write(b)
	}
}

// Frame writes one frame.
func (c *Capture) Frame(frame []byte) {
	c.Now = c.Now.Add(c.Step)
	c.n++
	b := binary.LittleEndian.AppendUint32(c.buf[:0], uint32(c.Now.Unix()))
	b = binary.LittleEndian.AppendUint32(b, uint32(c.Now.Nanosecond()/1000))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(frame)))
	b = binary.LittleEndian.AppendUint32(b, uint32(len(frame)))
	c.buf = append(b, frame...)
	c.write(c.buf)
}

// Conn is a connection between two ends, both of IPv4 or both of IPv6.
// Direction 0 is the client's.
type Conn struct {
	c    *Capture
	Ends [2]netip.AddrPort
	Seq  [2]uint32 // next to send
	MSS  int
	buf  []byte
	id   uint16
}

// Conn begins a connection with given initial sequence numbers; nothing is written yet.
func (c *Capture) Conn(client, server netip.AddrPort, isn [2]uint32) *Conn {
	return &Conn{c: c, Ends: [2]netip.AddrPort{client, server}, Seq: isn, MSS: 1448}
}

// Open writes the handshake.
func (x *Conn) Open() {
	x.Segment(0, tcp.SYN, nil)
	x.Seq[0]++
	x.Segment(1, tcp.SYN|tcp.ACK, nil)
	x.Seq[1]++
	x.Segment(0, tcp.ACK, nil)
}

// Send writes data in segments, and an acknowledgment after every second.
func (x *Conn) Send(dir int, data []byte) {
	for i := 0; len(data) > 0; i++ {
		n := min(len(data), x.MSS)
		flags := tcp.ACK
		if n == len(data) {
			flags |= tcp.PSH
		}
		x.Segment(dir, flags, data[:n])
		x.Seq[dir] += uint32(n)
		data = data[n:]
		if i%2 == 1 || len(data) == 0 {
			x.Segment(1-dir, tcp.ACK, nil)
		}
	}
}

// Close writes both FINs and their acknowledgments; dir closes first.
func (x *Conn) Close(dir int) {
	x.Segment(dir, tcp.FIN|tcp.ACK, nil)
	x.Seq[dir]++
	x.Segment(1-dir, tcp.FIN|tcp.ACK, nil)
	x.Seq[1-dir]++
	x.Segment(dir, tcp.ACK, nil)
}

// Segment writes one segment at the current sequence numbers, with time stamp options.
func (x *Conn) Segment(dir int, flags tcp.Flags, data []byte) {
	x.SegmentAt(dir, x.Seq[dir], flags, data)
}

// SegmentAt writes a segment at any sequence number.
func (x *Conn) SegmentAt(dir int, seq uint32, flags tcp.Flags, data []byte) {
	const header = 32
	x.id++
	b, pseudo := x.ip(dir, header+len(data))
	at := len(b)
	b = binary.BigEndian.AppendUint16(b, x.Ends[dir].Port())
	b = binary.BigEndian.AppendUint16(b, x.Ends[1-dir].Port())
	b = binary.BigEndian.AppendUint32(b, seq)
	ack := x.Seq[1-dir]
	if flags&tcp.ACK == 0 {
		ack = 0
	}
	b = binary.BigEndian.AppendUint32(b, ack)
	b = append(b, header/4<<4, byte(flags), 0xff, 0xff, 0, 0, 0, 0, 1, 1, 8, 10)
	b = binary.BigEndian.AppendUint32(b, uint32(x.c.Now.UnixMilli()))
	b = binary.BigEndian.AppendUint32(b, uint32(x.c.Now.UnixMilli()))
	b = append(b, data...)
	binary.BigEndian.PutUint16(b[at+16:], checksum(b[at:], pseudo))
	x.buf = b
	x.c.Frame(b)
}

// ip begins a frame with the headers of Ethernet and of IP version 4 (RFC 791)
// or 6 (RFC 8200), and sums the pseudo-header of TCP.
func (x *Conn) ip(dir, length int) ([]byte, uint32) {
	const ethernet = 14
	b := append(x.buf[:0], 2, 0, 0, 0, 0, byte(2-dir), 2, 0, 0, 0, 0, byte(1+dir))
	src, dst := x.Ends[dir].Addr(), x.Ends[1-dir].Addr()
	addresses := append(src.AsSlice(), dst.AsSlice()...)
	pseudo := sum(addresses, uint32(6+length))
	if src.Is6() {
		b = append(b, 0x86, 0xdd, 0x60, 0, 0, 0)
		b = binary.BigEndian.AppendUint16(b, uint16(length))
		return append(append(b, 6, 64), addresses...), pseudo
	}
	b = append(b, 8, 0, 0x45, 0)
	b = binary.BigEndian.AppendUint16(b, uint16(20+length))
	b = binary.BigEndian.AppendUint16(b, x.id)
	b = append(append(b, 0x40, 0, 64, 6, 0, 0), addresses...)
	binary.BigEndian.PutUint16(b[ethernet+10:], checksum(b[ethernet:], 0))
	return b, pseudo
}

// checksum is the Internet checksum (RFC 1071).
func checksum(b []byte, start uint32) uint16 {
	s := sum(b, start)
	for s>>16 != 0 {
		s = s&0xffff + s>>16
	}
	return ^uint16(s)
}

func sum(b []byte, s uint32) uint32 {
	for ; len(b) >= 2; b = b[2:] {
		s += uint32(binary.BigEndian.Uint16(b))
	}
	if len(b) == 1 {
		s += uint32(b[0]) << 8
	}
	return s
}
