package ranges

import (
	"strings"

	"httpscope/internal/multipart"
	"httpscope/internal/problem"
)

// feedHead reads part head lines and returns how many bytes it took. It stops
// after each line, because the line may end the head.
func (m *Multipart) feedHead(p []byte) int {
	l, n := multipart.CutLine(p)
	if room := MaxPartHead - m.headLen; n > room {
		m.split.Pass(int64(room))
		m.giveUpHead()
		return room
	}
	m.headLen += n
	m.split.Pass(int64(n))
	m.line = append(m.line, p[:n]...)
	if l.Ended {
		m.headLine()
		m.line = m.line[:0]
	}
	return n
}

// giveUpHead skips a part whose head does not fit.
func (m *Multipart) giveUpHead() {
	m.addPart(PartHeadLimit, "found.no-empty-line", MaxPartHead)
	m.endPart(m.split.Pos, false)
	m.split.Skip()
}

// headLine reads the line in m.line: a field, the empty line that ends the
// head, or a delimiter that came too early.
func (m *Multipart) headLine() {
	l, _ := multipart.CutLine(m.line)
	if l.BareLF {
		m.ps.Add(MultipartBareLF, "found.multipart-bare-lf.head", m.split.Pos)
	}
	delim, final := m.split.IsDelimiter(l.Text)
	switch {
	case delim:
		m.endPart(m.split.Pos, false)
		m.split.Delimit(final)
		m.begin()
	case len(l.Text) > 0:
		m.headField(string(l.Text))
	case l.Ended:
		m.endHead()
	}
}

// headField keeps the two fields that matter here.
func (m *Multipart) headField(line string) {
	name, value, ok := multipart.Field(line)
	if !ok {
		m.addPart(PartFieldSyntax, "found.value", problem.Quote(line))
		return
	}
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

// endHead reads Content-Range and starts the body of the part.
func (m *Multipart) endHead() {
	m.readContentRange()
	m.part.Offset = m.split.Pos
	m.split.Body()
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

// endPart hands the current part out. The end is the offset after its body.
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
