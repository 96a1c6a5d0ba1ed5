package quiz

import (
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// What a packet's bytes are in the order of their stream: the names are those of
// package reassembly's notes, and those in the phrases.
const (
	orderAgain = "retransmission"
	orderLate  = "out-of-order"
	orderAlive = "keep-alive"
	orderNew   = "new" // without a note
)

var orders = []string{orderAgain, orderLate, orderAlive, orderNew}

func orderSaying(order string) saying { return phrase(orderKey(order)) }

func orderKey(order string) string { return "quiz.segment-kind.says-" + order }

// segmentKind asks for the place of a packet's bytes among those before it.
func segmentKind(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	found := s.where(func(i int, _ *trace.Segment) bool { o := s.orderOf(i); return o != "" && o != orderNew })
	if len(found) == 0 {
		return nil
	}
	if a.rng.IntN(4) == 0 {
		found = s.where(func(i int, g *trace.Segment) bool { return s.orderOf(i) == orderNew && g.Offset > 0 })
	}
	if len(found) == 0 {
		return nil
	}
	return s.askOrder(a, found[a.rng.IntN(len(found))])
}

// whyAgain says more of a segment that is sent again.
var whyAgain = tcp.FastRetransmission | tcp.SpuriousRetransmission

// orderOf is what a packet is; "" when it is several things, or carries nothing.
func (s *segments) orderOf(i int) string {
	g := &s.list[i]
	if g.Offset < 0 || !s.known[s.side(g)] || g.Flags&(tcp.SYN|tcp.FIN|tcp.RST) != 0 {
		return ""
	}
	before, notes := s.reach[i], g.Notes&^whyAgain
	switch {
	case notes == 0 && g.Len > 0 && g.Offset == before:
		return orderNew
	case notes == tcp.NoteOf(orderAlive) && g.Offset == before-1:
		return orderAlive
	case g.Len <= 1 || end(g) > before:
		return ""
	case notes == tcp.NoteOf(orderAgain):
		return orderAgain
	case notes == tcp.NoteOf(orderLate):
		return orderLate
	}
	return ""
}

func (s *segments) askOrder(a *asker, i int) *Question {
	g, order := &s.list[i], s.orderOf(i)
	var wrong []option
	for _, o := range orders {
		wrong = append(wrong, option{says: orderSaying(o)})
	}
	q := a.choose(orderSaying(order), wrong, "quiz.segment-kind.ask",
		g.Frame, bytesOf(int64(g.Len)), whose(s.side(g)), g.Offset)
	q.on(s.conn, g.Frame)
	earlier := s.earlier(i)
	q.Given = s.rows(append(earlier, g)...)
	q.hint("quiz.segment-kind.hint")
	for _, o := range earlier {
		q.Why = append(q.Why, line(doc.Dim, q.phrase("quiz.segment-kind.earlier", o.Frame, o.Offset, end(o)-1)))
	}
	q.at(g.Frame, "quiz.segment-kind.begins", g.Offset, s.reach[i], texts.Say(orderKey(order)))
	if order == orderAlive {
		keepAlive, _ := a.texts.Lookup("tcp-keep-alive")
		return q.rule(keepAlive)
	}
	return q.say("quiz.segment-kind.means-" + order).cite("RFC 9293, Sections 3.4 and 3.8.1")
}

// earlier are the packets with data of the same side before a place: those
// that say how far it came, the last few of them.
func (s *segments) earlier(i int) []*trace.Segment {
	var out []*trace.Segment
	for j := i - 1; j >= 0 && len(out) < maxTable/2; j-- {
		if o := &s.list[j]; o.Dir == s.list[i].Dir && o.Len > 0 && o.Offset >= 0 {
			out = append(out, o)
		}
	}
	slices.Reverse(out)
	return out
}
