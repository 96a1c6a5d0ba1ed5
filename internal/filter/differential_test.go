package filter

import (
	"bufio"
	"encoding/json"
	"errors"
	"fmt"
	"io"
	"maps"
	"os"
	"os/exec"
	"path/filepath"
	"slices"
	"strconv"
	"strings"
	"testing"

	"httpscope/capture"
	"httpscope/internal/inspect"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// askedAnew are captures of every kind, small ones: sharkd takes a while.
var askedAnew = []string{"persistent.pcap", "post-split.pcap", "chunk-trailers.pcap", "cookies-login.pcap",
	"ipv6.pcap", "pipelining.pcap"}

// exchanges is a sink that keeps exchanges.
type exchanges []*trace.Exchange

func (k *exchanges) Exchange(x *trace.Exchange)   { *k = append(*k, x) }
func (k *exchanges) Connection(*trace.Connection) {}

// readCapture returns the exchanges of a capture, and the time of its first packet.
func readCapture(t testing.TB, path string) (exchanges, int64) {
	t.Helper()
	file, err := os.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	defer file.Close()
	f, err := capture.NewFile(file)
	if err != nil {
		t.Fatal(err)
	}
	var k exchanges
	var begin int64
	e := inspect.New(inspect.Options{KeepBody: 1 << 20, Hash: true}, &k)
	for {
		p, err := f.Next()
		if err != nil {
			if !errors.Is(err, io.EOF) && filepath.Base(path) != "truncated.pcap" {
				t.Fatal(err)
			}
			break
		}
		if begin == 0 {
			begin = p.Nano
		}
		e.Packet(p)
	}
	e.Finish()
	return k, begin
}

// packets makes rows as Wireshark has them: the messages by the packet that
// completes them.
func packets(all exchanges, begin int64) map[int64]*Subject {
	rows := map[int64]*Subject{}
	for _, x := range all {
		for m := range x.Messages() {
			n := Ended(m).Packet
			if rows[n] == nil {
				rows[n] = &Subject{X: x, M: m, Begin: begin}
				continue
			}
			rows[n].With = append(rows[n].With, Subject{X: x, M: m})
		}
	}
	return rows
}

// selected are the packets that a filter selects.
func selected(t *testing.T, expr string, rows map[int64]*Subject) []int64 {
	t.Helper()
	f, err := Compile(expr)
	if err != nil {
		t.Fatalf("%s: %v", expr, err)
	}
	var out []int64
	for n, s := range rows {
		if f.Match(s) {
			out = append(out, n)
		}
	}
	slices.Sort(out)
	return out
}

func expressions(t *testing.T) []string {
	t.Helper()
	b, err := os.ReadFile("testdata/expressions.txt")
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

// shark is Wireshark's engine behind a pipe: it reads a capture in two passes,
// as the program does, and answers one filter after the other.
type shark struct {
	cmd  *exec.Cmd
	in   io.WriteCloser
	out  *bufio.Reader
	asks int
}

// newShark loads a capture. Of a damaged file sharkd says nothing, and has what
// stands before the damage.
func newShark(t *testing.T, program, path string) *shark {
	t.Helper()
	s := &shark{cmd: testkit.Wireshark(t, program, "-")}
	var err error
	if s.in, err = s.cmd.StdinPipe(); err != nil {
		t.Fatal(err)
	}
	out, err := s.cmd.StdoutPipe()
	if err != nil {
		t.Fatal(err)
	}
	s.out = bufio.NewReader(out)
	if err := s.cmd.Start(); err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() {
		s.in.Close()
		s.cmd.Wait()
	})
	full, err := filepath.Abs(path)
	if err != nil {
		t.Fatal(err)
	}
	s.send(t, "load", map[string]string{"file": full})
	s.ask(t, "status", nil, nil)
	return s
}

func (s *shark) send(t *testing.T, method string, params map[string]string) {
	t.Helper()
	s.asks++
	b, err := json.Marshal(struct {
		JSONRPC string            `json:"jsonrpc"`
		ID      int               `json:"id"`
		Method  string            `json:"method"`
		Params  map[string]string `json:"params,omitempty"`
	}{"2.0", s.asks, method, params})
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.in.Write(append(b, '\n')); err != nil {
		t.Fatal(err)
	}
}

// ask sends a request of JSON-RPC and waits for its answer.
func (s *shark) ask(t *testing.T, method string, params map[string]string, result any) {
	t.Helper()
	s.send(t, method, params)
	for {
		line, err := s.out.ReadBytes('\n')
		if err != nil {
			t.Fatalf("sharkd %s %v: %v", method, params, err)
		}
		var answer struct {
			ID     int
			Result json.RawMessage
			Error  *struct{ Message string }
		}
		if json.Unmarshal(line, &answer) != nil || answer.ID != s.asks {
			continue
		}
		if answer.Error != nil {
			t.Fatalf("sharkd %s %v: %s", method, params, answer.Error.Message)
		}
		if result != nil {
			if err := json.Unmarshal(answer.Result, result); err != nil {
				t.Fatal(err)
			}
		}
		return
	}
}

// selected are the packets that Wireshark selects.
func (s *shark) selected(t *testing.T, expr string) []int64 {
	t.Helper()
	var frames []struct{ Num int64 }
	s.ask(t, "frames", map[string]string{"filter": expr, "column0": "frame.number:1"}, &frames)
	var out []int64
	for _, f := range frames {
		out = append(out, f.Num)
	}
	return out
}

// answers are selected packets by expression and capture.
type answers map[string]map[string][]int64

func (a answers) add(expr, name string, frames []int64) {
	if a[expr] == nil {
		a[expr] = map[string][]int64{}
	}
	a[expr][name] = frames
}

// everyMessage is asked to learn which packets end a message for Wireshark.
const everyMessage = "http.request || http.response"

// askShark asks every expression of captures, within HTTP messages.
func askShark(t *testing.T, paths []string) answers {
	all := answers{}
	for _, path := range paths {
		s := newShark(t, "sharkd", path)
		name := filepath.Base(path)
		all.add(everyMessage, name, s.selected(t, everyMessage))
		for _, e := range expressions(t) {
			all.add(e, name, s.selected(t, "("+everyMessage+") && ("+e+")"))
		}
	}
	return all
}

// text is answers as they are stored: an expression, then a line for each capture
// with packets, or the earlier expression that selects the same.
func (a answers) text(exprs []string) string {
	var out strings.Builder
	first := map[string]string{}
	for _, e := range exprs {
		fmt.Fprintln(&out, e)
		text := a.lines(e)
		if same, ok := first[text]; ok && text != "" {
			text = "\t= " + same + "\n"
		} else {
			first[text] = e
		}
		out.WriteString(text)
	}
	return out.String()
}

func (a answers) lines(expr string) string {
	var b strings.Builder
	for _, n := range slices.Sorted(maps.Keys(a[expr])) {
		if frames := a[expr][n]; len(frames) > 0 {
			fmt.Fprintf(&b, "\t%s %s\n", n, strings.Trim(fmt.Sprint(frames), "[]"))
		}
	}
	return b.String()
}

// readAnswers reads what text wrote.
func readAnswers(t *testing.T, text string) answers {
	t.Helper()
	all, expr := answers{}, ""
	for line := range strings.Lines(text) {
		line = strings.TrimSuffix(line, "\n")
		rest, is := strings.CutPrefix(line, "\t")
		if !is {
			expr = line
			all[expr] = map[string][]int64{}
			continue
		}
		if same, ok := strings.CutPrefix(rest, "= "); ok {
			all[expr] = all[same]
			continue
		}
		words := strings.Fields(rest)
		for _, w := range words[1:] {
			n, err := strconv.ParseInt(w, 10, 64)
			if err != nil {
				t.Fatal(err)
			}
			all[expr][words[0]] = append(all[expr][words[0]], n)
		}
	}
	return all
}

// TestSelectsWhatWiresharkSelects compares the packets that filters select with
// Wireshark's, for every expression on every capture. The answers of Wireshark
// are in testdata/wireshark.txt; where sharkd is installed it is asked anew.
// Packets that only one of the two takes for the end of an HTTP message, and
// other differences, are listed in differences_test.go with their reasons.
func TestSelectsWhatWiresharkSelects(t *testing.T) {
	stored := testkit.Answer(t, "testdata/wireshark.txt", func() (string, error) {
		return askShark(t, testkit.Samples(t)).text(append([]string{everyMessage}, expressions(t)...)), nil
	})
	used := compareAnswers(t, readAnswers(t, stored), testkit.Samples(t))
	for _, d := range differences {
		for _, e := range d.exprs {
			if !used[seen{e, d.capture}] {
				t.Errorf("%s on %q: listed as a difference, and there is none", e, d.capture)
			}
		}
	}
	if !testkit.HasWireshark(t, "sharkd") {
		return
	}
	var paths []string
	for _, name := range askedAnew {
		paths = append(paths, testkit.Sample(t, name))
	}
	compareAnswers(t, askShark(t, paths), paths)
}

// seen is a difference that was met, listed with a capture or with all.
type seen struct{ expr, capture string }

// compareAnswers returns the listed differences that there were.
func compareAnswers(t *testing.T, theirs answers, paths []string) map[seen]bool {
	t.Helper()
	used := map[seen]bool{}
	tried := 0
	for _, path := range paths {
		name := filepath.Base(path)
		all, begin := readCapture(t, path)
		rows := packets(all, begin)
		both := common(t, name, rows, theirs[everyMessage][name])
		for _, e := range expressions(t) {
			tried++
			got, want := within(selected(t, e, rows), both), within(theirs[e][name], both)
			if slices.Equal(got, want) {
				continue
			}
			if d := explained(e, name); d != nil {
				used[seen{e, d.capture}] = true
				continue
			}
			t.Errorf("%s on %s\n  selects   %v\n  Wireshark %v", e, name, got, want)
		}
	}
	t.Logf("%d answers compared, %d differences", tried, len(used))
	return used
}

// common are the packets that both take for the end of a message.
func common(t *testing.T, name string, rows map[int64]*Subject, theirs []int64) []int64 {
	t.Helper()
	var ours, both []int64
	for n := range rows {
		if slices.Contains(theirs, n) {
			both = append(both, n)
		} else {
			ours = append(ours, n)
		}
	}
	slices.Sort(ours)
	only := slices.DeleteFunc(slices.Clone(theirs), func(n int64) bool { return rows[n] != nil })
	want := otherMessages[name]
	if !slices.Equal(ours, want.ours) || !slices.Equal(only, want.theirs) {
		t.Errorf("%s: messages end in other packets than in Wireshark\n  only here      %v, listed %v\n  only Wireshark %v, listed %v", name, ours, want.ours, only, want.theirs)
	}
	return both
}

func within(frames, set []int64) []int64 {
	return slices.DeleteFunc(slices.Clone(frames), func(n int64) bool { return !slices.Contains(set, n) })
}
