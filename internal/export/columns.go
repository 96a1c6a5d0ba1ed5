package export

import (
	"strings"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/texts"
)

// column is a column of a table: the key of its heading, and how wide it is at least.
type column struct {
	heading string
	width   int
	right   bool // its text stands on the right
}

// fill fills text up to n columns of the screen. What is longer is not cut: a file has room.
func fill(s string, n int, right bool) string {
	return doc.Column(s, max(n, uniseg.StringWidth(s)), "", right)
}

// rowOf is a row of a table.
func rowOf(columns []column, cells ...string) string {
	for i, c := range columns {
		cells[i] = fill(cells[i], c.width, c.right)
	}
	return strings.Join(cells, "  ")
}

// heading is the title of a table and the row over its columns, in capitals where a language has them.
func heading(c texts.Catalogue, title string, columns []column) string {
	names := make([]string, len(columns))
	for i := range columns {
		names[i] = strings.ToUpper(c.Phrase(columns[i].heading))
	}
	return strings.ToUpper(c.Phrase(title)) + "\n" + rowOf(columns, names...) + "\n"
}
