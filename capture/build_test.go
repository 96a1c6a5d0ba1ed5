package capture

import (
	"bytes"
	"encoding/binary"
	"fmt"
	"io"
	"net/netip"
	"strings"
	"testing"

	"httpscope/internal/tcp"

	"github.com/google/go-cmp/cmp"
)

// What the captures of these tests are made of. A frame is built from the
// inside out: eth(0x0800, ip4(6, segment("hello"))).

func cat(parts ...[]byte) []byte { return bytes.Join(parts, nil) }

func be16(n int) []byte { return binary.BigEndian.AppendUint16(nil, uint16(n)) }
func be32(n int) []byte { return binary.BigEndian.AppendUint32(nil, uint32(n)) }
func le16(n int) []byte { return binary.LittleEndian.AppendUint16(nil, uint16(n)) }
func le32(n int) []byte { return binary.LittleEndian.AppendUint32(nil, uint32(n)) }

// Addresses of the test packets, from the documentation ranges.
var (
	from4 = netip.MustParseAddr("192.0.2.1")
	to4   = netip.MustParseAddr("198.51.100.2")
	from6 = netip.MustParseAddr("2001:db8::1")
	to6   = netip.MustParseAddr("2001:db8::2")
)

// segment is a TCP segment from port 49152 to port 80.
func segment(payload string) []byte { return segmentWith(nil, payload) }

func segmentWith(options []byte, payload string) []byte {
	head := cat(be16(49152), be16(80), be32(1000), be32(2000),
		[]byte{byte(5+len(options)/4) << 4, byte(tcp.PSH | tcp.ACK)}, be16(500), be16(0), be16(0))
	return cat(head, options, []byte(payload))
}

func ip4(proto byte, b []byte) []byte { return ip4Frag(proto, 0, 0, false, b) }

// ip4Frag is a fragment of an IPv4 packet, at an offset in bytes.
func ip4Frag(proto byte, id, offset int, more bool, b []byte) []byte {
	flags := offset / 8
	if more {
		flags |= 0x2000
	}
	src, dst := from4.As4(), to4.As4()
	return cat([]byte{0x45, 0}, be16(20+len(b)), be16(id), be16(flags), []byte{64, proto, 0, 0}, src[:], dst[:], b)
}

func ip6(proto byte, b []byte) []byte {
	src, dst := from6.As16(), to6.As16()
	return cat([]byte{0x60, 0, 0, 0}, be16(len(b)), []byte{proto, 64}, src[:], dst[:], b)
}

// ext is an IPv6 extension header of 8*(1+n) bytes.
func ext(next byte, n int, b []byte) []byte {
	return cat([]byte{next, byte(n)}, make([]byte, 6+8*n), b)
}

// frag6 is a Fragment header and what follows it.
func frag6(next byte, id, offset int, more bool, b []byte) []byte {
	if more {
		offset |= 1
	}
	return cat([]byte{next, 0}, be16(offset), be32(id), b)
}

func eth(kind int, b []byte) []byte {
	return cat([]byte{2, 0, 0, 0, 0, 2, 2, 0, 0, 0, 0, 1}, be16(kind), b)
}

// hello4 and hello6 are whole IP packets.
var (
	hello4 = ip4(6, segment("hello"))
	hello6 = ip6(6, segment("hello"))
)

// line says of a packet what the tests compare.
func line(p *Packet) string {
	if p.Skip != SkipNone {
		return "skip " + p.Skip.String()
	}
	s := fmt.Sprintf("%s > %s %d %q", p.Src, p.Dst, p.Seq, p.Payload)
	if p.PayloadLen != len(p.Payload) {
		s += fmt.Sprintf(" of %d", p.PayloadLen)
	}
	if p.Tunnel != "" {
		s += " in " + p.Tunnel
	}
	if p.Fragments > 0 {
		s += fmt.Sprintf(" from %d fragments", p.Fragments)
	}
	return s
}

const (
	said4 = `192.0.2.1:49152 > 198.51.100.2:80 1000 "hello"`
	said6 = `[2001:db8::1]:49152 > [2001:db8::2]:80 1000 "hello"`
)

// decoded is the line of a frame that was captured whole.
func decoded(link LinkType, frame []byte) string {
	var d decoder
	p := Packet{Link: link, CapLen: len(frame), WireLen: len(frame)}
	d.decode(&p, frame)
	return line(&p)
}

// decodedAll is the lines of frames, one after the other.
func decodedAll(link LinkType, frames ...[]byte) []string {
	var d decoder
	var lines []string
	for i, f := range frames {
		p := Packet{Number: int64(i + 1), Link: link, CapLen: len(f), WireLen: len(f)}
		d.decode(&p, f)
		lines = append(lines, line(&p))
	}
	return lines
}

// pcapFile writes a pcap file.
type pcapFile struct {
	bytes.Buffer
	order binary.AppendByteOrder
	extra int // bytes of a record header beyond 16
}

