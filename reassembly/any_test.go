package reassembly

import (
	"net/netip"
	"testing"

	"pgregory.net/rapid"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// drawPacket draws a packet of one of three connections, with any flags and
// with numbers that are near each other, or anywhere.
func drawPacket(t *rapid.T) capture.Packet {
	p := capture.Packet{Src: netip.AddrPortFrom(client.Addr(), uint16(rapid.IntRange(1000, 1002).Draw(t, "port"))),
		Dst: server, Window: uint16(rapid.IntRange(0, 2).Draw(t, "window"))}
	p.Flags = rapid.SampledFrom([]tcp.Flags{tcp.ACK, tcp.ACK, tcp.ACK, tcp.SYN, tcp.SYN | tcp.ACK,
		tcp.FIN | tcp.ACK,
		tcp.RST, tcp.RST | tcp.ACK, 0, tcp.SYN | tcp.FIN, 0xff &^ tcp.RST}).Draw(t, "flags")
	base := rapid.SampledFrom([]uint32{0, 100, 1 << 31, 0xfffffff0, 0x70000000}).Draw(t, "base")
	p.Seq = base + uint32(rapid.IntRange(-30, 60).Draw(t, "seq"))
	p.Ack = base + uint32(rapid.IntRange(-30, 60).Draw(t, "ack"))
	p.Payload = make([]byte, max(0, rapid.IntRange(-20, 30).Draw(t, "n")))
	p.PayloadLen = len(p.Payload) + max(0, rapid.IntRange(-40, 10).Draw(t, "cut"))
	p.Nano = int64(rapid.IntRange(0, 5).Draw(t, "second")) * second
	if rapid.Bool().Draw(t, "answer") {
		p.Src, p.Dst = p.Dst, p.Src
	}
	return p
}

// Whatever comes, what is said of connections stays in order and adds up: see calls.
func TestAnyPackets(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := newCalls(t)
		h.quiet = true
		a := New(h)
		var captured int64
		packets := rapid.SliceOfN(rapid.Custom(drawPacket), 1, 80).Draw(t, "packets")
		for i := range packets {
			p := &packets[i]
			p.Number = int64(i + 1)
			captured += int64(len(p.Payload))
			a.Add(p)
			if i%16 == 0 {
				a.Advance(p.Nano)
			}
		}
		a.Flush()
		h.done(a)
		if h.captured+a.Late() != captured {
			t.Fatalf("%d bytes were captured, %d are accounted for and %d were late", captured, h.captured, a.Late())
		}
	})
}

// Both ends may have the same address and port.
func TestSelfConnection(t *testing.T) {
	h := newCalls(t)
	a := New(h)
	for i, p := range []capture.Packet{
		{Seq: 100, Flags: tcp.SYN},
		{Seq: 100, Ack: 101, Flags: tcp.SYN | tcp.ACK},
		{Seq: 101, Ack: 101, Flags: tcp.ACK, Payload: []byte("a"), PayloadLen: 1},
		{Seq: 102, Ack: 102, Flags: tcp.ACK | tcp.FIN},
	} {
		p.Number, p.Src, p.Dst, p.Window = int64(i+1), server, server, 1
		a.Add(&p)
	}
	a.Flush()
	h.done(a)
}

// A packet that is no TCP is nothing to the assembler.
func TestSkipped(t *testing.T) {
	h := newCalls(t)
	a := New(h)
	a.Add(&capture.Packet{Number: 1, Skip: capture.SkipUDP, Src: client, Dst: server})
	a.Flush()
	h.done(a)
	if len(h.lines) > 0 {
		t.Error(h.lines)
	}
}
