package content

import (
	"bytes"
	"errors"
	"io"

	"github.com/andybalholm/brotli"
	"github.com/klauspost/compress/zstd"
)

var zstdMagic = []byte{0x28, 0xb5, 0x2f, 0xfd}

// zstdWindow is the largest window that a sender of the coding zstd may use
// (RFC 9659, Section 3), and so the memory that the decoder may reserve.
const zstdWindow = 8 << 20

// brotliPiece is how many bytes the brotli decoder gets at a time. It writes
// out what it has at the end of each piece, so a small piece means an exact
// offset and little output lost in front of an error; much smaller ones make
// it slow.
const brotliPiece = 64

// counter hands out the input in pieces and counts. It also hides the buffer
// from the zstd library, which would otherwise decode it at one stroke and
// without the limit.
type counter struct {
	in    []byte
	at    int
	piece int
}

func (c *counter) Read(p []byte) (int, error) {
	if c.at == len(c.in) {
		return 0, io.EOF
	}
	n := min(len(p), c.piece, len(c.in)-c.at)
	copy(p, c.in[c.at:c.at+n])
	c.at += n
	return n, nil
}

// decodeBrotli undoes br (RFC 7932). The format has neither signature nor
// checksum. Its window is at most 16 MiB, allocated as needed; the large
// window extension is not enabled.
func decodeBrotli(s *stage) {
	src := &counter{in: s.in, piece: brotliPiece}
	err := s.sink.drain(brotli.NewReader(src))
	s.started = true
	switch {
	case err == nil:
		s.finish(int64(src.at))
	case err.Error() == "brotli: excessive input":
		s.finishNear(int64(src.at))
	case len(s.sink.buf) == 0 && !errors.Is(err, io.ErrUnexpectedEOF) && s.notBrotli():
		s.started = false
		s.reject("found.content-corrupt.brotli")
	default:
		s.fail(err, int64(src.at))
	}
}

// notBrotli reports whether a body that failed at once is something else.
func (s *stage) notBrotli() bool {
	_, decode := sniffCoding(s.in)
	return decode != nil || LooksText(s.in)
}

// finishNear records an end somewhere in the last piece.
func (s *stage) finishNear(at int64) {
	s.complete, s.stopped = true, at
	s.ps.Add(ContentTrailing, "found.content-trailing.within", s.coding, brotliPiece, at)
}

// decodeZstd undoes zstd (RFC 8878). Offsets are those of the block in which
// the decoder stopped, since it reads whole blocks.
func decodeZstd(s *stage) {
	if !zstdStart(s.in) {
		s.reject("found.content-corrupt.zstd")
		return
	}
	s.started = true
	src := &counter{in: s.in, piece: len(s.in)}
	r, err := zstd.NewReader(src, zstd.WithDecoderConcurrency(1), zstd.WithDecoderLowmem(true),
		zstd.WithDecoderMaxWindow(zstdWindow))
	if err != nil {
		s.fail(err, int64(src.at))
		return
	}
	defer r.Close()
	err = s.sink.drain(r)
	switch {
	case err == nil && len(s.in) < 4:
		s.fail(io.ErrUnexpectedEOF, int64(len(s.in)))
	case err == nil:
		s.finish(int64(src.at))
	case errors.Is(err, zstd.ErrMagicMismatch):
		s.finish(max(0, int64(src.at)-4)) // bytes behind the last frame
	case errors.Is(err, zstd.ErrCRCMismatch):
		s.ps.Add(ContentChecksum, "found.content-checksum.zstd", src.at)
		s.fail(err, int64(src.at))
	case errors.Is(err, zstd.ErrWindowSizeExceeded):
		s.ps.Add(ZstdWindow, "found.zstd-window", src.at)
		s.stopped = int64(src.at)
	default:
		s.fail(err, int64(src.at))
	}
}

// zstdStart reports whether in starts with a frame or a skippable frame, as
// far as it goes (RFC 8878, Sections 3.1.1 and 3.1.2).
func zstdStart(in []byte) bool {
	n := min(4, len(in))
	if bytes.HasPrefix(zstdMagic, in[:n]) {
		return true
	}
	return n == 4 && in[0]&0xf0 == 0x50 && bytes.Equal(in[1:4], []byte{0x2a, 0x4d, 0x18})
}
