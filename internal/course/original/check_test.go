package original_test

import (
	"bytes"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"
	"time"

	"httpscope/internal/course/original"
	"httpscope/internal/recording"
	"httpscope/internal/synth"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// codes are the remarks as "severity code".
func codes(all []original.Remark) []string {
	out := []string{}
	for _, m := range all {
		out = append(out, m.Severity+" "+m.Code)
	}
	return out
}

// TestSamples: the project's captures are recordings of real programs. Those
// that have a remark have it for a reason.
func TestSamples(t *testing.T) {
	want := map[string][]string{
		"lost-segment.pcap":     {"warning acknowledged-missing"}, // a packet was taken out of it on purpose
		"truncated.pcap":        {"note snaplen"},                 // recorded with a snapshot length of 96 bytes
		"two-interfaces.pcapng": {"note several-interfaces"},      // recorded on two at once
	}
	for _, path := range testkit.Samples(t) {
		r := testkit.Open(t, path)
		wanted := want[filepath.Base(path)]
		if wanted == nil {
			wanted = []string{}
		}
		if d := cmp.Diff(wanted, codes(original.Check(r, original.Options{}))); d != "" {
			t.Errorf("%s: - want, got +:\n%s", path, d)
		}
	}
}

// TestCorpus goes through the samples, and through the folder that the
// environment variable HTTPSCOPE_CORPUS names: remarks are well formed, and
// none is made of a capture whose packets merely changed their file.
func TestCorpus(t *testing.T) {
	paths := testkit.Samples(t)
	if dir := os.Getenv("HTTPSCOPE_CORPUS"); dir != "" {
		more, _ := filepath.Glob(filepath.Join(dir, "*.pcap*"))
		paths = append(paths, more...)
	}
	for _, path := range paths {
		r, err := recording.Open(path, 0)
		if err != nil {
			t.Errorf("%s: %v", path, err)
			continue
		}
		all := original.Check(r, original.Options{})
		t.Logf("%s: %v", filepath.Base(path), codes(all))
		wellFormed(t, r, all)
		if r.Damage != nil || r.Info.Dropped > 0 || len(r.Info.Interfaces) == 0 {
			continue // a file saved again does not say so any more
		}
		again := changed(t, r, func(f []frame) []frame { return f })
		if d := cmp.Diff(codes(all), codes(original.Check(again, original.Options{}))); d != "" {
			t.Errorf("%s: saved again - +:\n%s", path, d)
		}
	}
}

func wellFormed(t testing.TB, r *recording.Recording, all []original.Remark) {
	t.Helper()
	seen := map[string]bool{}
	for _, m := range all {
		text := m.Text.String()
		sentence := len(text) > 20 && text[0] < 0x80 && text[len(text)-1] == '.'
		if zh := texts.In(texts.Chinese).Of(m.Text); !strings.HasSuffix(zh, "。") || strings.Contains(zh, "%!") {
			t.Errorf("%s in Chinese: %q", m.Code, zh)
		}
		if seen[m.Code] || !sentence || m.Severity != original.Note && m.Severity != original.Warning ||
			len(m.Frames) > 20 {
			t.Errorf("remark %+v", m)
		}
		seen[m.Code] = true
		for _, f := range m.Frames {
			if r.Packet(f) == nil {
				t.Errorf("%s: packet %d of %d", m.Code, f, len(r.Packets))
			}
		}
	}
}

// TestTampering changes honest captures in the ways that people do.
func TestTampering(t *testing.T) {
	const syn, ack = 2, 16
	honest := func(t *testing.T) *recording.Recording { return session(t, 1) }
	lab := func(t *testing.T) *recording.Recording { return testkit.OpenSample(t, "http-server.pcap") }
	conn := func(r *recording.Recording, i int) int64 { return r.Packets[i].Conn }
	move := func(to func(i int, nano int64) int64) func(*testing.T, *recording.Recording) *recording.Recording {
		return func(t *testing.T, r *recording.Recording) *recording.Recording {
			return changed(t, r, func(all []frame) []frame {
				for i := range all {
					all[i].nano = to(i, all[i].nano)
				}
				return all
			})
		}
	}
	keep := func(want func(r *recording.Recording, i int, f *frame) bool) func(*testing.T,
		*recording.Recording) *recording.Recording {
		return func(t *testing.T, r *recording.Recording) *recording.Recording {
			return kept(t, r, func(i int, f *frame) bool { return want(r, i, f) })
		}
	}
	edit := func(change func(i int, f *frame)) func(*testing.T, *recording.Recording) *recording.Recording {
		return func(t *testing.T, r *recording.Recording) *recording.Recording {
			return changed(t, r, func(all []frame) []frame {
				for i := range all {
					change(i, &all[i])
				}
				return all
			})
		}
	}
	for _, c := range []struct {
		name   string
		from   func(*testing.T) *recording.Recording
		tamper func(*testing.T, *recording.Recording) *recording.Recording
		want   []string
	}{
		{"nothing", honest, edit(func(int, *frame) {}), []string{}},
		{"nothing, by the lab's programs", lab, edit(func(int, *frame) {}), []string{}},
		{"saved with the display filter http", honest,
			keep(func(_ *recording.Recording, _ int, f *frame) bool { return len(f.payload()) > 0 }),
			[]string{"warning no-acknowledgments"}},
		{"mere acknowledgments deleted", honest,
			keep(func(_ *recording.Recording, _ int, f *frame) bool {
				return len(f.payload()) > 0 ||
					f.flags() != ack
			}),
			[]string{"warning no-acknowledgments"}},
		{"a handshake deleted", lab, keep(func(r *recording.Recording, i int, f *frame) bool {
			return conn(r, i) != 2 || f.flags()&syn == 0
		}),
			[]string{"note no-handshake"}},
		{"a SYN deleted", honest, keep(func(r *recording.Recording, i int,
			f *frame) bool {
			return conn(r, i) != 2 || f.flags() != syn
		}),
			[]string{"warning handshake-incomplete"}},
		{"one side deleted", honest, keep(func(r *recording.Recording, i int, _ *frame) bool {
			return conn(r, i) != 2 || r.Packets[i].Segment.Dir == 0
		}),
			[]string{"warning one-direction"}},
		{"an answer deleted", honest, keep(func(_ *recording.Recording, i int, _ *frame) bool { return i != 7 }),
			[]string{"warning acknowledged-missing"}},
		{"payload edited", honest, edit(func(i int, f *frame) {
			if i == 3 {
				f.payload()[5] = 'X'
			}
		}), []string{"warning tcp-checksum"}},
		{"time to live edited", honest, edit(func(i int, f *frame) {
			if i == 3 {
				f.ip()[8] = 17
			}
		}), []string{"warning ip-checksum"}},
		{"addresses edited", honest, edit(func(_ int, f *frame) { f.ip()[15], f.ip()[19] = 9, 9; header(f) }),
			[]string{"warning addresses-changed"}},
		{"addresses edited, checksums left to the card", lab,
			edit(func(_ int, f *frame) { f.ip()[15], f.ip()[19] = 9, 9; header(f) }),
			[]string{"warning addresses-changed"}},
		{"packets moved to the end", honest, func(t *testing.T, r *recording.Recording) *recording.Recording {
			return changed(t, r, func(f []frame) []frame { return append(f[34:], f[:34]...) })
		}, []string{"warning time-backwards"}},
		{"appended to another day's", honest, func(t *testing.T, r *recording.Recording) *recording.Recording {
			return changed(t, r, func(f []frame) []frame {
				for i := 34; i < len(f); i++ {
					f[i].nano += int64(24 * time.Hour)
				}
				return f
			})
		}, []string{"note time-jump"}},
		{"times made up", honest, move(func(i int, _ int64) int64 { return 1e18 + int64(i)*1e6 }),
			[]string{"warning equal-spacing"}},
		{"times turned round", honest, move(func(_ int, nano int64) int64 { return 3e18 - nano }),
			[]string{"warning time-backwards", "warning no-round-trip"}},
		{"times taken away", honest, move(func(int, int64) int64 { return 0 }), []string{"note no-times"}},
		{"a slower clock", func(t *testing.T) *recording.Recording {
			return testkit.OpenSample(t, "keepalive-idle.pcap")
		},
			move(func(_ int, nano int64) int64 { return 1e18 + (nano-1e18)*3 }), []string{"warning timestamp-clock"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			r := c.tamper(t, c.from(t))
			all := original.Check(r, original.Options{})
			if d := cmp.Diff(c.want, codes(all)); d != "" {
				t.Errorf("- want, got +:\n%s\n%+v", d, all)
			}
			wellFormed(t, r, all)
		})
	}
}

// header writes the right checksum of an IPv4 header.
func header(f *frame) {
	ip, n := f.ip(), 0
	ip[10], ip[11] = 0, 0
	for i := 0; i < 20; i += 2 {
		n += int(ip[i])<<8 | int(ip[i+1])
	}
	n = n&0xffff + n>>16
	ip[10], ip[11] = ^byte(n>>8), ^byte(n)
}

func TestHandMade(t *testing.T) {
	var b bytes.Buffer
	c := synth.NewCapture(&b, time.Date(2026, 11, 3, 10, 0, 0, 0, time.UTC))
	x := c.Conn(netip.MustParseAddrPort("10.0.0.2:40000"), netip.MustParseAddrPort("10.0.0.1:80"),
		[2]uint32{1000, 1000})
	x.Open()
	x.Send(0, []byte("GET / HTTP/1.1\r\nHost: a\r\n\r\n"))
	x.Send(1, []byte("HTTP/1.1 204 No Content\r\n\r\n"))
	x.Close(0)
	got := codes(original.Check(read(t, b.Bytes()), original.Options{}))
	if d := cmp.Diff([]string{"warning equal-spacing", "warning sequence-numbers", "warning hand-made"}, got); d != "" {
		t.Errorf("- want, got +:\n%s", d)
	}
}

func TestPeriod(t *testing.T) {
	r := session(t, 1)
	begin := time.Unix(0, r.Begin)
	for _, c := range []struct {
		name       string
		since, now time.Time
		want       []string
	}{
		{"in it", begin.Add(-24 * time.Hour), begin.Add(24 * time.Hour), []string{}},
		{"a clock a little off", begin.Add(10 * time.Minute), begin.Add(-10 * time.Minute), []string{}},
		{"last year's", begin.Add(24 * time.Hour), begin.Add(48 * time.Hour), []string{"warning before-start"}},
		{"tomorrow's", begin.Add(-48 * time.Hour), begin.Add(-24 * time.Hour), []string{"warning in-future"}},
	} {
		if got := codes(original.Check(r, original.Options{Since: c.since, Now: c.now})); !slices.Equal(got, c.want) {
			t.Errorf("%s: %v, want %v", c.name, got, c.want)
		}
	}
}

// TestHonestSessions: whatever chance gives, an honest session has no remark,
// and neither has a variant of it or a shift of its times.
func TestHonestSessions(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := session(t, rapid.Uint64().Draw(rt, "seed"))
		by := rapid.Int64Range(-1e15, 1e15).Draw(rt, "shift")
		shifted := changed(t, r, func(f []frame) []frame {
			for i := range f {
				f[i].nano += by
			}
			return f
		})
		for name, x := range map[string]*recording.Recording{"session": r, "shifted": shifted,
			"variant": varied(t, r, fmt.Sprint(by))} {
			if all := original.Check(x, original.Options{}); len(all) > 0 {
				rt.Fatalf("%s: %+v", name, all)
			}
		}
	})
}

func TestVariantsLookHonest(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		r := testkit.Open(t, path)
		if d := cmp.Diff(codes(original.Check(r, original.Options{})),
			codes(original.Check(varied(t, r, "ada"), original.Options{}))); d != "" {
			t.Errorf("%s: - base, variant +:\n%s", path, d)
		}
	}
}

// FuzzCheck looks at hostile captures.
func FuzzCheck(f *testing.F) {
	for _, name := range []string{"head.pcap", "ipv6.pcap", "two-interfaces.pcapng", "truncated.pcap",
		"link-raw.pcap"} {
		f.Add(testkit.SampleBytes(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		r, err := recording.Read(bytes.NewReader(b), 1<<20)
		if err != nil {
			return
		}
		wellFormed(t, r, original.Check(r, original.Options{Now: time.Unix(1e9, 0), Since: time.Unix(2e9, 0)}))
		p := original.Fingerprint(r)
		original.Groups(map[string]*original.Print{"a": p, "b": p, "c": nil})
	})
}
