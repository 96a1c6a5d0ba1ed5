package capture

import "io"

// Sizes of the read window. It starts small, so that a tiny file costs little,
// and grows only as data really arrives: a length in a header never allocates.
const (
	windowStart = 64 << 10
	windowUsual = 256 << 10 // a processor's second cache has room for it, and for what is done with it
	windowMax   = 1 << 20   // for a record that needs as much
)

// maxEmptyReads bounds reads in a row that give neither a byte nor an error.
const maxEmptyReads = 100

// window reads a file in large pieces and hands out slices of them.
type window struct {
	r      io.Reader
	wait   func() // called before each read that may block, may be nil
	buf    []byte
	lo, hi int
	full   bool  // the last read filled the window
	empty  int   // reads in a row that gave nothing
	offset int64 // file offset of buf[lo]
	err    error // sticky error of r
}

func newWindow(r io.Reader) *window {
	return &window{r: r, buf: make([]byte, windowStart)}
}

// peek returns the next n bytes without consuming them: fewer when the input
// ends first or n exceeds the largest window. They are valid until the next call.
func (w *window) peek(n int) []byte {
	for w.hi-w.lo < n && w.err == nil && n <= windowMax {
		w.fill(n)
	}
	return w.buf[w.lo:min(w.hi, w.lo+n)]
}

// fill makes room for n bytes at lo and reads once.
func (w *window) fill(n int) {
	if w.lo == w.hi {
		w.lo, w.hi = 0, 0
	}
	if w.lo+n > len(w.buf) || w.hi == len(w.buf) {
		w.hi = copy(w.buf, w.buf[w.lo:w.hi])
		w.lo = 0
	}
	if w.hi == len(w.buf) || w.full && len(w.buf) < windowUsual {
		w.grow()
	}
	if w.wait != nil {
		w.wait()
	}
	m, err := w.r.Read(w.buf[w.hi:])
	if m > 0 {
		w.empty = 0
	} else if w.empty++; w.empty > maxEmptyReads && err == nil {
		err = io.ErrNoProgress
	}
	w.hi += m
	w.full = w.hi == len(w.buf)
	w.err = err
}

// grow doubles the window, which the last read has filled or a record does not fit into.
func (w *window) grow() {
	bigger := make([]byte, min(2*len(w.buf), windowMax))
	w.hi = copy(bigger, w.buf[w.lo:w.hi])
	w.lo = 0
	w.buf = bigger
}

// take consumes n bytes that peek returned.
func (w *window) take(n int) {
	w.lo += n
	w.offset += int64(n)
}

// skip consumes n bytes without keeping them and reports whether they were there.
func (w *window) skip(n int64) bool {
	for n > 0 {
		have := w.peek(int(min(n, windowMax)))
		if len(have) == 0 {
			return false
		}
		w.take(len(have))
		n -= int64(len(have))
	}
	return true
}

// failed is the error that ended the input, nil at a plain end of file.
func (w *window) failed() error {
	if w.err == io.EOF {
		return nil
	}
	return w.err
}
