package tui

import (
	"bytes"
	"regexp"
	"strconv"
	"unicode/utf8"

	"github.com/gdamore/tcell/v2"
	"github.com/rivo/uniseg"
)

// terminalScreen is the screen of the terminal that the program was started in.
func terminalScreen() (tcell.Screen, error) {
	tty, err := tcell.NewDevTty()
	if err != nil {
		return tcell.NewScreen() // a console, or the reason why there is none
	}
	s, err := tcell.NewTerminfoScreenFromTty(thriftyTty{tty})
	if err != nil {
		_ = tty.Close()
		return tcell.NewScreen()
	}
	return s, nil
}

// thriftyTty leaves out moves of the cursor to where it is. tcell before
// version 3 sends one after each wide character, so that Chinese text would
// take twice as many bytes. It also leaves out what says again that characters are ASCII.
type thriftyTty struct{ tcell.Tty }

var (
	// moveTo is how a terminal of the ANSI kind is told a row and a column.
	moveTo = regexp.MustCompile(`\x1b\[(\d+);(\d+)H`)
	// motionless are styles, and the two spaces that tcell puts below a wide
	// character: the cursor is where it was.
	motionless = regexp.MustCompile(`\x1b\[[0-9;:]*m|\x1b\(B|\x0f|  \x08\x08`)
)

// Write implements io.Writer. tcell writes a frame with one call.
func (t thriftyTty) Write(b []byte) (int, error) {
	if n, err := t.Tty.Write(withoutRepeatedSets(withoutIdleMoves(b))); err != nil {
		return min(n, len(b)), err
	}
	return len(b), nil
}

// withoutIdleMoves leaves out the moves after which the cursor is where it was.
func withoutIdleMoves(b []byte) []byte {
	out := make([]byte, 0, len(b))
	from, row, column := 0, 0, 0 // row 0: not known
	for _, m := range moveTo.FindAllSubmatchIndex(b, -1) {
		written := b[from:m[0]]
		toRow, toColumn := number(b[m[2]:m[3]]), number(b[m[4]:m[5]])
		w, sure := advance(written)
		out = append(out, written...)
		if !sure || row != toRow || column+w != toColumn {
			out = append(out, b[m[0]:m[1]]...)
		}
		from, row, column = m[1], toRow, toColumn
	}
	return append(out, b[from:]...)
}

// Sets of characters that a terminal of the ANSI kind is told to use: ASCII, which tcell names with each change of
// style, and that of lines.
var (
	asciiSet = []byte("\x1b(B")
	lineSet  = []byte("\x1b(0")
)

// withoutRepeatedSets leaves out all but the first that says ASCII, where no other set is used.
func withoutRepeatedSets(b []byte) []byte {
	first := bytes.Index(b, asciiSet)
	if first < 0 || bytes.Contains(b, lineSet) {
		return b
	}
	first += len(asciiSet)
	return append(b[:first:first], bytes.ReplaceAll(b[first:], asciiSet, nil)...)
}

// number reads digits; 0 is none that a terminal knows.
func number(digits []byte) int {
	n, _ := strconv.Atoi(string(digits))
	return n
}

// advance is how many columns what is written moves the cursor. It is sure only
// of characters of one code point: of others terminals have different opinions.
func advance(written []byte) (columns int, sure bool) {
	text := motionless.ReplaceAll(written, nil)
	for state := -1; len(text) > 0; {
		var cluster []byte
		var w int
		cluster, text, w, state = uniseg.FirstGraphemeCluster(text, state)
		r, n := utf8.DecodeRune(cluster)
		if n != len(cluster) || r < ' ' || r == utf8.RuneError {
			return 0, false
		}
		columns += w
	}
	return columns, true
}
