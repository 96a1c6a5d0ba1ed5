package capture

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"io"
	"math"
	"strings"
	"testing"

	"httpscope/internal/texts"
)

func TestPcapNG(t *testing.T) {
	for _, order := range orders {
		t.Run(fmt.Sprint(order), func(t *testing.T) {
			w := newNGFile(order)
			w.section(order, w.option(1, []byte("a comment")), w.option(1, []byte("and another")))
			w.iface(LinkEthernet, 0, w.option(2, []byte("eth0")), w.option(11, []byte("\x00tcp")),
				w.option(9, []byte{9}), w.option(0, nil))
			w.iface(LinkRaw, 64, w.option(2, []byte("tun0")), w.option(1, []byte("of an interface")))
			frame := eth(0x0800, hello4)
			w.enhanced(0, 1_600_000_000_123_456_789, frame, len(frame), w.option(2, w.u32(1)),
				w.option(1, []byte("of a packet")), w.option(4, cat(w.u32(7), w.u32(0))), w.option(0, nil))
			w.enhanced(1, 1_600_000_000_123_456, hello6, len(hello6))
			w.block(4, make([]byte, 20))                                 // name resolution
			w.block(0xbad, w.u32(99), []byte("private"))                 // custom
			w.block(blockSecrets, w.u32(0x544c534b, 5), []byte("hello")) // with padding
			w.block(blockPacket, w.u16(1, 3), w.u32(0, 42, uint32(len(hello4)), 90), pad4(hello4),
				w.option(1, []byte("old")))
			w.block(blockPacket, w.u16(0, 0xffff), w.u32(0, 42, uint32(len(frame)), uint32(len(frame))), pad4(frame))
			w.block(blockStatistics, w.u32(0, 0, 0), w.option(5, w.u64(10)), w.option(7, w.u64(100)),
				w.option(1, []byte("of statistics")))
			all, f := mustRead(t, w.Bytes())
			equal(t, "packets", []string{said4, said6, said4, said4}, recordTexts(all))
			i := f.Info()
			equal(t, "comments", []string{"a comment", "and another", "of an interface", "of statistics"}, i.Comments)
			equal(t, "packet comments", [][]string{{"of a packet"}, nil, {"old"}, nil},
				[][]string{all[0].Comments, all[1].Comments, all[2].Comments, all[3].Comments})
			equal(t, "times", []int64{1_600_000_000_123_456_789, 1_600_000_000_123_456_000, 42_000, 42},
				[]int64{all[0].Nano, all[1].Nano, all[2].Nano, all[3].Nano})
			drops := uint64(3 + 10 + 100)
			if order == byteOrder(binary.LittleEndian) {
				drops += 7
			} else {
				drops += 7 << 32
			}
			if i.Dropped != drops || i.Unknown != 2 || i.Format != "pcapng" || i.Cut != 1 {
				t.Errorf("%+v", i)
			}
			if x := i.Interfaces; len(x) != 2 || x[0].Name != "eth0" || x[0].Filter != "tcp" || x[1].Name != "tun0" ||
				x[1].SnapLen != 64 || x[1].Link != LinkRaw {
				t.Errorf("%+v", x)
			}
			if len(i.Secrets) != 1 || i.Secrets[0].Type != 0x544c534b || string(i.Secrets[0].Data) != "hello" {
				t.Errorf("%+v", i.Secrets)
			}
			if all[1].Interface != 1 || all[2].WireLen != 90 {
				t.Errorf("%+v", all[1].Packet)
			}
		})
	}
}

func (w *ngFile) u64(n uint64) []byte { return w.order.AppendUint64(nil, n) }

