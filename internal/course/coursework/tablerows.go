package coursework

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/course/sheet"
)

// givenLines reads the student's table; nil when there is none.
func (k *marking) givenLines(columns []string, expected []line) []line {
	rows, header := k.a.Rows, k.a.Header
	if rows == nil {
		rows, header = textRows(k.a.Text)
	}
	names := make([]string, 0, maxColumns)
	for _, h := range header {
		names = append(names, sheet.Column(h))
	}
	if len(header) == 0 || !slices.ContainsFunc(names, func(n string) bool { return n != "" }) {
		names = columns
	}
	var all []line
	for i, row := range rows {
		l := line{cells: map[string]string{}, row: i + 1}
		for j := range row[:min(len(row), len(names))] {
			l.put(names[j], row[j])
		}
		all = append(all, l)
	}
	return merged(unreversed(all, expected), expected)
}

// separators part the cells of a row that is written as text.
var separators = regexp.MustCompile(`\s*(?:[,;|\t，；]|->|→|=>)\s*`)

// textRows reads a table that is written as lines of text. Lines without two
// cells are words around it, and a first line that names columns heads it.
func textRows(text string) (rows [][]string, header []string) {
	for l := range strings.Lines(text) {
		l = strings.Trim(l, " |\n-*")
		cells := separators.Split(l, -1)
		if last := strings.Fields(cells[len(cells)-1]); len(cells) > 1 && len(last) == 2 &&
			threeDigits.MatchString(last[1]) {
			cells = append(cells[:len(cells)-1], last...) // 10.0.0.1:5 -> 10.0.0.2:80 200
		}
		if len(cells) < 2 {
			cells = strings.Fields(l)
		}
		switch {
		case len(cells) < 2 || !strings.ContainsAny(l, "0123456789") && !names(cells):
		case rows == nil && names(cells):
			header = cells
		default:
			rows = append(rows, cells)
		}
	}
	if header == nil && len(rows) > 0 && len(rows[0]) == 3 {
		header = []string{sheet.Source, sheet.Destination, sheet.Status}
	}
	return rows, header
}

// names reports whether cells name columns.
func names(cells []string) bool {
	return !strings.ContainsAny(strings.Join(cells, ""), "0123456789") &&
		slices.ContainsFunc(cells, func(c string) bool { return sheet.Column(c) != "" })
}

// maxColumns is how many columns a table usually has.
const maxColumns = 8

// put takes a cell. One with address and port fills both columns.
func (l *line) put(column, cell string) {
	cell = plain(cell)
	switch column {
	case "":
	case sheet.Source:
		l.both(sheet.SourceIP, sheet.SourcePort, cell)
	case sheet.Destination:
		l.both(sheet.DestinationIP, sheet.DestinationPort, cell)
	case sheet.SourceIP:
		l.both(sheet.SourceIP, sheet.SourcePort, cell)
	case sheet.DestinationIP:
		l.both(sheet.DestinationIP, sheet.DestinationPort, cell)
	case sheet.Status:
		l.cells[column] = statuses(cell)
	default:
		l.cells[column] = strings.ReplaceAll(cell, ",", "")
	}
}

// both takes an address, perhaps with a port.
func (l *line) both(ip, port, cell string) {
	if a, err := netip.ParseAddr(strings.Trim(cell, "[]")); err == nil {
		l.cells[ip] = a.Unmap().String()
		return
	}
	if a, err := netip.ParseAddrPort(cell); err == nil {
		l.cells[ip], l.cells[port] = a.Addr().Unmap().String(), fmt.Sprint(a.Port())
		return
	}
	if cell == "localhost" {
		cell = "127.0.0.1"
	}
	l.cells[ip] = cell
}

// threeDigits finds the statuses in a cell.
var threeDigits = regexp.MustCompile(`\b[1-5]\d\d\b`)

// noResponse is how students say that there is none.
var noResponse = regexp.MustCompile(`^(no|without)( http)?( response| status| code)*$|无.*响应|没有.*响应|^[-—–/无]+$|^null$`)

// statuses is the statuses of a cell in the form of [connectionCells].
func statuses(cell string) string {
	if all := threeDigits.FindAllString(cell, -1); len(all) > 0 {
		return strings.Join(all, " ")
	}
	if cell == "" || slices.Contains(absentWords, cell) || noResponse.MatchString(cell) {
		return "-"
	}
	return cell
}

// ends are the four cells that name a connection.
func (l *line) ends() string {
	return strings.Join([]string{l.cells[sheet.SourceIP], l.cells[sheet.SourcePort], l.cells[sheet.DestinationIP],
		l.cells[sheet.DestinationPort]}, " ")
}

// reversed are the same cells as the other side has them.
func (l *line) reversed() string {
	return strings.Join([]string{l.cells[sheet.DestinationIP], l.cells[sheet.DestinationPort],
		l.cells[sheet.SourceIP], l.cells[sheet.SourcePort]}, " ")
}

// unreversed takes the status of a row of a response, whose source is the
// server, to the row of its request, where the table has both.
func unreversed(all, expected []line) []line {
	real, direct := map[string]bool{}, map[string]int{}
	for i := range expected {
		real[expected[i].ends()] = true
	}
	for i := range all {
		direct[all[i].ends()] = i
	}
	keep := make([]bool, len(all))
	for i := range all {
		key := all[i].reversed()
		at, both := direct[key]
		if keep[i] = !real[key] || !both || real[all[i].ends()]; !keep[i] && all[at].cells[sheet.Status] == "-" {
			all[at].cells[sheet.Status] = all[i].cells[sheet.Status]
		}
	}
	var out []line
	for i := range all {
		if keep[i] {
			out = append(out, all[i])
		}
	}
	return out
}

// merged joins rows that name the same connection, one for each of its
// responses, where the capture has not as many connections with these ends.
func merged(all, expected []line) []line {
	real, rows := map[string]int{}, map[string]int{}
	for i := range expected {
		real[expected[i].ends()]++
	}
	for i := range all {
		rows[all[i].ends()]++
	}
	var out []line
	at := map[string]int{}
	for _, l := range all {
		key := l.ends()
		i, again := at[key]
		if !again || rows[key] <= real[key] || l.cells[sheet.SourcePort] == "" || l.cells[sheet.Status] == "" {
			at[key] = len(out)
			out = append(out, l)
			continue
		}
		out[i].cells[sheet.Status] = strings.TrimPrefix(out[i].cells[sheet.Status]+" "+l.cells[sheet.Status], "- ")
	}
	return out
}

// sameStatus reports equal statuses. Where all responses of a connection have
// the same, one is enough.
func sameStatus(given, right string) bool {
	all := slices.Compact(strings.Fields(right))
	return given == right || len(all) == 1 && given == all[0]
}
