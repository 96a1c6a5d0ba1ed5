package reassembly

import (
	"bytes"
	"math/rand/v2"
	"testing"

	"github.com/google/gopacket"
	"github.com/google/gopacket/layers"
	oracle "github.com/google/gopacket/reassembly"
	"pgregory.net/rapid"

	"httpscope/capture"
	"httpscope/internal/tcp"
)

// piece is a segment of one direction.
type piece struct {
	dir, from, to int
	fin           bool
}

// exchange is the packets of a connection that sends two streams and closes.
func exchange(streams [2][]byte, isn [2]uint32, pieces []piece) []capture.Packet {
	var packets []capture.Packet
	var seen [2]int
	add := func(dir int, seq, ack uint32, flags tcp.Flags, b []byte) {
		p := capture.Packet{Number: int64(len(packets) + 1), Src: client, Dst: server, Seq: seq, Ack: ack,
			Flags: flags, Window: 1000, Payload: b, PayloadLen: len(b)}
		if dir == 1 {
			p.Src, p.Dst = p.Dst, p.Src
		}
		packets = append(packets, p)
	}
	add(0, isn[0], 0, tcp.SYN, nil)
	add(1, isn[1], isn[0]+1, tcp.SYN|tcp.ACK, nil)
	add(0, isn[0]+1, isn[1]+1, tcp.ACK, nil)
	for _, x := range pieces {
		flags := tcp.ACK
		if x.fin {
			flags |= tcp.FIN
		}
		add(x.dir, isn[x.dir]+1+uint32(x.from), isn[1-x.dir]+1+uint32(seen[1-x.dir]), flags,
			streams[x.dir][x.from:x.to])
		if x.from <= seen[x.dir] {
			seen[x.dir] = max(seen[x.dir], x.to)
		}
	}
	return packets
}

// assembled is the two streams that the assembler makes of packets. It fails
// the test when anything is missing.
func assembled(t failer, packets []capture.Packet) [2][]byte {
	h := newCalls(t)
	h.quiet, h.keep = true, true
	a := New(h)
	for i := range packets {
		a.Add(&packets[i])
	}
	a.Flush()
	h.done(a)
	if d := h.data[0]; d != nil {
		return *d
	}
	return [2][]byte{}
}

// slice cuts both streams into pieces of random sizes, in random alternation.
func slice(r *rand.Rand, streams [2][]byte, most int) (pieces []piece) {
	var at [2]int
	for at[0] < len(streams[0]) || at[1] < len(streams[1]) {
		dir := r.IntN(2)
		if n := min(1+r.IntN(most), len(streams[dir])-at[dir]); n > 0 {
			pieces = append(pieces, piece{dir: dir, from: at[dir], to: at[dir] + n})
			at[dir] += n
		}
	}
	return pieces
}

func randomStreams(r *rand.Rand) (s [2][]byte) {
	for dir := range s {
		s[dir] = make([]byte, 1+r.IntN(3000))
		for i := range s[dir] {
			s[dir][i] = byte(r.Uint32())
		}
	}
	return s
}

// However the bytes are packed into segments, sent twice or in larger pieces
// again, the streams are the same.
func TestPacketization(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 1))
		streams := randomStreams(r)
		var pieces []piece
		var sent [2]int
		for _, p := range slice(r, streams, rapid.SampledFrom([]int{1, 7, 100, 1448}).Draw(t, "segment")) {
			pieces = append(pieces, p)
			sent[p.dir] = p.to
			if r.IntN(4) == 0 {
				from := r.IntN(p.to)
				pieces = append(pieces, piece{dir: p.dir, from: from, to: from + 1 + r.IntN(p.to-from)})
			}
			if r.IntN(4) == 0 { // again from anywhere, and on with new bytes
				to := min(p.to+r.IntN(50), len(streams[p.dir]))
				pieces = append(pieces, piece{dir: p.dir, from: r.IntN(p.to), to: to})
			}
		}
		isn := [2]uint32{drawISN(t, "client"), drawISN(t, "server")}
		got := assembled(t, exchange(streams, isn, pieces))
		for dir := range got {
			if !bytes.Equal(got[dir], streams[dir]) {
				t.Fatalf("direction %d: %d bytes of %d, or others", dir, len(got[dir]), len(streams[dir]))
			}
		}
	})
}

// collector is a stream of gopacket's assembler.
type collector struct{ out [2][]byte }

