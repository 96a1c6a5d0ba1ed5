package variant_test

import (
	"fmt"
	"testing"
	"time"

	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// TestPausesAreStretchedALittle: a pause grows by 1 to 5 %, and what is shorter
// than 20 ms, a round trip say, stays as it was measured.
func TestPausesAreStretchedALittle(t *testing.T) {
	for _, name := range []string{"slow-chunked.pcap", "keepalive-idle.pcap", "demo.pcapng", "nanosecond.pcap"} {
		base := testkit.OpenSample(t, name)
		r, _, k := made(t, base, "ada", variant.Options{})
		if got := r.Begin - base.Begin; got != k.Shift*1e9 || k.Shift >= 0 || k.Shift < -14*86400 {
			t.Errorf("%s: moved by %d ns, the key says %d s", name, got, k.Shift)
		}
		for i := 1; i < len(base.Packets); i++ {
			was, is := base.Packets[i].Nano-base.Packets[i-1].Nano, r.Packets[i].Nano-r.Packets[i-1].Nano
			if was < 20e6 && is != was || was >= 20e6 && (is < was || float64(is) > 1.05*float64(was)+1) {
				t.Errorf("%s: packet %d came %d ns after the one before it, now %d", name, i+1, was, is)
			}
		}
	}
}

// TestDatesFollow: what a server says the time is stays as far from the time of
// capture, also when connections changed places.
func TestDatesFollow(t *testing.T) {
	for _, name := range []string{"http-server.pcap", "cookies-login.pcap", "http-server-classmate.pcap"} {
		base := testkit.OpenSample(t, name)
		for i := range 5 {
			r, _, _ := made(t, base, fmt.Sprint(i), variant.Options{Shuffle: true})
			for _, x := range r.Exchanges {
				was, is := early(base), early(r)
				if d := is[key(x)] - was[key(x)]; d < -time.Second || d > time.Second {
					t.Errorf("%s: %s: the date is %s off", name, key(x), d)
				}
			}
		}
	}
}

// key tells exchanges apart by what does not change.
func key(x *trace.Exchange) string { return fmt.Sprint(x.Request.Head.Target, x.Response.Head.Status) }

// early is by how much the date of each response is before its packet.
func early(r *recording.Recording) map[string]time.Duration {
	out := map[string]time.Duration{}
	for _, x := range r.Exchanges {
		for _, f := range x.Response.Head.Fields {
			if at, err := time.Parse(time.RFC1123, f.Value); f.Name == "Date" && err == nil {
				out[key(x)] += time.Unix(0, x.Response.First.Nano).Sub(at)
			}
		}
	}
	return out
}

// TestSecretsStay: the keys of a TLS capture still stand in the variant.
func TestSecretsStay(t *testing.T) {
	base := testkit.OpenSample(t, "https-dsb.pcapng")
	r, _, _ := made(t, base, "ada", variant.Options{})
	if len(base.Info.Secrets) == 0 || len(r.Info.Secrets) != len(base.Info.Secrets) ||
		string(r.Info.Secrets[0].Data) != string(base.Info.Secrets[0].Data) {
		t.Errorf("%d secrets of %d", len(r.Info.Secrets), len(base.Info.Secrets))
	}
}
