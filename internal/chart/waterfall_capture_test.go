package chart_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/chart"
	"httpscope/internal/doc"
	"httpscope/internal/testkit"
	"httpscope/internal/trace"
)

// styles are the widths and characters that golden pictures are drawn with.
var styles = []struct {
	name  string
	width int
	ascii bool
}{
	{"120 columns", 120, false}, {"80 columns", 80, false}, {"80 columns, ASCII", 80, true},
	{"60 columns", 60, false}, {"60 columns, ASCII", 60, true},
}

// lanesOf are all connections of a capture, with their packets.
func lanesOf(r *testkit.Records) []chart.Lane {
	var cs []*trace.Connection
	for _, c := range r.Connections {
		cs = append(cs, c)
	}
	lanes := chart.Lanes(cs, r.Exchanges)
	for i := range lanes {
		lanes[i].Tape = r.Tape(lanes[i].Conn.ID)
	}
	return lanes
}

// goldenPicture compares a picture in all styles with a file, and holds that
// its lines keep to their width.
func goldenPicture(t *testing.T, name string, draw func(width int, ascii bool) doc.Page) {
	t.Helper()
	var b strings.Builder
	for _, s := range styles {
		d := draw(s.width, s.ascii)
		for i := range d.Len() {
			if w := d.Line(i).Width(); w > s.width {
				t.Errorf("line %d takes %d of %d columns: %q", i, w, s.width, d.Line(i).String())
			}
		}
		fmt.Fprintf(&b, "== %s\n%s", s.name, doc.Text(d))
	}
	testkit.Golden(t, "testdata/"+name+".txt", b.String())
}
