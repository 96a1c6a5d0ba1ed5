package capture

import (
	"fmt"
	"math/rand/v2"
	"runtime"
	"slices"
	"strings"
	"testing"
)

func TestFragments(t *testing.T) {
	seg := segment("hello, fragments of a packet")
	said := func(n int) string {
		return fmt.Sprintf(`192.0.2.1:49152 > 198.51.100.2:80 1000 "hello, fragments of a packet" from %d fragments`, n)
	}
	first, second, third := ip4Frag(6, 9, 0, true, seg[:16]), ip4Frag(6, 9, 16, true, seg[16:32]),
		ip4Frag(6, 9, 32, false, seg[32:])
	evil := ip4Frag(6, 9, 8, true, []byte(strings.Repeat("EVIL", 6))) // over the first's end and the whole second
	const wait = "skip fragment"
	for _, c := range []struct {
		name   string
		frames [][]byte
		want   []string
	}{
		{"in order", [][]byte{first, second, third}, []string{wait, wait, said(3)}},
		{"backwards", [][]byte{third, second, first}, []string{wait, wait, said(3)}},
		{"the middle last", [][]byte{first, third, second}, []string{wait, wait, said(3)}},
		{"one of them twice", [][]byte{second, second, first, third}, []string{wait, wait, wait, said(4)}},
		{"overlap after: the first copy wins", [][]byte{first, second, evil, third},
			[]string{wait, wait, wait, said(4)}},
		{"a second packet with the same identification", [][]byte{first, second, third, first, second, third},
			[]string{wait, wait, said(3), wait, wait, said(3)}},
		{"another identification", [][]byte{first, ip4Frag(6, 10, 16, true, seg[16:32]), third},
			[]string{wait, wait, wait}},
		{"another protocol", [][]byte{first, ip4Frag(17, 9, 16, true, seg[16:32]), third}, []string{wait, wait, wait}},
		{"beyond 65535 bytes", [][]byte{first, ip4Frag(6, 9, 65528, false, seg), second, third},
			[]string{wait, wait, wait, said(3)}},
		{"empty", [][]byte{ip4Frag(6, 9, 0, true, nil), ip4Frag(6, 9, 8, false, nil), first, second, third},
			[]string{wait, wait, "skip damaged", wait, wait}},
	} {
		t.Run(c.name, func(t *testing.T) {
			equal(t, "packets", c.want, decodedAll(LinkRaw, c.frames...))
		})
	}
}

func TestFragments6(t *testing.T) {
	seg := segment("hello, fragments of a packet")
	const said = `[2001:db8::1]:49152 > [2001:db8::2]:80 1000 "hello, fragments of a packet" from 2 fragments`
	frag := func(next byte, offset int, more bool, b []byte) []byte {
		return ip6(0, ext(44, 0, frag6(next, 77, offset, more, b)))
	}
	equal(t, "in order", []string{"skip fragment", said}, decodedAll(LinkRaw, frag(6, 0, true, seg[:24]),
		frag(6, 24, false, seg[24:])))
	equal(t, "backwards", []string{"skip fragment", said}, decodedAll(LinkRaw, frag(6, 24, false, seg[24:]),
		frag(6, 0, true, seg[:24])))
	// RFC 8200, Section 4.5: the next header of the first fragment holds.
	equal(t, "next headers differ", []string{"skip fragment", said}, decodedAll(LinkRaw, frag(6, 0, true, seg[:24]),
		frag(17, 24, false, seg[24:])))
	// An extension header in the fragmented part, and a tunnel.
	inner := ext(6, 0, seg)
	equal(t, "extension inside", []string{"skip fragment", said}, decodedAll(LinkRaw, frag(60, 0, true, inner[:16]),
		frag(60, 16, false, inner[16:])))
	whole := ip4(6, segment("hello"))
	equal(t, "tunnel inside", []string{"skip fragment", said4 + " in ip from 2 fragments"},
		decodedAll(LinkRaw, frag(4, 0, true, whole[:24]), frag(4, 24, false, whole[24:])))
}

