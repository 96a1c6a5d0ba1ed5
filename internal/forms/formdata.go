package forms

import (
	"httpscope/internal/multipart"
	"httpscope/internal/problem"
)

// Limits of a multipart form.
const (
	MaxParts    = multipart.MaxParts
	MaxPartHead = multipart.MaxHead
	maxBoundary = multipart.MaxBoundary
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
	f := formData{body: body, split: multipart.New(boundary)}
	if !multipart.GoodBoundary(boundary) {
		f.ps.Add(DataBoundary, "found.boundary", problem.Quote(boundary))
	}
	if f.split.State != multipart.Off {
		f.parse()
	}
	return f.parts, f.ps
}

// formData carries one ParseFormData.
type formData struct {
	body  []byte
	split *multipart.Splitter
	parts []Part
	ps    problem.List
}

// parse walks from delimiter to delimiter.
func (f *formData) parse() {
	d, found := f.find(0)
	if !found {
		f.ps.Add(DataNoDelimiter, "found.no-delimiter", len(f.body))
		return
	}
	if f.split.Leading {
		f.ps.Add(DataPreamble, "found.bytes", d.Start)
	}
	for f.split.State == multipart.Head {
		d = f.part(int(d.Next))
	}
	switch f.split.State {
	case multipart.Off:
		f.ps.Add(DataLimit, "found.part-limit", MaxParts)
	case multipart.Epilogue:
		f.epilogue(int(d.Next))
	default:
		f.ps.Add(DataNoFinal, "found.no-final-delimiter", len(f.body))
	}
}

// epilogue looks at what is after the final delimiter, from offset at on.
func (f *formData) epilogue(at int) {
	if f.find(at); f.split.Trailing {
		f.ps.Add(DataEpilogue, "found.formdata-epilogue", len(f.body)-at, at)
	}
}

// part reads the part whose head starts at offset at and returns the
// delimiter after it. A part whose head has no end has an empty body, in front
// of that delimiter.
func (f *formData) part(at int) multipart.Delimiter {
	h := head{Part: Part{HeadOffset: at}}
	from, ok := f.head(at, &h)
	f.split.Pass(int64(from - at))
	f.split.Body()
	d, found := f.find(from)
	end := len(f.body)
	if found {
		end, h.Complete = int(d.Start), ok
	}
	h.Offset = end
	if ok {
		h.Offset = from
	}
	h.Length = end - h.Offset
	h.judge()
	h.Part.Problems = h.ps
	f.parts = append(f.parts, h.Part)
	return d
}

// find returns the next delimiter at or after offset from.
func (f *formData) find(from int) (multipart.Delimiter, bool) {
	d, _, found := f.split.Next(f.body[from:])
	if found && d.BareLF {
		f.ps.Add(DataBareLF, "found.formdata-bare-lf.delimiter", d.Tail)
	}
	return d, found
}
