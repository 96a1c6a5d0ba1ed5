// Package multipart splits bodies of type multipart at their delimiter lines
// (RFC 2046, Section 5.1) and takes the heads of their parts apart, line by line.
//
// The mental model is a ruler, not a knife: a [Splitter] is given bytes and
// answers with offsets. Between two delimiters its owner reads the part's head
// with [CutLine] and [Field] and then says that the body begins.
//
// What it does not do: it keeps no bytes but the boundary, it knows no field and
// no type of multipart, it enters no nested body and undoes no transfer encoding,
// and it reports no problem: it has the facts, and who asks has codes for them.
package multipart

import (
	"bytes"
	"strings"
)

// Limits of every multipart body. Real ones have dozens of parts, with heads of
// a few short lines; the limits bound what a hostile one can make us hold.
const (
	MaxParts    = 10000 // parts of one body
	MaxHead     = 8192  // bytes of one part's head
	MaxBoundary = 200   // RFC 2046 allows 70; some senders use more
)

// Splitter finds the delimiter lines of a body that arrives in pieces. How the
// body is cut into pieces has no influence on the result.
//
// Theory of operation. A delimiter is LF "--" boundary, after which only white
// space or "--" may follow on the line; a CR in front of the LF belongs to it.
// Since a boundary cannot contain LF, a failed match can only restart at an LF,
// so one byte of lookbehind and a counter are enough (no backtracking, linear time).
//
//	Preamble -> Head -> Body -> Head ... -> Epilogue
//	                \-> Skip -> Head
type Splitter struct {
	State    State // where the next byte lies
	Pos      int64 // its offset
	Parts    int   // heads that began
	Leading  bool  // the preamble has more than line ends
	Trailing bool  // so has the epilogue

	delim  []byte // LF "--" boundary
	match  int    // bytes of delim matched
	rest   rest   // of the line after the boundary
	prevCR bool   // the byte in front of the next one is CR
	line   Delimiter
}

// State says to what part of a multipart body a byte belongs.
type State int

// States of a Splitter.
const (
	Preamble State = iota
	Head           // for the owner to read: see Pass, Body and Skip
	Body
	Skip // up to the next delimiter, nothing is counted
	Epilogue
	Off // the boundary is unusable, or there are too many parts
)

// Delimiter is a delimiter line (RFC 2046, Section 5.1.1), by offsets.
type Delimiter struct {
	Start  int64 // of the line end in front, which belongs to it
	Tail   int64 // of the first byte after the boundary
	Next   int64 // of the first byte after the line; of a final one, after its hyphens
	Final  bool  // the close-delimiter, with two hyphens
	BareLF bool  // the line ends in LF alone
}

// New returns a splitter for the boundary parameter of a Content-Type field,
// without quotes. It is Off where nothing can be found by that boundary.
func New(boundary string) *Splitter {
	if boundary == "" || len(boundary) > MaxBoundary || strings.ContainsAny(boundary, "\r\n") {
		return &Splitter{State: Off}
	}
	// The body may start with a delimiter, without a line end.
	return &Splitter{delim: []byte("\n--" + boundary), match: 1}
}

// GoodBoundary checks the grammar of RFC 2046, Section 5.1.1.
func GoodBoundary(b string) bool {
	for i := range len(b) {
		c := b[i]
		alnum := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !alnum && strings.IndexByte("'()+_,-./:=? ", c) < 0 {
			return false
		}
	}
	return b != "" && len(b) <= 70 && b[len(b)-1] != ' '
}

// Pass says that the owner read the next n bytes itself, or that they are missing.
func (s *Splitter) Pass(n int64) {
	s.Pos += n
	s.forget()
}

// Body says that the part's head has ended. A delimiter may follow at once: some
// senders leave out the line end in front of it when the part is empty.
func (s *Splitter) Body() {
	s.forget()
	s.match, s.line.Start = 1, s.Pos
	s.State = Body
}

// Skip says that the next delimiter is waited for, whatever comes before it.
func (s *Splitter) Skip() { s.State = Skip }

// Delimit begins the next part or the epilogue. The owner calls it for a
// delimiter line that it met in a head.
func (s *Splitter) Delimit(final bool) {
	s.forget()
	switch {
	case final:
		s.State = Epilogue
	case s.Parts == MaxParts:
		s.State = Off
	default:
		s.State = Head
		s.Parts++
	}
}

// note remembers whether preamble and epilogue have more than line ends. Apache
// httpd starts every multipart body with an empty line; that is no news.
func (s *Splitter) note(p []byte) {
	switch s.State {
	case Preamble:
		s.Leading = s.Leading || len(bytes.Trim(p, "\r\n")) > 0
	case Epilogue:
		s.Trailing = s.Trailing || len(bytes.Trim(p, "\r\n")) > 0
	}
}
