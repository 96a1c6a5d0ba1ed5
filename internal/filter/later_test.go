package filter

import (
	"flag"
	"net/netip"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/testkit"
)

// laterShark is a sharkd of version 4.6 that is asked anew: .ci/sid-answers makes one.
var laterShark = flag.String("sharkd46", "", "a sharkd of version 4.6, which -update asks anew")

// laterExpressions are about what is new in the language after version 4.0.
func laterExpressions(t testing.TB) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/expressions-4.6.txt")
	if err != nil {
		t.Fatal(err)
	}
	var all []string
	for line := range strings.Lines(string(b)) {
		if line = strings.TrimSuffix(line, "\n"); line != "" && !strings.HasPrefix(line, "# ") {
			all = append(all, line)
		}
	}
	return all
}

// laterAnswers are those of Wireshark 4.6. Where there is none they stay as they are.
func laterAnswers(t *testing.T, exprs []string) answers {
	t.Helper()
	const path = "testdata/wireshark-4.6.txt"
	return readAnswers(t, testkit.Answer(t, path, func() (string, error) {
		if *laterShark == "" {
			b, err := os.ReadFile(path)
			return string(b), err
		}
		return askLater(t, exprs).text(exprs), nil
	}))
}

// askLater asks Wireshark 4.6 every expression of the samples.
func askLater(t *testing.T, exprs []string) answers {
	t.Helper()
	all := answers{}
	for _, path := range testkit.Samples(t) {
		s := newShark(t, *laterShark, path)
		for _, e := range exprs {
			all.add(e, filepath.Base(path), s.selected(t, e))
		}
	}
	return all
}

// TestSelectsWhatLaterWiresharkSelects compares the packets that both select with
// the answers of Wireshark 4.6, for what version 4.0 does not have.
func TestSelectsWhatLaterWiresharkSelects(t *testing.T) {
	exprs := laterExpressions(t)
	theirs, used, tried := laterAnswers(t, exprs), map[string]bool{}, 0
	for _, capture := range testkit.Samples(t) {
		name, rows := filepath.Base(capture), packetRows(t, capture)
		for _, e := range exprs {
			tried++
			got, want := without(selectedPackets(t, e, rows), otherMessages[name]),
				without(theirs[e][name], otherMessages[name])
			if slices.Equal(got, want) {
				continue
			}
			if why := laterDifference(e, name); why != "" {
				used[why] = true
				continue
			}
			t.Errorf("%s on %s\n  selects   %v\n  Wireshark %v", e, name, got, want)
		}
	}
	for _, d := range laterDifferences {
		if !used[d.why] {
			t.Errorf("listed as a difference, and there is none: %s", d.why)
		}
	}
	t.Logf("%d answers compared", tried)
}

// laterDifferences are those beside the ones of version 4.0.
var laterDifferences = []struct {
	captures, fields, why string
}{
	{"bad-chunk.pcap", "chunk_size", "Wireshark goes on where a chunk size cannot be read"},
	{"body-204.pcap", "data-text-lines", "Wireshark reads a body after 204"},
	{"connect-proxy.pcap websocket.pcap", "tls http frame.protocols",
		"what a tunnel or a WebSocket carries is not read, and Wireshark shows HTTP in each of its packets"},
	{"cookie-secure.pcapng demo.pcapng https-dsb.pcapng https-tls12.pcapng mixed-content.pcapng", "tls",
		"Wireshark decrypts with the secrets in the file"},
	{"h2c.pcap", "frame.protocols", "HTTP/2 is not read"},
	{"http09.pcap", "frame.protocols", "a document without a status line is no HTTP for Wireshark"},
	{"mid-stream.pcap", "http frame.protocols",
		"Wireshark shows the rest of a response whose beginning was not captured as HTTP"},
	{"obs-fold.pcap", "content_length", "Wireshark does not join folded lines, and misses the field"},
	{"pipelining.pcap", "request_in http.time", "Wireshark remembers one request of those in a packet"},
	{"range-416.pcap range-suffix.pcap range-wrong.pcap", "request_in http.time",
		"Wireshark 4.6 finds no request to some answers about ranges"},
	{"truncated.pcap", "request_in http.time", "packets were cut: httpscope calls the messages incomplete"},
	{"sse.pcap", "len(@http)", "a stream of events is in the bytes of http with its body"},
	{"upload-multipart.pcap", "frame.protocols", "the parts of a multipart body are not read"},
}

