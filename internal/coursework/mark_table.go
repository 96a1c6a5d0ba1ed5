package coursework

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/sheet"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// line is a row of a table of connections, by column.
type line struct {
	cells    map[string]string
	conn     *trace.Connection // of an expected one
	hit      *hit
	row      int // of a given one, from 1
	optional bool
}

// connections marks the lab's table: each connection's ends and the status of
// its responses, in any order and notation.
func (k *marking) connections() {
	columns := k.q.TableColumns()
	expected := k.expectedLines()
	if len(expected) == 0 {
		k.uncaptured()
		return
	}
	k.keyTable(columns, expected)
	given := k.givenLines(columns)
	if given == nil {
		k.say("The answer must be a table with a row for each connection and the columns %s.", join(columns))
		return
	}
	k.compareLines(columns, expected, given)
}

// keyTable is the table as it should be.
func (k *marking) keyTable(columns []string, expected []line) {
	k.key.Header = columns
	for i := range expected {
		if expected[i].optional {
			continue
		}
		var row []string
		for _, c := range columns {
			row = append(row, expected[i].cells[c])
		}
		k.key.Rows = append(k.key.Rows, row)
	}
}

// expectedLines are the connections of the captures.
func (k *marking) expectedLines() []line {
	listed, optional := k.connectionsOf()
	var all []line
	var rows []string
	for i := range listed {
		c := listed[i].row.Conn
		l := line{cells: connectionCells(c), conn: c, hit: &listed[i], optional: optional[c]}
		all = append(all, l)
		if !l.optional {
			rows = append(rows, strings.Join([]string{c.Ends[0].String(), c.Ends[1].String(), l.cells[sheet.Status]}, " "))
			k.out.Proof = append(k.out.Proof, listed[i].proof(fmt.Sprintf("%s to %s, status %s", c.Ends[0], c.Ends[1], l.cells[sheet.Status])))
		}
	}
	k.out.Expected = strings.Join(rows, "\n")
	return all
}

func connectionCells(c *trace.Connection) map[string]string {
	status := "-"
	if len(c.Statuses) > 0 {
		status = strings.Trim(fmt.Sprint(c.Statuses), "[]")
	}
	return map[string]string{
		sheet.SourceIP: c.Ends[0].Addr().Unmap().String(), sheet.SourcePort: fmt.Sprint(c.Ends[0].Port()),
		sheet.DestinationIP: c.Ends[1].Addr().Unmap().String(), sheet.DestinationPort: fmt.Sprint(c.Ends[1].Port()), sheet.Status: status,
	}
}

// compareLines gives points by cell and row. A row that stands for no
// connection takes away what a row is worth.
func (k *marking) compareLines(columns []string, expected, given []line) {
	pairs := match(columns, expected, given)
	asked, good, extra := 0, 0.0, 0
	for i := range expected {
		e := &expected[i]
		g := pairs[i]
		if e.optional {
			continue
		}
		asked++
		if g == nil {
			k.missing(e)
			continue
		}
		good += k.compareLine(columns, e, g)
	}
	for i := range given {
		if !slices.Contains(pairs, &given[i]) {
			extra++
			k.extra(columns, &given[i])
		}
	}
	if asked == 0 {
		k.share(1)
		return
	}
	k.share((good - float64(extra)) / float64(asked))
	k.direction(columns, expected, pairs)
}

// match gives each expected row the given one that is most like it.
func match(columns []string, expected, given []line) []*line {
	type pair struct{ e, g, score int }
	var all []pair
	for e := range expected {
		for g := range given {
			if s := likeness(columns, &expected[e], &given[g]); s > 0 {
				all = append(all, pair{e, g, s})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b pair) int { return b.score - a.score })
	out := make([]*line, len(expected))
	taken := make([]bool, len(given))
	for _, p := range all {
		if out[p.e] == nil && !taken[p.g] {
			out[p.e], taken[p.g] = &given[p.g], true
		}
	}
	return out
}

// likeness counts equal cells. The client's port tells connections apart, also
// where it stands in another column.
func likeness(columns []string, e, g *line) int {
	n := 0
	for _, c := range columns {
		if g.cells[c] == e.cells[c] {
			n++
			if c == sheet.SourcePort {
				n += 10
			}
		} else if g.cells[c] == e.cells[sheet.SourcePort] {
			n += 5
		}
	}
	if e.optional {
		n-- // the others first
	}
	return n
}

func (k *marking) missing(e *line) {
	k.out.Cells = append(k.out.Cells, Cell{Column: "row", Expected: visible.Text(e.conn.Ends[0].String() + " to " + e.conn.Ends[1].String()), Verdict: Missing, Tag: "missing-row"})
	if !slices.Contains(k.out.Tags, "missing-row") {
		k.tag("missing-row")
		if len(e.conn.Statuses) == 0 {
			k.tag("speculative")
		}
	}
}

func (k *marking) extra(columns []string, g *line) {
	var cells []string
	for _, c := range columns {
		cells = append(cells, g.cells[c])
	}
	k.out.Cells = append(k.out.Cells, Cell{Row: g.row, Column: "row", Given: visible.Text(short(strings.Join(cells, " "))), Verdict: Wrong, Tag: "extra-row", Comment: misconceptions["extra-row"]})
	if !slices.Contains(k.out.Tags, "extra-row") {
		k.tag("extra-row")
	}
}

// compareLine is the share of right cells in a row.
func (k *marking) compareLine(columns []string, e, g *line) float64 {
	good := 0
	for _, c := range columns {
		cell := Cell{Row: g.row, Column: c, Given: visible.Text(short(g.cells[c])), Expected: e.cells[c], Verdict: Right}
		switch {
		case g.cells[c] == e.cells[c]:
			good++
		case g.cells[c] == "":
			cell.Verdict = Missing
		default:
			cell.Verdict = Wrong
			cell.Tag = mistaken(c, g.cells[c], e)
			cell.Comment = misconceptions[cell.Tag]
			if cell.Tag != "" && !slices.Contains(k.out.Tags, cell.Tag) {
				k.tag(cell.Tag)
			}
		}
		k.out.Cells = append(k.out.Cells, cell)
	}
	return float64(good) / float64(len(columns))
}

// mistaken names what a wrong cell would be right for.
func mistaken(column, given string, e *line) string {
	for other, code := range map[string]string{sheet.SourcePort: "client-port", sheet.DestinationPort: "server-port", sheet.SourceIP: "client-address", sheet.DestinationIP: "server-address"} {
		if other != column && given == e.cells[other] && e.cells[other] != e.cells[column] {
			return code
		}
	}
	if column == sheet.Status && given != "-" && strings.Contains(" "+e.cells[column]+" ", " "+given+" ") {
		return "status-missing"
	}
	return ""
}

// direction says it when all rows are those of responses.
func (k *marking) direction(columns []string, expected []line, pairs []*line) {
	swapped := 0
	for i := range expected {
		if g := pairs[i]; g != nil && g.cells[sheet.SourcePort] == expected[i].cells[sheet.DestinationPort] && g.cells[sheet.DestinationPort] == expected[i].cells[sheet.SourcePort] {
			swapped++
		}
	}
	if swapped > 0 {
		k.tag("response-direction")
	}
}
