package coursework

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// KindConnections asks for a table of connections.
const KindConnections = "connections"

// connectionsKind: right is a table of the connections of which the filter selects a packet; points for each cell;
// rows that `optional` selects need not be there, others that are not in the capture cost what a row is worth.
var connectionsKind = kind{
	name:    KindConnections,
	form:    "table",
	takes:   []string{"filter", "optional", "columns"},
	packets: true,
	whole:   true,
	check:   (*checker).columns,
	mark:    (*marking).connections,
	columns: (*Question).connectionColumns,
}

// allColumns are the columns of a table of connections, in the order of the lab.
var allColumns = []string{sheet.SourceIP, sheet.SourcePort, sheet.DestinationIP, sheet.DestinationPort, sheet.Status}

// columns checks the columns that are asked.
func (c *checker) columns(at string, q *Question) *LoadError {
	for i, name := range q.Columns {
		if !slices.Contains(allColumns, name) {
			return c.fail(fmt.Sprintf("%s.columns[%d]", at, i),
				texts.Say("coursework.hint-columns", strings.Join(allColumns, ", ")), "coursework.no-column", name)
		}
	}
	return nil
}

// connectionColumns are the columns that are asked, all where none is named.
func (q *Question) connectionColumns() []string {
	if len(q.Columns) == 0 {
		return allColumns
	}
	return q.Columns
}

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
	given := k.givenLines(columns, expected)
	if given == nil {
		k.say("coursework.needs-table", ColumnNames(texts.In(k.lang), columns))
		k.unread()
		return
	}
	k.compareLines(columns, expected, given)
}

// connectionsOf are the connections that a question's table lists.
func (k *marking) connectionsOf() (listed []hit, optional map[*trace.Connection]bool) {
	listed = k.find(k.q, "connections")
	optional = map[*trace.Connection]bool{}
	if k.q.Optional == "" {
		return listed, optional
	}
	q := *k.q
	q.Filter = k.q.Optional
	for _, h := range k.find(&q, "connections") {
		optional[h.row.Conn] = true
	}
	return listed, optional
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

// maxShownRows bounds the connections that a report lists as right.
const maxShownRows = 200

// expectedLines are the connections of the captures.
func (k *marking) expectedLines() []line {
	listed, optional := k.connectionsOf()
	var all []line
	var rows []string
	for i := range listed {
		c := listed[i].row.Conn
		l := line{cells: connectionCells(c), conn: c, hit: &listed[i], optional: optional[c]}
		all = append(all, l)
		if !l.optional && len(rows) < maxShownRows {
			rows = append(rows, strings.Join([]string{c.Ends[0].String(), c.Ends[1].String(), l.cells[sheet.Status]},
				" "))
			shows := texts.Say("coursework.proof-connection", c.Ends[0], c.Ends[1], l.cells[sheet.Status])
			k.out.Proof = append(k.out.Proof, k.proof(&listed[i], shows))
		}
	}
	if more := len(all) - len(rows); len(rows) == maxShownRows && more > 0 {
		rows = append(rows, k.phrase("coursework.more-rows", more))
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
		sheet.DestinationIP: c.Ends[1].Addr().Unmap().String(), sheet.DestinationPort: fmt.Sprint(c.Ends[1].Port()),
		sheet.Status: status,
	}
}

// compareLines gives points by cell and row. A row that stands for no
// connection takes away what a row is worth.
func (k *marking) compareLines(columns []string, expected, given []line) {
	pairs := match(columns, expected, given)
	asked, good := 0, 0.0
	taken := map[*line]bool{}
	for i := range expected {
		e, g := &expected[i], pairs[i]
		taken[g] = true
		switch {
		case e.optional:
			continue
		case g == nil:
			k.missing(e)
		default:
			good += k.compareLine(columns, e, g)
		}
		asked++
	}
	extra := 0
	for i := range given {
		if !taken[&given[i]] {
			extra++
			k.extra(columns, &given[i])
		}
	}
	switch {
	case asked == 0 && extra == 0:
		k.share(1)
	case asked == 0:
		k.share(0)
	default:
		k.share((good - float64(extra)) / float64(asked))
	}
	k.direction(expected, pairs)
}

// maxListed bounds the rows that are listed as missing, or as too many.
const maxListed = 50

func (k *marking) missing(e *line) {
	if len(k.out.Cells) < maxListed*maxColumns {
		ends := visible.Line(k.phrase("coursework.ends", e.conn.Ends[0], e.conn.Ends[1]))
		k.out.Cells = append(k.out.Cells, Cell{Column: "row", Expected: ends, Verdict: Missing, Tag: "missing-row"})
	}
	k.tagOnce("missing-row")
	if e.conn.Bytes[0]+e.conn.Bytes[1] == 0 {
		k.tagOnce("speculative")
	}
}

func (k *marking) extra(columns []string, g *line) {
	var cells []string
	for _, c := range columns {
		cells = append(cells, g.cells[c])
	}
	if len(k.out.Cells) < maxListed*maxColumns {
		k.out.Cells = append(k.out.Cells, Cell{Row: g.row, Column: "row",
			Given: visible.Line(short(strings.Join(cells, " "))), Verdict: Wrong,
			Tag: "extra-row", Comment: k.lesson("extra-row")})
	}
	k.tagOnce("extra-row")
}

// compareLine is the share of right cells in a row.
func (k *marking) compareLine(columns []string, e, g *line) float64 {
	good := 0
	for _, c := range columns {
		cell := Cell{Row: g.row, Column: c,
			Given: visible.Line(short(g.cells[c])), Expected: e.cells[c], Verdict: Right}
		switch {
		case g.cells[c] == e.cells[c], c == sheet.Status && sameStatus(g.cells[c], e.cells[c]):
			good++
		case g.cells[c] == "":
			cell.Verdict = Missing
		default:
			cell.Verdict = Wrong
			cell.Tag = mistaken(c, g.cells[c], e)
			if cell.Tag != "" {
				cell.Comment = k.lesson(cell.Tag)
				k.tagOnce(cell.Tag)
			}
		}
		k.out.Cells = append(k.out.Cells, cell)
	}
	return float64(good) / float64(len(columns))
}

// ofEnds are the misconceptions about cells that name ends.
var ofEnds = []struct{ column, code string }{
	{sheet.SourcePort, "client-port"}, {sheet.DestinationPort, "server-port"},
	{sheet.SourceIP, "client-address"}, {sheet.DestinationIP, "server-address"},
}

// mistaken names what a wrong cell would be right for.
func mistaken(column, given string, e *line) string {
	for _, m := range ofEnds {
		if m.column != column && given == e.cells[m.column] && e.cells[m.column] != e.cells[column] {
			return m.code
		}
	}
	if column == sheet.Status && given != "-" && strings.Contains(" "+e.cells[column]+" ", " "+given+" ") {
		return "status-missing"
	}
	return ""
}

// direction says it when rows are those of responses.
func (k *marking) direction(expected []line, pairs []*line) {
	for i := range expected {
		if g := pairs[i]; g != nil && g.ends() == expected[i].reversed() && g.ends() != expected[i].ends() {
			k.tagOnce("response-direction")
			return
		}
	}
}
