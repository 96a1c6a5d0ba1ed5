package original_test

import (
	"fmt"
	"math/rand/v2"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"httpscope/internal/course/original"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"

	"pgregory.net/rapid"
)

// copies are the ways in which students hide that a capture is not theirs.
var copies = map[string]struct {
	make  func(testing.TB, *recording.Recording) *recording.Recording
	kind  int
	times string
}{
	"renamed": {func(_ testing.TB, r *recording.Recording) *recording.Recording { return r }, original.Segments,
		original.SameTimes},
	"half of the packets": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		draw := rand.New(rand.NewPCG(5, 6))
		return kept(t, r, func(int, *frame) bool { return draw.IntN(2) == 0 })
	}, original.Segments, original.SameTimes},
	"the first half": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return kept(t, r, func(i int, _ *frame) bool { return i < len(r.Packets)/2 })
	}, original.Segments, original.SameTimes},
	"through the display filter http": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return kept(t, r, func(_ int, f *frame) bool { return len(f.payload()) > 0 })
	}, original.Segments, original.SameTimes},
	"addresses and ports rewritten": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return changed(t, r, func(all []frame) []frame {
			for i := range all {
				f := &all[i]
				f.ip()[12], f.ip()[16] = 10, 10
				f.tcp()[1] ^= 0x55
				f.tcp()[3] ^= 0x55
				header(f)
				seal(f)
			}
			return all
		})
	}, original.Segments, original.SameTimes},
	"by package variant": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return varied(t, r,
			"ada")
	}, original.Timing, original.SameTimes},
	"sequence numbers rewritten": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return renumbered(t, r, 123456789)
	},
		original.Timing, original.SameTimes},
	"another time": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return changed(t, r, func(all []frame) []frame {
			for i := range all {
				all[i].nano += 86400e9 + 123456000
			}
			return all
		})
	}, original.Segments, original.SameTimes},
	"other times": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		draw := rand.New(rand.NewPCG(7, 8))
		return changed(t, r, func(all []frame) []frame {
			for i := range all {
				all[i].nano += int64(i)*1e6 + draw.Int64N(1e6)
			}
			return all
		})
	}, original.Segments, original.OtherTimes},
	"cut by a snapshot length": {func(t testing.TB, r *recording.Recording) *recording.Recording {
		return changed(t, r, func(all []frame) []frame {
			for i := range all {
				all[i].bytes = all[i].bytes[:min(len(all[i].bytes), 70)]
			}
			return all
		})
	}, original.Segments, original.SameTimes},
}

// TestCopiesAmongThirty finds a copy among thirty students' own captures of the
// same exercise, made in each of the ways, and nothing else.
func TestCopiesAmongThirty(t *testing.T) {
	own := map[string]*original.Print{}
	var victim *recording.Recording
	for i := range 30 {
		r := session(t, uint64(100+i))
		own[fmt.Sprintf("student-%02d", i)] = original.Fingerprint(r)
		if i == 7 {
			victim = r
		}
	}
	if got := original.Groups(own); len(got) != 0 {
		t.Fatalf("groups among honest captures: %+v", got)
	}
	for name, c := range copies {
		t.Run(name, func(t *testing.T) {
			prints := map[string]*original.Print{"the copy": original.Fingerprint(c.make(t, victim))}
			for k, v := range own {
				prints[k] = v
			}
			groups := original.Groups(prints)
			if len(groups) != 1 || !slices.Equal(groups[0].Names, []string{"student-07", "the copy"}) ||
				len(groups[0].Evidence) != 1 {
				t.Fatalf("groups %+v", groups)
			}
			e := groups[0].Evidence[0]
			if e.Shared[c.kind] == 0 || e.Shared[c.kind] > e.Of[c.kind] || e.FirstA[c.kind] == 0 ||
				e.FirstB[c.kind] == 0 || e.Times != c.times {
				t.Errorf("evidence %+v", e)
			}
		})
	}
}

// TestThreeCopiesAtOnce puts three copies of three captures among the others.
func TestThreeCopiesAtOnce(t *testing.T) {
	prints := map[string]*original.Print{}
	var all []*recording.Recording
	for i := range 27 {
		r := session(t, uint64(200+i))
		all = append(all, r)
		prints[fmt.Sprintf("student-%02d", i)] = original.Fingerprint(r)
	}
	for i, how := range []string{"half of the packets", "by package variant", "sequence numbers rewritten"} {
		prints[fmt.Sprintf("student-%02d", 27+i)] = original.Fingerprint(copies[how].make(t, all[3*i]))
	}
	var got []string
	for _, g := range original.Groups(prints) {
		got = append(got, strings.Join(g.Names, " "))
	}
	if want := []string{"student-00 student-27", "student-03 student-28", "student-06 student-29"}; !slices.Equal(got,
		want) {
		t.Errorf("groups %q, want %q", got, want)
	}
}

