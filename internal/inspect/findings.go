package inspect

import (
	"fmt"
	"strings"

	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// maxLoose bounds findings of a connection that belong to no exchange.
const maxLoose = 64

// looseFinding keeps a finding that belongs to no exchange with the connection.
func (f *flow) looseFinding(e *trace.Event) {
	if r := f.connection(); len(r.Findings) < maxLoose {
		loose := *e.Finding
		loose.Detail = strings.Clone(loose.Detail) // the connection outlives the head
		r.Findings = append(r.Findings, loose)
	}
}

// tcpSeverity ranks what reassembly notes; kinds that are missing are statistics only.
var tcpSeverity = map[tcp.Notes]string{
	tcp.Gap: "warning", tcp.OverlapDifferent: "error", tcp.LateSegment: "note", tcp.KeepAlive: "note",
	tcp.ZeroWindow: "note", tcp.Midstream: "note", tcp.ResetSent: "note", tcp.AfterHalfClose: "note",
	tcp.AfterEnd: "warning", tcp.OutsideWindow: "warning", tcp.PortReuse: "note", tcp.PayloadCut: "warning",
	tcp.ResetIgnored: "warning",
}

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
	for k := range tcpSeverity {
		codes = append(codes, "tcp-"+k.String())
	}
	return codes
}

// connectionFindings turns what was noted into findings, one for each kind and direction.
func (f *flow) connectionFindings(r *trace.Connection) {
	for i := range f.notes {
		c := &f.notes[i]
		who := [2]string{"client", "server"}[f.side(c.first.Dir)]
		detail := fmt.Sprintf("%s, %d packets, %d bytes, first in packet %d", who, c.count, c.bytes, c.first.Packet)
		r.Findings = append(r.Findings, trace.Finding{Code: "tcp-" + c.first.Kind.String(), Severity: tcpSeverity[c.first.Kind],
			Side: "connection", Detail: detail, Offset: c.first.Offset, Length: c.first.Bytes, Frame: c.first.Packet})
	}
	if f.abandoned {
		r.Findings = append(r.Findings, trace.Finding{Code: CodeGivenUp, Severity: "warning",
			Side: "connection", Offset: -1, Frame: r.End.Packet,
			Detail: "it was idle longest when all open connections together held too much: " +
				"what was open was ended where it stood"})
	}
	if f.accepts || f.reverse != nil {
		detail := "the side that accepted the connection sends the requests"
		if f.reverse != nil {
			detail = "both sides agreed to change roles: from then on the side that accepted the connection sends the requests"
		}
		r.Findings = append(r.Findings, trace.Finding{Code: CodeAccepted, Severity: "note", Side: "connection", Offset: -1,
			Detail: detail, Frame: r.Start.Packet})
	}
	switch {
	case len(f.levels) == 0 && (r.Handshake || r.Heard):
		r.Findings = append(r.Findings, trace.Finding{Code: CodeUnused, Severity: "note", Side: "connection", Offset: -1,
			Detail: "the connection was opened and nothing was sent on it", Frame: r.Start.Packet})
	case !r.ClientKnown:
		r.Findings = append(r.Findings, trace.Finding{Code: CodeGuess, Severity: "note", Side: "connection", Offset: -1,
			Detail: "no SYN was captured: the client is the side with the higher port", Frame: r.Start.Packet})
	}
}
