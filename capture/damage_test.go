package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"io"
	"runtime"
	"strings"
	"testing"

	"github.com/klauspost/compress/zstd"
)

// sample is a capture, and where its records begin and end.
type sample struct {
	name    string
	file    []byte
	records [][2]int // packets
	blocks  []int    // where the file may end without damage
	header  int      // bytes without which it is no capture
}

func samples() []sample {
	p, ends := conversation(12)
	s := sample{name: "pcap", file: p, blocks: append([]int{24}, ends...), header: 24}
	at := 24
	for _, end := range ends {
		s.records = append(s.records, [2]int{at, end})
		at = end
	}
	n := sample{name: "pcapng"}
	w := newNGFile(binary.BigEndian)
	n.header = w.Len()
	mark := func(packet bool, write func()) {
		from := w.Len()
		write()
		n.blocks = append(n.blocks, w.Len())
		if packet {
			n.records = append(n.records, [2]int{from, w.Len()})
		}
	}
	n.blocks = append(n.blocks, w.Len())
	mark(false, func() { w.iface(LinkRaw, 0, w.option(2, []byte("tun0"))) })
	mark(true, func() { w.enhanced(0, 1, hello4, len(hello4), w.option(1, []byte("hello"))) })
	mark(false, func() { w.block(4, make([]byte, 40)) })
	mark(true, func() { w.block(blockSimple, w.u32(uint32(len(hello6))), hello6) })
	mark(false, func() { w.section(binary.LittleEndian) })
	mark(false, func() { w.iface(LinkRaw, 0) })
	mark(true, func() { w.enhanced(0, 1, hello4, len(hello4)) })
	mark(false, func() { w.block(blockSecrets, w.u32(1, 5), []byte("hello")) })
	n.file = w.Bytes()
	return []sample{s, n}
}

// Cut at any byte, a capture gives every packet before the cut, and says where
// the record begins that is not whole.
func TestCutAnywhere(t *testing.T) {
	for _, s := range samples() {
		t.Run(s.name, func(t *testing.T) {
			for n := range len(s.file) + 1 {
				all, _, err := readAll(t, bytes.NewReader(s.file[:n]))
				if n < s.header {
					if !errors.Is(err, ErrFormat) {
						t.Fatalf("cut after %d bytes: %v", n, err)
					}
					continue
				}
				whole, begin := 0, 0
				for _, r := range s.records {
					if r[1] <= n {
						whole++
					}
				}
				for _, b := range s.blocks {
					if b <= n {
						begin = b
					}
				}
				var d *DamageError
				switch {
				case len(all) != whole:
					t.Errorf("cut after %d bytes: %d packets, want %d", n, len(all), whole)
				case begin == n && err != io.EOF:
					t.Errorf("cut between records at %d: %v", n, err)
				case begin < n && (!errors.As(err, &d) || d.Offset != int64(begin) || d.Packet != int64(whole)):
					t.Errorf("cut after %d bytes, in the record at %d: %v", n, begin, err)
				}
				for i, p := range all {
					if p.Offset != int64(s.records[i][0]) {
						t.Errorf("packet %d begins at %d, not at %d", i+1, s.records[i][0], p.Offset)
					}
				}
			}
		})
	}
}

// A wrong byte anywhere is no panic, and packets before it count.
func TestWrongByteAnywhere(t *testing.T) {
	for _, s := range samples() {
		for i := s.header; i < len(s.file); i++ {
			for _, x := range []byte{0xff, 0x80, 1} {
				b := bytes.Clone(s.file)
				b[i] ^= x
				all, _, err := readAll(t, bytes.NewReader(b))
				var d *DamageError
				if err != io.EOF && !errors.As(err, &d) {
					t.Fatalf("%s, byte %d: %v", s.name, i, err)
				}
				for n, r := range s.records {
					if r[1] <= i && len(all) <= n {
						t.Fatalf("%s, byte %d: packet %d, before it, is lost: %v", s.name, i, n+1, err)
					}
				}
			}
		}
	}
}

