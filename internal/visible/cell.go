package visible

import (
	"regexp"
	"strings"
	"unicode"
	"unicode/utf8"
)

// A spreadsheet takes a cell for a formula by its first character. OWASP, "CSV
// Injection": = + - @ TAB CR, and the full-width forms that some locales take for
// the same; a single quote before them makes the cell text.
const formulaStarts = "=+-@\t\r＝＋－＠"

// plainNumber is what stays a number though it begins with a sign.
var plainNumber = regexp.MustCompile(`^[+-]?[0-9]+(\.[0-9]+)?([eE][+-]?[0-9]+)?$`)

// Cell makes text that [Text] has made visible fit for one cell of a file that
// spreadsheets read: none takes it for a formula. White space before a formula
// does not stop every spreadsheet, so the first other character counts.
func Cell(s string) string {
	first, _ := utf8.DecodeRuneInString(strings.TrimLeftFunc(s, unicode.IsSpace))
	if strings.ContainsRune(formulaStarts, first) && !plainNumber.MatchString(s) {
		return "'" + s
	}
	return s
}

// CellText is the text of a cell that [Cell] wrote, or a person.
func CellText(cell string) string {
	if text, guarded := strings.CutPrefix(cell, "'"); guarded && Cell(text) == cell {
		return text
	}
	return cell
}
