package grading

import (
	"strings"
	"testing"

	"github.com/google/go-cmp/cmp"

	"httpscope/internal/course/original"
	"httpscope/internal/testkit"
	"httpscope/internal/texts"
)

// handed is a submission of sample captures.
func handed(t *testing.T, name string, captures ...string) Result {
	t.Helper()
	r := Result{Name: name}
	for _, c := range captures {
		r.Prints = append(r.Prints, original.Fingerprint(testkit.OpenSample(t, c)))
	}
	return r
}

// TestTwoCapturesOneGroup: who hands in both captures of another is one group
// with two reasons; whose captures are the own is in none.
func TestTwoCapturesOneGroup(t *testing.T) {
	groups := Groups(texts.English, []Result{
		handed(t, "alice", "http-server-own.pcap", "http-server-classmate.pcap"),
		handed(t, "bob", "http-server-classmate.pcap", "http-server-own.pcap"),
		handed(t, "carol", "http-server.pcap"),
		handed(t, "dave", "two-interfaces.pcapng"),
	})
	if len(groups) != 1 {
		t.Fatalf("%d groups: %+v", len(groups), groups)
	}
	if d := cmp.Diff([]string{"alice", "bob"}, groups[0].Submissions); d != "" {
		t.Error(d)
	}
	if n := strings.Count(groups[0].Why, "The captures of "); n != 2 {
		t.Errorf("%d reasons: %s", n, groups[0].Why)
	}
}
