package ranges

import (
	"bytes"
	"strings"

	"httpscope/internal/grammar"
	"httpscope/internal/problem"
)

// feedHead reads part head lines and returns how many bytes it took. It stops
// behind each line, because the line may end the head.
func (m *Multipart) feedHead(p []byte) int {
	n := bytes.IndexByte(p, '\n') + 1
	whole := n > 0
	if !whole {
		n = len(p)
	}
	if n > MaxPartHead-m.headLen {
		n = MaxPartHead - m.headLen
		m.pos += int64(n)
		m.giveUpHead()
		return n
	}
	m.headLen += n
	m.pos += int64(n)
	m.line = append(m.line, p[:n]...)
	if whole {
		m.headLine()
		m.line = m.line[:0]
	}
	return n
}

// giveUpHead skips a part whose head does not fit.
func (m *Multipart) giveUpHead() {
	m.addPart(PartHeadLimit, "found.no-empty-line", MaxPartHead)
	m.endPart(m.pos, false)
	m.resetMatch()
	m.state = mpSkip
}

// headLine reads the line in m.line: a field, the empty line that ends the
// head, or a delimiter that came too early.
func (m *Multipart) headLine() {
	line, ended := bytes.CutSuffix(m.line, []byte("\n"))
	line, cr := bytes.CutSuffix(line, []byte("\r"))
	if ended && !cr {
		m.ps.Add(MultipartBareLF, "found.multipart-bare-lf.head", m.pos)
	}
	delim, final := m.isDelimiter(line)
	switch {
	case delim:
		m.endPart(m.pos, false)
		m.delimiter(final)
	case len(line) > 0:
		m.headField(string(line))
	case ended:
		m.endHead()
	}
}

// isDelimiter reports whether a head line is a delimiter line.
func (m *Multipart) isDelimiter(line []byte) (delim, final bool) {
	rest, ok := bytes.CutPrefix(line, m.delim[1:])
	if !ok {
		return false, false
	}
	if bytes.HasPrefix(rest, []byte("--")) {
		return true, true
	}
	return len(bytes.Trim(rest, " \t")) == 0, false
}

// headField keeps the two fields that matter here.
func (m *Multipart) headField(line string) {
	name, value, found := strings.Cut(line, ":")
	if !found || !grammar.IsToken(name) {
		m.addPart(PartFieldSyntax, "found.value", problem.Quote(line))
		return
	}
	value = grammar.Trim(value)
	value = strings.Clone(value[:min(len(value), maxValue)])
	switch {
	case strings.EqualFold(name, "Content-Type"):
		m.part.ContentType = value
	case !strings.EqualFold(name, "Content-Range"):
	case m.part.ContentRange != "":
		m.addPart(PartContentRangeTwice, "found.value", problem.Quote(value))
	default:
		m.part.ContentRange = value
	}
}

// endHead reads Content-Range and starts the body of the part. A delimiter may
// follow at once: some senders leave out the line end in front of it when the
// part is empty.
func (m *Multipart) endHead() {
	m.readContentRange()
	m.part.Offset = m.pos
	m.resetMatch()
	m.match, m.start = 1, m.pos
	m.state = mpBody
}

func (m *Multipart) readContentRange() {
	if m.part.ContentRange == "" {
		m.addPart(PartNoContentRange, "found.part-no-content-range", m.part.Index)
		return
	}
	cr, list := ParseContentRange(m.part.ContentRange)
	m.cr = cr
	for _, p := range list {
		m.addPart(p.Code, p.Detail.Key, p.Detail.Args...)
	}
	switch {
	case cr.Size < 0:
	case m.size < 0:
		m.size = cr.Size
	case m.size != cr.Size:
		m.ps.Add(MultipartSize, "found.multipart-size", m.part.Index, cr.Size, m.size)
	}
}

// addPart records a problem of the current part.
func (m *Multipart) addPart(code, key string, args ...any) {
	ps := problem.List(m.part.Problems)
	ps.Add(code, key, args...)
	m.part.Problems = ps
}

// endPart hands the current part out. The end is the offset behind its body.
func (m *Multipart) endPart(end int64, complete bool) {
	p := m.part
	p.Complete = complete
	if p.Offset < 0 {
		if len(p.Problems) == 0 || p.Problems[len(p.Problems)-1].Code != PartHeadLimit {
			m.addPart(PartHeadCut, "found.part-head-cut", p.Index)
		}
	} else {
		p.Length = end - p.Offset
		m.judgeLength(complete)
	}
	m.out = append(m.out, *p)
	m.part = nil
}

// judgeLength compares the length with Content-Range. A part that was cut is
// short for a reason that is reported already.
func (m *Multipart) judgeLength(complete bool) {
	p := m.part
	if !complete {
		m.addPart(PartCut, "found.part-cut", p.Index, p.Length)
		return
	}
	if span, ok := m.cr.Span(); ok && span.Len() != p.Length {
		m.addPart(PartLength, "found.part-length", p.Length, m.cr)
	}
}