func newPcapFile(order binary.AppendByteOrder, magic uint32, link LinkType) *pcapFile {
	w := &pcapFile{order: order}
	if magic == 0xa1b2cd34 {
		w.extra = 8
	}
	w.u32(magic)
	w.Write(order.AppendUint16(order.AppendUint16(nil, 2), 4))
	w.u32(0, 0, 65535, uint32(link))
	return w
}

func (w *pcapFile) u32(n ...uint32) {
	for _, x := range n {
		w.Write(w.order.AppendUint32(nil, x))
	}
}

// packet writes a record; wire is the length on the wire.
func (w *pcapFile) packet(sec, frac uint32, frame []byte, wire int) {
	w.u32(sec, frac, uint32(len(frame)), uint32(wire))
	w.Write(make([]byte, w.extra))
	w.Write(frame)
}

// ngFile writes a pcapng file.
type ngFile struct {
	bytes.Buffer
	order binary.AppendByteOrder
}

func newNGFile(order binary.AppendByteOrder) *ngFile {
	w := &ngFile{}
	w.section(order)
	return w
}

func (w *ngFile) u16(n ...uint16) (b []byte) {
	for _, x := range n {
		b = w.order.AppendUint16(b, x)
	}
	return b
}

func (w *ngFile) u32(n ...uint32) (b []byte) {
	for _, x := range n {
		b = w.order.AppendUint32(b, x)
	}
	return b
}

func pad4(b []byte) []byte { return cat(b, make([]byte, -len(b)&3)) }

// option is an option of a block.
func (w *ngFile) option(code uint16, v []byte) []byte {
	return cat(w.u16(code, uint16(len(v))), pad4(v))
}

// block writes a block of any type.
func (w *ngFile) block(kind uint32, body ...[]byte) {
	b := pad4(cat(body...))
	n := uint32(len(b) + 12)
	w.Write(cat(w.u32(kind, n), b, w.u32(n)))
}

func (w *ngFile) section(order binary.AppendByteOrder, options ...[]byte) {
	w.order = order
	w.block(blockSection, w.u32(0x1a2b3c4d), w.u16(1, 0), w.u32(0xffffffff, 0xffffffff), cat(options...))
}

func (w *ngFile) iface(link LinkType, snap uint32, options ...[]byte) {
	w.block(blockInterface, w.u16(uint16(link), 0), w.u32(snap), cat(options...))
}

func (w *ngFile) enhanced(iface uint32, when uint64, frame []byte, wire int, options ...[]byte) {
	w.block(blockEnhanced, w.u32(iface, uint32(when>>32), uint32(when), uint32(len(frame)), uint32(wire)),
		pad4(frame), cat(options...))
}

// record is a packet that was kept.
type record struct {
	Packet
	text string
}

// readAll reads every packet of a capture, and returns the error that ended it.
func readAll(t testing.TB, r io.Reader) ([]record, *File, error) {
	t.Helper()
	f, err := NewFile(r)
	if err != nil {
		return nil, nil, err
	}
	defer f.Close()
	var all []record
	for {
		p, err := f.Next()
		if err != nil {
			if _, again := f.Next(); again != err {
				t.Errorf("Next returned %v, then %v", err, again)
			}
			return all, f, err
		}
		if p.Number != int64(len(all)+1) {
			t.Errorf("packet %d has the number %d", len(all)+1, p.Number)
		}
		if p.CapLen > p.WireLen || p.Skip == SkipNone && (len(p.Payload) > p.CapLen && p.Fragments == 0 ||
			p.PayloadLen < len(p.Payload)) {
			t.Errorf("lengths of packet %d: %+v", p.Number, *p)
		}
		r := record{Packet: *p, text: line(p)}
		r.Payload = bytes.Clone(p.Payload)
		all = append(all, r)
	}
}

// mustRead reads a capture that is whole.
func mustRead(t testing.TB, b []byte) ([]record, *File) {
	t.Helper()
	all, f, err := readAll(t, bytes.NewReader(b))
	if err != io.EOF {
		t.Fatalf("after %d packets: %v", len(all), err)
	}
	return all, f
}

// equal compares with cmp.
func equal(t testing.TB, what string, want, got any) {
	t.Helper()
	if d := cmp.Diff(want, got); d != "" {
		t.Errorf("%s (-want +got):\n%s", what, d)
	}
}

// conversation is a pcap file of n packets of several sizes, and where each record ends.
func conversation(n int) (file []byte, ends []int) {
	w := newPcapFile(binary.LittleEndian, 0xa1b2c3d4, LinkEthernet)
	for i := range n {
		frame := eth(0x0800, ip4(6, segment(strings.Repeat("x", i*i*7%1400))))
		w.packet(uint32(1000+i), 0, frame, len(frame))
		ends = append(ends, w.Len())
	}
	return w.Bytes(), ends
}