// TestChainOfCopies joins A and C, which share nothing, over B.
func TestChainOfCopies(t *testing.T) {
	r := session(t, 300)
	n := len(r.Packets)
	part := func(from, to int) *original.Print {
		return original.Fingerprint(kept(t, r, func(i int, _ *frame) bool { return i >= from && i < to }))
	}
	groups := original.Groups(map[string]*original.Print{"a": part(0, n/2), "b": part(n/4, 3*n/4), "c": part(n/2, n)})
	if len(groups) != 1 || !slices.Equal(groups[0].Names, []string{"a", "b", "c"}) || len(groups[0].Evidence) != 2 {
		t.Errorf("groups %+v", groups)
	}
}

// TestSamplesInGroups: the project's captures that hold the same packets are
// those that its README says so of.
func TestSamplesInGroups(t *testing.T) {
	prints := map[string]*original.Print{}
	for _, path := range testkit.Samples(t) {
		prints[filepath.Base(path)] = original.Fingerprint(testkit.Open(t, path))
	}
	var got []string
	for _, g := range original.Groups(prints) {
		times := ""
		for _, e := range g.Evidence {
			times += " " + e.Times
		}
		got = append(got, strings.Join(g.Names, " ")+":"+times)
	}
	want := []string{
		"any-interface-sll1.pcap any-interface.pcap: same",                  // one machine, two programs at the same time
		"http-server-classmate-side.pcap http-server-classmate.pcap: other", // the two ends of a cable
		"https-dsb.pcapng https.pcapng: same",                               // the same packets, with the keys
	}
	if !slices.Equal(got, want) {
		t.Errorf("groups:\n%s", strings.Join(got, "\n"))
	}
}

// TestWholeClass has five hundred submissions of which all are the same.
func TestWholeClass(t *testing.T) {
	p := original.Fingerprint(session(t, 1))
	prints := map[string]*original.Print{}
	for i := range 500 {
		prints[fmt.Sprint(i)] = p
	}
	groups := original.Groups(prints)
	if len(groups) != 1 || len(groups[0].Names) != 500 || len(groups[0].Evidence) != 499 {
		t.Errorf("%d groups", len(groups))
	}
}

// TestFeaturesAreBounded makes more segments than a print has room for.
func TestFeaturesAreBounded(t *testing.T) {
	r := session(t, 1)
	many := changed(t, r, func(all []frame) []frame {
		out := all
		for k := range uint32(400) {
			for _, f := range framesOf(renumbered(t, r, k*7919+1)) {
				f.nano += int64(k+1) * 20e9
				out = append(out, f)
			}
		}
		return out
	})
	p := original.Fingerprint(many)
	for kind, list := range p.Features {
		if len(list) > 1024 || kind == original.Segments && len(list) != 1024 {
			t.Errorf("%d features of kind %s", len(list), original.Names[kind])
		}
	}
	half := kept(t, many, func(i int, _ *frame) bool { return i%2 == 0 })
	if groups := original.Groups(map[string]*original.Print{"all": p, "half": original.Fingerprint(half)}); len(
		groups) != 1 {
		t.Errorf("half of a large capture is not found: %+v", groups)
	}
}

// TestClockWithoutResolution: lengths and round times that every student has do
// not make a match.
func TestClockWithoutResolution(t *testing.T) {
	coarse := func(seed uint64) *original.Print {
		return original.Fingerprint(changed(t, session(t, seed), func(all []frame) []frame {
			for i := range all {
				all[i].nano = 1e18 + int64(i)*1e6
			}
			return all
		}))
	}
	if got := original.Groups(map[string]*original.Print{"a": coarse(1), "b": coarse(2)}); len(got) != 0 {
		t.Errorf("groups %+v", got)
	}
}

// TestAnyPart: a part of a capture that is long enough is found, whatever part.
func TestAnyPart(t *testing.T) {
	rapid.Check(t, func(rt *rapid.T) {
		r := session(t, rapid.Uint64().Draw(rt, "seed"))
		from := rapid.IntRange(0, len(r.Packets)-17).Draw(rt, "from")
		part := kept(t, r, func(i int, _ *frame) bool { return i >= from && i < from+17 })
		other := session(t, rapid.Uint64().Draw(rt, "other")^1<<63)
		groups := original.Groups(map[string]*original.Print{"whole": original.Fingerprint(r),
			"part": original.Fingerprint(part), "other": original.Fingerprint(other)})
		if len(groups) != 1 || !slices.Equal(groups[0].Names, []string{"part", "whole"}) {
			rt.Fatalf("groups %+v", groups)
		}
	})
}
