package variant_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"fmt"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"testing"

	"httpscope/internal/course/variant"
	"httpscope/internal/recording"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"

	"github.com/google/go-cmp/cmp"
)

var seed = []byte("the seed of a course, long enough")

// made is a variant, its bytes and its key.
func made(t testing.TB, base *recording.Recording, student string, o variant.Options) (*recording.Recording, []byte,
	*variant.Key) {
	t.Helper()
	var b bytes.Buffer
	k, err := variant.Make(base, &b, seed, student, o)
	if err != nil {
		t.Fatal(err)
	}
	r, err := recording.Read(bytes.NewReader(b.Bytes()), 0)
	if err != nil {
		t.Fatal(err)
	}
	return r, b.Bytes(), k
}

var options = map[string]variant.Options{
	"plain":    {},
	"private":  {Private: true},
	"ports":    {MoveServerPorts: true},
	"shuffled": {Shuffle: true},
	"all":      {Private: true, MoveServerPorts: true, Shuffle: true},
}

// TestTeachesTheSame makes variants of every sample with every set of options
// and compares what is read in them with what is read in the base.
func TestTeachesTheSame(t *testing.T) {
	for _, path := range testkit.Samples(t) {
		base := testkit.Open(t, path)
		for name, o := range options {
			t.Run(filepath.Base(path)+"/"+name, func(t *testing.T) {
				r, _, k := made(t, base, "ada", o)
				if d := cmp.Diff(lessonOf(base), lessonOf(r)); d != "" {
					t.Errorf("base - variant +:\n%s", d)
				}
				if len(k.Dropped) > 0 || k.Packets != len(base.Packets) {
					t.Errorf("%d packets of %d, dropped %v", k.Packets, len(base.Packets), k.Dropped)
				}
				if bad := wrongSums(r); len(bad) > 0 {
					t.Errorf("wrong checksums: %v", bad)
				}
				if !variant.Belongs(r, base, seed, "ada") || variant.Belongs(r, base, seed, "bob") {
					t.Error("it is not known whose it is")
				}
			})
		}
	}
}

// lesson is what a capture teaches, without who, where and when. Connections
// and exchanges are sorted, since they may change places.
func lessonOf(r *recording.Recording) map[string][]string {
	out := map[string][]string{}
	add := func(kind, format string, args ...any) { out[kind] = append(out[kind], fmt.Sprintf(format, args...)) }
	for _, c := range r.Connections {
		add("connections", "%s %s %s %s %v %v %v %d %v gaps %d retransmitted %d out of order %d %+v",
			c.Protocol, c.Detail, c.State, c.ClosedBy, c.Handshake, c.Packets, c.Bytes, c.Exchanges, c.Statuses,
			c.GapBytes, c.Retransmissions, c.OutOfOrder, c.Ledger)
		for _, f := range c.Findings {
			add("findings", "%s %s @%d+%d", f.Code, f.Side, f.From, f.Len())
		}
	}
	for _, x := range r.Exchanges {
		line := fmt.Sprintf("%d:", x.Ordinal)
		for m := range x.Messages() {
			line += messageOf(m)
		}
		add("exchanges", "%s", line)
		for _, f := range x.Findings {
			add("findings", "%s %s @%d+%d", f.Code, f.Side, f.From, f.Len())
		}
		if x.Cookies != nil {
			add("cookies", "%d sent %d set %d jar %d", x.Ordinal, len(x.Cookies.Sent), len(x.Cookies.Set),
				x.Cookies.Jar.Len())
		}
	}
	for _, p := range r.Packets {
		add("packets", "%s %s %d %d %d %v %q", p.Link, p.Skip, p.WireLen, p.CapLen(), len(p.Payload), p.Segment.Notes,
			noted(p))
	}
	for code, n := range r.Summary.Findings {
		add("summary", "%s %d", code, n)
	}
	add("summary", "%d %d %v %d %d", r.Summary.Packets, r.Summary.TCPPackets, r.Summary.Skipped, r.Summary.Payload,
		r.Summary.Dropped)
	for _, lines := range out {
		slices.Sort(lines)
	}
	return out
}

func noted(p *trace.Packet) string {
	if p.Skip != "" {
		return ""
	}
	return fmt.Sprintf("%08b %d %d %d", p.Segment.Flags, p.Segment.Offset, p.Segment.Acked, p.Segment.Window)
}

func messageOf(m *trace.Message) string {
	s := fmt.Sprintf(" side %d body %d framing %d trailing %d missing %d chunks %d complete %v", m.Side, m.Body,
		m.Framing, m.Trailing, m.Missing, m.ChunkCount, m.Complete)
	if m.Head != nil {
		s += fmt.Sprintf(" %s %d %s %v %d fields in %d bytes", m.Head.Method, m.Head.Status, m.Head.Version,
			m.Head.Framing().Rule, len(m.Head.Fields), m.Head.Size())
	}
	return s
}

