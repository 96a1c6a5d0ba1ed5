package lesson_test

import (
	"bytes"
	"encoding/xml"
	"fmt"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"
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
func askShark(t *testing.T, program, path string) shown {
	t.Helper()
	cmd := exec.Command(program, "-n", "-r", path, "-T", "pdml", "-J", "http tcp")
	cmd.Env = append(os.Environ(), "HOME="+t.TempDir(), "XDG_CONFIG_HOME="+t.TempDir())
	out, err := cmd.Output()
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

func TestProbe(t *testing.T) {
	for _, c := range ambiguous {
		fmt.Printf("%s\n%s", c.name, askShark(t, "tshark", caseFile(t, c.talk)))
	}
}