func (c *collector) New(_, _ gopacket.Flow, _ *layers.TCP, _ oracle.AssemblerContext) oracle.Stream {
	return c
}

func (c *collector) Accept(_ *layers.TCP, _ gopacket.CaptureInfo, _ oracle.TCPFlowDirection, _ oracle.Sequence,
	_ *bool, _ oracle.AssemblerContext) bool {
	return true
}

func (c *collector) ReassembledSG(sg oracle.ScatterGather, _ oracle.AssemblerContext) {
	dir, _, _, _ := sg.Info()
	n, _ := sg.Lengths()
	i := 0
	if dir == oracle.TCPDirServerToClient {
		i = 1
	}
	c.out[i] = append(c.out[i], sg.Fetch(n)...)
}

func (c *collector) ReassemblyComplete(oracle.AssemblerContext) bool { return true }

// noContext is what gopacket asks for and does not need.
type noContext struct{}

func (noContext) GetCaptureInfo() gopacket.CaptureInfo { return gopacket.CaptureInfo{} }

// gopacketStreams is what gopacket's assembler makes of packets.
func gopacketStreams(packets []capture.Packet) [2][]byte {
	c := &collector{}
	a := oracle.NewAssembler(oracle.NewStreamPool(c))
	for _, p := range packets {
		src, dst := p.Src.Addr().As4(), p.Dst.Addr().As4()
		tcp := &layers.TCP{SrcPort: layers.TCPPort(p.Src.Port()), DstPort: layers.TCPPort(p.Dst.Port()), Seq: p.Seq,
			Ack: p.Ack,
			SYN: p.Flags&tcp.SYN != 0, ACK: p.Flags&tcp.ACK != 0, FIN: p.Flags&tcp.FIN != 0}
		tcp.Payload = p.Payload
		tcp.SetInternalPortsForTesting()
		a.AssembleWithContext(gopacket.NewFlow(layers.EndpointIPv4, src[:], dst[:]), tcp, noContext{})
	}
	a.FlushAll()
	return c.out
}

// Away from the sequence wrap gopacket's assembler gives the same streams.
func TestGopacketAgrees(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 2))
		streams := randomStreams(r)
		pieces := slice(r, streams, rapid.SampledFrom([]int{7, 100, 1448}).Draw(t, "segment"))
		if rapid.Bool().Draw(t, "out of order") {
			for i := range pieces { // within a window of a few packets
				j := min(i+r.IntN(6), len(pieces)-1)
				pieces[i], pieces[j] = pieces[j], pieces[i]
				if r.IntN(8) == 0 {
					pieces = append(pieces, pieces[i])
				}
			}
		}
		isn := [2]uint32{r.Uint32() >> 1, r.Uint32() >> 1}
		packets := exchange(streams, isn, pieces)
		ours, theirs := assembled(t, packets), gopacketStreams(packets)
		for dir := range ours {
			if !bytes.Equal(ours[dir], streams[dir]) {
				t.Fatalf("direction %d: we have %d bytes of %d, or others", dir, len(ours[dir]), len(streams[dir]))
			}
			if !bytes.Equal(ours[dir], theirs[dir]) {
				t.Fatalf("direction %d: gopacket has %d bytes of %d, or others", dir, len(theirs[dir]),
					len(streams[dir]))
			}
		}
	})
}

// The packets of a conversation, captured in another order by a few places
// and with some of them twice, give the same streams: no gap is declared.
func TestReorderedCapture(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		r := rand.New(rand.NewPCG(rapid.Uint64().Draw(t, "seed"), 3))
		streams := randomStreams(r)
		packets := exchange(streams, [2]uint32{drawISN(t, "client"), drawISN(t, "server")},
			slice(r, [2][]byte{streams[0], nil}, 200))
		// One side sends, the other acknowledges; the acknowledgments come early.
		var all []capture.Packet
		for i, p := range packets {
			if i < 3 {
				all = append(all, p)
				continue
			}
			ack := capture.Packet{Src: server, Dst: client, Seq: packets[1].Seq + 1,
				Ack:   p.Seq + uint32(len(p.Payload)),
				Flags: tcp.ACK, Window: 1000}
			all = append(all, ack, p)
		}
		got := assembled(t, all)
		if !bytes.Equal(got[0], streams[0]) {
			t.Fatalf("%d bytes of %d, or others", len(got[0]), len(streams[0]))
		}
	})
}
