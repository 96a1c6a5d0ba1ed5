package main

import (
	"fmt"
	"io"
	"os"
	"sync"
	"time"

	"httpscope/capture"
)

// Limits of the file that a capture is kept in.
const (
	spoolFlush = 500 * time.Millisecond // so much may be lost when the process is killed
	spoolMost  = 1 << 30                // bytes of a file that nobody asked for
)

// spool writes captured packets to a file: the one that was asked for, or one
// that is thrown away unless it is saved. A nil spool keeps nothing.
type spool struct {
	mu      sync.Mutex
	file    *os.File
	writer  *capture.Writer
	ids     []int
	asked   bool // for the file
	written int64
	full    bool // the file that nobody asked for has reached its size
	err     error
	flushed time.Time
}

func newSpool(path string, from []*capture.Live) (*spool, error) {
	s := &spool{asked: path != "", flushed: time.Now()}
	var err error
	if s.asked {
		s.file, err = os.Create(path)
	} else {
		s.file, err = os.CreateTemp("", "httpscope-*.pcapng")
	}
	if err != nil {
		return nil, err
	}
	if s.writer, err = capture.NewWriter(s.file, capture.WriterOptions{Application: "httpscope " + buildVersion()}); err != nil {
		return nil, err
	}
	for _, l := range from {
		i := l.Info()
		id, err := s.writer.AddInterface(capture.InterfaceInfo{Name: i.Interface, Link: i.Link, Filter: i.Filter, SnapLen: i.SnapLen})
		if err != nil {
			return nil, err
		}
		s.ids = append(s.ids, id)
	}
	return s, s.writer.Flush()
}

// add writes a packet. The first error is kept; the capture goes on without
// the file.
func (s *spool) add(p *capture.Packet, frame []byte) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil || s.full {
		return
	}
	s.written += int64(len(frame)) + 32
	if s.full = !s.asked && s.written > spoolMost; s.full {
		return
	}
	s.err = s.writer.Packet(s.ids[p.Interface], p.Nano, p.WireLen, frame, "")
}

// tick flushes every so often.
func (s *spool) tick() {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if now := time.Now(); now.Sub(s.flushed) >= spoolFlush {
		s.flushed = now
		s.flush()
	}
}

func (s *spool) flush() {
	if err := s.writer.Flush(); s.err == nil {
		s.err = err
	}
}

// problem is why packets are no longer written, "" when they are.
func (s *spool) problem() string {
	if s == nil {
		return ""
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err != nil && s.asked {
		return "NOT WRITTEN: " + s.err.Error()
	}
	return ""
}

// copyTo copies what was captured so far.
func (s *spool) copyTo(w io.Writer) (string, error) {
	s.mu.Lock()
	s.flush()
	err, full, name := s.err, s.full, s.file.Name()
	s.mu.Unlock()
	if err != nil {
		return "", err
	}
	f, err := os.Open(name)
	if err != nil {
		return "", err
	}
	defer f.Close()
	n, err := io.Copy(w, f)
	said := fmt.Sprintf("the capture, %d bytes", n)
	if full {
		said += fmt.Sprintf(", without what came after its first %d MB: give -w to keep everything", spoolMost>>20)
	}
	return said, err
}

// close ends the file, with the counts of the capture.
func (s *spool) close(st capture.LiveStats) {
	if s == nil {
		return
	}
	s.mu.Lock()
	defer s.mu.Unlock()
	if s.err == nil && len(s.ids) > 0 {
		s.err = s.writer.Statistics(s.ids[0], st.Received, st.Dropped, st.IfDropped)
	}
	s.flush()
	s.file.Close()
	if !s.asked {
		os.Remove(s.file.Name())
	}
}
