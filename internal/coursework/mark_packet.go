package coursework

import (
	"fmt"
	"slices"
	"strings"

	"httpscope/internal/filter"
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
	k.explain(fmt.Sprint(n), right[0], k.otherFrames(h))
}

// frames are the packets that are right.
func (k *marking) frames(h *hit) []string {
	if h.row.M == nil {
		return []string{fmt.Sprint(h.frame())}
	}
	m := h.row.M
	var all []string
	for _, n := range []int64{m.First.Frame, m.Last.Frame, filter.Ended(m).Frame} {
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
		all = append(all, Proof{n, visible.Text(h.words() + ": " + h.frameComment(n))})
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
	if n == m.First.Frame {
		what = append(what, "carries the first byte of the "+m.Side.String())
	}
	if n == m.Last.Frame {
		what = append(what, "carries its last byte")
	}
	if n == filter.Ended(m).Frame && n != m.Last.Frame {
		what = append(what, "shows that it has ended, so Wireshark lists the "+m.Side.String()+" there although it carries no byte of it")
	} else if n == filter.Ended(m).Frame && n != m.First.Frame {
		what = append(what, "completes it, so Wireshark lists it there")
	}
	return fmt.Sprintf("Packet %d %s.", n, strings.Join(what, " and "))
}

// otherFrames are packets of other messages.
func (k *marking) otherFrames(h *hit) []confusion {
	var all []confusion
	for _, x := range h.traffic.Recording.Exchanges {
		for m := range x.Messages() {
			code := "other-message"
			if x == h.row.X {
				code = "other-side"
			}
			if m == h.row.M {
				continue
			}
			other := hit{traffic: h.traffic, row: filter.Subject{X: x, M: m}}
			for _, n := range other.carriers() {
				all = append(all, confusion{code, fmt.Sprint(n)})
			}
		}
	}
	slices.SortStableFunc(all, func(a, b confusion) int { return strings.Compare(b.code, a.code) }) // other-side first
	return all
}
