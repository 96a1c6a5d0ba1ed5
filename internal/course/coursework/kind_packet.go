package coursework

import (
	"fmt"
	"slices"

	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// KindPacket asks for a packet.
const KindPacket = "packet"

// packetKind: right is the packet's number; of a message its first packet, its last, and the one at which Wireshark
// shows it are right, and the feedback says which it was; another that carries a part of it gives half; with `which:
// all` the numbers of all selected rows, in any order.
var packetKind = kind{
	name:    KindPacket,
	needs:   []string{"filter"},
	takes:   []string{"rows", "which"},
	numbers: true,
	typed:   func(*Question) *valueType { return frameType },
	mark:    (*marking).packet,
}

// packet marks the number of a packet. Of a message the first, the last and the
// packet at which Wireshark shows it are right; the comment says which it is.
func (k *marking) packet() {
	hits := k.find(k.q, k.q.Rows)
	asked, ok := k.q.which(hits)
	if !ok {
		k.uncaptured()
		return
	}
	if k.q.Which == "all" {
		k.packets(asked)
		return
	}
	h := &asked[0]
	right := k.frames(h)
	k.key.Text = right[0]
	k.expected(k.either(right), k.frameProof(h)...)
	answer, ok := k.number()
	given, _, _ := amount(answer)
	if !ok || given != float64(int64(given)) {
		k.unread()
		return
	}
	n := int64(given)
	if slices.Contains(right, fmt.Sprint(n)) {
		k.out.Verdict = Right
		k.tell(texts.In(k.lang).Of(h.frameComment(n)))
		return
	}
	if h.row.M != nil && slices.Contains(h.carriers(), n) {
		k.out.Verdict, k.out.Points = Partly, k.out.Max/2
		k.tag("middle-of-message")
		return
	}
	if code := h.otherMessage(n); code != "" {
		k.tag(code)
		return
	}
	k.explain(fmt.Sprint(n), right[0], nil)
}

// frames are the packets that are right.
func (k *marking) frames(h *hit) []string {
	if h.row.M == nil {
		return []string{fmt.Sprint(h.frame())}
	}
	m := h.row.M
	var all []string
	for _, n := range []int64{m.First.Packet, m.Last.Packet, filter.Ended(m).Packet} {
		if s := fmt.Sprint(n); n > 0 && !slices.Contains(all, s) {
			all = append(all, s)
		}
	}
	return all
}

func (k *marking) frameProof(h *hit) []Proof {
	if h.row.M == nil {
		return []Proof{k.proof(h, nothing)}
	}
	var all []Proof
	for _, s := range k.frames(h) {
		n := int64(number(s))
		all = append(all, Proof{n, visible.Line(k.phrase("coursework.proof", h.words(), h.frameComment(n)))})
	}
	return all
}

// frameComment says what of a message a packet has.
func (h *hit) frameComment(n int64) texts.Phrase {
	m := h.row.M
	if m == nil {
		return nothing
	}
	side := texts.Say("side." + m.Side.String())
	var what []texts.Phrase
	if n == m.First.Packet {
		what = append(what, texts.Say("coursework.frame-first", side))
	}
	if n == m.Last.Packet {
		what = append(what, texts.Say("coursework.frame-last"))
	}
	if n == filter.Ended(m).Packet && n != m.Last.Packet {
		what = append(what, texts.Say("coursework.frame-ended", side))
	} else if n == filter.Ended(m).Packet && n != m.First.Packet {
		what = append(what, texts.Say("coursework.frame-complete"))
	}
	all := what[0]
	for _, w := range what[1:] {
		all = texts.Say("coursework.frame-both", all, w)
	}
	return texts.Say("coursework.frame", n, all)
}

// otherMessage tells whether a packet belongs to another message: to the other
// one of the exchange, or to one of another exchange; "" when to none.
func (h *hit) otherMessage(n int64) string {
	row := h.traffic.Row(n)
	if row == nil || row.P.Conn < 0 {
		return ""
	}
	x, m := messageOf(h.traffic.Recording, row)
	switch {
	case m == nil || m == h.row.M:
		return ""
	case x == h.row.X:
		return "other-side"
	}
	return "other-message"
}

// messageOf is the message that ends in a packet, or whose bytes it carries; nil
// when there is none.
func messageOf(r *recording.Recording, row *filter.Subject) (*trace.Exchange, *trace.Message) {
	if len(row.With) > 0 {
		return row.With[0].X, row.With[0].M
	}
	p := row.P
	if p.Segment.Len == 0 || row.Conn == nil {
		return nil, nil
	}
	side := p.Side(row.Conn)
	for _, x := range r.Exchanges {
		if x.Conn.ID != p.Conn {
			continue
		}
		for m := range x.Messages() {
			if from, to := span(m); int(m.Side) == side && from <= p.Segment.Offset && p.Segment.Offset < to {
				return x, m
			}
		}
	}
	return nil, nil
}
