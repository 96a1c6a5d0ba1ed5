package inspect

import (
	"slices"

	"httpscope/httpdecode"
	"httpscope/internal/finding"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// meaning comes after decoding: it has the annotator look at each head as it is read, and
// gives out the records that are complete. It is used by one goroutine: the engine's own,
// or its queue's, which is behind decoding. There it may not touch what decoding still
// writes: of an exchange that is not over it looks at the messages of its step alone.
type meaning struct {
	sink     Sink
	annotate annotator
	report   report
	findings map[string]int64 // by code, for the summary
	parallel bool             // findings wait until decoding is done with their exchange
	waiting  map[*trace.Exchange][]waitingFinding
}

// waitingFinding is a finding, and how many of decoding's stand before it.
type waitingFinding struct {
	before  int
	finding trace.Finding
}

// meaningStep is what decoding has come to.
type meaningStep struct {
	kind       meaningKind
	exchange   *trace.Exchange
	request    *trace.Message // of the exchange, nil when none was read so far
	message    *trace.Message // whose head was read
	found      int            // findings of the exchange so far
	parts      parts          // of the response, when the exchange is over
	connection *trace.Connection
}

// meaningKind tells what happened.
type meaningKind uint8

const (
	requestRead meaningKind = iota
	responseRead
	exchangeOver
	connectionOver
	flushAsked
)

// take looks at what happened.
func (m *meaning) take(s *meaningStep) {
	switch s.kind {
	case requestRead, responseRead:
		m.head(s)
	case exchangeOver:
		m.over(s)
	case connectionOver:
		m.tally(s.connection.Findings)
		m.sink.Connection(s.connection)
	case flushAsked:
		if f, ok := m.sink.(interface{ Flush() }); ok {
			f.Flush()
		}
	}
}

// head looks at a head. What is found has its place among decoding's findings.
func (m *meaning) head(s *meaningStep) {
	m.report.begin(s.found + len(m.waiting[s.exchange]))
	if s.kind == requestRead {
		m.annotate.request(s, &m.report)
	} else {
		m.annotate.response(s, &m.report)
	}
	if !m.parallel {
		s.exchange.Findings = append(s.exchange.Findings, m.report.findings...)
		return
	}
	for _, f := range m.report.findings {
		m.waiting[s.exchange] = append(m.waiting[s.exchange], waitingFinding{s.found, f})
	}
}

// over looks at an exchange that is complete, and gives it out.
func (m *meaning) over(s *meaningStep) {
	x := s.exchange
	if list := m.waiting[x]; len(list) > 0 {
		for _, w := range slices.Backward(list) {
			x.Findings = slices.Insert(x.Findings, w.before, w.finding)
		}
		delete(m.waiting, x)
	}
	m.report.begin(len(x.Findings))
	m.annotate.exchange(s, &m.report)
	x.Findings = append(x.Findings, m.report.findings...)
	m.tally(x.Findings)
	m.sink.Exchange(x)
}

// tally counts findings for the summary.
func (m *meaning) tally(fs []trace.Finding) {
	for i := range fs {
		m.findings[fs[i].Code]++
	}
}

// maxMeaning bounds findings of an exchange beyond which none about meaning is added.
const maxMeaning = 64

// report collects the findings of one step.
type report struct {
	findings []trace.Finding
	room     int
}

// begin empties the report of an exchange that has some findings already.
func (r *report) begin(have int) {
	clear(r.findings)
	r.findings, r.room = r.findings[:0], maxMeaning-have
}

// add records a finding about a field of a message; id FieldOther means the whole head.
func (r *report) add(m *trace.Message, id httpdecode.FieldID, code string, detail texts.Phrase) {
	if len(r.findings) >= r.room {
		return
	}
	severity, _ := finding.Of(code)
	f := trace.Finding{Code: code, Severity: severity, Place: m.At(-1, -1), Detail: detail, Frame: m.First.Packet}
	for i := range m.Head.Fields {
		if g := &m.Head.Fields[i]; g.ID == id && id != httpdecode.FieldOther {
			span := m.Head.FieldSpan(g)
			f.Span = span
			f.Frame = m.Head.StampAt(span.From).Packet
			break
		}
	}
	r.findings = append(r.findings, f)
}
