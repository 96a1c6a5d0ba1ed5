package gradebook

import (
	"io"
	"strings"

	"httpscope/internal/visible"
)

// cell makes text fit for one cell of a CSV file, of several lines if it has
// them.
func cell(s string) string { return importers.cell(s) }

func (v voice) cell(s string) string { return visible.Cell(v.text(s)) }

// csvWriter writes RFC 4180 with LF. It is not encoding/csv because a cell with
// any delimiter that a spreadsheet may guess (; and TAB too) must be quoted, and
// because PHP's fgetcsv, by which Moodle reads, takes a backslash before a quote
// as an escape, which lets a cell that ends in a backslash swallow the next ones.
type csvWriter struct {
	w   io.Writer
	err error
}

// row writes cells that were made by cell, line or number.
func (c *csvWriter) row(cells ...string) {
	if c.err != nil {
		return
	}
	quoted := make([]string, len(cells))
	for i, s := range cells {
		quoted[i] = quote(s)
	}
	_, c.err = io.WriteString(c.w, strings.Join(quoted, ",")+"\n")
}

func quote(s string) string {
	if !strings.ContainsAny(s, ",;\t\"\r\n\\") && s == strings.TrimSpace(s) {
		return s
	}
	s = strings.ReplaceAll(s, `\"`, `\ "`)
	if strings.HasSuffix(s, `\`) {
		s += " "
	}
	return `"` + strings.ReplaceAll(s, `"`, `""`) + `"`
}
