package coursework

import (
	"fmt"
	"net/netip"
	"regexp"
	"slices"
	"strings"

	"httpscope/internal/sheet"
)

// givenLines reads the student's table; nil when there is none.
func (k *marking) givenLines(columns []string) []line {
	rows, header := k.a.Rows, k.a.Header
	if rows == nil {
		for i, text := range strings.Split(strings.TrimSpace(k.a.Text), "\n") {
			if cells := strings.FieldsFunc(text, func(r rune) bool { return strings.ContainsRune(",;|\t，；", r) }); len(cells) > 1 {
				rows = append(rows, cells)
			} else if len(k.a.List) == 0 && i == 0 {
				return nil
			}
		}
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
	return merged(all)
}

// maxColumns is how many columns a table usually has.
const maxColumns = 8

// put takes a cell. One with address and port fills both columns.
func (l *line) put(column, cell string) {
	cell = strings.Trim(plain(cell), "[]")
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
	if a, err := netip.ParseAddr(cell); err == nil {
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

// statuses is the statuses of a cell in the form of [connectionCells].
func statuses(cell string) string {
	if all := threeDigits.FindAllString(cell, -1); len(all) > 0 {
		return strings.Join(all, " ")
	}
	if cell == "" || slices.Contains(absentWords, cell) || strings.Contains(cell, "no response") || strings.Contains(cell, "无响应") || strings.Contains(cell, "没有响应") {
		return "-"
	}
	return cell
}

// merged joins rows that name the same connection, one for each of its
// responses.
func merged(all []line) []line {
	var out []line
	at := map[string]int{}
	for _, l := range all {
		key := l.cells[sheet.SourceIP] + " " + l.cells[sheet.SourcePort] + " " + l.cells[sheet.DestinationIP] + " " + l.cells[sheet.DestinationPort]
		i, again := at[key]
		if !again || l.cells[sheet.SourcePort] == "" || l.cells[sheet.Status] == "" {
			at[key] = len(out)
			out = append(out, l)
			continue
		}
		out[i].cells[sheet.Status] = strings.TrimPrefix(out[i].cells[sheet.Status]+" "+l.cells[sheet.Status], "- ")
	}
	return out
}
