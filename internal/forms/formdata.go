package forms

import (
	"bytes"
	"strings"

	"httpscope/internal/problem"
)

// Limits of a multipart form. Real forms have dozens of parts with heads of
// about a hundred bytes.
const (
	MaxParts    = 10000
	MaxPartHead = 8192
	maxBoundary = 200 // RFC 2046 allows 70; some senders use more
)

// Part is one part of a multipart/form-data body (RFC 7578, Section 4).
type Part struct {
	Name        string // as sent, quoting undone; may be no valid UTF-8
	Filename    string // as sent, quoting undone: never a path to use
	HasFilename bool   // a file, perhaps with an empty name
	ContentType string // "" when absent, which means text/plain
	HeadOffset  int    // of the head in the body of the message
	Offset      int    // of the part's own body
	Length      int
	Complete    bool // a delimiter follows
	Problems    []Problem
}

// ParseFormData splits a multipart/form-data body at the boundary, which is
// the parameter of Content-Type without its quotes. Parts point into body and
// copy nothing but names. The returned problems concern the form as a whole.
func ParseFormData(body []byte, boundary string) ([]Part, []Problem) {
	var ps problem.List
	if !goodBoundary(boundary) {
		ps.Add(DataBoundary, "found.boundary", problem.Quote(boundary))
	}
	if boundary == "" || len(boundary) > maxBoundary || strings.ContainsAny(boundary, "\r\n") {
		return nil, ps
	}
	f := formData{body: body, delim: []byte("--" + boundary), ps: ps}
	f.parse()
	return f.parts, f.ps
}

// formData carries one ParseFormData.
type formData struct {
	body  []byte
	delim []byte // "--" boundary
	parts []Part
	ps    problem.List
}

// delimiter is one delimiter line.
type delimiter struct {
	start int  // of the line end in front of it, which belongs to it
	next  int  // first byte behind it
	final bool // the closing one
	found bool
}

// parse walks from delimiter to delimiter.
func (f *formData) parse() {
	d := f.find(0, 0)
	if !d.found {
		f.ps.Add(DataNoDelimiter, "found.no-delimiter", len(f.body))
		return
	}
	if len(bytes.Trim(f.body[:d.start], "\r\n")) > 0 {
		f.ps.Add(DataPreamble, "found.bytes", d.start)
	}
	for !d.final {
		if len(f.parts) == MaxParts {
			f.ps.Add(DataLimit, "found.part-limit", MaxParts)
			return
		}
		if d = f.part(d.next); !d.found {
			f.ps.Add(DataNoFinal, "found.no-final-delimiter", len(f.body))
			return
		}
	}
	if len(bytes.Trim(f.body[d.next:], "\r\n")) > 0 {
		f.ps.Add(DataEpilogue, "found.formdata-epilogue", len(f.body)-d.next, d.next)
	}
}

// part reads the part whose head starts at offset at and returns the
// delimiter behind it.
func (f *formData) part(at int) delimiter {
	h := head{Part: Part{HeadOffset: at}}
	offset, ok := f.head(at, &h)
	h.Offset = offset
	end := len(f.body)
	var d delimiter
	if ok {
		d = f.find(offset, offset)
	} else {
		d = f.find(at, at)
		h.Offset = end
	}
	if d.found {
		h.Complete = ok
		end = d.start
	}
	h.Offset = min(h.Offset, end)
	h.Length = end - h.Offset
	h.judge()
	h.Part.Problems = h.ps
	f.parts = append(f.parts, h.Part)
	return d
}

// find returns the next delimiter at or behind offset from. At lineStart a
// delimiter may stand without a line end in front of it.
func (f *formData) find(from, lineStart int) delimiter {
	for {
		i := bytes.Index(f.body[from:], f.delim)
		if i < 0 {
			return delimiter{}
		}
		at := from + i
		if start, ok := f.lineEndBefore(at, lineStart); ok {
			if d := f.rest(start, at+len(f.delim)); d.found {
				return d
			}
		}
		// The boundary may start with hyphens, so a match can overlap the
		// next one: step by one byte. Index is fast between matches, and
		// matches that fail cannot be denser than the text allows.
		from = at + 1
	}
}

// lineEndBefore returns the offset of the line end in front of at.
func (f *formData) lineEndBefore(at, lineStart int) (int, bool) {
	switch {
	case at == lineStart:
		return at, true
	case f.body[at-1] != '\n':
		return 0, false
	case at-2 >= lineStart && f.body[at-2] == '\r':
		return at - 2, true
	}
	return at - 1, true
}

// rest reads what follows the boundary on its line: two hyphens, or only
// spaces. Anything else is a longer boundary of a nested body.
func (f *formData) rest(start, at int) delimiter {
	tail := f.body[at:]
	if bytes.HasPrefix(tail, []byte("--")) {
		return delimiter{start, at + 2, true, true}
	}
	n := 0
	for n < len(tail) && (tail[n] == ' ' || tail[n] == '\t') {
		n++
	}
	switch {
	case bytes.HasPrefix(tail[n:], []byte("\r\n")):
		return delimiter{start, at + n + 2, false, true}
	case bytes.HasPrefix(tail[n:], []byte("\n")):
		f.ps.Add(DataBareLF, "found.formdata-bare-lf.delimiter", at)
		return delimiter{start, at + n + 1, false, true}
	}
	return delimiter{}
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
