package inspect

import (
	"strings"

	"httpscope/internal/finding"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// maxLoose bounds findings of a connection that belong to no exchange.
const maxLoose = 64

// looseFinding keeps a finding that belongs to no exchange with the connection.
func (f *flow) looseFinding(l *level, e *trace.Event) {
	if r := f.connection(); len(r.Findings) < maxLoose {
		r.Findings = append(r.Findings, l.finding(e))
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
func ofConnection(code string, at layer.Span, frame int64, detail texts.Phrase) trace.Finding {
	severity, _ := finding.Of(code)
	return trace.Finding{Code: code, Severity: severity, Place: layer.Place{Side: layer.Both, Span: at},
		Detail: detail, Frame: frame}
}

// detailSize is the memory that a detail takes beside its place in a finding: its parameters, and their texts.
func detailSize(detail texts.Phrase) int {
	const perArg = 32 // an interface value, and the number or the string that it holds
	n := perArg * len(detail.Args)
	for _, a := range detail.Args {
		if s, ok := a.(string); ok {
			n += len(s)
		}
	}
	return n
}

// connectionFindings turns what was noted into findings, one for each kind and direction.
func (f *flow) connectionFindings(r *trace.Connection) {
	add := func(code string, frame int64, key string) {
		r.Findings = append(r.Findings, ofConnection(code, trace.NoByte, frame, texts.Say(key)))
	}
	for i := range f.notes {
		c := &f.notes[i]
		detail := texts.Say("found.tcp-note", texts.Say("role."+f.side(c.first.Dir).Role()), c.count, c.bytes,
			c.first.Packet)
		at := layer.Span{From: c.first.Offset, To: c.first.Offset + c.first.Bytes}
		r.Findings = append(r.Findings, ofConnection("tcp-"+c.first.Kind.String(), at, c.first.Packet, detail))
	}
	if f.abandoned {
		add(CodeGivenUp, r.End.Packet, "found.given-up")
	}
	switch {
	case f.reverse != nil:
		add(CodeAccepted, r.Start.Packet,
			"found.client-accepted.changed")
	case f.accepts:
		add(CodeAccepted, r.Start.Packet, "found.client-accepted")
	}
	switch {
	case len(f.levels) == 0 && (r.Handshake || r.Heard):
		add(CodeUnused, r.Start.Packet, "found.connection-unused")
	case !r.ClientKnown:
		add(CodeGuess, r.Start.Packet, "found.client-guessed")
	}
}
