package ranges

import "bytes"

// feedData reads preamble, part body or skipped bytes up to the end of p or
// to the end of a delimiter line, and returns how many bytes it took.
func (m *Multipart) feedData(p []byte) int {
	for i := 0; i < len(p); {
		if m.match == 0 {
			i += m.jump(p[i:])
			if i == len(p) {
				break
			}
		}
		done := m.step(p[i])
		m.pos++
		i++
		if done {
			return i
		}
	}
	return len(p)
}

// jump skips to the next LF, the only byte at which a delimiter can start.
func (m *Multipart) jump(p []byte) int {
	n := bytes.IndexByte(p, '\n')
	if n < 0 {
		n = len(p)
	}
	if n > 0 {
		m.prevCR = p[n-1] == '\r'
		m.notePreamble(p[:n])
		m.pos += int64(n)
	}
	return n
}

// step takes one byte of data and reports whether it completed a delimiter.
func (m *Multipart) step(c byte) bool {
	switch {
	case m.padding:
		return m.stepPadding(c)
	case c == m.delim[m.match]:
		if m.match == 0 {
			m.begin()
		}
		m.match++
		m.padding = m.match == len(m.delim)
		m.prevCR = false
	default:
		m.mismatch(c)
	}
	return false
}

// begin marks a candidate delimiter that starts with the LF at m.pos.
func (m *Multipart) begin() {
	m.start = m.pos
	if m.prevCR {
		m.start--
	}
}

// mismatch gives the candidate up: its bytes were data. An LF starts the next.
func (m *Multipart) mismatch(c byte) {
	if m.match > 1 || c != '\n' && c != '\r' {
		m.notePreamble([]byte{'x'})
	}
	m.resetMatch()
	if c == '\n' {
		m.begin()
		m.match = 1
		return
	}
	m.prevCR = c == '\r'
}

// resetMatch forgets the candidate and the byte in front of the next one.
func (m *Multipart) resetMatch() {
	m.match, m.padding, m.dashes, m.padCR, m.prevCR = 0, false, 0, false, false
}

// stepPadding reads the rest of a delimiter line. RFC 2046 lets the boundary
// match as a prefix of the line; like most parsers this one also wants the
// line to end there, or a boundary "a" would match in a nested body with
// boundary "ab".
func (m *Multipart) stepPadding(c byte) bool {
	switch {
	case m.dashes == 1 && c != '-':
		m.mismatch(c)
	case c == '\n':
		if !m.padCR {
			m.ps.Add(MultipartBareLF, "found.multipart-bare-lf.delimiter", m.pos+1)
		}
		m.delimiter(false)
		return true
	case m.padCR:
		m.mismatch(c)
	case c == '\r':
		m.padCR = true
		m.dashes = 2
	case c == '-' && m.dashes == 1:
		m.delimiter(true)
		return true
	case c == '-' && m.dashes == 0:
		m.dashes = 1
	case c == ' ' || c == '\t':
		m.dashes = 2 // hyphens count only directly behind the boundary
	default:
		m.mismatch(c)
	}
	return false
}

// delimiter ends the current part and starts the next one or the epilogue.
func (m *Multipart) delimiter(final bool) {
	if m.state == mpBody {
		m.endPart(max(m.start, m.part.Offset), true)
	}
	m.resetMatch()
	switch {
	case final:
		m.state = mpEpilogue
	case m.count == MaxParts:
		m.ps.Add(MultipartLimit, "found.part-limit", MaxParts)
		m.state = mpOff
	default:
		m.part = &Part{Index: m.count, Offset: -1}
		m.cr = ContentRange{}
		m.line, m.headLen = m.line[:0], 0
		m.count++
		m.state = mpHead
	}
}

// notePreamble remembers whether the preamble has more than line ends. Apache
// httpd starts every multipart body with an empty line; that is no news.
func (m *Multipart) notePreamble(p []byte) {
	if m.state == mpPreamble && !m.leading {
		m.leading = len(bytes.Trim(p, "\r\n")) > 0
	}
}