// allocated is how many bytes f allocates in all.
func allocated(f func()) uint64 {
	var before, after runtime.MemStats
	runtime.ReadMemStats(&before)
	f()
	runtime.ReadMemStats(&after)
	return after.TotalAlloc - before.TotalAlloc
}

// Lengths that no packet can have are refused before anything is allocated for them.
func TestHostileLengths(t *testing.T) {
	pcap := func(capLen, wireLen uint32, more int) []byte {
		w := newPcapFile(binary.LittleEndian, 0xa1b2c3d4, LinkRaw)
		w.u32(0, 0, capLen, wireLen)
		w.Write(make([]byte, more))
		return w.Bytes()
	}
	ng := func(kind, length uint32, body ...[]byte) []byte {
		w := newNGFile(binary.LittleEndian)
		w.iface(LinkRaw, 0)
		w.Write(cat(w.u32(kind, length), cat(body...)))
		return w.Bytes()
	}
	block := func(kind uint32, body ...[]byte) []byte {
		w := newNGFile(binary.LittleEndian)
		w.iface(LinkRaw, 0)
		w.block(kind, body...)
		return w.Bytes()
	}
	le := &ngFile{order: binary.LittleEndian}
	for _, c := range []struct {
		name string
		file []byte
		want string
	}{
		{"pcap, 4 GiB", pcap(0xffffffff, 0xffffffff, 20), "4294967295 captured bytes"},
		{"pcap, 1 byte too many", pcap(maxRecord+1, 0, maxRecord+1), "limit"},
		{"pcap, 256 KiB that are not there", pcap(maxRecord, 0, 100), "file ends after"},
		{"pcapng, 80 bytes, a packet block of 4 GiB", ng(blockEnhanced, 0xfffffffc, make([]byte, 24)),
			"4294967292 bytes"},
		{"pcapng, a simple packet block of 4 GiB", ng(blockSimple, 0xfffffffc, make([]byte, 24)), "4294967292 bytes"},
		{"pcapng, an interface of 1 GiB", ng(blockInterface, 1<<30, make([]byte, 24)), "1073741824 bytes"},
		{"pcapng, secrets of 4 GiB", ng(blockSecrets, 0xfffffffc, make([]byte, 24)), "past the end"},
		{"pcapng, secrets of 1 MiB, 5 MiB follow", ng(blockSecrets, 100<<20, make([]byte, 5<<20)), "past the end"},
		{"pcapng, an unknown block of 4 GiB", ng(77, 0xfffffffc, make([]byte, 24)), "past the end"},
		{"pcapng, a section of 4 GiB", ng(blockSection, 0xfffffffc, le.u32(0x1a2b3c4d), make([]byte, 24)),
			"4294967292 bytes"},
		{"pcapng, a block of 8 bytes", ng(77, 8, make([]byte, 24)), "8 bytes"},
		{"pcapng, a block of 0 bytes", ng(77, 0, make([]byte, 24)), "0 bytes"},
		{"pcapng, a block of 13 bytes", ng(77, 13, make([]byte, 24)), "13 bytes"},
		{"pcapng, two lengths", ng(77, 16, le.u32(0, 20)), "16 bytes at its start and 20 at its end"},
		{"pcapng, a section with two lengths", ng(blockSection, 28, le.u32(0x1a2b3c4d), make([]byte, 12), le.u32(32)),
			"28 bytes at its start and 32 at its end"},
		{"pcapng, 4 GiB in a block of 80 bytes", block(blockEnhanced, le.u32(0, 0, 0, 0xffffffff, 0xffffffff),
			make([]byte, 32)), "4294967295 captured bytes"},
		{"pcapng, a byte more than the block has", block(blockEnhanced, le.u32(0, 0, 0, 33, 33), make([]byte, 32)),
			"33 captured bytes"},
		{"pcapng, 300 KiB", block(blockEnhanced, le.u32(0, 0, 0, 300<<10, 300<<10), make([]byte, 300<<10)),
			"captured bytes"},
		{"pcapng, an interface that is not there", block(blockEnhanced, le.u32(1, 0, 0, 4, 4), make([]byte, 4)),
			"interface 1 of 1"},
		{"pcapng, interface 2^32-1", block(blockEnhanced, le.u32(0xffffffff, 0, 0, 4, 4), make([]byte, 4)),
			"interface 4294967295"},
		{"pcapng, a packet block too short", block(blockEnhanced, make([]byte, 16)), "has 16 bytes"},
		{"pcapng, an old packet block too short", block(blockPacket, make([]byte, 16)), "has 16 bytes"},
		{"pcapng, a simple packet block too short", block(blockSimple), "0 bytes"},
		{"pcapng, an interface too short", block(blockInterface, make([]byte, 4)), "4 bytes"},
	} {
		t.Run(c.name, func(t *testing.T) {
			var err error
			if n := allocated(func() { _, _, err = readAll(t, bytes.NewReader(c.file)) }); n > 10<<20 {
				t.Errorf("%d bytes were allocated", n)
			}
			var d *DamageError
			if !errors.As(err, &d) || !strings.Contains(err.Error(), c.want) || d.Packet != 0 {
				t.Errorf("%v, want %q", err, c.want)
			}
		})
	}
}