func laterDifference(expr, capture string) string {
	for _, d := range laterDifferences {
		about := func(field string) bool { return strings.Contains(expr, field) }
		if slices.Contains(strings.Fields(d.captures), capture) && slices.ContainsFunc(strings.Fields(d.fields),
			about) {
			return d.why
		}
	}
	return ""
}

// TestSpecialAddresses compares the classes of addresses with those that tshark
// 4.6 prints: address, name of its block, mask, and the classes that it has.
func TestSpecialAddresses(t *testing.T) {
	b, err := os.ReadFile("testdata/special-addresses.txt")
	if err != nil {
		t.Fatal(err)
	}
	all := generalClasses()
	for line := range strings.Lines(string(b)) {
		w := strings.Split(strings.TrimSuffix(line, "\n"), "\t")
		a := netip.MustParseAddr(w[0])
		name, mask := "", ""
		if s := specialOf(a); s != nil {
			name, mask = s.name, strconv.FormatUint(s.mask, 10)
		}
		var classes []string
		for _, c := range all {
			if c.is(a) {
				classes = append(classes, c.name)
			}
		}
		if got := []string{w[0], name, mask, strings.Join(classes, " ")}; !slices.Equal(got, w) {
			t.Errorf("%q, tshark %q", got, w)
		}
	}
}

type class struct {
	name string
	is   func(netip.Addr) bool
}

func generalClasses() []class {
	return []class{{"linklocal", netip.Addr.IsLinkLocalUnicast}, {"multicast", netip.Addr.IsMulticast},
		{"rfc1918", inside(private4)}, {"ula", inside(uniqueLocal)}}
}

// TestProtocols compares frame.protocols with what tshark 4.6 prints. What it reads
// above TCP and httpscope does not is listed.
func TestProtocols(t *testing.T) {
	b, err := os.ReadFile("testdata/protocols-4.6.txt")
	if err != nil {
		t.Fatal(err)
	}
	c, err := NewColumns([]string{"frame.protocols"}, true)
	if err != nil {
		t.Fatal(err)
	}
	theirs := protocolAnswers(string(b))
	agree, differ := 0, 0
	for _, path := range testkit.Samples(t) {
		name := filepath.Base(path)
		for _, row := range packetRows(t, path) {
			got, want := c.Of(row)[0][0], theirs[name][row.P.Number]
			switch {
			case got == want:
				agree++
			case otherProtocols(name, got, want):
				differ++
			default:
				t.Errorf("%s packet %d: %s, tshark %s", name, row.P.Number, got, want)
			}
		}
	}
	t.Logf("%d packets agree, %d differ as listed", agree, differ)
}

// protocolAnswers reads the stored answers: a capture, then lines of protocols and packets.
func protocolAnswers(text string) map[string]map[int64]string {
	all := map[string]map[int64]string{}
	var of map[int64]string
	for line := range strings.Lines(text) {
		w := strings.Fields(line)
		if !strings.HasPrefix(line, "\t") {
			of = map[int64]string{}
			all[w[0]] = of
			continue
		}
		for _, n := range w[1:] {
			number, err := strconv.ParseInt(n, 10, 64)
			if err == nil {
				of[number] = w[0]
			}
		}
	}
	return all
}

// otherProtocols reports the differences that have a reason: where a message ends
// for one of the two only, and what Wireshark reads within another protocol.
func otherProtocols(capture, ours, theirs string) bool {
	for _, within := range []string{":tls:", ":http2", ":ssh", ":websocket", ":mime_multipart:", ":http:tls"} {
		if strings.Contains(theirs, within) {
			return true
		}
	}
	reasons := map[string]string{
		"body-204.pcap": "Wireshark reads a body after 204", "chunk-trailers.pcap": trailers, "demo.pcapng": trailers,
		"excess-bytes.pcap": "bytes after a response",
		"mid-stream.pcap":   "Wireshark shows the rest of a response as HTTP", "http09.pcap": bareBody,
		"pipelining-head.pcap": "Wireshark forgets which request was a HEAD",
		"chunk-cut.pcap":       incomplete, "cl-short.pcap": incomplete, "expect-417.pcap": incomplete,
		"head-cut.pcap": incomplete, "lost-segment.pcap": incomplete, "rst-body.pcap": incomplete,
	}
	return reasons[capture] != "" && (strings.HasPrefix(ours, theirs) || strings.HasPrefix(theirs, ours) ||
		capture == "excess-bytes.pcap")
}
