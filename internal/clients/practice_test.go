//go:build clients && linux

package clients

import (
	"bytes"
	"errors"
	"os/exec"
	"path/filepath"
	"strconv"
	"strings"
	"testing"
)

// practice is one of the course's practices, done: the captures of a student,
// and the right answers as others than the program under test know them.
type practice struct {
	assignment string
	captures   []string
	blank      string // the empty sheet
	sheet      []answer
}

// marked is a question of a report, read as a marking script reads it.
type marked struct {
	ID, Kind, Prompt, Verdict string
	Points, Max               float64
	Given, Expected           string
	Feedback, Hints, Tags     []string
	Cells                     []cell
	Proof                     []struct {
		Frame int
		Text  string
	}
}

// cell is a cell of a table, or an entry of a list.
type cell struct {
	Row                                            int
	Column, Given, Expected, Verdict, Tag, Comment string
}

// marks is what `check --json` prints.
type marks struct {
	Assignment, Student, Problem string
	Score, Max, Open             float64
	Questions                    []marked
	Remarks                      []struct{ Code, Severity, Text string }
}

func (m *marks) of(id string) *marked {
	for i := range m.Questions {
		if m.Questions[i].ID == id {
			return &m.Questions[i]
		}
	}
	return &marked{ID: id, Verdict: "not in the report"}
}

// ran runs the program under test to its end.
func ran(t *testing.T, args ...string) (stdout, stderr string, code int) {
	t.Helper()
	c := exec.Command(httpscope, args...)
	c.Env = network{}.command().Env
	var out, complaints bytes.Buffer
	c.Stdout, c.Stderr = &out, &complaints
	err := c.Run()
	var failed *exec.ExitError
	if errors.As(err, &failed) {
		code = failed.ExitCode()
	} else if err != nil {
		t.Fatal(err)
	}
	return out.String(), complaints.String(), code
}

// empty is the empty sheet of an assignment.
func empty(t *testing.T, assignment string) string {
	t.Helper()
	file := filepath.Join(t.TempDir(), "sheet.md")
	if _, said, code := ran(t, "coursework", "new", assignment, "-o", file); code != 0 {
		t.Fatalf("no empty sheet: exit code %d, %s", code, said)
	}
	return contents(t, file)
}

// arguments are those of a check of a sheet.
func (p *practice) arguments(sheet string, more ...string) []string {
	args := append([]string{"check", p.assignment, "--answers", sheet}, more...)
	for _, c := range p.captures {
		args = append(args, "--capture", c)
	}
	return args
}

// check has a sheet marked.
func (p *practice) check(t *testing.T, sheet string, more ...string) (m marks, code int) {
	t.Helper()
	out, said, code := ran(t, p.arguments(sheet, append([]string{"--json"}, more...)...)...)
	if code > 1 {
		t.Fatalf("check ends with exit code %d: %s", code, said)
	}
	return read[marks](t, out), code
}

// form is a form of a sheet, and who writes it.
type form struct {
	ending string
	write  func(blank, student string, sheet []answer) string
}

var inMarkdown, asCSV, asYAML = form{".md", fillIn}, form{".csv", inCSV}, form{".yaml", inYAML}

// hand writes a sheet into a new folder.
func (p *practice) hand(t *testing.T, f form, sheet []answer) string {
	t.Helper()
	path := filepath.Join(t.TempDir(), "answers"+f.ending)
	write(t, path, f.write(p.blank, "alice", sheet))
	return path
}

