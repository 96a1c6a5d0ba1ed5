package capture

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"pgregory.net/rapid"
)

func newWriter(t testing.TB, w io.Writer) *Writer {
	t.Helper()
	ng, err := NewWriter(w, WriterOptions{Application: "httpscope 1.0", OS: "Linux"})
	if err != nil {
		t.Fatal(err)
	}
	return ng
}

// must fails the test on the error of a step.
func must(t rapid.TB, errs ...error) {
	t.Helper()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
}

func addInterface(t rapid.TB, w *Writer, i InterfaceInfo) int {
	t.Helper()
	id, err := w.AddInterface(i)
	must(t, err)
	return id
}

func TestWriter(t *testing.T) {
	var file bytes.Buffer
	w := newWriter(t, &file)
	lo := addInterface(t, w, InterfaceInfo{Name: "lo", Link: LinkEthernet, Filter: "tcp port 80", SnapLen: 262144})
	tun := addInterface(t, w, InterfaceInfo{Name: "tun0", Description: "VPN", Link: LinkRaw})
	frame := eth(0x0800, hello4)
	const when = 1_700_000_000_123_456_789
	must(t,
		w.Packet(lo, when, len(frame), frame, ""),
		w.Packet(tun, when+1, 9999, hello6, "a comment"),
		w.Packet(lo, when+2, len(frame), frame[:len(frame)-1], "another"),
		w.Statistics(lo, 10, 3, 4), w.Statistics(tun, 20, 0, 5), w.Flush(), w.Flush())
	all, f := mustRead(t, file.Bytes())
	compare(t, []Interface{
		{Link: LinkEthernet, Name: "lo", Filter: "tcp port 80", SnapLen: 262144, ticks: ticks{resolution: 9}},
		{Link: LinkRaw, Name: "tun0", ticks: ticks{resolution: 9}},
	}, f.Info().Interfaces)
	for n, want := range []record{
		{Packet: Packet{Nano: when, WireLen: len(frame), CapLen: len(frame), Interface: lo}, text: said4},
		{Packet: Packet{Nano: when + 1, WireLen: 9999, CapLen: len(hello6), Interface: tun,
			Comments: []string{"a comment"}}, text: said6},
		{Packet: Packet{Nano: when + 2, WireLen: len(frame), CapLen: len(frame) - 1, Interface: lo,
			Comments: []string{"another"}}, text: strings.Replace(said4, `"hello"`, `"hell" of 5`, 1)},
	} {
		got := all[n]
		if got.text != want.text || got.Nano != want.Nano || got.WireLen != want.WireLen ||
			got.CapLen != want.CapLen || got.Interface != want.Interface ||
			strings.Join(got.Comments, "|") != strings.Join(want.Comments, "|") {
			t.Errorf("packet %d: %+v", n+1, got)
		}
	}
	if len(all) != 3 || f.Info().Dropped != 3+4+5 || f.Info().Unknown != 0 {
		t.Errorf("%d packets, %+v", len(all), f.Info())
	}
}

func compare(t *testing.T, want, got []Interface) {
	t.Helper()
	if !slices.Equal(want, got) {
		t.Errorf("interfaces %+v, want %+v", got, want)
	}
}

func TestWriterRefuses(t *testing.T) {
	w := newWriter(t, io.Discard)
	if w.Packet(0, 0, 1, []byte{1}, "") == nil || w.Statistics(0, 0, 0, 0) == nil || w.Statistics(-1, 0, 0, 0) == nil {
		t.Error("an interface that was not added")
	}
	if w.Packet(addInterface(t, w, InterfaceInfo{}), 0, 1, make([]byte, maxRecord+1), "") == nil {
		t.Error("a packet longer than readers take")
	}
}

// What is written is read, whatever it is.
func TestWriterThenReader(t *testing.T) {
	type written struct {
		Nano    int64
		WireLen int
		Frame   []byte
		Comment string
	}
	rapid.Check(t, func(t *rapid.T) {
		var file bytes.Buffer
		w, err := NewWriter(&file, WriterOptions{rapid.String().Draw(t, "application"), rapid.String().Draw(t, "OS"),
			rapid.String().Draw(t, "hardware")})
		must(t, err)
		id := addInterface(t, w, InterfaceInfo{Name: rapid.String().Draw(t, "name"), Link: LinkRaw})
		var want []written
		for range rapid.IntRange(0, 10).Draw(t, "packets") {
			x := written{
				rapid.Int64Range(0, 1<<62).Draw(t, "time"), rapid.IntRange(0, 1<<20).Draw(t, "length"),
				rapid.SliceOfN(rapid.Byte(), 0, 100).Draw(t, "frame"), rapid.String().Draw(t, "comment"),
			}
			must(t, w.Packet(id, x.Nano, x.WireLen, x.Frame, x.Comment))
			x.WireLen = max(x.WireLen, len(x.Frame))
			want = append(want, x)
		}
		must(t, w.Flush())
		f, err := NewFile(&file)
		must(t, err)
		for n, x := range want {
			var p Packet
			frame, err := f.format.next(f, &p)
			comment := strings.Join(p.Comments, "|")
			if err != nil || p.Nano != x.Nano || p.WireLen != x.WireLen || !bytes.Equal(frame, x.Frame) ||
				comment != x.Comment {
				t.Fatalf("packet %d: %+v, %v, want %+v", n+1, p, err, x)
			}
		}
		if _, err := f.Next(); err != io.EOF {
			t.Fatal(err)
		}
	})
}

