package page

import (
	"fmt"
	"strconv"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// rungLabel is what is written on an arrow.
type rungLabel struct {
	text     string
	role     doc.Role
	exchange int64 // the first that its bytes belong to, 0 for none
}

// noteWords are what reassembly noted about a segment, in the words of a
// ladder: some go before what the segment carries, some behind it.
var noteWords = []struct {
	note   tcp.Notes
	words  string
	behind bool
}{
	{tcp.AfterEnd, "after the end", false},
	{tcp.OutsideWindow, "outside of the window", false},
	{tcp.OverlapDifferent, "retransmission with other bytes", false},
	{tcp.Retransmission &^ tcp.OverlapDifferent, "retransmission", false},
	{tcp.LateSegment, "too late for the gap", false},
	{tcp.OutOfOrder, "out of order", false},
	{tcp.LostSegment, "ahead of a hole", false},
	{tcp.KeepAlive, "keep-alive probe", true},
	{tcp.Midstream, "the capture begins in mid-stream", true},
	{tcp.PayloadCut, "the capture kept only a part", true},
	{tcp.PortReuse, "the same ports as an earlier connection", true},
}

var (
	retransmitted = tcp.Retransmission
	keepAlive     = tcp.KeepAlive
	zeroWindow    = tcp.ZeroWindow
	payloadCut    = tcp.PayloadCut
)

// label says what a packet, or a run of acknowledgments, is.
func (l *ladder) label(r rung, s *trace.Segment) rungLabel {
	if r.kind == ackRung {
		return rungLabel{text: l.withFigures(l.acknowledgments(r, s), s), role: doc.Dim}
	}
	side := l.side(s.Dir)
	carried, exchange := l.carried(side, s)
	say := rungLabel{role: [...]doc.Role{doc.Request, doc.Response}[side], exchange: exchange}
	before, behind := noted(s)
	what := phrases("; ", l.control(r, s, side, carried == ""), carried, l.closing(r, s, side))
	if carried == "" && r.marks&shakes == 0 && s.Flags&(tcp.SYN|tcp.FIN|tcp.RST) == 0 {
		say.role = doc.Dim
	}
	if before != "" {
		what = before + ": " + what
	}
	if before != "" || s.Flags&tcp.RST != 0 || s.Notes&(zeroWindow|keepAlive) != 0 {
		say.role = doc.Warning
	}
	if s.Notes&zeroWindow != 0 {
		behind = phrases("; ", behind, "zero window: the "+sender(side)+" can take no more")
	}
	say.text = l.withFigures(phrases("; ", what, behind), s)
	return say
}

// phrases joins what is not empty.
func phrases(between string, s ...string) string {
	var parts []string
	for _, p := range s {
		if p != "" {
			parts = append(parts, p)
		}
	}
	return strings.Join(parts, between)
}

// noted are the words for a segment's notes.
func noted(s *trace.Segment) (before, behind string) {
	if s.Notes == 0 {
		return "", ""
	}
	for _, n := range noteWords {
		switch {
		case s.Notes&n.note == 0:
		case n.behind:
			behind = phrases("; ", behind, n.words)
		case before == "":
			before = n.words
		}
	}
	return before, behind
}

// carried says what the payload is.
func (l *ladder) carried(side layer.Side, s *trace.Segment) (string, int64) {
	switch {
	case s.Len <= 0 || s.Notes&keepAlive != 0:
		return "", 0
	case s.Offset < 0:
		return plural(int64(s.Len), "byte", "bytes"), 0
	}
	return l.said.words(side, s.Offset, s.Offset+int64(s.Len), l.conn)
}

// control names the flags that matter in the order in which they come on a
// connection. What carries bytes is not called an ACK, though all of them are.
func (l *ladder) control(r rung, s *trace.Segment, side layer.Side, empty bool) string {
	syn, ack := s.Flags&tcp.SYN != 0, s.Flags&tcp.ACK != 0
	switch {
	case syn && ack:
		return repeated("SYN, ACK", r)
	case syn:
		return repeated("SYN", r)
	case r.marks&shakes != 0:
		return "ACK: handshake, " + plural(int64(r.count), "packet", "packets")
	case s.Flags&(tcp.FIN|tcp.RST) != 0 || !empty || s.Notes&keepAlive != 0:
		return ""
	case r.marks&ofFIN != 0:
		return "ACK of the FIN"
	case !ack:
		return "no flags" // seen in port scans
	}
	return repeated(acknowledged("ACK", s), r)
}

func repeated(word string, r rung) string {
	if r.marks&again != 0 {
		return word + ", again"
	}
	return word
}

// acknowledged adds what has arrived.
func acknowledged(word string, s *trace.Segment) string {
	if s.Acked <= 0 {
		return word
	}
	return word + " up to byte " + strconv.FormatInt(s.Acked-1, 10)
}

// acknowledgments is the label of a run of them, of which s is the last.
func (l *ladder) acknowledgments(r rung, s *trace.Segment) string {
	return repeated(acknowledged(plural(int64(r.count), "acknowledgment", "acknowledgments"), s), r)
}

// closing says who ends the connection, and how.
func (l *ladder) closing(r rung, s *trace.Segment, side layer.Side) string {
	who := sender(side)
	switch {
	case s.Flags&tcp.RST != 0 && r.marks&refuses != 0:
		return "RST: the " + who + " refuses the connection"
	case s.Flags&tcp.RST != 0:
		return "RST: the " + who + " resets the connection"
	case s.Flags&tcp.FIN == 0:
		return ""
	case r.marks&again != 0:
		return "FIN, again"
	case r.marks&halfClose != 0:
		return "FIN: the " + who + " sends no more (half-close)"
	case r.marks&second != 0:
		return "FIN: the " + who + " closes, too"
	}
	return "FIN: the " + who + " closes"
}

// withFigures adds the numbers of the TCP header, where they are asked for. They
// stay when the text has to be cut.
func (l *ladder) withFigures(text string, s *trace.Segment) string {
	if !l.numbers {
		return text
	}
	f := figures(s)
	return l.ink.clip(text, max(0, l.labelRoom()-len(f))) + f
}

// figures are relative as Wireshark shows them, so that the SYN has number 0
// and the first byte 1.
func figures(s *trace.Segment) string {
	f := fmt.Sprintf("  seq %d", s.Offset+1)
	if s.Flags&tcp.ACK != 0 && s.Acked >= 0 {
		f += fmt.Sprintf(" ack %d", s.Acked+1)
	}
	return f + fmt.Sprintf(" win %d", s.Window)
}
