package ranges

import (
	"httpscope/internal/multipart"
	"httpscope/internal/problem"
)

// Limits of a multipart body.
const (
	MaxParts    = multipart.MaxParts // parts listed from one body
	MaxPartHead = multipart.MaxHead  // bytes of one part head
	maxValue    = 512                // bytes kept of one field value
	maxPos      = 1 << 62            // a gap cannot move an offset beyond, so offsets never wrap
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

// Multipart reads a multipart/byteranges body (RFC 9110, Section 14.6) that
// arrives in pieces. It keeps positions, never bodies: its memory is bounded
// by one part head and one delimiter. How the body is cut into Feed calls has
// no influence on the result.
type Multipart struct {
	split   *multipart.Splitter
	line    []byte // head line in progress
	headLen int
	part    *Part        // whose head or body the next byte belongs to
	cr      ContentRange // of the current part
	size    int64        // complete length stated by the first part; -1
	ps      problem.List
	out     []Part
}

// NewMultipart returns a reader for the boundary parameter of a Content-Type
// field, without quotes.
func NewMultipart(boundary string) *Multipart {
	m := &Multipart{size: -1, split: multipart.New(boundary)}
	if !multipart.GoodBoundary(boundary) {
		m.ps.Add(MultipartBoundary, "found.boundary", problem.Quote(boundary))
	}
	return m
}

// Feed takes the next bytes of the body and returns the parts that ended.
func (m *Multipart) Feed(p []byte) []Part {
	m.out = nil
	for len(p) > 0 {
		if m.split.State == multipart.Head {
			p = p[m.feedHead(p):]
			continue
		}
		d, n, found := m.split.Next(p)
		if found {
			m.delimiter(d)
		}
		p = p[n:]
	}
	return m.out
}

// delimiter ends the current part and starts the next one or the epilogue.
func (m *Multipart) delimiter(d multipart.Delimiter) {
	if d.BareLF {
		m.ps.Add(MultipartBareLF, "found.multipart-bare-lf.delimiter", d.Next)
	}
	if m.part != nil {
		m.endPart(d.Start, true)
	}
	m.begin()
}

// begin starts what is after a delimiter.
func (m *Multipart) begin() {
	switch m.split.State {
	case multipart.Head:
		m.part = &Part{Index: m.split.Parts - 1, Offset: -1}
		m.cr = ContentRange{}
		m.line, m.headLen = m.line[:0], 0
	case multipart.Off:
		m.ps.Add(MultipartLimit, "found.part-limit", MaxParts)
	}
}

// Gap says that the next n bytes of the body were not captured, and returns
// the parts that ended. A gap inside a part body only moves the counters,
// unless the part's Content-Range says that its end lies in the gap.
func (m *Multipart) Gap(n int64) []Part {
	m.out = nil
	at := m.split.Pos
	n = min(n, maxPos-at)
	if n <= 0 {
		return nil
	}
	if m.split.State < multipart.Epilogue {
		m.ps.Add(MultipartGap, "found.multipart-gap", n, at)
	}
	switch m.split.State {
	case multipart.Head:
		m.endPart(at, false)
		m.split.Skip()
	case multipart.Preamble:
		m.split.Skip()
	case multipart.Body:
		m.gapInBody(n)
	}
	m.split.Pass(n)
	return m.out
}

// gapInBody decides whether the part survives the gap.
func (m *Multipart) gapInBody(n int64) {
	span, known := m.cr.Span()
	left := addSat(m.part.Offset, span.Len()) - m.split.Pos
	if !known || left >= n {
		m.part.Lost += n
		return
	}
	left = max(0, left)
	m.part.Lost += left
	m.endPart(m.split.Pos+left, false)
	m.split.Skip()
}

// Close ends the body, returns the part that was cut off, if any, and
// completes Problems. Nothing may be fed afterwards.
func (m *Multipart) Close() []Part {
	m.out = nil
	if m.split.State == multipart.Head {
		m.headLine() // the closing delimiter may lack its line end
	}
	if m.part != nil {
		m.endPart(m.split.Pos, false)
	}
	m.judge()
	m.split.State = multipart.Off
	return m.out
}

// judge says at the end what is wrong with the body as a whole.
func (m *Multipart) judge() {
	switch m.split.State {
	case multipart.Off:
	case multipart.Epilogue:
		if m.split.Parts == 0 {
			m.ps.Add(MultipartNoParts, "found.multipart-no-parts")
		}
	case multipart.Preamble:
		m.ps.Add(MultipartNoDelimiter, "found.no-delimiter", m.split.Pos)
	default:
		m.ps.Add(MultipartNoFinal, "found.no-final-delimiter", m.split.Pos)
	}
	if m.split.Leading {
		m.ps.Add(MultipartPreamble, "found.multipart-preamble")
	}
	if m.split.Trailing {
		m.ps.Add(MultipartEpilogue, "found.multipart-epilogue")
	}
}

// Problems returns what is wrong with the body as a whole; it is complete
// after Close. Problems of one part stand in the Part.
func (m *Multipart) Problems() []Problem { return m.ps }
