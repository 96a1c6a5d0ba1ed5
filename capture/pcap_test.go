package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"testing"
)

// byteOrder is one of the two of package binary.
type byteOrder interface {
	binary.ByteOrder
	binary.AppendByteOrder
}

var orders = []byteOrder{binary.LittleEndian, binary.BigEndian}

func TestPcapVariants(t *testing.T) {
	for _, order := range orders {
		for _, c := range []struct {
			magic uint32
			nano  int64
		}{{0xa1b2c3d4, 1_600_000_000_123_456_000}, {0xa1b23c4d, 1_600_000_000_000_123_456},
			{0xa1b2cd34, 1_600_000_000_123_456_000}} {
			t.Run(fmt.Sprintf("%v %x", order, c.magic), func(t *testing.T) {
				w := newPcapFile(order, c.magic, LinkEthernet)
				order.PutUint32(w.Bytes()[20:], 0x14000000|uint32(LinkEthernet)) // with the length of an FCS
				frame := eth(0x0800, hello4)
				w.packet(1_600_000_000, 123_456, frame, len(frame))
				second := int64(w.Len())
				w.packet(0, 0, frame[:len(frame)-2], 70)
				w.packet(1, 0, nil, 60)
				all, f := mustRead(t, w.Bytes())
				equal(t, "packets", []string{said4, `192.0.2.1:49152 > 198.51.100.2:80 1000 "hel" of 5`, "skip cut"},
					recordTexts(all))
				p := all[0]
				if p.Nano != c.nano || p.Offset != 24 || p.Link != LinkEthernet || p.CapLen != len(frame) ||
					p.WireLen != len(frame) {
					t.Errorf("%+v", p)
				}
				if p := all[1]; p.Nano != 0 || p.Offset != second || p.WireLen != 70 {
					t.Errorf("%+v", p)
				}
				if i := f.Info(); i.Format != "pcap" || len(i.Interfaces) != 1 || i.Interfaces[0].SnapLen != 65535 ||
					i.Cut != 2 {
					t.Errorf("%+v", i)
				}
				if f.Position() != int64(w.Len()) {
					t.Errorf("position %d of %d", f.Position(), w.Len())
				}
			})
		}
	}
}

func recordTexts(all []record) []string {
	lines := []string{}
	for _, p := range all {
		lines = append(lines, p.text)
	}
	return lines
}

// A captured length larger than that on the wire: some writers swap them.
func TestPcapLongerThanTheWire(t *testing.T) {
	w := newPcapFile(binary.LittleEndian, 0xa1b2c3d4, LinkRaw)
	w.packet(1, 0, hello4, 20)
	all, _ := mustRead(t, w.Bytes())
	equal(t, "packets", []string{said4}, recordTexts(all))
}

func TestNoCapture(t *testing.T) {
	whole := newPcapFile(binary.LittleEndian, 0xa1b2c3d4, LinkRaw).Bytes()
	ng := newNGFile(binary.LittleEndian).Bytes()
	badOrder := bytes.Clone(ng)
	badOrder[8] = 0
	badLength := bytes.Clone(ng)
	badLength[4] = 27
	for name, b := range map[string][]byte{
		"empty": nil, "a byte": {0xa1}, "text": []byte("hello, world"), "gzip magic": {0x1f, 0x8b},
		"gzip header":  {0x1f, 0x8b, 8, 0, 0, 0, 0, 0, 0, 3},
		"gzip of text": gzipped([]byte("hello, world")), "zstd of text": zstded([]byte("hello, world")),
		"pcap header cut": whole[:23], "pcapng header cut": ng[:20], "pcapng magic": ng[:4],
		"pcapng byte order": badOrder, "pcapng length": badLength,
	} {
		_, err := NewFile(bytes.NewReader(b))
		if !errors.Is(err, ErrFormat) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if _, err := Open("testdata/no such file"); err == nil || errors.Is(err, ErrFormat) {
		t.Errorf("no such file: %v", err)
	}
	if _, err := Open("."); err == nil || errors.Is(err, ErrFormat) {
		t.Errorf("a directory: %v", err)
	}
	if _, err := Open("pcap_test.go"); !errors.Is(err, ErrFormat) {
		t.Errorf("a file that is no capture: %v", err)
	}
}

// A broken disk is not a damaged file, but what was read before counts.
func TestReadError(t *testing.T) {
	b, ends := conversation(3)
	broken := errors.New("broken disk")
	all, _, err := readAll(t, &failing{b[:ends[1]], broken})
	var d *DamageError
	if len(all) != 2 || !errors.As(err, &d) || !bytes.Contains([]byte(err.Error()), []byte("broken disk")) {
		t.Errorf("%d packets, %v", len(all), err)
	}
	if _, err := NewFile(&failing{nil, broken}); !errors.Is(err, broken) {
		t.Errorf("%v", err)
	}
	if _, _, err := readAll(t, &failing{b[:ends[1]], nil}); err == nil {
		t.Error("a reader that gives nothing for ever is read for ever")
	}
}

// failing gives bytes, then an error, or nothing at all.
type failing struct {
	b   []byte
	err error
}

func (f *failing) Read(b []byte) (int, error) {
	if len(f.b) == 0 {
		return 0, f.err
	}
	n := copy(b, f.b)
	f.b = f.b[n:]
	return n, nil
}
