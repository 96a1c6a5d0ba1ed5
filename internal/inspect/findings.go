package inspect

import (
	"fmt"
	"strings"

	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// maxLoose bounds findings of a connection that belong to no exchange.
const maxLoose = 64

// looseFinding keeps a finding that belongs to no exchange with the connection.
func (f *flow) looseFinding(l *level, e *trace.Event) {
	if r := f.connection(); len(r.Findings) < maxLoose {
		loose := l.finding(e)
		loose.Detail = strings.Clone(loose.Detail) // the connection outlives the head
		r.Findings = append(r.Findings, loose)
	}
}

// tcpNotes are those that become findings; the others are statistics only.
const tcpNotes = tcp.Gap | tcp.OverlapDifferent | tcp.LateSegment | tcp.KeepAlive | tcp.ZeroWindow | tcp.Midstream | tcp.ResetSent |
	tcp.AfterHalfClose | tcp.AfterEnd | tcp.OutsideWindow | tcp.PortReuse | tcp.PayloadCut | tcp.ResetIgnored

// Codes of findings that this package makes, besides "tcp-" and a note's name.
const (
	CodeUnused = "connection-unused" // a connection on which nothing was sent
	CodeGuess  = "client-guessed"    // the client is guessed by port numbers
	// CodeAccepted is for a connection whose HTTP client is the side that accepted it, from the
	// beginning or since the roles were changed.
	CodeAccepted = "client-accepted"
)

// Codes lists all codes of connection findings.
func Codes() []string {
	codes := []string{CodeUnused, CodeGuess, CodeAccepted, CodeGivenUp}
	for word := range strings.SplitSeq(tcpNotes.String(), ", ") {
		codes = append(codes, "tcp-"+word)
	}
	return codes
}

// ofConnection makes a finding about a connection.
func ofConnection(code string, at layer.Span, frame int64, detail string) trace.Finding {
	severity, _ := finding.Of(code)
	return trace.Finding{Code: code, Severity: severity, Place: layer.Place{Side: layer.Both, Span: at}, Detail: detail, Frame: frame}
}

// connectionFindings turns what was noted into findings, one for each kind and direction.
func (f *flow) connectionFindings(r *trace.Connection) {
	add := func(code string, frame int64, detail string) {
		r.Findings = append(r.Findings, ofConnection(code, trace.NoByte, frame, detail))
	}
	for i := range f.notes {
		c := &f.notes[i]
		detail := fmt.Sprintf("%s, %d packets, %d bytes, first in packet %d", f.side(c.first.Dir).Role(), c.count, c.bytes, c.first.Packet)
		at := layer.Span{From: c.first.Offset, To: c.first.Offset + c.first.Bytes}
		r.Findings = append(r.Findings, ofConnection("tcp-"+c.first.Kind.String(), at, c.first.Packet, detail))
	}
	if f.abandoned {
		add(CodeGivenUp, r.End.Packet, "it was idle longest when all open connections together held too much: "+
			"what was open was ended where it stood")
	}
	switch {
	case f.reverse != nil:
		add(CodeAccepted, r.Start.Packet,
			"both sides agreed to change roles: from then on the side that accepted the connection sends the requests")
	case f.accepts:
		add(CodeAccepted, r.Start.Packet, "the side that accepted the connection sends the requests")
	}
	switch {
	case len(f.levels) == 0 && (r.Handshake || r.Heard):
		add(CodeUnused, r.Start.Packet, "the connection was opened and nothing was sent on it")
	case !r.ClientKnown:
		add(CodeGuess, r.Start.Packet, "no SYN was captured: the client is the side with the higher port")
	}
}
