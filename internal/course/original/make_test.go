package original_test

import (
	"bytes"
	"encoding/binary"
	"math/rand/v2"
	"net/netip"
	"testing"
	"time"

	"httpscope/capture"
	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/tcp"
)

// frame is a packet that a test changes.
type frame struct {
	nano  int64
	wire  int
	at    int // interface
	bytes []byte
}

// tcp is the TCP header of an Ethernet frame with IPv4 without options.
func (f *frame) tcp() []byte { return f.bytes[34:] }

func (f *frame) ip() []byte { return f.bytes[14:34] }

func (f *frame) payload() []byte { return f.tcp()[int(f.tcp()[12]>>4)*4:] }

func (f *frame) flags() byte { return f.tcp()[13] }

func framesOf(r *recording.Recording) []frame {
	var out []frame
	for _, p := range r.Packets {
		out = append(out, frame{p.Nano, p.WireLen, p.Interface, bytes.Clone(p.Frame)})
	}
	return out
}

// written is what a program reads when frames are saved as pcapng.
func written(t testing.TB, like *recording.Recording, frames []frame) *recording.Recording {
	t.Helper()
	var b bytes.Buffer
	w, err := capture.NewWriter(&b, capture.WriterOptions{})
	if err != nil {
		t.Fatal(err)
	}
	for _, i := range like.Info.Interfaces {
		if _, err := w.AddInterface(capture.InterfaceInfo{Name: i.Name, Link: i.Link}); err != nil {
			t.Fatal(err)
		}
	}
	for _, f := range frames {
		if err := w.Packet(f.at, f.nano, f.wire, f.bytes, ""); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Flush(); err != nil {
		t.Fatal(err)
	}
	return read(t, b.Bytes())
}

func read(t testing.TB, b []byte) *recording.Recording {
	t.Helper()
	r, err := recording.Read(bytes.NewReader(b), 0)
	if err != nil {
		t.Fatal(err)
	}
	return r
}

// changed saves a capture again after f changed its frames.
func changed(t testing.TB, r *recording.Recording, f func(frames []frame) []frame) *recording.Recording {
	return written(t, r, f(framesOf(r)))
}

// kept saves the packets again that f wants.
func kept(t testing.TB, r *recording.Recording, f func(i int, f *frame) bool) *recording.Recording {
	return changed(t, r, func(frames []frame) []frame {
		var out []frame
		for i := range frames {
			if f(i, &frames[i]) {
				out = append(out, frames[i])
			}
		}
		return out
	})
}

// varied is a capture with other addresses, ports, numbers and cookies, and
// with right checksums.
func varied(t testing.TB, r *recording.Recording, student string) *recording.Recording {
	t.Helper()
	var b bytes.Buffer
	if _, err := variant.Make(r, &b, []byte("a seed that is long enough"), student, variant.Options{}); err != nil {
		t.Fatal(err)
	}
	return read(t, b.Bytes())
}

// session is what a student who does the exercise on a machine of their own
// would capture: always the same requests and answers, and numbers and times by
// chance. It lasts some seconds.
func session(t testing.TB, seed uint64) *recording.Recording {
	t.Helper()
	r := rand.New(rand.NewPCG(seed, 1))
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 11, 2+r.IntN(20), r.IntN(24), r.IntN(60), r.IntN(60), r.IntN(1e6)*1000,
		time.UTC))
	step := func(most int) { c.Step = time.Duration(20+r.IntN(most)) * time.Microsecond }
	for i := range 4 {
		client := netip.AddrPortFrom(netip.MustParseAddr("127.0.0.1"), uint16(40000+i))
		x := c.Conn(client, netip.MustParseAddrPort("127.0.0.1:8080"),
			[2]uint32{r.Uint32() | 1<<21, r.Uint32() | 1<<21})
		for _, s := range []struct {
			dir   int
			flags tcp.Flags
			data  string
		}{
			{0, tcp.SYN, ""}, {1, tcp.SYN | tcp.ACK, ""}, {0, tcp.ACK, ""},
			{0, tcp.ACK | tcp.PSH, "GET /page HTTP/1.1\r\nHost: a\r\n\r\n"}, {1, tcp.ACK, ""},
			{1, tcp.ACK | tcp.PSH, "HTTP/1.1 200 OK\r\nContent-Length: 10\r\n\r\n"}, {0, tcp.ACK, ""},
			{1, tcp.ACK | tcp.PSH, "0123456789"}, {0, tcp.ACK, ""},
			{0, tcp.ACK | tcp.PSH, "GET /more HTTP/1.1\r\nHost: a\r\n\r\n"}, {1, tcp.ACK, ""},
			{1, tcp.ACK | tcp.PSH, "HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\n"},
			{1, tcp.ACK | tcp.PSH, "01234"}, {0, tcp.ACK, ""},
			{0, tcp.FIN | tcp.ACK, ""}, {1, tcp.FIN | tcp.ACK, ""}, {0, tcp.ACK, ""},
		} {
			step(3000)
			if s.flags == tcp.SYN {
				step(2e6)
			}
			x.Segment(s.dir, s.flags, []byte(s.data))
			x.Seq[s.dir] += uint32(len(s.data))
			if s.flags&(tcp.SYN|tcp.FIN) != 0 {
				x.Seq[s.dir]++
			}
		}
	}
	if c.Err() != nil {
		t.Fatal(c.Err())
	}
	return read(t, b.Bytes())
}

// renumbered adds to all sequence numbers, and puts the checksums right.
func renumbered(t testing.TB, r *recording.Recording, by uint32) *recording.Recording {
	return changed(t, r, func(frames []frame) []frame {
		for i := range frames {
			tcp := frames[i].tcp()
			binary.BigEndian.PutUint32(tcp[4:], binary.BigEndian.Uint32(tcp[4:])+by)
			if frames[i].flags()&16 != 0 {
				binary.BigEndian.PutUint32(tcp[8:], binary.BigEndian.Uint32(tcp[8:])+by)
			}
			seal(&frames[i])
		}
		return frames
	})
}

// seal writes the right TCP checksum.
func seal(f *frame) {
	tcp := f.tcp()
	tcp[16], tcp[17] = 0, 0
	n := 6 + len(tcp)
	for _, b := range [][]byte{f.ip()[12:20], tcp} {
		for i := range b {
			n += int(b[i]) << (8 * (1 - i%2))
		}
	}
	for n>>16 != 0 {
		n = n&0xffff + n>>16
	}
	binary.BigEndian.PutUint16(tcp[16:], ^uint16(n))
}