// wrongSums lists packets with a wrong IPv4 or TCP checksum. It knows nothing of
// the package's own arithmetic: it adds up all words, which must give 0xffff.
func wrongSums(r *recording.Recording) []int64 {
	var bad []int64
	for _, p := range r.Packets {
		if p.Skip != "" || p.CapLen() < p.WireLen {
			continue
		}
		ip := p.IP
		addresses := ip[12:20]
		if ip[0]>>4 == 6 {
			addresses = ip[8:40]
		} else if add(ip[:int(ip[0]&15)*4]) != 0xffff {
			bad = append(bad, p.Number)
		}
		whole := append(slices.Clone(addresses), 0, 6, 0, 0)
		binary.BigEndian.PutUint16(whole[len(whole)-2:], uint16(len(p.TCP)))
		if add(append(whole, p.TCP...)) != 0xffff {
			bad = append(bad, p.Number)
		}
	}
	return bad
}

func add(b []byte) int {
	if len(b)%2 == 1 {
		b = append(slices.Clone(b), 0)
	}
	n := 0
	for i := 0; i < len(b); i += 2 {
		n += int(b[i])<<8 | int(b[i+1])
		n = n&0xffff + n>>16
	}
	return n
}

func TestDeterministic(t *testing.T) {
	base := testkit.OpenSample(t, "demo.pcapng")
	_, one, _ := made(t, base, "ada", options["all"])
	_, two, _ := made(t, base, "ada", options["all"])
	if !bytes.Equal(one, two) {
		t.Error("the same seed gives other bytes")
	}
	var b bytes.Buffer
	if _, err := variant.Make(base, &b, []byte("another seed of the same length.."), "ada",
		options["all"]); err != nil || bytes.Equal(one, b.Bytes()) {
		t.Errorf("another seed gives the same bytes (%v)", err)
	}
}

// TestStudentsDiffer compares all that answers are made of.
func TestStudentsDiffer(t *testing.T) {
	base := testkit.OpenSample(t, "cookies-login.pcap")
	_, _, ada := made(t, base, "ada", variant.Options{})
	_, _, bob := made(t, base, "bob", variant.Options{})
	if ada.Shift == bob.Shift || slices.Equal(ada.Addresses, bob.Addresses) || slices.Equal(ada.Ports, bob.Ports) ||
		slices.Equal(ada.Values, bob.Values) {
		t.Errorf("ada and bob got the same:\n%+v\n%+v", ada, bob)
	}
	for i, c := range ada.Connections {
		for side := range 2 {
			if c.ISN[side].To == bob.Connections[i].ISN[side].To || c.ISN[side].To == c.ISN[side].From {
				t.Errorf("connection %d, side %d: ISN %d", i, side, c.ISN[side].To)
			}
		}
	}
}

// TestNothingOldIsLeft looks for what was replaced in the bytes of the variant.
func TestNothingOldIsLeft(t *testing.T) {
	for _, name := range []string{"cookies-login.pcap", "hidden-field.pcap", "query-string.pcap",
		"cookie-hijack.pcap", "http-server-classmate.pcap", "browser-flask.pcap", "split-head.pcap"} {
		base := testkit.OpenSample(t, name)
		_, b, k := made(t, base, "ada", variant.Options{})
		for _, a := range k.Addresses {
			if a.From != a.To && bytes.Contains(b, []byte(a.From.String())) {
				t.Errorf("%s: %s is still there", name, a.From)
			}
		}
		for _, v := range k.Values {
			if bytes.Contains(b, []byte("="+v.From)) || bytes.Contains(b, []byte(`="`+v.From)) {
				t.Errorf("%s: %s=%s is still there", name, v.Name, v.From)
			}
		}
	}
}

func TestKeyNamesSessionValues(t *testing.T) {
	for name, want := range map[string]variant.Value{
		"cookies-login.pcap": {Kind: "cookie", Name: "sessionid", From: "3a4b5e"},
		"hidden-field.pcap":  {Kind: "parameter", Name: "sid", From: "3a4b5e"},
		"query-string.pcap":  {Kind: "parameter", Name: "sid", From: "3a4b5e"},
	} {
		_, _, k := made(t, testkit.OpenSample(t, name), "ada", variant.Options{})
		if len(k.Values) != 1 || len(k.Values[0].To) != len(want.From) || k.Values[0].To == want.From {
			t.Errorf("%s: values %+v", name, k.Values)
			continue
		}
		want.To = k.Values[0].To
		if k.Values[0] != want {
			t.Errorf("%s: %+v, want %+v", name, k.Values[0], want)
		}
	}
}