// Blocks that are as large as they say, and full of options or secrets.
func TestHugeOptions(t *testing.T) {
	w := newNGFile(binary.LittleEndian)
	w.iface(LinkRaw, 0)
	var options []byte
	for len(options) < 400<<10 {
		options = append(options, w.option(1, nil)...)
	}
	w.enhanced(0, 0, hello4, len(hello4), options)
	w.enhanced(0, 0, hello4, len(hello4), w.option(5000, make([]byte, 65535)))
	w.block(blockSecrets, w.u32(1, 0xffffffff), make([]byte, 400<<10))
	w.block(blockSecrets, w.u32(1, 100))
	w.block(blockSecrets)
	w.block(blockStatistics)
	var all []record
	var f *File
	if n := allocated(func() { all, f = mustRead(t, w.Bytes()) }); n > 10<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
	if len(all) != 2 || len(f.Info().Secrets) != 2 || len(f.Info().Secrets[0].Data) != 400<<10 ||
		len(f.Info().Secrets[1].Data) != 0 {
		t.Errorf("%d packets, %d secrets", len(all), len(f.Info().Secrets))
	}
}

// A frame that asks for more memory than RFC 8878 wants decoders to have is
// refused; one that asks for all of it and gives nothing costs no more.
func TestZstdWindowBomb(t *testing.T) {
	frame := func(window byte) []byte { return cat(le32(-0x02d704d8&0xffffffff), []byte{0, window}, []byte{1, 0, 0}) } // an empty last block
	for _, c := range []struct {
		name   string
		window byte
	}{{"2 GiB", 21 << 3}, {"9 MiB", 13<<3 | 1}, {"8 MiB", 13 << 3}} {
		file := frame(c.window)
		var err error
		if n := allocated(func() { _, err = NewFile(bytes.NewReader(file)) }); n > 10<<20 {
			t.Errorf("%s: %d bytes were allocated", c.name, n)
		}
		if err == nil {
			t.Errorf("%s: no error", c.name)
		}
	}
	// The largest window that is allowed works.
	b, _ := conversation(20)
	var out bytes.Buffer
	w, _ := zstd.NewWriter(&out, zstd.WithWindowSize(maxZstdWindow))
	w.Write(b)
	w.Close()
	if all, _ := mustRead(t, out.Bytes()); len(all) != 20 {
		t.Errorf("%d packets", len(all))
	}
	// A gigabyte of zeros in a few kilobytes: refused at the first record.
	out.Reset()
	w, _ = zstd.NewWriter(&out)
	w.Write(newPcapFile(binary.LittleEndian, 0xa1b2c3d4, LinkRaw).Bytes())
	bad := make([]byte, 1<<20)
	for i := range bad {
		bad[i] = 0xff
	}
	for range 64 {
		w.Write(bad)
	}
	w.Close()
	if n := allocated(func() {
		if _, _, err := readAll(t, bytes.NewReader(out.Bytes())); err == io.EOF {
			t.Error("no damage")
		}
	}); n > 20<<20 {
		t.Errorf("%d bytes were allocated", n)
	}
}
