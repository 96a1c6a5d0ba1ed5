package gradebook

import (
	"io"
	"regexp"
	"strings"
	"unicode"
)

// A spreadsheet takes a cell for a formula by its first character. OWASP, "CSV
// Injection": = + - @ TAB CR, and the full-width forms that some locales take for
// the same; a single quote before them makes the cell text.
const formulaStarts = "=+-@\t\r＝＋－＠"

// plainNumber is what stays a number though it begins with a sign.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// cell makes text fit for one cell of a CSV file, of several lines if it has
// them. White space before a formula does not stop every spreadsheet, so the
// first other character counts.
func cell(s string) string {
	s = text(s)
	first := strings.TrimLeftFunc(s, unicode.IsSpace)
	if first != "" && strings.ContainsAny(first[:width(first)], formulaStarts) && !plainNumber.MatchString(s) {
		s = "'" + s
	}
	return s
}

// width is the number of bytes of the first character.
func width(s string) int {
	for i := range s {
		if i > 0 {
			return i
		}
	}
	return len(s)
}

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
