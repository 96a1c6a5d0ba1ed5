package content

import (
	"bytes"
	"compress/flate"
	"encoding/binary"
	"fmt"
	"hash/crc32"
	"io"
)

var gzipMagic = []byte{0x1f, 0x8b}

// Bits of the FLG byte (RFC 1952, Section 2.3.1).
const (
	flagHeaderCRC = 1 << 1
	flagExtra     = 1 << 2
	flagName      = 1 << 3
	flagComment   = 1 << 4
	flagReserved  = 0xe0
)

// maxMembers bounds the members of one gzip body. Block-wise compressors make
// a member per 64 KiB; beyond this many, empty members only burn time.
const maxMembers = 1 << 16

// decodeGzip undoes gzip (RFC 9110, Section 8.4.1.3). The headers are read
// here and not by a library, because a library gives up on a bad checksum or
// flag where a teacher wants to see the rest.
func decodeGzip(s *stage) {
	if !bytes.HasPrefix(s.in, gzipMagic[:min(2, len(s.in))]) {
		s.reject("found.content-corrupt.gzip")
		return
	}
	inflate := newInflater()
	at := int64(0)
	for members := 1; ; members++ {
		next, err := s.gzipMember(inflate, at)
		if err != nil {
			s.fail(err, next)
			return
		}
		at = next
		if members == maxMembers || !bytes.HasPrefix(s.in[at:], gzipMagic) {
			break
		}
		s.ps.Add(GzipMembers, "found.gzip-members", at)
	}
	s.finish(at)
}

// gzipMember decodes the member at offset at and returns the offset behind
// it, or the offset where it failed.
func (s *stage) gzipMember(inflate *inflater, at int64) (int64, error) {
	n, err := s.gzipHeader(s.in[at:])
	if err != nil {
		return at + int64(n), err
	}
	s.started = true
	at += int64(n)
	from := len(s.sink.buf)
	used, err := inflate.run(&s.sink, s.in[at:])
	at += used
	if err != nil {
		return at, err
	}
	tail := s.in[at:]
	if len(tail) < 8 {
		return int64(len(s.in)), io.ErrUnexpectedEOF
	}
	out := s.sink.buf[from:]
	if want, got := binary.LittleEndian.Uint32(tail), crc32.ChecksumIEEE(out); want != got {
		s.ps.Add(ContentChecksum, "found.content-checksum.crc", got, at, want)
	}
	if want := binary.LittleEndian.Uint32(tail[4:]); want != uint32(len(out)) {
		s.ps.Add(ContentSize, "found.content-size", len(out), at, want)
	}
	return at + 8, nil
}

// gzipHeader returns the length of the member header at the start of b, or
// the offset of the damage.
func (s *stage) gzipHeader(b []byte) (int, error) {
	if len(b) < 10 {
		s.started = true // cut, not wrong
		return len(b), io.ErrUnexpectedEOF
	}
	if b[2] != 8 {
		return 2, fmt.Errorf("compression method %d is not deflate", b[2])
	}
	flags, n := b[3], 10
	if flags&flagReserved != 0 {
		s.ps.Add(GzipFlags, "found.gzip-flags", flags)
	}
	if flags&flagExtra != 0 {
		if len(b) < n+2 {
			return s.cutHeader(b)
		}
		n += 2 + int(binary.LittleEndian.Uint16(b[n:]))
	}
	for _, f := range []byte{flagName, flagComment} {
		if flags&f == 0 {
			continue
		}
		end := bytes.IndexByte(b[min(n, len(b)):], 0)
		if end < 0 {
			return s.cutHeader(b)
		}
		n += end + 1
	}
	return s.headerCheck(b, n, flags)
}

// headerCheck compares the optional checksum behind the header.
func (s *stage) headerCheck(b []byte, n int, flags byte) (int, error) {
	if flags&flagHeaderCRC != 0 {
		if len(b) < n+2 {
			return s.cutHeader(b)
		}
		if want, got := binary.LittleEndian.Uint16(b[n:]), uint16(crc32.ChecksumIEEE(b[:n])); want != got {
			s.ps.Add(GzipHeaderCheck, "found.gzip-header-check", got, want)
		}
		n += 2
	}
	if n > len(b) {
		return s.cutHeader(b)
	}
	return n, nil
}

// cutHeader says that the input ends inside the header.
func (s *stage) cutHeader(b []byte) (int, error) {
	s.started = true
	return len(b), io.ErrUnexpectedEOF
}

// inflater is one flate decompressor that is used again for each member: it
// holds tables and a window of 32 KiB.
type inflater struct {
	src bytes.Reader
	r   io.ReadCloser
}

func newInflater() *inflater {
	f := &inflater{}
	f.r = flate.NewReader(&f.src)
	return f
}

// run decompresses in and returns how many bytes of it were used. Since
// bytes.Reader reads single bytes, flate never takes more than it needs, and
// the number is exact.
func (f *inflater) run(out *sink, in []byte) (int64, error) {
	f.src.Reset(in)
	if err := f.r.(flate.Resetter).Reset(&f.src, nil); err != nil {
		return 0, err
	}
	err := out.drain(f.r)
	return int64(len(in) - f.src.Len()), err
}
