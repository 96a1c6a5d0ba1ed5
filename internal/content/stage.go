package content

import (
	"bytes"
	"errors"
	"io"

	"httpscope/internal/problem"
	"httpscope/internal/texts"
)

// decoder undoes one coding of a stage.
type decoder func(*stage)

// stage is one coding being undone.
type stage struct {
	coding   string
	in       []byte
	sink     sink
	started  bool  // the input looked like the coding
	complete bool  // the coding reached its end
	stopped  int64 // offset in the input
	ps       problem.List
}

// errFull says that the output reached the limit.
var errFull = errors.New("limit reached")

// errStalled says that a decoder delivered neither bytes nor an error.
var errStalled = errors.New("no progress")

// sink collects output up to a limit.
type sink struct {
	buf   []byte
	limit int64
}

// maxStalls bounds reads that return nothing.
const maxStalls = 100

// drain reads r to its end and returns nil, errFull or the error of r.
func (s *sink) drain(r io.Reader) error {
	for stalls := 0; stalls < maxStalls; {
		if int64(len(s.buf)) == s.limit {
			return probe(r)
		}
		s.grow()
		n, err := r.Read(s.buf[len(s.buf):cap(s.buf)])
		s.buf = s.buf[:len(s.buf)+n]
		switch {
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		case n == 0:
			stalls++
		default:
			stalls = 0
		}
	}
	return errStalled
}

// probe tells at the limit whether there would be more: the end of the data
// and its checksum still have to be read.
func probe(r io.Reader) error {
	var one [1]byte
	for range maxStalls {
		n, err := r.Read(one[:])
		switch {
		case n > 0:
			return errFull
		case err == io.EOF:
			return nil
		case err != nil:
			return err
		}
	}
	return errStalled
}

// grow makes room by doubling, but never beyond the limit: append would
// overshoot it.
func (s *sink) grow() {
	if len(s.buf) < cap(s.buf) {
		return
	}
	n := min(max(4096, 2*int64(cap(s.buf))), s.limit)
	buf := make([]byte, len(s.buf), n)
	copy(buf, s.buf)
	s.buf = buf
}

// fail records why decoding stopped at offset at.
func (s *stage) fail(err error, at int64) {
	s.stopped = at
	switch {
	case errors.Is(err, errFull):
		s.ps.Add(ContentLimit, "found.content-limit", s.coding, s.sink.limit, at, len(s.in))
	case errors.Is(err, io.ErrUnexpectedEOF), errors.Is(err, io.EOF):
		s.ps.Add(ContentCut, "found.content-cut", s.coding, at)
	default:
		s.ps.Add(ContentCorrupt, "found.content-corrupt", s.coding, at, len(s.in), problem.Quote(err.Error()))
	}
}

// finish records the end of the coding at offset at and what lies behind it.
func (s *stage) finish(at int64) {
	s.complete, s.stopped = true, at
	if rest := int64(len(s.in)) - at; rest > 0 {
		s.ps.Add(ContentTrailing, "found.content-trailing", s.coding, rest, at)
	}
}

// reject handles input that does not start like its coding: it is decoded as
// what it starts like, or left alone.
func (s *stage) reject(why string) { // the key of a phrase
	declared := s.coding
	name, decode := sniffCoding(s.in)
	if decode != nil && name != declared {
		s.ps.Add(CodingMismatch, "found.coding-mismatch", declared, name)
		s.coding = name
		decode(s)
		return
	}
	if LooksText(s.in) {
		s.ps.Add(CodingAbsent, "found.coding-absent", declared, problem.Quote(string(s.in[:min(len(s.in), 20)])))
		return
	}
	s.ps.Add(ContentCorrupt, "found.content-corrupt", declared, 0, len(s.in), texts.Say(why))
}

// sniffCoding recognises the codings that have a signature. It is asked only
// about bodies that contradict their field, because two bytes of zlib header
// occur by accident.
func sniffCoding(in []byte) (string, decoder) {
	switch {
	case bytes.HasPrefix(in, gzipMagic):
		return "gzip", decodeGzip
	case bytes.HasPrefix(in, zstdMagic):
		return "zstd", decodeZstd
	case zlibHeader(in):
		return "deflate", decodeDeflate
	}
	return "", nil
}
