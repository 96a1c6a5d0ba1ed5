package ranges

import (
	"fmt"
	"math"
)

// maxSize is the largest size of a representation: positions are int64.
const maxSize = math.MaxInt64

// resolve places the spec on a representation of size bytes. It reports false
// when the spec is unsatisfiable (RFC 9110, Section 14.1.2) or reversed.
func (s Spec) resolve(size int64) (Span, bool) {
	first, last := s.First, s.Last
	switch {
	case first == Suffix:
		first, last = max(0, size-last), size-1
	case last == Open:
		last = size - 1
	case last < first:
		return Span{}, false
	}
	last = min(last, size-1)
	return Span{first, last}, first <= last
}

// Resolve returns the satisfiable ranges of r on a representation of size
// bytes, cut at its end, in the order asked. It returns nil when r is not
// valid, since a server then ignores it, and when no range fits.
func Resolve(r Range, size int64) []Span {
	if !r.Valid || size < 0 {
		return nil
	}
	var spans []Span
	for _, s := range r.Specs {
		if span, ok := s.resolve(size); ok {
			spans = append(spans, span)
		}
	}
	return spans
}

// Expected is the answer of a server that honours the Range field, joins
// nothing and sends everything (RFC 9110, Sections 14.2, 15.3.7 and 15.5.17).
type Expected struct {
	Status       int            // 206, 416, or 200 when the field is ignored
	ContentRange string         // of the response; "" for multipart and 200
	Parts        []ExpectedPart // what a 206 sends; more than one is multipart
	Bytes        int64          // bytes of the representation sent, part heads not counted
}

// ExpectedPart is one range of a 206 response.
type ExpectedPart struct {
	Span
	ContentRange string
}

// Multipart reports whether the body is multipart/byteranges.
func (e Expected) Multipart() bool { return len(e.Parts) > 1 }

// Expect says how a Range request for a representation of size bytes should be
// answered. A negative size is read as 0.
func Expect(r Range, size int64) Expected {
	size = max(0, size)
	spans := Resolve(r, size)
	switch {
	case !r.Valid || len(spans) == 0 && wantsSuffix(r):
		// The last n bytes of nothing are satisfiable, but no Content-Range
		// can say so: positions of an empty representation do not exist.
		// Servers send it whole.
		return Expected{Status: 200, Bytes: size}
	case len(spans) == 0:
		return Expected{Status: 416, ContentRange: fmt.Sprintf("bytes */%d", size)}
	}
	e := Expected{Status: 206}
	for _, s := range spans {
		cr := fmt.Sprintf("bytes %d-%d/%d", s.First, s.Last, size)
		e.Parts = append(e.Parts, ExpectedPart{s, cr})
		e.Bytes = addSat(e.Bytes, s.Len())
	}
	if !e.Multipart() {
		e.ContentRange = e.Parts[0].ContentRange
	}
	return e
}

// wantsSuffix reports whether some spec asks for the last n > 0 bytes, which
// makes the set satisfiable on any size (RFC 9110, Section 14.1.2).
func wantsSuffix(r Range) bool {
	for _, s := range r.Specs {
		if s.First == Suffix && s.Last > 0 {
			return true
		}
	}
	return false
}

// BodyLen returns the Content-Length of the expected response: the bytes
// alone for one range, and for several the parts in the layout of RFC 9110,
// section 14.6, each with a Content-Type (left out when it is empty) and a
// Content-Range line. Servers add lines of their own, so a real body may be a
// little longer.
func (e Expected) BodyLen(boundary, contentType string) int64 {
	if !e.Multipart() {
		return e.Bytes
	}
	n := e.Bytes
	for i, p := range e.Parts {
		head := len("--\r\n\r\n") + len(boundary) + len("Content-Range: \r\n") + len(p.ContentRange)
		if contentType != "" {
			head += len("Content-Type: \r\n") + len(contentType)
		}
		if i > 0 {
			head += len("\r\n")
		}
		n = addSat(n, int64(head))
	}
	return addSat(n, int64(len("\r\n----\r\n")+len(boundary)))
}