// Sections have orders, interfaces and units of their own.
func TestSections(t *testing.T) {
	w := newNGFile(binary.LittleEndian)
	w.iface(LinkRaw, 0, w.option(2, []byte("first")))
	w.enhanced(0, 1_000_000, hello4, len(hello4))
	w.section(binary.BigEndian)
	w.iface(LinkEthernet, 0, w.option(2, []byte("second")), w.option(9, []byte{3}))
	w.iface(LinkNull, 0)
	w.enhanced(0, 2_000, eth(0x86dd, hello6), 100)
	w.enhanced(1, 3_000_000, cat(le32(2), hello4), 80)
	w.section(binary.LittleEndian)
	w.iface(LinkRaw, 0)
	w.enhanced(0, 4_000_000, hello6, len(hello6))
	all, f := mustRead(t, w.Bytes())
	equal(t, "packets", []string{said4, said6, said4, said6}, recordTexts(all))
	for i, p := range all {
		if p.Nano != int64(i+1)*second || p.Interface != i || p.Link != f.Info().Interfaces[i].Link {
			t.Errorf("packet %d: %+v", i, p.Packet)
		}
	}
	// An interface of the section before is none of this one.
	w.section(binary.LittleEndian)
	w.enhanced(0, 0, hello4, len(hello4))
	all, _, err := readAll(t, bytes.NewReader(w.Bytes()))
	var d *DamageError
	if len(all) != 4 || !errors.As(err, &d) || !strings.Contains(err.Error(), "interface 0 of 0") {
		t.Errorf("%d packets, %v", len(all), err)
	}
}

const second = int64(1e9)

func TestTimeUnits(t *testing.T) {
	for _, c := range []struct {
		resolution byte
		offset     int64
		stamp      uint64
		want       int64
	}{
		{0, 0, 1_600_000_000, 1_600_000_000 * second},
		{3, 0, 1_600_000_000_123, 1_600_000_000_123_000_000},
		{6, 0, 1_600_000_000_123_456, 1_600_000_000_123_456_000},
		{9, 0, 1_600_000_000_123_456_789, 1_600_000_000_123_456_789},
		{12, 0, 1_600_000_000_123_456, 1_600_000_000_123},
		{19, 0, math.MaxUint64, 1_844_674_407},
		{0x80, 0, 1_600_000_000, 1_600_000_000 * second},
		{0x81, 0, 3_200_000_001, 1_600_000_000*second + 500_000_000},
		{0x80 | 10, 0, 1536, 1_500_000_000},
		{0x80 | 32, 0, 1_600_000_000<<32 | 1<<31, 1_600_000_000*second + 500_000_000},
		{0x80 | 63, 0, 1 << 63, second},
		{0xff, 0, 1 << 63, second},
		{6, 1_600_000_000, 5, 1_600_000_000*second + 5_000},
		{6, -10, 15_000_000, 5 * second},
		{6, -20, 15_000_000, -5 * second},
		{0, 0, math.MaxUint64, 0},
		{6, math.MaxInt64, 5, 0},
		{6, math.MinInt64, 5, 0},
	} {
		w := newNGFile(binary.BigEndian)
		w.iface(LinkRaw, 0, w.option(9, []byte{c.resolution}), w.option(14, w.u64(uint64(c.offset))))
		w.enhanced(0, c.stamp, hello4, len(hello4))
		all, _ := mustRead(t, w.Bytes())
		if got := all[0].Nano; got != c.want {
			t.Errorf("resolution %#x, offset %d, stamp %d: %d, want %d", c.resolution, c.offset, c.stamp, got, c.want)
		}
	}
}

// A simple packet block says only how long the packet was.
func TestSimplePackets(t *testing.T) {
	for _, c := range []struct {
		snap uint32
		wire int
		want string
	}{
		{0, len(hello4), said4}, // 45 bytes and 3 of padding
		{0, 90, said4},
		{1000, len(hello4), said4},
		{42, len(hello4), strings.Replace(said4, `"hello"`, `"he" of 5`, 1)},
	} {
		w := newNGFile(binary.LittleEndian)
		w.iface(LinkRaw, c.snap)
		w.block(blockSimple, w.u32(uint32(c.wire)), hello4)
		all, _ := mustRead(t, w.Bytes())
		equal(t, "packets", []string{c.want}, recordTexts(all))
		if all[0].Nano != 0 || !all[0].Time().IsZero() {
			t.Errorf("a time: %d", all[0].Nano)
		}
	}
}

