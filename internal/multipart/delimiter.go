package multipart

import "bytes"

// Next takes bytes that lie outside of a head, up to the end of p or of a
// delimiter line, and returns how many it took. With a delimiter, found is true.
func (s *Splitter) Next(p []byte) (d Delimiter, n int, found bool) {
	if s.State == Epilogue || s.State == Off {
		n = len(p)
		s.note(p)
		s.Pos += int64(n)
	}
	for n < len(p) && !found {
		if s.match == 0 {
			n += s.jump(p[n:])
			if n == len(p) {
				break
			}
		}
		found = s.step(p[n])
		s.Pos++
		n++
	}
	return s.line, n, found
}

// jump skips after the next delimiter that is whole in p, as far as its boundary
// goes; without one, to an LF at the end of p, where a delimiter may begin.
func (s *Splitter) jump(p []byte) int {
	n := bytes.Index(p, s.delim)
	if n < 0 {
		n = s.edge(p)
		s.data(p[:n])
		return n
	}
	s.data(p[:n])
	s.begin()
	s.match = len(s.delim)
	s.Pos += int64(s.match)
	s.line.Tail = s.Pos
	return n + s.match
}

// edge returns where a delimiter may begin that goes on after p.
func (s *Splitter) edge(p []byte) int {
	n := max(0, len(p)-len(s.delim)+1)
	if i := bytes.IndexByte(p[n:], '\n'); i >= 0 {
		return n + i
	}
	return len(p)
}

// data takes bytes that belong to no delimiter.
func (s *Splitter) data(p []byte) {
	if len(p) > 0 {
		s.prevCR = p[len(p)-1] == '\r'
		s.note(p)
		s.Pos += int64(len(p))
	}
}

// step takes one byte and reports whether it completed a delimiter line.
func (s *Splitter) step(c byte) bool {
	switch {
	case s.match == len(s.delim):
		return s.stepRest(c)
	case c != s.delim[s.match]:
		s.mismatch(c)
		return false
	case s.match == 0:
		s.begin()
	}
	s.match++
	s.line.Tail = s.Pos + 1
	return false
}

// begin marks a candidate that starts with the LF at s.Pos.
func (s *Splitter) begin() {
	s.line.Start = s.Pos
	if s.prevCR {
		s.line.Start--
	}
}

// mismatch gives the candidate up: its bytes were data. An LF starts the next.
func (s *Splitter) mismatch(c byte) {
	if s.match > 1 || c != '\n' && c != '\r' {
		s.note([]byte{'x'})
	}
	s.forget()
	if c == '\n' {
		s.begin()
		s.match = 1
		return
	}
	s.prevCR = c == '\r'
}

// forget drops the candidate and the byte in front of the next one.
func (s *Splitter) forget() { s.match, s.rest, s.prevCR = 0, atBoundary, false }

// rest is what was seen of a delimiter line after the boundary.
type rest int

const (
	atBoundary rest = iota
	hyphen          // one, directly after the boundary
	padding         // transport padding
	cr
)

// stepRest reads the rest of a delimiter line. RFC 2046 lets the boundary match
// as a prefix of the line; like most parsers this one also wants the line to end
// there, or a boundary "a" would match in a nested body with boundary "ab".
func (s *Splitter) stepRest(c byte) bool {
	switch {
	case c == '-' && s.rest == hyphen, c == '\n' && s.rest != hyphen:
		s.line.Next, s.line.Final, s.line.BareLF = s.Pos+1, c == '-', c == '\n' && s.rest != cr
		s.Delimit(s.line.Final)
		return true
	case s.rest == hyphen || s.rest == cr:
		s.mismatch(c)
	case c == '-' && s.rest == atBoundary:
		s.rest = hyphen
	case c == ' ' || c == '\t':
		s.rest = padding
	case c == '\r':
		s.rest = cr
	default:
		s.mismatch(c)
	}
	return false
}
