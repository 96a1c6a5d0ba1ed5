package ranges

import (
	"bytes"
	"strings"

	"httpscope/internal/problem"
)

// Limits of the multipart splitter. A part head of a real server has two or
// three short lines; the limits bound what a hostile one can make us hold.
const (
	MaxParts    = 10000   // parts listed from one body
	MaxPartHead = 8192    // bytes of one part head
	maxValue    = 512     // bytes kept of one field value
	maxBoundary = 200     // RFC 2046 allows 70; some senders use more
	maxPos      = 1 << 62 // a gap cannot move an offset beyond, so offsets never wrap
)

// Part is one part of a multipart/byteranges body. Positions are offsets in
// the body of the message, after chunked coding is undone.
type Part struct {
	Index        int    // from 0
	ContentType  string // "" when absent; at most 512 bytes
	ContentRange string // raw; "" when absent; at most 512 bytes
	Offset       int64  // of the first byte of the part's own body; -1 when the head has no end
	Length       int64  // up to the delimiter, captured or not
	Lost         int64  // bytes of Length that were not captured
	Complete     bool   // head and closing delimiter were seen
	Problems     []Problem
}

// Multipart splits a multipart/byteranges body (RFC 9110, Section 14.6) that
// arrives in pieces. It keeps positions, never bodies: its memory is bounded
// by one part head and one delimiter. How the body is cut into Feed calls has
// no influence on the result.
//
// Theory of operation. A delimiter is LF "--" boundary, behind which only
// spaces or "--" may follow on the line; a CR in front of the LF belongs to
// it. Since a boundary cannot contain LF, a failed match can only restart at
// an LF, so one byte of lookbehind and a counter are enough (no backtracking,
// linear time).
//
//	preamble -> head -> body -> head ... -> epilogue
//	                \-> skip (head given up, or gap) -> head
type Multipart struct {
	delim []byte // LF "--" boundary
	state mpState
	pos   int64 // offset of the next byte

	match   int   // bytes of delim matched
	padding bool  // delim matched, reading the rest of the line
	dashes  int   // hyphens seen directly behind the boundary
	padCR   bool  // the padding ended in CR
	prevCR  bool  // the byte in front of the next one is CR
	start   int64 // offset where the candidate delimiter starts

	line     []byte // head line in progress
	headLen  int
	part     *Part
	cr       ContentRange // of the current part
	count    int
	size     int64 // complete length stated by the first part; -1
	leading  bool  // preamble had more than line ends
	trailing bool  // epilogue had more than line ends
	ps       problem.List
	out      []Part
}

type mpState int

const (
	mpPreamble mpState = iota
	mpHead
	mpBody
	mpSkip // up to the next delimiter, nothing is counted
	mpEpilogue
	mpOff // boundary unusable or too many parts
)

// NewMultipart returns a splitter for the boundary parameter of a
// Content-Type field, without quotes.
func NewMultipart(boundary string) *Multipart {
	m := &Multipart{size: -1}
	if !goodBoundary(boundary) {
		m.ps.Add(MultipartBoundary, "found.boundary", problem.Quote(boundary))
	}
	if boundary == "" || len(boundary) > maxBoundary || strings.ContainsAny(boundary, "\r\n") {
		m.state = mpOff
		return m
	}
	m.delim = []byte("\n--" + boundary)
	m.match = 1 // the body may start with a delimiter, without a line end
	return m
}

// goodBoundary checks the grammar of RFC 2046, Section 5.1.1.
func goodBoundary(b string) bool {
	for i := 0; i < len(b); i++ {
		c := b[i]
		alnum := 'a' <= c && c <= 'z' || 'A' <= c && c <= 'Z' || '0' <= c && c <= '9'
		if !alnum && strings.IndexByte("'()+_,-./:=? ", c) < 0 {
			return false
		}
	}
	return b != "" && len(b) <= 70 && b[len(b)-1] != ' '
}

// Feed takes the next bytes of the body and returns the parts that ended.
func (m *Multipart) Feed(p []byte) []Part {
	m.out = nil
	for len(p) > 0 {
		switch m.state {
		case mpOff, mpEpilogue:
			m.noteTrailing(p)
			m.pos += int64(len(p))
			p = nil
		case mpHead:
			p = p[m.feedHead(p):]
		default:
			p = p[m.feedData(p):]
		}
	}
	return m.out
}

// noteTrailing remembers whether the epilogue has content.
func (m *Multipart) noteTrailing(p []byte) {
	if m.state == mpEpilogue && len(bytes.Trim(p, "\r\n")) > 0 {
		m.trailing = true
	}
}

// Gap says that the next n bytes of the body were not captured, and returns
// the parts that ended. A gap inside a part body only moves the counters,
// unless the part's Content-Range says that its end lies in the gap.
func (m *Multipart) Gap(n int64) []Part {
	m.out = nil
	n = min(n, maxPos-m.pos)
	if n <= 0 {
		return nil
	}
	if m.state != mpOff && m.state != mpEpilogue {
		m.ps.Add(MultipartGap, "found.multipart-gap", n, m.pos)
	}
	switch m.state {
	case mpHead:
		m.endPart(m.pos, false)
		m.state = mpSkip
	case mpPreamble:
		m.state = mpSkip
	case mpBody:
		m.gapInBody(n)
	}
	m.pos += n
	m.resetMatch()
	return m.out
}

// gapInBody decides whether the part survives the gap.
func (m *Multipart) gapInBody(n int64) {
	span, known := m.cr.Span()
	left := addSat(m.part.Offset, span.Len()) - m.pos
	if !known || left >= n {
		m.part.Lost += n
		return
	}
	left = max(0, left)
	m.part.Lost += left
	m.endPart(m.pos+left, false)
	m.state = mpSkip
}

// Close ends the body, returns the part that was cut off, if any, and
// completes Problems. Nothing may be fed afterwards.
func (m *Multipart) Close() []Part {
	m.out = nil
	if m.state == mpHead {
		m.headLine() // the closing delimiter may lack its line end
	}
	if m.state == mpHead || m.state == mpBody {
		m.endPart(m.pos, false)
	}
	m.judge()
	m.state = mpOff
	return m.out
}

// judge says at the end what is wrong with the body as a whole.
func (m *Multipart) judge() {
	switch {
	case m.state == mpOff:
	case m.state == mpEpilogue:
		if m.count == 0 {
			m.ps.Add(MultipartNoParts, "found.multipart-no-parts")
		}
	case m.state == mpPreamble:
		m.ps.Add(MultipartNoDelimiter, "found.no-delimiter", m.pos)
	default:
		m.ps.Add(MultipartNoFinal, "found.no-final-delimiter", m.pos)
	}
	if m.leading {
		m.ps.Add(MultipartPreamble, "found.multipart-preamble")
	}
	if m.trailing {
		m.ps.Add(MultipartEpilogue, "found.multipart-epilogue")
	}
}

// Problems returns what is wrong with the body as a whole; it is complete
// after Close. Problems of one part stand in the Part.
func (m *Multipart) Problems() []Problem { return m.ps }
