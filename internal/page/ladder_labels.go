package page

import (
	"fmt"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// rungLabel is what is written on an arrow.
type rungLabel struct {
	text     string
	role     doc.Role
	exchange int64 // the first that its bytes belong to, 0 for none
}

// noteKeys are the phrases for what reassembly noted about a segment: some go
// before what the segment carries, some after it.
var noteKeys = []struct {
	note  tcp.Notes
	key   string
	after bool
}{
	{tcp.AfterEnd, "page.ladder.after-end", false},
	{tcp.OutsideWindow, "page.ladder.outside-window", false},
	{tcp.OverlapDifferent, "page.ladder.overlap-different", false},
	{tcp.Retransmission &^ tcp.OverlapDifferent, "page.ladder.retransmission", false},
	{tcp.LateSegment, "page.ladder.late", false},
	{tcp.OutOfOrder, "page.ladder.out-of-order", false},
	{tcp.LostSegment, "page.ladder.ahead", false},
	{tcp.KeepAlive, "page.ladder.keep-alive", true},
	{tcp.Midstream, "page.ladder.midstream", true},
	{tcp.PayloadCut, "page.ladder.payload-cut", true},
	{tcp.PortReuse, "page.ladder.port-reuse", true},
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
	before, after := l.noted(s)
	what := l.join(l.control(r, s, carried == ""), carried, l.closing(r, s, side))
	if carried == "" && r.marks&shakes == 0 && s.Flags&(tcp.SYN|tcp.FIN|tcp.RST) == 0 {
		say.role = doc.Dim
	}
	if before != "" {
		what = l.Phrase("page.ladder.noted", before, what)
	}
	if before != "" || s.Flags&tcp.RST != 0 || s.Notes&(zeroWindow|keepAlive) != 0 {
		say.role = doc.Warning
	}
	if s.Notes&zeroWindow != 0 {
		after = l.join(after, l.Phrase("page.ladder.zero-window", roleWord(side)))
	}
	say.text = l.withFigures(l.join(what, after), s)
	return say
}

// noted are the words for a segment's notes.
func (l *ladder) noted(s *trace.Segment) (before, after string) {
	if s.Notes == 0 {
		return "", ""
	}
	for _, n := range noteKeys {
		switch {
		case s.Notes&n.note == 0:
		case n.after:
			after = l.join(after, l.Phrase(n.key))
		case before == "":
			before = l.Phrase(n.key)
		}
	}
	return before, after
}

// carried says what the payload is.
func (l *ladder) carried(side layer.Side, s *trace.Segment) (string, int64) {
	switch {
	case s.Len <= 0 || s.Notes&keepAlive != 0:
		return "", 0
	case s.Offset < 0:
		return l.Phrase("count.byte", s.Len), 0
	}
	return l.words(side, s.Offset, s.Offset+int64(s.Len))
}

// control names the flags that matter in the order in which they come on a
// connection. What carries bytes is not called an ACK, though all of them are.
func (l *ladder) control(r rung, s *trace.Segment, empty bool) string {
	syn, ack := s.Flags&tcp.SYN != 0, s.Flags&tcp.ACK != 0
	switch {
	case syn && ack:
		return l.repeated("SYN, ACK", r)
	case syn:
		return l.repeated("SYN", r)
	case r.marks&shakes != 0:
		return l.Phrase("page.ladder.handshake", texts.Say("count.packet", r.count))
	case s.Flags&(tcp.FIN|tcp.RST) != 0 || !empty || s.Notes&keepAlive != 0:
		return ""
	case r.marks&ofFIN != 0:
		return l.Phrase("page.ladder.ack-fin")
	case !ack:
		return l.Phrase("page.ladder.no-flags") // seen in port scans
	}
	return l.repeated(l.acknowledged("ACK", s), r)
}

func (l *ladder) repeated(word string, r rung) string {
	if r.marks&again != 0 {
		return l.Phrase("page.ladder.again", word)
	}
	return word
}

// acknowledged adds what has arrived.
func (l *ladder) acknowledged(word string, s *trace.Segment) string {
	if s.Acked <= 0 {
		return word
	}
	return l.Phrase("page.ladder.up-to", word, s.Acked-1)
}

// acknowledgments is the label of a run of them, of which s is the last.
func (l *ladder) acknowledgments(r rung, s *trace.Segment) string {
	return l.repeated(l.acknowledged(l.Phrase("page.ladder.acks", r.count), s), r)
}

// closing says who ends the connection, and how.
func (l *ladder) closing(r rung, s *trace.Segment, side layer.Side) string {
	key := "page.ladder.closes"
	switch {
	case s.Flags&tcp.RST != 0 && r.marks&refuses != 0:
		key = "page.ladder.refuses"
	case s.Flags&tcp.RST != 0:
		key = "page.ladder.resets"
	case s.Flags&tcp.FIN == 0:
		return ""
	case r.marks&again != 0:
		return l.repeated("FIN", r)
	case r.marks&halfClose != 0:
		key = "page.ladder.half-closes"
	case r.marks&second != 0:
		key = "page.ladder.closes-too"
	}
	return l.Phrase(key, roleWord(side))
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
