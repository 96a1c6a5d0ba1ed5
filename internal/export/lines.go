package export

import (
	"cmp"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
)

// lines buffers text and remembers the first error of its writer.
type lines struct {
	w   io.Writer
	buf []byte
	err error
}

func (l *lines) print(s string) {
	l.buf = append(l.buf, s...)
	l.full()
}

func (l *lines) printf(format string, args ...any) {
	l.buf = fmt.Appendf(l.buf, format, args...)
	l.full()
}

// Write implements io.Writer.
func (l *lines) Write(b []byte) (int, error) {
	l.buf = append(l.buf, b...)
	l.full()
	return len(b), l.err
}

func (l *lines) full() {
	if len(l.buf) >= flushAt {
		l.flush()
	}
}

func (l *lines) flush() error {
	if len(l.buf) > 0 && l.err == nil {
		_, l.err = l.w.Write(l.buf)
	}
	l.buf = l.buf[:0]
	return l.err
}

func (l *lines) fail(err error) { l.err = errors.Join(l.err, err) }

// spoolInMemory is how many bytes of rows stay in memory before a temporary
// file takes them: rows of every connection of a large capture do not fit the
// memory that the program promises.
const spoolInMemory = 1 << 20

// spool keeps the rows of connections until they can be written: in the order
// of their numbers as long as they fit in memory, else as they came.
type spool struct {
	rows []row
	size int
	file *os.File
	err  error
}

// row is a line with the number it is sorted by.
type row struct {
	id   int64
	text string
}

func (s *spool) add(id int64, text string) {
	s.rows = append(s.rows, row{id, text})
	s.size += len(text)
	if s.size < spoolInMemory || s.err != nil {
		return
	}
	if s.file == nil {
		if s.file, s.err = os.CreateTemp("", "httpscope-*"); s.err != nil {
			return // the rows stay in memory
		}
		os.Remove(s.file.Name()) // it lives as long as it is open
	}
	if s.err = s.writeRows(s.file); s.err == nil {
		s.rows, s.size = s.rows[:0], 0
	}
}

func (s *spool) writeRows(w io.Writer) error {
	slices.SortStableFunc(s.rows, func(a, b row) int { return cmp.Compare(a.id, b.id) })
	b := make([]byte, 0, s.size)
	for _, r := range s.rows {
		b = append(b, r.text...)
	}
	_, err := w.Write(b)
	return err
}

// copyTo writes all rows and gives the file up.
func (s *spool) copyTo(w io.Writer) error {
	if s.file != nil {
		defer os.Remove(s.file.Name()) // where an open file cannot be removed
		defer s.file.Close()
		if _, err := s.file.Seek(0, io.SeekStart); err != nil {
			return err
		}
		if _, err := io.Copy(w, s.file); err != nil {
			return err
		}
	}
	return s.writeRows(w)
}
