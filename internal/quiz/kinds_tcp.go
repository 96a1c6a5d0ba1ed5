package quiz

import (
	"slices"

	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// tcpKinds ask about the packets of a connection.
func tcpKinds() []kind {
	return []kind{
		{about: "handshake-end", topic: "tcp", connection: handshakeEnd},
		{about: "syn-ack-number", topic: "tcp", connection: synAckNumber},
		{about: "relative-number", topic: "tcp", connection: relativeNumber},
		{about: "next-number", topic: "tcp", connection: nextNumber},
		{about: "acknowledged-bytes", topic: "tcp", connection: acknowledgedBytes},
		{about: "acknowledged-by", topic: "tcp", connection: acknowledgedBy},
		{about: "segment-kind", topic: "tcp", connection: segmentKind},
		{about: "flags-meaning", topic: "tcp", connection: flagsMeaning},
		{about: "data-packets", topic: "tcp", connection: dataPackets},
	}
}

// handshakeEnd asks which packet completes the handshake (RFC 9293, Section 3.5).
func handshakeEnd(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	three, ok := s.handshake()
	if !ok {
		return nil
	}
	q := a.number(three[2].Frame, "quiz.handshake-end.ask", c.ID).on(c, three[2].Frame)
	q.Given = s.table(0, 6)
	q.slip(three[0].Frame, "quiz.handshake-end.first").slip(three[1].Frame, "quiz.handshake-end.second")
	q.hint("quiz.handshake-end.hint")
	q.at(three[0].Frame, "quiz.handshake-end.syn")
	q.at(three[1].Frame, "quiz.handshake-end.syn-ack")
	q.at(three[2].Frame, "quiz.handshake-end.ack")
	return q.cite("RFC 9293, Section 3.5")
}

// synAckNumber asks what a SYN-ACK acknowledges: a SYN counts as one byte
// (RFC 9293, Section 3.4).
func synAckNumber(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	three, ok := s.handshake()
	if !ok {
		return nil
	}
	syn, accepted := three[0], three[1]
	q := a.number(int64(accepted.Ack), "quiz.syn-ack-number.ask", syn.Frame, c.ID, syn.Seq, accepted.Frame)
	q.on(c, accepted.Frame)
	q.slip(int64(syn.Seq), "quiz.syn-ack-number.same").slip(1, "quiz.syn-ack-number.relative")
	q.hint("quiz.syn-ack-number.hint")
	q.at(syn.Frame, "quiz.syn-ack-number.syn", syn.Seq)
	q.at(accepted.Frame, "quiz.syn-ack-number.ack", accepted.Ack)
	return q.cite("RFC 9293, Sections 3.4 and 3.5")
}

// counting are packets of sides whose SYN is known, with data and without SYN.
func (s *segments) counting() []int {
	return s.where(func(_ int, g *trace.Segment) bool {
		return s.known[s.side(g)] && g.Flags&tcp.SYN == 0 && g.Len > 0
	})
}

// synOf is the first SYN of a side.
func (s *segments) synOf(side int) *trace.Segment {
	return s.first(0, func(g *trace.Segment) bool { return s.side(g) == side && g.Flags&tcp.SYN != 0 })
}

// pick chooses one of some packets, nil when there is none.
func (s *segments) pick(a *asker, places []int) *trace.Segment {
	if len(places) == 0 {
		return nil
	}
	return &s.list[places[a.rng.IntN(len(places))]]
}

// relativeNumber asks to count a sequence number from the SYN.
func relativeNumber(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	g := s.pick(a, s.counting())
	if g == nil {
		return nil
	}
	first, n := s.synOf(s.side(g)), int64(s.relative(g))
	q := a.number(n, "quiz.relative-number.ask", whose(s.side(g)), first.Frame, first.Seq, g.Frame, g.Seq)
	q.on(c, g.Frame)
	q.slip(n-1, "quiz.relative-number.offset").slip(int64(g.Seq), "quiz.relative-number.absolute").
		slip(g.Frame, "quiz.relative-number.frame")
	q.hint("quiz.relative-number.hint")
	q.at(first.Frame, "quiz.relative-number.syn", first.Seq)
	q.at(g.Frame, "quiz.relative-number.data", g.Seq, n, n-1)
	return q.cite("RFC 9293, Section 3.4")
}

// nextNumber asks for the sequence number after a packet's data.
func nextNumber(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	g := s.pick(a, s.where(func(_ int, g *trace.Segment) bool {
		return s.known[s.side(g)] && g.Len > 1 && g.Flags&(tcp.SYN|tcp.FIN) == 0
	}))
	if g == nil {
		return nil
	}
	from, size := int64(s.relative(g)), int64(g.Len)
	q := a.number(from+size, "quiz.next-number.ask", g.Frame, whose(s.side(g)), from, bytesOf(size)).on(c, g.Frame)
	q.slip(from+1, "quiz.next-number.packets").slip(from+size+1, "quiz.next-number.after").
		slip(from+size-1, "quiz.next-number.last")
	q.hint("quiz.next-number.hint")
	q.at(g.Frame, "quiz.next-number.data", from, from+size-1)
	return q.say("quiz.next-number.next", from+size).cite("RFC 9293, Section 3.4")
}

// acknowledgedBytes asks how much an acknowledgment number stands for.
func acknowledgedBytes(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	g := s.pick(a, s.where(func(_ int, g *trace.Segment) bool {
		other := 1 - s.side(g)
		return s.known[other] && g.Flags&(tcp.ACK|tcp.SYN|tcp.RST) == tcp.ACK &&
			g.Acked > 0 && g.Acked <= s.sent[other]
	}))
	if g == nil {
		return nil
	}
	side, number := s.side(g), s.relativeAck(g)
	q := a.number(g.Acked, "quiz.acknowledged-bytes.ask", g.Frame, whose(side), number, whose(1-side)).on(c, g.Frame)
	q.slip(g.Acked+1, "quiz.acknowledged-bytes.number").slip(int64(g.Len), "quiz.acknowledged-bytes.own")
	q.hint("quiz.acknowledged-bytes.hint")
	q.at(g.Frame, "quiz.acknowledged-bytes.acked", number, bytesOf(g.Acked))
	return q.say("quiz.acknowledged-bytes.cumulative").cite("RFC 9293, Section 3.4")
}

// acknowledgedBy asks which packet confirms the data of another one.
func acknowledgedBy(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	places := s.where(func(i int, g *trace.Segment) bool { return g.Len > 1 && g.Notes == 0 && s.confirms(i) >= 0 })
	if len(places) == 0 {
		return nil
	}
	i := places[a.rng.IntN(len(places))]
	g, by := &s.list[i], &s.list[s.confirms(i)]
	q := a.number(by.Frame, "quiz.acknowledged-by.ask", g.Frame, g.Offset, end(g)-1, whose(s.side(g))).on(c, by.Frame)
	q.Given = s.table(i, i+8)
	if next := s.first(i+1, func(o *trace.Segment) bool { return o.Dir == g.Dir }); next != nil {
		q.slip(next.Frame, "quiz.acknowledged-by.same-side")
	}
	q.slip(g.Frame, "quiz.acknowledged-by.data")
	q.hint("quiz.acknowledged-by.hint")
	q.at(g.Frame, "quiz.acknowledged-by.ends", end(g)-1, end(g))
	q.at(by.Frame, "quiz.acknowledged-by.expects", by.Acked+1)
	return q.say("quiz.acknowledged-by.every").cite("RFC 9293, Sections 3.4 and 3.8.6.3")
}

// near is how many packets before another one may have overtaken it in the capture.
const near = 64

// confirms is the place of the first packet that acknowledges the data of
// another, -1 when there is none close after it, or when it cannot be told.
func (s *segments) confirms(i int) int {
	g := &s.list[i]
	if !s.known[0] || !s.known[1] || g.Offset < 0 {
		return -1
	}
	for j := max(0, i-near); j < min(len(s.list), i+8); j++ {
		if o := &s.list[j]; o.Dir != g.Dir && o.Flags&(tcp.ACK|tcp.RST) == tcp.ACK && o.Acked >= end(g) {
			if j < i {
				return -1 // captured before its data
			}
			return j
		}
	}
	return -1
}

// dataPackets asks to tell packets with data from those without.
func dataPackets(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil || len(s.list) > maxTable {
		return nil
	}
	side := a.rng.IntN(2)
	data := s.where(func(_ int, g *trace.Segment) bool { return s.side(g) == side && g.Len > 0 })
	if len(data) == 0 {
		return nil
	}
	last := s.list[data[len(data)-1]].Frame
	q := a.number(int64(len(data)), "quiz.data-packets.ask", c.ID, whose(side)).on(c, last)
	q.Given = s.table(0, len(s.list))
	all := s.where(func(_ int, g *trace.Segment) bool { return s.side(g) == side })
	q.slip(int64(len(all)), "quiz.data-packets.side").slip(int64(len(s.list)), "quiz.data-packets.all")
	q.hint("quiz.data-packets.hint")
	for _, i := range data {
		q.at(s.list[i].Frame, "quiz.data-packets.data", bytesOf(int64(s.list[i].Len)))
	}
	return q.say("quiz.data-packets.others").cite("RFC 9293, Section 3.1")
}

// signals are what a packet's flags can say, by their names in the phrases.
var signals = []string{"syn", "syn-ack", "fin", "rst", "ack", "data"}

func flagsSaying(signal string) saying { return phrase("quiz.flags-meaning.says-" + signal) }

// flagsMeaning asks what a packet is for.
func flagsMeaning(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	g := &s.list[a.rng.IntN(len(s.list))]
	const control = tcp.SYN | tcp.FIN | tcp.RST
	odd := s.where(func(_ int, g *trace.Segment) bool { return g.Flags&control != 0 })
	if a.rng.IntN(3) > 0 && len(odd) > 0 {
		g = s.pick(a, odd)
	}
	signal, cite := signalOf(g)
	if signal == "" {
		return nil
	}
	var wrong []option
	for _, other := range mixed(a.rng, slices.Clone(signals)) {
		wrong = append(wrong, option{says: flagsSaying(other)})
	}
	flags := flagText(g.Flags)
	q := a.choose(flagsSaying(signal), wrong, "quiz.flags-meaning.ask",
		g.Frame, whose(s.side(g)), flags, bytesOf(int64(g.Len)))
	q.on(c, g.Frame).hint("quiz.flags-meaning.hint")
	return q.at(g.Frame, "quiz.flags-meaning.here-"+signal, flags).cite(cite)
}

// signalOf is what flags say, and where that is written; "" when they say
// several things at once.
func signalOf(g *trace.Segment) (signal, cite string) {
	switch kind := g.Flags & (tcp.SYN | tcp.FIN | tcp.RST | tcp.ACK); {
	case kind == tcp.SYN && g.Len == 0:
		return "syn", "RFC 9293, Section 3.5"
	case kind == tcp.SYN|tcp.ACK && g.Len == 0:
		return "syn-ack", "RFC 9293, Section 3.5"
	case kind&^tcp.ACK == tcp.FIN && g.Len == 0:
		return "fin", "RFC 9293, Section 3.6"
	case kind&^tcp.ACK == tcp.RST:
		return "rst", "RFC 9293, Section 3.5.2"
	case kind == tcp.ACK && g.Len == 0 && g.Notes&tcp.KeepAlive == 0:
		return "ack", "RFC 9293, Section 3.1"
	case kind == tcp.ACK && g.Len > 0:
		return "data", "RFC 9293, Section 3.1"
	}
	return "", ""
}