// Options that no writer should write.
func TestOddOptions(t *testing.T) {
	for name, options := range map[string][]byte{
		"cut": {1, 0}, "longer than the block": {1, 0, 200, 0, 'x'}, "no end": {2, 0, 1, 0, 'a', 0, 0, 0},
		"bytes after the end": {0, 0, 0, 0, 1, 0, 1, 0, 'x', 0, 0, 0}, "empty name": {2, 0, 0, 0},
		"empty resolution": {9, 0, 0, 0},
		"short offset":     {14, 0, 4, 0, 1, 2, 3, 4}, "empty filter": {11, 0, 0, 0},
		"no padding at the end": {1, 0, 4, 0, 'a', 'b', 'c', 'd'},
	} {
		w := newNGFile(binary.LittleEndian)
		w.iface(LinkRaw, 0, options)
		w.enhanced(0, 7, hello4, len(hello4), options)
		all, _ := mustRead(t, w.Bytes())
		if len(all) != 1 || all[0].text != said4 || all[0].Nano != 7000 {
			t.Errorf("%s: %+v", name, all)
		}
	}
}

// Text and secrets are kept up to a limit, whatever the file holds.
func TestKeptText(t *testing.T) {
	w := newNGFile(binary.LittleEndian)
	long := w.option(1, make([]byte, 60_000))
	for range 100 {
		w.section(w.order, long, long)
		w.iface(LinkRaw, 0, w.option(2, make([]byte, 60_000)))
	}
	for range 60 {
		w.block(blockSecrets, w.u32(1, 500_000), make([]byte, 500_000))
	}
	for range 300_000 {
		w.block(blockSecrets, w.u32(1, 0))
		w.block(blockStatistics, w.u32(0, 0, 0), w.option(1, nil))
	}
	w.enhanced(0, 0, hello4, len(hello4))
	all, f := mustRead(t, w.Bytes())
	text, secrets := 0, 0
	i := f.Info()
	for _, c := range i.Comments {
		text += len(c) + 16
	}
	for _, x := range i.Interfaces {
		text += len(x.Name)
	}
	for _, s := range i.Secrets {
		secrets += len(s.Data) + 32
	}
	if len(all) != 1 || text > maxText || secrets > maxSecrets || text < maxText/2 || secrets < maxSecrets/2 {
		t.Errorf("%d packets, %d bytes of text, %d of secrets", len(all), text, secrets)
	}
}

func TestInterfaceFlood(t *testing.T) {
	w := newNGFile(binary.LittleEndian)
	for i := range 2 * maxInterfaces {
		if i%1000 == 0 {
			w.section(w.order)
		}
		w.iface(LinkRaw, 0)
	}
	_, f, err := readAll(t, bytes.NewReader(w.Bytes()))
	if err == io.EOF || len(f.Info().Interfaces) > maxInterfaces {
		t.Errorf("%d interfaces, %v", len(f.Info().Interfaces), err)
	}
}

// A large block of a type that no packet needs is skipped.
func TestLargeUnknownBlock(t *testing.T) {
	w := newNGFile(binary.LittleEndian)
	w.iface(LinkRaw, 0)
	w.block(0xbad, make([]byte, 3*windowMax))
	w.enhanced(0, 0, hello4, len(hello4))
	all, f := mustRead(t, w.Bytes())
	if len(all) != 1 || f.Info().Unknown != 1 || all[0].Offset != int64(w.Len()-32-len(pad4(hello4))) {
		t.Errorf("%+v, %+v", all, f.Info())
	}
}

// TestNoSectionIsNoDamage: a file that does not begin as a capture is none; it is not one that was damaged at once.
func TestNoSectionIsNoDamage(t *testing.T) {
	bad := cat([]byte("\x0a\x0d\x0d\x0a"), le32(28), []byte("what"), make([]byte, 16))
	_, err := NewFile(bytes.NewReader(bad))
	var damage *DamageError
	if !errors.Is(err, ErrFormat) || errors.As(err, &damage) {
		t.Errorf("%v: a damage %v", err, damage)
	}
	if zh := texts.In(texts.Chinese).Error(err); !strings.Contains(zh, "字节序") {
		t.Errorf("in Chinese: %s", zh)
	}
}
