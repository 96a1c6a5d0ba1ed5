package page_test

import (
	"fmt"
	"strings"
	"testing"

	"httpscope/internal/doc"
	"httpscope/internal/page"
	"httpscope/internal/trace"
)

// styles are the widths and characters that golden pictures are drawn with.
var styles = []struct {
	name  string
	width int
	ascii bool
}{
	{"120 columns", 120, false}, {"80 columns", 80, false}, {"80 columns, ASCII", 80, true}, {"60 columns", 60, false}, {"60 columns, ASCII", 60, true},
}

// lanes are all connections of a capture, with their packets.
func (r *recorded) lanes() []page.Lane {
	var cs []*trace.Connection
	for _, c := range r.connections {
		cs = append(cs, c)
	}
	lanes := page.Lanes(cs, r.exchanges)
	for i := range lanes {
		lanes[i].Tape = r.tape(lanes[i].Conn.ID)
	}
	return lanes
}

// on are the exchanges of a connection.
func (r *recorded) on(id int64) []*trace.Exchange {
	var xs []*trace.Exchange
	for _, x := range r.exchanges {
		if x.Conn.ID == id {
			xs = append(xs, x)
		}
	}
	return xs
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
	goldenPage(t, name, b.String())
}
