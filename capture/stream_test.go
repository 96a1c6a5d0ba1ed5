package capture

import (
	"bytes"
	"encoding/binary"
	"io"
	"math/rand/v2"
	"testing"
	"testing/iotest"
	"time"
)

// However a reader hands out the bytes, the packets are the same.
func TestChunkings(t *testing.T) {
	for _, s := range samples() {
		want, _ := mustRead(t, s.file)
		for name, r := range map[string]io.Reader{
			"one byte":       iotest.OneByteReader(bytes.NewReader(s.file)),
			"half":           iotest.HalfReader(bytes.NewReader(s.file)),
			"error and data": iotest.DataErrReader(bytes.NewReader(s.file)),
			"at random":      &stutter{bytes.NewReader(s.file), rand.New(rand.NewPCG(1, 1))},
			"gzip, one byte": iotest.OneByteReader(bytes.NewReader(gzipped(s.file))),
			"zstd, half":     iotest.HalfReader(bytes.NewReader(zstded(s.file))),
		} {
			all, _, err := readAll(t, r)
			if err != io.EOF {
				t.Errorf("%s, %s: %v", s.name, name, err)
			}
			equal(t, s.name+", "+name, recordTexts(want), recordTexts(all))
		}
	}
}

// stutter reads some bytes, or none.
type stutter struct {
	io.Reader
	r *rand.Rand
}

func (s *stutter) Read(b []byte) (int, error) { return s.Reader.Read(b[:s.r.IntN(len(b)%999+1)]) }

// A file larger than the window, in records of all sizes, with a large skipped block between.
func TestWindow(t *testing.T) {
	r := rand.New(rand.NewPCG(3, 4))
	w := newNGFile(binary.LittleEndian)
	w.iface(LinkRaw, 0)
	var sizes []int
	for w.Len() < 5*windowMax {
		n := r.IntN(1 << (1 + r.IntN(18)))
		w.enhanced(0, 0, bytes.Repeat([]byte{byte(n)}, n), n)
		sizes = append(sizes, n)
		if r.IntN(20) == 0 {
			w.block(99, make([]byte, r.IntN(3*maxBlock)))
		}
	}
	f, err := NewFile(bytes.NewReader(w.Bytes()))
	if err != nil {
		t.Fatal(err)
	}
	f.OnWait(func() {})
	for i, n := range sizes {
		p, err := f.Next()
		if err != nil || p.CapLen != n {
			t.Fatalf("packet %d of %d bytes: %v", i, n, err)
		}
	}
	if _, err := f.Next(); err != io.EOF {
		t.Error(err)
	}
}

// A capture that is still being written: a packet is there as soon as its last
// byte is, and OnWait is called before the wait for more.
func TestGrowingFile(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			r, w := io.Pipe()
			type event struct {
				packet int64
				waits  bool
				err    error
			}
			events := make(chan event, 100)
			go func() {
				f, err := NewFile(r)
				if err != nil {
					events <- event{err: err}
					return
				}
				f.OnWait(func() { events <- event{waits: true} })
				for {
					p, err := f.Next()
					if err != nil {
						events <- event{err: err}
						return
					}
					events <- event{packet: p.Number}
				}
			}()
			at := 0
			for i, rec := range s.records {
				w.Write(s.file[at : rec[1]-1])
				w.Write(s.file[rec[1]-1 : rec[1]])
				at = rec[1]
				waited := false
				for {
					e := receive(t, events)
					if e.err != nil {
						t.Fatal(e.err)
					}
					if e.packet > 0 {
						if e.packet != int64(i+1) || !waited {
							t.Fatalf("packet %d after %d records; waited: %v", e.packet, i+1, waited)
						}
						break
					}
					waited = true
				}
			}
			w.Write(s.file[at:])
			w.Close()
			for {
				if e := receive(t, events); e.err != nil {
					if e.err != io.EOF {
						t.Error(e.err)
					}
					return
				}
			}
		})
	}
}

// receive waits for an event, but not for ever.
func receive[T any](t *testing.T, c <-chan T) (v T) {
	t.Helper()
	select {
	case v = <-c:
	case <-time.After(time.Minute):
		t.Fatal("nothing happens")
	}
	return v
}

// A packet costs no memory of its own.
func TestNoAllocations(t *testing.T) {
	var tcp, ng bytes.Buffer
	b, ends := conversation(2)
	tcp.Write(b[:24])
	w := newNGFile(binary.LittleEndian)
	w.iface(LinkEthernet, 0)
	frame := eth(0x0800, ip4(6, segmentWith(make([]byte, 12), "hello")))
	for range 5000 {
		tcp.Write(b[24:ends[1]])
		w.enhanced(0, 1, frame, len(frame), w.option(2, w.u32(1)))
	}
	ng.Write(w.Bytes())
	for name, file := range map[string][]byte{"pcap": tcp.Bytes(), "pcapng": ng.Bytes()} {
		f, err := NewFile(bytes.NewReader(file))
		if err != nil {
			t.Fatal(err)
		}
		for range 100 {
			f.Next()
		}
		if n := testing.AllocsPerRun(4000, func() { f.Next() }); n > 0 {
			t.Errorf("%s: %v allocations for a packet", name, n)
		}
	}
}