// right holds that a sheet has all points, whatever its form, and that only what
// a person must read is left open.
func (p *practice) right(t *testing.T, f form, sheet []answer) {
	t.Helper()
	path := p.hand(t, f, sheet)
	m, code := p.check(t, path, "--feedback", "full")
	open := 0.0
	for _, q := range m.Questions {
		a := answerTo(sheet, q.ID)
		switch {
		case a == nil:
			t.Errorf("question %s has no answer in this test", q.ID)
		case a.kind == "free":
			open += q.Max
			mustBe(t, "verdict on "+q.ID, q.Verdict, "person")
		case q.Verdict != "right" || q.Points != q.Max:
			t.Errorf("%s %s: %q is %s, %g of %g points: %+v", p.assignment, f.ending, a.line(), q.Verdict, q.Points,
				q.Max, q)
		}
	}
	if len(m.Questions) != len(sheet) || m.Score != m.Max || m.Max == 0 || m.Open != open || code != 0 ||
		m.Problem != "" {
		t.Errorf("%s: %g of %g points, %g open, exit code %d, %d questions of %d: %s", p.assignment, m.Score, m.Max,
			m.Open, code, len(m.Questions), len(sheet), m.Problem)
	}
	if f.ending != ".csv" {
		mustBe(t, "the student's name", m.Student, "alice")
	}
	for _, r := range m.Remarks {
		t.Errorf("%s: a remark on an honest submission: %+v", p.assignment, r)
	}
	if t.Failed() {
		t.Logf("the sheet:\n%s", contents(t, path))
	}
}

// packet is a packet as tshark reads it.
type packet struct {
	Number, Stream       int
	Ends                 [4]string // source IP and port, destination IP and port
	Opens                bool      // the SYN of a client
	Length               int       // of what TCP carries
	Status, Method       string    // of the message that Wireshark shows here
	Version, ContentType string
	// Begun is the status of the response whose head ends here: Wireshark shows none of a response that broke off.
	Begun string
}

// fields are what packet is made of.
var fields = []string{"frame.number", "tcp.stream", "ip.src", "tcp.srcport", "ip.dst", "tcp.dstport", "tcp.flags.syn",
	"tcp.flags.ack", "tcp.len",
	"http.response.code", "http.request.method", "http.response.version", "http.content_type"}

// dissect reads a capture with tshark.
func dissect(t *testing.T, file string) []packet {
	t.Helper()
	begun := tsharkFields(t, file, []string{"http.response.code"}, "-o", "http.desegment_body:FALSE")
	var all []packet
	for i, v := range tsharkFields(t, file, fields) {
		set := func(s string) bool { return s == "1" || s == "True" }
		all = append(all, packet{
			Number: whole(t, v[0]), Stream: whole(t, v[1]), Ends: [4]string(v[2:6]), Opens: set(v[6]) && !set(v[7]),
			Length: whole(t, v[8]),
			Status: v[9], Method: v[10], Version: v[11], ContentType: v[12], Begun: begun[i][0],
		})
	}
	return all
}

// tsharkFields are the first values of fields in every packet of a capture, read with options.
func tsharkFields(t *testing.T, file string, fields []string, options ...string) [][]string {
	t.Helper()
	args := append([]string{"-r", file, "-T", "fields", "-E", "occurrence=f"}, options...)
	for _, f := range fields {
		args = append(args, "-e", f)
	}
	var all [][]string
	for line := range strings.Lines(must(t, exec.Command("tshark", args...))) {
		all = append(all, strings.Split(strings.TrimSuffix(line, "\n"), "\t"))
	}
	return all
}

func whole(t *testing.T, s string) int {
	t.Helper()
	n, err := strconv.Atoi(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// table is the lab's list of connections as tshark's packets give it: those with
// HTTP messages, or all.
func table(packets []packet, onlyHTTP bool) [][]string {
	var rows [][]string
	for _, p := range packets {
		if !p.Opens {
			continue
		}
		status, http := "", false
		for _, other := range packets {
			if other.Stream == p.Stream {
				status = strings.TrimSpace(status + " " + other.Begun)
				http = http || other.Begun != "" || other.Method != ""
			}
		}
		if status == "" {
			status = "-"
		}
		if http || !onlyHTTP {
			rows = append(rows, append(p.Ends[:], status))
		}
	}
	return rows
}

// first is the first packet that something holds of.
func first(t *testing.T, packets []packet, holds func(p packet) bool) packet {
	t.Helper()
	for _, p := range packets {
		if holds(p) {
			return p
		}
	}
	t.Fatal("tshark shows no such packet")
	return packet{}
}