// A packet cut into pieces anywhere, which come in any order and overlap, is put together.
func TestFragmentsInAnyOrder(t *testing.T) {
	r := rand.New(rand.NewPCG(1, 2))
	seg := segment(strings.Repeat("0123456789abcdef", 20))
	want := decoded(LinkRaw, ip4(6, seg))
	for range 500 {
		var frames [][]byte
		for at := 0; at < len(seg); {
			n := 8 * (1 + r.IntN(12))
			end := min(at+n, len(seg))
			from := at
			if r.IntN(3) == 0 {
				from = max(0, at-8*r.IntN(9))
			}
			frames = append(frames, ip4Frag(6, 3, from, end < len(seg), seg[from:end]))
			at = end
		}
		r.Shuffle(len(frames), func(i, j int) { frames[i], frames[j] = frames[j], frames[i] })
		got := decodedAll(LinkRaw, frames...)
		i := slices.IndexFunc(got, func(s string) bool { return s != "skip fragment" })
		if i < 0 || !strings.HasPrefix(got[i], want+" from ") && len(frames) > 1 {
			t.Fatalf("%d fragments: %q", len(frames), got)
		}
	}
}

func TestFragmentTimeout(t *testing.T) {
	seg := segment("hello, fragments of a packet")
	for _, c := range []struct {
		wait int64
		want string
	}{{59e9, `192.0.2.1:49152 > 198.51.100.2:80 1000 "hello, fragments of a packet" from 2 fragments`},
		{61e9, "skip fragment"}} {
		var d decoder
		p := Packet{Link: LinkRaw, Nano: 1e18}
		d.decode(&p, ip4Frag(6, 1, 0, true, seg[:16]))
		b := ip4Frag(6, 1, 16, false, seg[16:])
		p = Packet{Link: LinkRaw, Nano: 1e18 + c.wait, WireLen: len(b)}
		d.decode(&p, b)
		if got := line(&p); got != c.want {
			t.Errorf("after %d ns: %s", c.wait, got)
		}
	}
}

// The rest of no packet ever comes: what is kept stays bounded.
func TestFragmentFlood(t *testing.T) {
	var d decoder
	var most int
	frame := ip4Frag(6, 0, 65400, true, make([]byte, 128))
	for i := range 20_000 {
		frame[4], frame[5], frame[15] = byte(i>>8), byte(i), byte(i>>16)
		p := Packet{Link: LinkRaw, Nano: int64(i), WireLen: len(frame)}
		d.decode(&p, frame)
		most = max(most, len(d.fragments.waiting))
	}
	if most > maxWaiting || len(d.fragments.order) > 4*maxWaiting {
		t.Errorf("%d packets wait, %d are in the order", most, len(d.fragments.order))
	}
	runtime.GC()
	var m runtime.MemStats
	runtime.ReadMemStats(&m)
	if m.HeapAlloc > 64<<20 {
		t.Errorf("the heap has %d bytes", m.HeapAlloc)
	}
	// Packets that are completed behind one that never is leave nothing.
	d = decoder{}
	seg := segment("hello, fragments of a packet")
	for i := range 5000 {
		for _, b := range [][]byte{ip4Frag(6, i, 0, true, seg[:16]), ip4Frag(6, i, 16, false, seg[16:])} {
			if i == 0 && b[7] != 0 {
				continue
			}
			p := Packet{Link: LinkRaw, WireLen: len(b)}
			d.decode(&p, b)
			if b[7] != 0 && p.Skip != SkipNone {
				t.Fatalf("packet %d: %s", i, p.Skip)
			}
		}
	}
	if len(d.fragments.waiting) > 1 || len(d.fragments.order) > 4*maxWaiting {
		t.Errorf("%d packets wait, %d are in the order", len(d.fragments.waiting), len(d.fragments.order))
	}
	// A packet in too many pieces is given up.
	d = decoder{}
	for i := range 3 * maxPieces {
		b := ip4Frag(6, 1, 16+16*(i%4000), true, make([]byte, 8))
		p := Packet{Link: LinkRaw, WireLen: len(b)}
		d.decode(&p, b)
		for _, w := range d.fragments.waiting {
			if w.pieces > maxPieces {
				t.Fatalf("a packet of %d pieces", w.pieces)
			}
		}
	}
}
