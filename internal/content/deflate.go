package content

import (
	"encoding/binary"
	"errors"
	"hash/adler32"
	"io"
)

// zlibHeader reports whether in starts with a zlib header: method 8, a window
// of at most 32 KiB, and a check that makes the two bytes a multiple of 31
// (RFC 1950, Section 2.2).
func zlibHeader(in []byte) bool {
	return len(in) >= 2 && in[0]&0x0f == 8 && in[0]>>4 <= 7 && binary.BigEndian.Uint16(in)%31 == 0
}

// flagDict says that a preset dictionary is needed (RFC 1950, Section 2.2).
const flagDict = 1 << 5

// decodeDeflate undoes deflate, which means the zlib format (RFC 9110, Section
// 8.4.1.2). Like browsers it accepts deflate data without the wrapper.
func decodeDeflate(s *stage) {
	switch {
	case len(s.in) == 1:
		s.started = true
		s.fail(io.ErrUnexpectedEOF, 1)
	case !zlibHeader(s.in):
		if name, decode := sniffCoding(s.in); decode != nil && name != "deflate" {
			s.reject("found.content-corrupt.deflate")
			return
		}
		s.rawDeflate()
	case s.in[1]&flagDict != 0:
		s.fail(errors.New("a preset dictionary is needed"), 2)
	default:
		s.zlib()
	}
}

// zlib decodes the zlib format.
func (s *stage) zlib() {
	s.started = true
	used, err := newInflater().run(&s.sink, s.in[2:])
	at := 2 + used
	if err != nil {
		s.fail(err, at)
		return
	}
	tail := s.in[at:]
	if len(tail) < 4 {
		s.fail(io.ErrUnexpectedEOF, int64(len(s.in)))
		return
	}
	if want, got := binary.BigEndian.Uint32(tail), adler32.Checksum(s.sink.buf); want != got {
		s.ps.Add(ContentChecksum, "found.content-checksum.adler", got, at, want)
	}
	s.finish(at + 4)
}

// rawDeflate decodes deflate data without the wrapper. There is no signature
// and no checksum, so only data that decodes to its end, or for a while, is
// believed; text, for one, fails within a few bytes.
func (s *stage) rawDeflate() {
	used, err := newInflater().run(&s.sink, s.in)
	if err != nil && !s.plausible(err) {
		s.sink.buf = nil
		s.reject("found.content-corrupt.deflate")
		return
	}
	s.started = true
	s.ps.Add(DeflateRaw, "found.deflate-raw")
	if err != nil {
		s.fail(err, used)
		return
	}
	s.finish(used)
}

// plausible reports whether damaged raw data was deflate data at all: a cut or
// a limit is no contradiction, other errors are one unless much came before.
func (s *stage) plausible(err error) bool {
	if errors.Is(err, errFull) || errors.Is(err, io.ErrUnexpectedEOF) {
		return !LooksText(s.in)
	}
	return len(s.sink.buf) >= 256
}