// Text that no option can hold is cut, at a character's beginning.
func TestWriterLongText(t *testing.T) {
	var file bytes.Buffer
	w := newWriter(t, &file)
	long := strings.Repeat("€", 30_000)
	id := addInterface(t, w, InterfaceInfo{Name: long, Filter: long, Link: LinkRaw})
	must(t, w.Packet(id, 1, len(hello4), hello4, long), w.Flush())
	all, f := mustRead(t, file.Bytes())
	i := f.Info().Interfaces[0]
	if want := long[:3*21844]; i.Name != want || i.Filter != long[:3*21843] || len(all) != 1 ||
		all[0].Comments[0] != want || all[0].text != said4 {
		t.Errorf("%d and %d bytes of text, %d packets", len(i.Name), len(i.Filter), len(all))
	}
}

// full is a disk with room for so many bytes.
type full struct {
	bytes.Buffer
	room int
}

var errFull = errors.New("no space left")

func (d *full) Write(b []byte) (int, error) {
	n := min(len(b), d.room-d.Len())
	d.Buffer.Write(b[:n])
	if n < len(b) {
		return n, errFull
	}
	return n, nil
}

// A disk that fills up is told once and for all, and every block before is good.
func TestWriterFullDisk(t *testing.T) {
	for _, room := range []int{0, 10, 100, 5_000, 5_001, writerBuffer, writerBuffer + 10, 3 * writerBuffer} {
		d := full{room: room}
		w := newWriter(t, &d)
		id := addInterface(t, w, InterfaceInfo{Name: "lo", Link: LinkRaw})
		var err error
		for n := 0; err == nil; n++ {
			if err = w.Packet(id, int64(n), len(hello4), hello4, ""); err == nil && n%40 == 0 {
				err = w.Flush()
			}
		}
		if _, later := w.AddInterface(InterfaceInfo{}); !errors.Is(err, errFull) || later != err ||
			w.Packet(id, 0, 1, nil, "") != err || w.Flush() != err || d.Len() > room {
			t.Errorf("room for %d: %v, then %v, %d bytes", room, err, later, d.Len())
		}
		if end := whole(d.Bytes()); end > 0 {
			mustRead(t, d.Bytes()[:end])
		} else if room > 1000 {
			t.Errorf("room for %d: nothing whole", room)
		}
	}
}

// A capture may be written behind something else in a file, and a file that cannot be
// written is an error, not a panic.
func TestWriterFile(t *testing.T) {
	path := filepath.Join(t.TempDir(), "x.pcapng")
	f, err := os.Create(path)
	must(t, err)
	w := newWriter(t, f)
	id := addInterface(t, w, InterfaceInfo{Link: LinkRaw})
	must(t, w.Packet(id, 1, len(hello4), hello4, ""), w.Flush(), f.Close())
	if err := w.Packet(id, 1, len(hello4), hello4, ""); err != nil {
		t.Error(err)
	}
	if err := w.Flush(); !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
	b, err := os.ReadFile(path)
	must(t, err)
	if all, _ := mustRead(t, b); len(all) != 1 {
		t.Errorf("%d packets", len(all))
	}
	if _, err := NewWriter(f, WriterOptions{}); !errors.Is(err, os.ErrClosed) {
		t.Error(err)
	}
}

// What was flushed is there at once, what was not comes in time by itself.
func TestWriterFlushesItself(t *testing.T) {
	var file bytes.Buffer
	w := newWriter(t, &file)
	id := addInterface(t, w, InterfaceInfo{Link: LinkRaw})
	frame := make([]byte, 1000)
	for n := range 1000 {
		must(t, w.Packet(id, int64(n), len(frame), frame, ""))
		if waiting := len(w.buf); waiting >= writerBuffer {
			t.Fatalf("%d bytes wait", waiting)
		}
	}
	if file.Len() < 1000*1000-writerBuffer || whole(file.Bytes()) != file.Len() {
		t.Errorf("%d bytes, %d of them in whole blocks", file.Len(), whole(file.Bytes()))
	}
}

func BenchmarkWriter(b *testing.B) {
	w := newWriter(b, io.Discard)
	id := addInterface(b, w, InterfaceInfo{Link: LinkRaw})
	frame := make([]byte, 300)
	b.SetBytes(int64(len(frame)))
	for n := range b.N {
		if err := w.Packet(id, int64(n), len(frame), frame, ""); err != nil {
			b.Fatal(err)
		}
	}
}
