package capture

import (
	"bytes"
	"errors"
	"io"
	"os"
	"path/filepath"
	"testing"
	"testing/iotest"
)

// sampleFiles is the small ones of the sample captures.
func sampleFiles(t testing.TB) map[string][]byte {
	names, err := filepath.Glob("../pcaps/*.pcap*")
	if err != nil {
		t.Fatal(err)
	}
	files := map[string][]byte{}
	for _, name := range names {
		b, err := os.ReadFile(name)
		if err != nil {
			t.Fatal(err)
		}
		if len(b) < 3000 {
			files[filepath.Base(name)] = b
		}
	}
	return files
}

// The sample captures are whole, and decode as far as TCP.
func TestSampleCaptures(t *testing.T) {
	for name, b := range sampleFiles(t) {
		all, f := mustRead(t, b)
		tcp := 0
		for _, p := range all {
			if p.Skip == SkipNone {
				tcp++
			}
		}
		if tcp == 0 || f.Info().Unknown > 0 {
			t.Errorf("%s: %d packets, %d of TCP, %d unknown blocks", name, len(all), tcp, f.Info().Unknown)
		}
	}
}

// FuzzFile reads anything as a capture: twice, with other sizes of reads, for the same result.
func FuzzFile(f *testing.F) {
	for _, s := range samples() {
		f.Add(s.file)
		f.Add(gzipped(s.file))
		f.Add(zstded(s.file))
	}
	for _, b := range sampleFiles(f) {
		f.Add(b)
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		if len(b) > 1<<14 {
			return
		}
		all, _, err := readAll(t, bytes.NewReader(b))
		var d *DamageError
		switch {
		case err == io.EOF, errors.Is(err, ErrFormat):
		case errors.As(err, &d):
			if d.Packet != int64(len(all)) || d.Offset < 0 {
				t.Fatalf("%d packets, %v", len(all), err)
			}
		case all != nil:
			t.Fatal(err)
		}
		again, _, _ := readAll(t, iotest.HalfReader(bytes.NewReader(b)))
		if len(again) != len(all) {
			t.Fatalf("%d packets, then %d", len(all), len(again))
		}
		for i := range all {
			if all[i].text != again[i].text || all[i].Offset != again[i].Offset {
				t.Fatalf("packet %d: %s, then %s", i+1, all[i].text, again[i].text)
			}
		}
	})
}

// FuzzPacket decodes anything as a frame of any link type, three times in one
// decoder, as fragments need, the second time cut.
func FuzzPacket(f *testing.F) {
	for _, l := range []LinkType{LinkEthernet, LinkNull, LinkRaw, LinkLinuxSLL, LinkLinuxSLL2, LinkPPP, LinkPPPHDLC,
		LinkPPPoE, LinkCiscoHDLC, LinkARCNETLinux} {
		f.Add(uint16(l), hello4, hello6)
	}
	plain := wifi([2]byte{0x88, 0x01}, []byte{0, 0}, 0x0800, hello4)
	f.Add(uint16(LinkWiFi), plain, plain)
	f.Add(uint16(LinkRadiotap), radiotap(3, cat(make([]byte, 8), []byte{0x30}), plain), plain)
	f.Add(uint16(LinkPPI), cat([]byte{0, 0}, le16(12), le32(105), make([]byte, 4), plain), plain)
	f.Add(uint16(LinkPrism), cat(be32(0x44), le32(144), make([]byte, 136), plain), plain)
	f.Add(uint16(LinkAVS), cat(be32(0x80211001), be32(64), make([]byte, 56), plain), plain)
	f.Add(uint16(LinkNFLOG), cat([]byte{2, 0, 0, 1}, le16(4+len(hello4)), le16(9), hello4), hello4)
	f.Add(uint16(LinkEthernet), eth(0x8100, cat(be16(1), be16(0x0800), hello4)),
		eth(0x8847, cat([]byte{0, 0, 1, 0}, hello6)))
	f.Add(uint16(LinkRaw), ip4Frag(6, 1, 0, true, segment("hello, you")[:24]),
		ip4Frag(6, 1, 24, false, segment("hello, you")[24:]))
	f.Add(uint16(LinkRaw), ip6(44, frag6(6, 1, 24, false, []byte("hello"))),
		ip6(44, frag6(6, 1, 0, true, segment("")[:16])))
	f.Add(uint16(LinkRaw), ip4(47, cat(be16(0xb000), be16(0x6558), be32(1), be32(2), be32(3), eth(0x0800, hello4))),
		ip4(17, udpTo(4789, cat([]byte{8, 0, 0, 0, 0, 0, 0, 0}, eth(0x0800, hello4)))))
	f.Fuzz(func(t *testing.T, link uint16, a, b []byte) {
		var d decoder
		for i, frame := range [][]byte{a, b, b, a} {
			wire := len(frame)
			if i == 1 {
				wire += 1000
			}
			p := Packet{Link: LinkType(link), CapLen: len(frame), WireLen: wire}
			d.decode(&p, frame)
			if p.Skip >= skipReasons {
				t.Fatalf("skip %d", p.Skip)
			}
			if p.Skip != SkipNone {
				continue
			}
			if p.PayloadLen < len(p.Payload) || p.PayloadLen > max(wire, maxDatagram) || !p.Src.IsValid() ||
				!p.Dst.IsValid() || len(p.Options) > 40 {
				t.Fatalf("%+v", p)
			}
			if p.PayloadLen > len(p.Payload) && wire == len(frame) {
				t.Fatalf("a frame that was captured whole has a payload that was cut: %+v", p)
			}
			if p.Fragments == 0 && len(p.Payload) > 0 && !within(p.Payload, frame) {
				t.Fatalf("the payload is not of the frame: %+v", p)
			}
		}
	})
}

// within reports whether b is a part of frame, not a copy.
func within(b, frame []byte) bool {
	at := cap(frame) - cap(b[:0:cap(b)])
	return at >= 0 && at+len(b) <= len(frame) && &frame[at] == &b[0]
}
