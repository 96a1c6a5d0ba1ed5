package filter

import (
	"os"
	"path/filepath"
	"slices"
	"strings"
	"testing"

	"httpscope/internal/testkit"
)

// everyPacket is asked to learn how many packets there are.
const everyPacket = "frame"

// packetRows makes the rows of a packet list: each packet with the messages
// that end in it.
func packetRows(t *testing.T, path string) []*Subject {
	t.Helper()
	r := testkit.Open(t, path)
	rows := make([]*Subject, len(r.Packets))
	for i, p := range r.Packets {
		rows[i] = &Subject{P: p, Conn: r.Connection(p.Conn), Begin: r.Begin}
	}
	for _, x := range r.Exchanges {
		for m := range x.Messages() {
			if n := Ended(m).Packet; n > 0 {
				rows[n-1].With = append(rows[n-1].With, Subject{X: x, M: m})
			}
		}
	}
	return rows
}

// selectedPackets are the numbers of the packets that a filter selects.
func selectedPackets(t *testing.T, expr string, rows []*Subject) []int64 {
	t.Helper()
	f, err := CompilePackets(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	var out []int64
	for _, s := range rows {
		if f.Match(s) {
			out = append(out, s.P.Number)
		}
	}
	return out
}

func packetExpressions(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/packet-expressions.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSpace(line); line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, line)
		}
	}
	return all
}

// askPackets asks Wireshark every expression of packets.
func askPackets(t *testing.T, paths []string) answers {
	all := answers{}
	for _, path := range paths {
		s := newShark(t, "sharkd", path)
		for _, e := range append([]string{everyPacket}, packetExpressions(t)...) {
			all.add(e, filepath.Base(path), s.selected(t, e))
		}
	}
	return all
}

// TestSelectsThePacketsThatWiresharkSelects is TestSelectsWhatWiresharkSelects
// for rows that are packets.
func TestSelectsThePacketsThatWiresharkSelects(t *testing.T) {
	stored := testkit.Answer(t, "testdata/wireshark-packets.txt", func() (string, error) {
		return askPackets(t, testkit.Samples(t)).text(append([]string{everyPacket}, packetExpressions(t)...)), nil
	})
	used := comparePackets(t, readAnswers(t, stored), testkit.Samples(t))
	for _, d := range packetDifferences {
		if !used[seen{d.why, d.capture}] {
			t.Errorf("%s is listed as different, and is not: %s", d.capture, d.why)
		}
	}
}

// comparePackets returns the listed differences that there were, by capture and
// reason.
func comparePackets(t *testing.T, theirs answers, paths []string) map[seen]bool {
	t.Helper()
	used := map[seen]bool{}
	tried, different := 0, 0
	for _, path := range paths {
		name := filepath.Base(path)
		rows := packetRows(t, path)
		for _, e := range packetExpressions(t) {
			tried++
			got, want := selectedPackets(t, e, rows), theirs[e][name]
			if strings.Contains(e, "http") {
				got, want = without(got, otherMessages[name]), without(want, otherMessages[name])
			}
			if slices.Equal(got, want) {
				continue
			}
			if d := explainedPackets(e, name); d != nil {
				different++
				used[seen{d.why, d.capture}] = true
				continue
			}
			t.Errorf("%s on %s\n  selects   %v\n  Wireshark %v", e, name, got, want)
		}
	}
	t.Logf("%d answers compared, %d of them different as listed", tried, different)
	return used
}

// without leaves out the packets that only one of the two takes for the end of
// a message.
func without(frames []int64, o ends) []int64 {
	return slices.DeleteFunc(slices.Clone(frames),
		func(n int64) bool { return slices.Contains(o.ours, n) || slices.Contains(o.theirs, n) })
}

// packetDifference is a capture in which expressions that name certain fields
// select other packets than in Wireshark.
type packetDifference struct {
	capture, why string
	fields       string // what the names begin with
}

var packetDifferences = []packetDifference{
	{"connect-proxy.pcap", "what a tunnel carries is not read; Wireshark shows TLS in it, and every packet of it as HTTP too", "tls http"},
	{"cookie-secure.pcapng", "Wireshark decrypts with the secrets in the file", "tls"},
	{"demo.pcapng", "Wireshark decrypts with the secrets in the file", "tls"},
	{"https-dsb.pcapng", "Wireshark decrypts with the secrets in the file", "tls"},
	{"mixed-content.pcapng", "Wireshark decrypts with the secrets in the file", "tls"},
	{"excess-bytes.pcap", "Wireshark shows bytes after a response as data", "data"},
	{"mid-stream.pcap", "Wireshark shows the rest of a response whose beginning was not captured as HTTP and as data",
		"http data"},
	{"http09.pcap", "a document without a status line is a response; Wireshark shows its bytes as data", "http data"},
	{"h2c.pcap", "HTTP/2 on a port that Wireshark knows nothing of is data there", "data"},
	{"range-multi.pcap", "Wireshark shows the parts of a multipart body without a type as data", "data"},
	{"upload-multipart.pcap", "Wireshark shows the parts of a multipart body without a type as data", "data"},
	{"zstd.pcap", "Wireshark does not know zstd, and shows data in place of the body", "data"},
}

func explainedPackets(expr, capture string) *packetDifference {
	for i := range packetDifferences {
		d := &packetDifferences[i]
		if d.capture == capture && names(expr, d.fields) {
			return d
		}
	}
	return nil
}
