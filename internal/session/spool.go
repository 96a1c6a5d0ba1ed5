package session

import (
	"io"
	"os"
	"sync"
	"sync/atomic"

	"httpscope/capture"
	"httpscope/internal/texts"
	"httpscope/internal/wholefile"
)

// spoolMost bounds a file that nobody asked for, in bytes.
const spoolMost = 1 << 30

// Spool writes captured packets to a file: the one that was asked for, or one
// without a name that is gone with the program. It is a [capture.Recorder]:
// what the analysis has no time for is read again from there. A nil Spool keeps nothing.
type Spool struct {
	mu      sync.Mutex
	file    *os.File
	writer  *capture.Writer
	from    []*capture.Live
	asked   string // name of the file that was asked for, "" for none
	packets int64
	bytes   int64
	full    bool // the file that nobody asked for has reached its size
	err     error
	trouble atomic.Pointer[error] // the first error, for the screen, which must not wait for a disk
}

// OpenSpool makes the file with a name, or one without when the name is "". The error is the operating system's.
func OpenSpool(name, application string, from []*capture.Live) (*Spool, error) {
	s := &Spool{asked: name, from: from}
	var err error
	if name == "" {
		s.file, err = nameless()
	} else {
		s.file, err = os.OpenFile(name, os.O_RDWR|os.O_CREATE|os.O_EXCL, wholefile.Private)
	}
	if err == nil {
		err = s.begin(application)
	}
	if err != nil {
		return nil, err
	}
	return s, nil
}

// nameless makes a temporary file that no crash leaves behind, where the
// system lets open files be removed.
func nameless() (*os.File, error) {
	f, err := os.CreateTemp("", "httpscope-*.pcapng")
	if err == nil {
		_ = os.Remove(f.Name()) // Windows refuses; there it is removed at the end
	}
	return f, err
}

// OverflowFile makes the file for what the analysis has no time for.
func OverflowFile() (capture.OverflowFile, error) {
	f, err := nameless()
	return temporary{f}, err
}

// temporary is a file that is gone when it is closed.
type temporary struct{ *os.File }

// Close implements io.Closer.
func (t temporary) Close() error {
	err := t.File.Close()
	_ = os.Remove(t.Name()) // where it could not be removed while it was open
	return err
}

// begin writes the beginning of the file.
func (s *Spool) begin(application string) error {
	var err error
	if s.writer, err = capture.NewWriter(s.file, capture.WriterOptions{Application: application}); err != nil {
		return err
	}
	for _, l := range s.from {
		i := l.Info()
		info := capture.InterfaceInfo{Name: i.Interface, Link: i.Link, Filter: i.Filter, SnapLen: i.SnapLen}
		if _, err := s.writer.AddInterface(info); err != nil {
			return err
		}
	}
	return s.writer.Flush()
}

// Record implements [capture.Recorder]. The first error is kept; the capture
// goes on without the file.
func (s *Spool) Record(blocks []byte, packets int) (at int64, ok bool) {
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil || s.full {
		return 0, false
	}
	s.bytes += int64(len(blocks))
	if s.full = s.asked == "" && s.bytes > spoolMost; s.full {
		return 0, false
	}
	at, err := s.writer.Blocks(blocks)
	if s.failed(err); err == nil {
		s.packets += int64(packets)
	}
	return at, err == nil
}

// ReadAt implements [capture.Recorder].
func (s *Spool) ReadAt(b []byte, at int64) (int, error) { return s.file.ReadAt(b, at) }

// failed keeps the first error.
func (s *Spool) failed(err error) {
	if err != nil && s.err == nil {
		s.err = err
		s.trouble.Store(&err)
	}
}

// Packets is how many were written.
func (s *Spool) Packets() int64 { return s.packets }

// Problem is why packets are no longer written to the file that was asked
// for, nothing when they are.
func (s *Spool) Problem() texts.Phrase {
	if s == nil || s.asked == "" {
		return texts.Phrase{}
	}
	if err := s.trouble.Load(); err != nil {
		return texts.Say("session.not-written", *err)
	}
	return texts.Phrase{}
}

// CopyTo copies what was captured so far, up to a whole block.
func (s *Spool) CopyTo(w io.Writer) (texts.Phrase, error) {
	s.mu.Lock()
	s.failed(s.writer.Flush())
	size, err := s.file.Seek(0, io.SeekCurrent)
	full := s.full
	if s.err != nil {
		err = s.err
	}
	s.mu.Unlock()
	if err != nil {
		return texts.Phrase{}, err
	}
	n, err := io.Copy(w, io.NewSectionReader(s.file, 0, size))
	if full {
		return texts.Say("save.capture.full", n, spoolMost>>20), err
	}
	return texts.Say("save.capture", n), err
}

// Close ends the file with the counts of each interface. The error is why not
// everything was written to the file that was asked for.
func (s *Spool) Close() error {
	if s == nil {
		return nil
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	for i, l := range s.from {
		if st := l.Stats(); s.err == nil {
			s.failed(s.writer.Statistics(i, st.Received, st.Dropped, st.IfDropped))
		}
	}
	s.failed(s.writer.Flush())
	s.failed(s.file.Close())
	if s.asked == "" {
		_ = os.Remove(s.file.Name())
		return nil
	}
	return s.err
}
