package quiz

import (
	"fmt"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// roundTrip asks for the time between SYN and SYN-ACK.
func roundTrip(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	three, ok := s.handshake()
	if !ok || three[0].Nano == 0 || three[1].Nano <= three[0].Nano || three[2].Nano < three[1].Nano {
		return nil
	}
	since := func(g *trace.Segment) float64 { return float64(g.Nano-three[0].Nano) / 1e6 }
	q := a.millis(three[1].Nano-three[0].Nano, "quiz.round-trip.ask", c.ID).on(c, three[1].Frame)
	for i, g := range three {
		name := [...]string{"SYN", "SYN-ACK", "ACK"}[i]
		q.show(doc.Plain, g.Frame, "quiz.round-trip.packet", g.Frame, name, since(g))
	}
	q.slipMillis(three[2].Nano-three[0].Nano, "quiz.round-trip.whole").
		slipMillis(three[2].Nano-three[1].Nano, "quiz.round-trip.client")
	q.hint("quiz.round-trip.hint")
	q.at(three[0].Frame, "quiz.round-trip.syn")
	q.at(three[1].Frame, "quiz.round-trip.syn-ack", since(three[1]))
	return q.say("quiz.round-trip.far").cite("RFC 9293, Section 3.5; RFC 6298, Section 2")
}

// aligned says words in a column.
func (c *capture) aligned(words ...texts.Phrase) []string {
	var out []string
	width := 0
	for _, w := range words {
		out = append(out, c.texts.Of(w))
		width = max(width, uniseg.StringWidth(out[len(out)-1]))
	}
	for i := range out {
		out[i] = doc.Column(out[i], width, "", false)
	}
	return out
}

// serverTime asks how long a client waited for its response.
func serverTime(a *asker, x *trace.Exchange) *Question {
	wait, receive := x.Timing()
	if x.Request == nil || x.Response == nil || !x.Request.Complete || x.InterimCount > 0 ||
		wait <= 0 || receive < 0 || x.Request.Last.Nano == 0 {
		return nil
	}
	zero := x.Request.First.Nano
	moment := func(p layer.Stamp) string { return fmt.Sprintf("%.3f ms", float64(p.Nano-zero)/1e6) }
	q := a.millis(int64(wait), "quiz.server-time.ask", nameOf(x)).about(x, x.Response.First.Packet)
	messages := []*trace.Message{x.Request, x.Response}
	for i, side := range a.aligned(kindOf(x.Request), kindOf(x.Response)) {
		m := messages[i]
		q.show(doc.Plain, m.First.Packet, "quiz.server-time.message", side, moment(m.First), moment(m.Last))
	}
	q.slipMillis(int64(receive), "quiz.server-time.receive").slipMillis(int64(wait+receive), "quiz.server-time.all").
		slipMillis(x.Response.First.Nano-zero, "quiz.server-time.from-first")
	q.hint("quiz.server-time.hint")
	q.at(x.Request.Last.Packet, "quiz.server-time.request", moment(x.Request.Last))
	q.at(x.Response.First.Packet, "quiz.server-time.response", moment(x.Response.First))
	return q.say("quiz.server-time.most").cite("RFC 9110, Section 3.3")
}
