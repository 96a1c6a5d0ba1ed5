package gradebook

import (
	"strings"
	"testing"

	"httpscope/internal/course/coursework"
)

// TestPending lists what a person has to mark, and no formula among it.
func TestPending(t *testing.T) {
	class := []Entry{
		{Submission: "alice", Student: &Student{Name: "Alice A"}, Report: report(
			answered("3-1", coursework.Right, 1, 1, "5"), answered("3-2", coursework.Unread, 0, 2, "4 or 5"),
			answered("3-3", coursework.Person, 0, 1.5, "Because,\nperhaps"))},
		{Submission: "bob", Report: report(answered("3-2", coursework.Unread, 0, 2, "=HYPERLINK(1)"))},
		{Submission: "carol"},
	}
	var b strings.Builder
	if err := Pending(&b, class); err != nil {
		t.Fatal(err)
	}
	want := "student,question,given,open,earned,max,submission\nAlice A,3-2,4 or 5,2,0,2,alice\n" +
		"Alice A,3-3,\"Because,\\nperhaps\",1.5,0,1.5,alice\nbob,3-2,'=HYPERLINK(1),2,0,2,bob\n"
	if b.String() != want {
		t.Errorf("%q\nwant\n%q", b.String(), want)
	}
}

// TestOpenInSummary names what is open, and how many points.
func TestOpenInSummary(t *testing.T) {
	r := report(answered("3-1", coursework.Right, 1, 1, "5"), answered("3-2", coursework.Unread, 0, 2, "4 or 5"))
	if s := voiceOf(r).summary(r); !strings.Contains(s, "open: 2 points (3-2)") {
		t.Errorf("%s", s)
	}
}
