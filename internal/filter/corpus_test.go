package filter

import (
	"maps"
	"os"
	"path/filepath"
	"slices"
	"strings"
	"sync"
	"testing"

	"httpscope/internal/recording"
	"httpscope/internal/testkit"
)

// A capture of more bytes is asked every manyth expression only.
const (
	manyBytes = 500 << 10
	manyth    = 4
)

// exam is a capture that both programs read.
type exam struct {
	rec  *recording.Recording
	rows []*Subject // its packets
	// theirs is how many packets Wireshark counts, shows are those that are HTTP
	// for it, ends those that end a message.
	theirs      int
	shows, ends []int64
}

// tally counts answers of all captures.
type tally struct {
	sync.Mutex
	answers, different int
	packets, apart     int
	used               map[string]int // packets by the reason of the rule
	told               map[string]int // answers by the same
}

// TestCorpus compares the packets that both programs select in every capture of
// a folder, for every expression of both lists. The folder is that of the
// environment variable HTTPSCOPE_CORPUS, with captures in pcaps/. Every packet
// that only one of the two selects must be explained by a rule of
// corpusrules_test.go.
func TestCorpus(t *testing.T) {
	folder := os.Getenv("HTTPSCOPE_CORPUS")
	if folder == "" || !testkit.HasWireshark(t, "sharkd") {
		t.Log("HTTPSCOPE_CORPUS is not set or sharkd 4.0 is not installed: only rows of messages and of packets are compared, on the samples")
		bothRows(t)
		return
	}
	paths, err := filepath.Glob(filepath.Join(folder, "pcaps", "*.pcap*"))
	if err != nil || len(paths) == 0 {
		t.Fatalf("no captures in pcaps of %s: %v", folder, err)
	}
	all := &tally{used: map[string]int{}, told: map[string]int{}}
	t.Run("captures", func(t *testing.T) {
		for _, path := range paths {
			t.Run(filepath.Base(path), func(t *testing.T) {
				t.Parallel()
				all.compare(t, path)
			})
		}
	})
	all.report(t, len(paths))
}

// bothRows holds that an expression selects the same messages, whether rows are
// messages or packets.
func bothRows(t *testing.T) {
	t.Helper()
	for _, path := range testkit.Samples(t) {
		all, begin := readCapture(t, path)
		messages, list := packets(all, begin), packetRows(t, path)
		for _, e := range expressions(t) {
			got, want := selectedPackets(t, "("+everyMessage+") && ("+e+")", list),
				within(selected(t, e, messages), selectedPackets(t, everyMessage, list))
			if !slices.Equal(got, want) {
				t.Errorf("%s on %s\n  rows of packets  %v\n  rows of messages %v", e, filepath.Base(path), got, want)
			}
		}
	}
}

// report logs the counts. Every rule must have explained something.
func (a *tally) report(t *testing.T, captures int) {
	t.Helper()
	t.Logf("%d captures, %d answers, %d different: %.3f %% agree", captures, a.answers, a.different,
		100*float64(a.answers-a.different)/float64(a.answers))
	t.Logf("%d packets asked, %d selected by one only: %.3f %% agree", a.packets, a.apart,
		100*float64(a.packets-a.apart)/float64(a.packets))
	for _, r := range rules {
		t.Logf("%4d answers, %4d packets: %s", a.told[r.why], a.used[r.why], r.why)
		if a.used[r.why] == 0 {
			t.Errorf("a rule explains nothing: %s", r.why)
		}
	}
	if different := float64(a.different) / float64(a.answers); different > 0.01 {
		t.Errorf("%.2f %% of the answers differ", 100*different)
	}
}

func (a *tally) compare(t *testing.T, path string) {
	info, err := os.Stat(path)
	if err != nil {
		t.Fatal(err)
	}
	step := 1
	if info.Size() > manyBytes {
		step = manyth
	}
	r := testkit.Open(t, path)
	s := newShark(t, "sharkd", path)
	x := &exam{rec: r, rows: packetRows(t, path), theirs: len(s.selected(t, everyPacket)),
		shows: s.selected(t, "http"), ends: s.selected(t, everyMessage)}
	for i, e := range packetExpressions(t) {
		if i%step == 0 {
			a.add(t, x, e, selectedPackets(t, e, x.rows), s.selected(t, e), len(x.rows))
		}
	}
	a.messages(t, x, s, step)
}

// messages asks the expressions of messages, within packets that end one for both.
func (a *tally) messages(t *testing.T, x *exam, s *shark, step int) {
	rows := packets(x.rec.Exchanges, x.rec.Begin)
	ours := slices.Sorted(maps.Keys(rows))
	a.add(t, x, everyMessage, ours, x.ends, len(x.rows))
	both := within(ours, x.ends)
	if len(both) == 0 {
		return
	}
	for i, e := range expressions(t) {
		if i%step == 0 {
			a.add(t, x, e, within(selected(t, e, rows), both), within(s.selected(t, "("+everyMessage+") && ("+e+")"),
				both), len(both))
		}
	}
}

// add compares two answers. asked is how many packets could be selected.
func (a *tally) add(t *testing.T, x *exam, expr string, ours, theirs []int64, asked int) {
	t.Helper()
	a.Lock()
	defer a.Unlock()
	a.answers++
	a.packets += asked
	if slices.Equal(ours, theirs) {
		return
	}
	a.different++
	var odd []int64
	reasons := map[string]bool{}
	for _, n := range slices.Compact(slices.Sorted(slices.Values(slices.Concat(ours, theirs)))) {
		if slices.Contains(ours, n) == slices.Contains(theirs, n) {
			continue
		}
		a.apart++
		if why := x.explain(expr, n, slices.Contains(ours, n)); why != "" {
			a.used[why]++
			reasons[why] = true
		} else {
			odd = append(odd, n)
		}
	}
	for why := range reasons {
		a.told[why]++
	}
	if len(odd) > 0 {
		t.Errorf("%s on %s: packets %v are selected by one only\n  selects   %v\n  Wireshark %v", expr, t.Name(), odd,
			ours, theirs)
	}
}

// explain is the reason of the first rule for a packet that only one selects.
func (x *exam) explain(expr string, number int64, ours bool) string {
	var row *Subject
	if number >= 1 && number <= int64(len(x.rows)) {
		row = x.rows[number-1]
	}
	for i := range rules {
		if r := &rules[i]; r.about(expr) && r.holds(x, row, ours) {
			return r.why
		}
	}
	return ""
}

// about reports whether an expression is one that the rule is about.
func (r *rule) about(expr string) bool {
	if r.expr != "" {
		return r.expr == expr
	}
	return names(expr, r.fields)
}

// names reports whether an expression names a field of some: of one protocol,
// as http, of a part of one, as tcp.analysis, or one field alone, as http=.
func names(expr, fields string) bool {
	for _, token := range scan(expr) {
		f := lookup(token.text)
		if f == nil || token.kind != wordToken {
			continue
		}
		for _, begin := range strings.Fields(fields) {
			if alone, only := strings.CutSuffix(begin, "="); f.Name == alone || !only &&
				(begin == "any" || strings.HasPrefix(f.Name, begin+".")) {
				return true
			}
		}
	}
	return false
}
