package quiz

import (
	"slices"

	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// order is what a packet's bytes are in the order of their stream.
type order struct {
	note, says string // as package reassembly notes it; "" for what is new
	text       explain.Text
}

func orders() []order {
	keepAlive, _ := explain.Lookup("tcp-keep-alive")
	return []order{
		{"retransmission", "A retransmission: all its bytes were captured before.", explain.Text{}},
		{"out-of-order", "Out of order: it brings bytes that later bytes have overtaken.", explain.Text{}},
		{"keep-alive", "A keep-alive probe: it has the number before the next one, to see whether the other side answers.", keepAlive},
		{"", "New data in order: it goes on where the side's data ended.", explain.Text{}},
	}
}

// segmentKind asks for the place of a packet's bytes among those before it.
func segmentKind(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	all := orders()
	found := s.where(func(i int, _ *trace.Segment) bool { o := s.orderOf(i, all); return o != nil && o.note != "" })
	if len(found) == 0 {
		return nil
	}
	if a.rng.IntN(4) == 0 {
		found = s.where(func(i int, g *trace.Segment) bool {
			o := s.orderOf(i, all)
			return o != nil && o.note == "" && g.Offset > 0
		})
	}
	if len(found) == 0 {
		return nil
	}
	i := found[a.rng.IntN(len(found))]
	return s.askOrder(a, i, all)
}

// whyAgain says more of a segment that is sent again.
var whyAgain = tcp.FastRetransmission | tcp.SpuriousRetransmission

// orderOf is what a packet is; nil when it is several things, or carries nothing.
func (s *segments) orderOf(i int, all []order) *order {
	g := &s.list[i]
	if g.Offset < 0 || !s.known[s.side(g)] || g.Flags&(tcp.SYN|tcp.FIN|tcp.RST) != 0 {
		return nil
	}
	before, notes := s.reach[i], g.Notes&^whyAgain
	for k := range all {
		o := &all[k]
		switch {
		case o.note == "" && notes == 0 && g.Len > 0 && g.Offset == before,
			o.note == "keep-alive" && notes == tcp.NoteOf(o.note) && g.Offset == before-1,
			o.note != "" && o.note != "keep-alive" && notes == tcp.NoteOf(o.note) && g.Len > 1 && end(g) <= before:
			return o
		}
	}
	return nil
}

func (s *segments) askOrder(a *asker, i int, all []order) *Question {
	g, is := &s.list[i], s.orderOf(i, all)
	var wrong []Choice
	for _, o := range all {
		wrong = append(wrong, Choice{Text: o.says})
	}
	q := choose(a.rng, is.says, wrong, "Packet %d carries %s of the %s from the offset %d on. What is it?", g.Frame, bytesOf(int64(g.Len)), whose(s.side(g)), g.Offset).on(s.conn, g.Frame)
	earlier := s.earlier(i)
	q.Given = s.rows(append(earlier, g)...)
	q.hint("Compare seq and bytes with the packets of the same side above it: which numbers have been there?")
	for _, o := range earlier {
		q.Why = append(q.Why, words(doc.Dim, "Packet %d carries the offsets %d to %d.", o.Frame, o.Offset, end(o)-1))
	}
	q.at(g.Frame, "begins at the offset %d; the side's data before it reached to %d. %s", g.Offset, s.reach[i], is.says)
	if is.text.Code != "" {
		return q.rule(is.text)
	}
	return q.say("%s", orderMeans[is.note]).cite("RFC 9293, Sections 3.4 and 3.8.1")
}

var orderMeans = map[string]string{
	"retransmission": "A sender repeats what was not acknowledged in time. The receiver recognises the numbers and drops what it has.",
	"out-of-order":   "Packets may take different paths, or one was lost and repeated. The receiver keeps what came early until the hole is filled.",
	"":               "Nothing was lost and nothing overtaken: each packet begins where the one before it ended.",
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
