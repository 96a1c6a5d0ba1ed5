package multipart

import (
	"bytes"
	"strings"

	"httpscope/internal/grammar"
)

// Line is a line of a part's head.
type Line struct {
	Text   []byte // without its end
	Ended  bool   // its end is there
	BareLF bool   // which is LF alone
}

// CutLine reads the line at the front of p, and returns its length with its end.
func CutLine(p []byte) (l Line, n int) {
	if n = bytes.IndexByte(p, '\n') + 1; n == 0 {
		return Line{Text: bytes.TrimSuffix(p, []byte("\r"))}, len(p)
	}
	text, isCR := bytes.CutSuffix(p[:n-1], []byte("\r"))
	return Line{text, true, !isCR}, n
}

// Field takes a head line apart into name and value. It is none where no token
// stands before a colon (RFC 2046, Section 5.1; RFC 5322, Section 2.2). A folded line
// is none either.
func Field(line string) (name, value string, ok bool) {
	name, value, ok = strings.Cut(line, ":")
	return name, grammar.Trim(value), ok && grammar.IsToken(name)
}

// StartsDelimiter reports whether a head line starts as a delimiter does.
func (s *Splitter) StartsDelimiter(line []byte) bool { return bytes.HasPrefix(line, s.delim[1:]) }

// IsDelimiter reports whether a head line is a delimiter line.
func (s *Splitter) IsDelimiter(line []byte) (delim, final bool) {
	rest, ok := bytes.CutPrefix(line, s.delim[1:])
	final = bytes.HasPrefix(rest, []byte("--"))
	return ok && (final || len(bytes.Trim(rest, " \t")) == 0), ok && final
}
