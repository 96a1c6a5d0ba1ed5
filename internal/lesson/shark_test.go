package lesson_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/internal/lesson"
	"httpscope/internal/testkit"
)

// shown is what Wireshark shows of a capture: for each stream the requests, as
// "GET 0", and the responses, as "200 5", each with the bytes of its body.
type shown map[int64]*[2][]string

// pdmlField is a field of a packet in tshark's XML.
type pdmlField struct {
	Name   string      `xml:"name,attr"`
	Show   string      `xml:"show,attr"`
	Size   int         `xml:"size,attr"`
	Fields []pdmlField `xml:"field"`
}

// pdml is tshark's XML.
type pdml struct {
	Packets []struct {
		Protos []pdmlField `xml:"proto"`
	} `xml:"packet"`
}

// find calls f with the fields of one name, in their order.
func (p *pdmlField) find(name string, f func(*pdmlField)) {
	if p.Name == name {
		f(p)
	}
	for i := range p.Fields {
		p.Fields[i].find(name, f)
	}
}

// askShark lets tshark read a capture with its default preferences.
func askShark(t *testing.T, path string) shown {
	t.Helper()
	out, err := testkit.Wireshark(t, "tshark", "-n", "-r", path, "-T", "pdml", "-J", "http tcp").Output()
	if err != nil && len(out) == 0 {
		t.Fatalf("tshark: %s: %v", path, err)
	}
	var d pdml
	if err := xml.NewDecoder(bytes.NewReader(bytes.ToValidUTF8(out, []byte("?")))).Decode(&d); err != nil {
		t.Fatalf("tshark: %s: %v", path, err)
	}
	list := shown{}
	for i := range d.Packets {
		stream := int64(-1)
		for k := range d.Packets[i].Protos {
			p := &d.Packets[i].Protos[k]
			p.find("tcp.stream", func(f *pdmlField) { stream, _ = strconv.ParseInt(f.Show, 10, 64) })
			if p.Name == "http" {
				list.add(stream, p)
			}
		}
	}
	return list
}

// add adds a message: a proto without a start line is the rest of something.
func (s shown) add(stream int64, p *pdmlField) {
	side, word, body := -1, "", 0
	p.find("http.request.method", func(f *pdmlField) { side, word = 0, f.Show })
	p.find("http.response.code", func(f *pdmlField) { side, word = 1, f.Show })
	p.find("http.file_data", func(f *pdmlField) { body = f.Size })
	if side < 0 {
		return
	}
	if s[stream] == nil {
		s[stream] = &[2][]string{}
	}
	s[stream][side] = append(s[stream][side], fmt.Sprintf("%s %d", word, body))
}

// String is one line for each stream.
func (s shown) String() string {
	var b strings.Builder
	ids := []int64{}
	for id := range s {
		ids = append(ids, id)
	}
	slices.Sort(ids)
	for _, id := range ids {
		fmt.Fprintf(&b, "\t%d\t%s\t%s\n", id, strings.Join(s[id][0], ", "), strings.Join(s[id][1], ", "))
	}
	return b.String()
}

// caseFile writes the capture of a case.
func caseFile(t *testing.T, talk []said) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "case.pcap")
	if err := os.WriteFile(path, written(talk...), 0o600); err != nil {
		t.Fatal(err)
	}
	return path
}

// askAll asks about captures: a name on a line, then its streams.
func askAll(t *testing.T, files map[string]string) string {
	t.Helper()
	var b strings.Builder
	for _, name := range slices.Sorted(maps.Keys(files)) {
		fmt.Fprintf(&b, "%s\n%s", name, askShark(t, files[name]))
	}
	return b.String()
}

// byName parts what askAll wrote.
func byName(answers string) map[string]string {
	all, name := map[string]string{}, ""
	for line := range strings.Lines(answers) {
		if !strings.HasPrefix(line, "\t") {
			name = strings.TrimSuffix(line, "\n")
			line = ""
		}
		all[name] += line
	}
	return all
}

// notHTTP are captures of which Wireshark shows what lies inside another
// protocol, or nothing: the model reads HTTP on TCP.
var notHTTP = []string{"https.pcapng", "https-dsb.pcapng", "https-tls12.pcapng", "mixed-content.pcapng",
	"cookie-secure.pcapng", "demo.pcapng", "connect-proxy.pcap", "websocket.pcap", "h2c.pcap"}

// asked is every capture that Wireshark is asked about, by name.
func asked(t *testing.T) map[string]string {
	t.Helper()
	all := map[string]string{}
	for _, c := range ambiguous {
		all[c.name] = caseFile(t, c.talk)
	}
	for _, name := range samples(t) {
		if !slices.Contains(notHTTP, name) {
			all[name] = testkit.Sample(t, name)
		}
	}
	return all
}

// TestReadsWhatWiresharkShows compares the model of Wireshark with what
// Wireshark 4.0.17 shows of the ambiguous talks and of the samples. Its answers
// are stored; where tshark 4.0 is installed, some are asked for anew.
func TestReadsWhatWiresharkShows(t *testing.T) {
	files := asked(t)
	names := slices.Sorted(maps.Keys(files))
	answers := testkit.Answer(t, "testdata/wireshark.txt", func() (string, error) { return askAll(t, files), nil })
	stored, met := byName(answers), map[string]bool{}
	for _, name := range names {
		got := modelled(t, files[name])
		if got == stored[name] {
			continue
		}
		if differences[name] == "" {
			t.Errorf("%s: the model shows\n%s, and Wireshark\n%s", name, got, stored[name])
		}
		met[name] = true
	}
	for name := range differences {
		if !met[name] {
			t.Errorf("%s is listed as a difference, and there is none", name)
		}
	}
	if len(stored) != len(names) {
		t.Errorf("%d answers are stored for %d captures", len(stored), len(names))
	}
	if !testkit.HasWireshark(t, "tshark") {
		return
	}
	for _, name := range []string{"cl-te.pcap", "dup-cl.pcap", "response: 204 with a body", "HEAD, pipelined"} {
		if got := askShark(t, files[name]).String(); got != stored[name] {
			t.Errorf("%s: tshark now shows\n%s, and the stored answer is\n%s", name, got, stored[name])
		}
	}
}

// modelled is what the model shows of a capture.
func modelled(t *testing.T, path string) string {
	t.Helper()
	r := testkit.Open(t, path)
	all := shown{}
	for _, c := range r.Connections {
		if lists := lesson.SharkShows(recorded{r}, c); len(lists[0])+len(lists[1]) > 0 {
			all[c.ID] = &lists
		}
	}
	return all.String()
}

// differences are captures of which the model shows something else, and why.
var differences = map[string]string{
	"brotli.pcap":       decodedSize,
	"deflate.pcap":      decodedSize,
	"gzip-chunked.pcap": decodedSize,
	"gzip.pcap":         decodedSize,
	"zstd.pcap":         "Wireshark 4.0 cannot decode zstd, and then tells no size",
	"lost-segment.pcap": "bytes are missing in the capture: the model stops there, Wireshark begins again at the next message",
	"truncated.pcap":    "the packets are cut: the model has no bytes to read, Wireshark shows the head that there is",
}

const decodedSize = "Wireshark tells the size of the decoded content, the model that of the content as sent"
