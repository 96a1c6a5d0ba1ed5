package coursework

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/filter"
	"httpscope/internal/recording"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// packet marks the number of a packet. Of a message the first, the last and the
// packet at which Wireshark shows it are right; the comment says which it is.
func (k *marking) packet() {
	hits := k.find(k.q, k.q.Rows)
	asked, ok := k.q.which(hits)
	if !ok {
		k.uncaptured()
		return
	}
	h := &asked[0]
	right := k.frames(h)
	k.key.Text = right[0]
	k.expected(strings.Join(right, " or "), k.frameProof(h)...)
	given, _, ok := amount(written(k.a))
	if !ok || given != float64(int64(given)) {
		k.say("The answer must be the number of a packet.")
		return
	}
	n := int64(given)
	if slices.Contains(right, fmt.Sprint(n)) {
		k.out.Verdict = Right
		k.say("%s", h.frameComment(n))
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
		return []Proof{h.proof("")}
	}
	var all []Proof
	for _, s := range k.frames(h) {
		n := int64(number(s))
		all = append(all, Proof{n, visible.Line(h.words() + ": " + h.frameComment(n))})
	}
	return all
}

// frameComment says what of a message a packet has.
func (h *hit) frameComment(n int64) string {
	m := h.row.M
	if m == nil {
		return ""
	}
	var what []string
	if n == m.First.Packet {
		what = append(what, "carries the first byte of the "+m.Side.String())
	}
	if n == m.Last.Packet {
		what = append(what, "carries its last byte")
	}
	if n == filter.Ended(m).Packet && n != m.Last.Packet {
		what = append(what, "shows that it has ended, so Wireshark lists the "+m.Side.String()+" there although it carries no byte of it")
	} else if n == filter.Ended(m).Packet && n != m.First.Packet {
		what = append(what, "completes it, so Wireshark lists it there")
	}
	return fmt.Sprintf("Packet %d %s.", n, strings.Join(what, " and "))
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
