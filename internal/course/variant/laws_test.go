package variant_test

import (
	"bytes"
	"io"
	"testing"

	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"

	"github.com/google/go-cmp/cmp"
	"pgregory.net/rapid"
)

// TestAnySeedAnyStudent draws seeds, students and options.
func TestAnySeedAnyStudent(t *testing.T) {
	var bases []*recording.Recording
	for _, name := range []string{"demo.pcapng", "cookies-scope.pcap", "retransmission.pcap",
		"http-server-classmate.pcap", "ipv6.pcap", "truncated.pcap", "link-null.pcap", "any-interface.pcap",
		"port-reuse.pcap"} {
		bases = append(bases, testkit.OpenSample(t, name))
	}
	rapid.Check(t, func(t *rapid.T) {
		base := rapid.SampledFrom(bases).Draw(t, "base")
		s := rapid.SliceOfN(rapid.Byte(), variant.MinSeed, 40).Draw(t, "seed")
		student := rapid.StringN(1, 20, -1).Draw(t, "student")
		o := variant.Options{Private: rapid.Bool().Draw(t, "private"), MoveServerPorts: rapid.Bool().Draw(t, "ports"),
			Shuffle: rapid.Bool().Draw(t, "shuffle")}
		var b bytes.Buffer
		k, err := variant.Make(base, &b, s, student, o)
		if err != nil {
			t.Fatal(err)
		}
		r, err := recording.Read(bytes.NewReader(b.Bytes()), 0)
		if err != nil {
			t.Fatal(err)
		}
		if d := cmp.Diff(lessonOf(base), lessonOf(r)); d != "" {
			t.Fatalf("base - variant +:\n%s", d)
		}
		if bad := wrongSums(r); len(bad) > 0 || !variant.Belongs(r, base, s, student) ||
			variant.Belongs(r, base, s, student+"x") {
			t.Fatalf("wrong checksums %v, or not known whose it is", bad)
		}
		oneToOne(t, k)
	})
}

// oneToOne checks that no two become the same, and that ports keep their order.
func oneToOne(t *rapid.T, k *variant.Key) {
	to := map[any]bool{}
	for _, a := range k.Addresses {
		if to[a.To] {
			t.Fatalf("two addresses became %s", a.To)
		}
		to[a.To] = true
	}
	for i, p := range k.Ports {
		if i > 0 && p.To <= k.Ports[i-1].To {
			t.Fatalf("port %d became %d, and a smaller one %d", p.From, p.To, k.Ports[i-1].To)
		}
	}
}

// FuzzVariant makes variants of hostile captures: whatever can be made can be
// read again, and has the packets of the base but for those dropped.
func FuzzVariant(f *testing.F) {
	for _, name := range []string{"head.pcap", "link-null.pcap", "ipv6.pcap", "http-server-classmate.pcap",
		"any-interface.pcap", "two-interfaces.pcapng", "cookies-login.pcap"} {
		f.Add(testkit.SampleBytes(f, name))
	}
	f.Fuzz(func(t *testing.T, b []byte) {
		base, err := recording.Read(bytes.NewReader(b), 1<<20)
		if err != nil {
			return
		}
		for _, o := range options {
			whole := *base
			whole.Damage = nil // what stands before the damage is enough here
			var out bytes.Buffer
			k, err := variant.Make(&whole, &out, seed, "ada", o)
			if err != nil {
				if _, err := variant.Make(&whole, io.Discard, seed, "ada", o); err == nil {
					t.Fatal("an error comes and goes")
				}
				continue
			}
			dropped := 0
			for _, n := range k.Dropped {
				dropped += n
			}
			r, err := recording.Read(bytes.NewReader(out.Bytes()), 8<<20)
			if err != nil || r.Damage != nil || len(r.Packets)+dropped != len(base.Packets) {
				t.Fatalf("%d packets, %d dropped of %d: %v %v", len(r.Packets), dropped, len(base.Packets), err,
					r.Damage)
			}
			variant.Belongs(r, base, seed, "ada")
		}
	})
}