func TestKindsOfAddressesStay(t *testing.T) {
	for _, name := range []string{"http-server-classmate.pcap", "cookie-hijack.pcap", "ipv6.pcap"} {
		base := testkit.OpenSample(t, name)
		_, _, k := made(t, base, "ada", variant.Options{})
		for _, a := range k.Addresses {
			if a.From.IsLoopback() != a.To.IsLoopback() || a.From.IsPrivate() != a.To.IsPrivate() ||
				len(a.From.String()) != len(a.To.String()) {
				t.Errorf("%s: %s became %s", name, a.From, a.To)
			}
		}
		_, _, k = made(t, base, "ada", variant.Options{Private: true})
		for _, a := range k.Addresses {
			if a.From.Is4() && !a.To.IsPrivate() {
				t.Errorf("%s: %s became %s, want a private address", name, a.From, a.To)
			}
		}
	}
}

func TestClientPortsStayEphemeral(t *testing.T) {
	_, _, k := made(t, testkit.OpenSample(t, "demo.pcapng"), "ada", variant.Options{})
	for _, p := range k.Ports {
		if p.From >= 32768 && (p.To < 32768 || p.To >= 61000 && p.From < 61000) || p.From < 32768 && p.To != p.From {
			t.Errorf("port %d became %d", p.From, p.To)
		}
	}
}

// TestOrder wants independent connections in another order, and each of them
// in itself as it was.
func TestOrder(t *testing.T) {
	base := testkit.OpenSample(t, "http-server.pcap")
	orders := map[string]bool{}
	for i := range 6 {
		r, _, k := made(t, base, fmt.Sprint("student ", i), variant.Options{Shuffle: true})
		orders[fmt.Sprint(k.Order)] = true
		for i := 1; i < len(r.Packets); i++ {
			if r.Packets[i].Nano < r.Packets[i-1].Nano {
				t.Fatalf("packet %d goes back in time", i+1)
			}
		}
	}
	if len(orders) < 3 {
		t.Errorf("six students got %d orders", len(orders))
	}
}

func TestWhoseWithoutTheRest(t *testing.T) {
	base := testkit.OpenSample(t, "persistent.pcap")
	r, _, _ := made(t, base, "ada", variant.Options{})
	cut := *r
	cut.Packets = r.Packets[len(r.Packets)/2:]
	if !variant.Belongs(&cut, base, seed, "ada") || variant.Belongs(&cut, base, seed, "bob") ||
		variant.Belongs(base, base, seed, "ada") {
		t.Error("a part is not known for whose it is")
	}
	if variant.Belongs(r, base, []byte("another seed of the same length.."), "ada") {
		t.Error("whose it is can be told without the seed")
	}
}

func TestErrors(t *testing.T) {
	good := testkit.OpenSample(t, "head.pcap")
	damaged := testkit.Open(t, cutFile(t, testkit.Sample(t, "head.pcap")))
	empty := *good
	empty.Packets = nil
	for name, c := range map[string]struct {
		base    *recording.Recording
		seed    string
		student string
		want    error
	}{
		"seed too short": {good, "short", "ada", variant.ErrSeed},
		"no student":     {good, string(seed), "", variant.ErrStudent},
		"damaged":        {damaged, string(seed), "ada", variant.ErrDamaged},
		"no packets":     {&empty, string(seed), "ada", variant.ErrEmpty},
	} {
		var b bytes.Buffer
		if _, err := variant.Make(c.base, &b, []byte(c.seed), c.student, variant.Options{}); !errors.Is(err,
			c.want) || b.Len() > 0 {
			t.Errorf("%s: error %v, %d bytes", name, err, b.Len())
		}
	}
}

// cutFile is a copy of a file without its last byte.
func cutFile(t *testing.T, path string) string {
	b, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	to := filepath.Join(t.TempDir(), "cut.pcap")
	if err := os.WriteFile(to, b[:len(b)-1], 0o600); err != nil {
		t.Fatal(err)
	}
	return to
}

func TestAddressesInPackets(t *testing.T) {
	base := testkit.OpenSample(t, "http-server-classmate.pcap")
	r, _, k := made(t, base, "ada", variant.Options{})
	to := map[netip.Addr]netip.Addr{}
	for _, a := range k.Addresses {
		to[a.From] = a.To
	}
	for i, p := range base.Packets {
		if q := r.Packets[i]; p.Skip == "" && (q.Src.Addr() != to[p.Src.Addr()] || q.Dst.Addr() != to[p.Dst.Addr()]) {
			t.Errorf("packet %d: %s to %s became %s to %s", i+1, p.Src, p.Dst, q.Src, q.Dst)
		}
	}
}
