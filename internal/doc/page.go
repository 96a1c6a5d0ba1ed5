// Package doc has what pages are made of: lines of spans, each of a role, and what a line is about; and how text is
// wrapped, cut and filled to columns. The same lines go to a screen and, as plain text, to a file.
//
// It knows no traffic and no sentence of its own, and no terminal: colours, keys and scrolling are the screen's. Text
// from the network becomes visible in every span, so nothing in it is obeyed.
package doc

import (
	"strings"

	"httpscope/internal/layer"

	"github.com/rivo/uniseg"
)

// Role is what a piece of text is; screens choose a colour by it.
type Role uint8

// Roles.
const (
	Plain    Role = iota
	Request       // what the client sent
	Response      // what the server sent
	Framing       // bytes that frame: chunk sizes, line ends
	Name          // field names
	Body          // body bytes
	Note          // findings, by severity
	Warning
	Error
	Title
	Key // keys to press, commands to type
	Dim // of less interest: packet numbers, offsets
)

// Span is text of one role, fit to be shown.
type Span struct {
	Text string
	Role Role
}

// Ref is what a line is about.
type Ref struct {
	layer.Place        // bytes of a stream; none when To is not more than From
	Frame       int64  // the packet it is about, 0 for none
	Code        string // a code that package explain has a text for, "" for none
	Exchange    int64  // the exchange it is about, 0 for none
}

// Line is one line of a page.
type Line struct {
	Spans []Span
	Ref   Ref
}

// Page is lines. Long ones make them when asked for them.
type Page interface {
	Len() int
	// Line returns line i, from 0 to Len()-1.
	Line(i int) Line
}

// Lines is a page that was made at once.
type Lines []Line

// Len implements [Page].
func (l Lines) Len() int { return len(l) }

// Line implements [Page].
func (l Lines) Line(i int) Line { return l[i] }

// String is the line as plain text.
func (l Line) String() string {
	var b strings.Builder
	for _, s := range l.Spans {
		b.WriteString(s.Text)
	}
	return b.String()
}

// Width is the number of terminal columns that the line takes.
func (l Line) Width() int {
	n := 0
	for _, s := range l.Spans {
		n += uniseg.StringWidth(s.Text)
	}
	return n
}

// Text is a whole page as plain text, each line ended by a newline and without
// trailing spaces.
func Text(d Page) string {
	var b strings.Builder
	for i := range d.Len() {
		b.WriteString(strings.TrimRight(d.Line(i).String(), " "))
		b.WriteByte('\n')
	}
	return b.String()
}
