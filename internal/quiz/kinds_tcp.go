package quiz

import (
	"fmt"

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
	q := number(three[2].Frame, "Which packet completes the handshake of connection %d?", c.ID).on(c, three[2].Frame)
	q.Given = s.table(0, 6)
	q.slip(three[0].Frame, "This is the first of the three: it asks for the connection.").slip(three[1].Frame, "This is the second of the three: the client has not confirmed it yet.")
	q.hint("Both sides send a SYN, and both SYNs are acknowledged. Which packet acknowledges the second one?")
	q.at(three[0].Frame, "is the SYN of the client.")
	q.at(three[1].Frame, "is the SYN of the server, and acknowledges the client's.")
	q.at(three[2].Frame, "acknowledges the server's SYN. Now both sides know that the other one hears them.")
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
	q := number(int64(three[1].Ack), "Packet %d is the SYN of connection %d, with the absolute sequence number %d. Which absolute acknowledgment number does the SYN-ACK, packet %d, carry?",
		three[0].Frame, c.ID, three[0].Seq, three[1].Frame).on(c, three[1].Frame)
	q.slip(int64(three[0].Seq), "That would acknowledge nothing: the number names the next byte that is expected.").
		slip(1, "This is the relative number. The question is about the number as it stands in the packet.")
	q.hint("A SYN carries no data, and still takes one sequence number.")
	q.at(three[0].Frame, "has the sequence number %d. The SYN itself takes this number.", three[0].Seq)
	q.at(three[1].Frame, "acknowledges %d: the next number that the server expects.", three[1].Ack)
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
	q := number(n, "The SYN of the %s, packet %d, has the absolute sequence number %d. Packet %d of the same side has %d. What is its relative sequence number, when the SYN counts as 0?",
		whose(s.side(g)), first.Frame, first.Seq, g.Frame, g.Seq).on(c, g.Frame)
	q.slip(n-1, "This is the offset in the stream. The SYN takes a number too, so the first byte has the number 1.").
		slip(int64(g.Seq), "This is the absolute number, as it stands in the packet.").slip(g.Frame, "This is the number of the packet in the capture.")
	q.hint("Subtract, and mind that numbers begin again at 0 after 4294967295.")
	q.at(first.Frame, "is the SYN with %d, which counts as 0.", first.Seq)
	q.at(g.Frame, "has %d: %d more. Its first byte has the offset %d in the stream.", g.Seq, n, n-1)
	return q.cite("RFC 9293, Section 3.4")
}

// nextNumber asks for the sequence number behind a packet's data.
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
	from := int64(s.relative(g))
	q := number(from+int64(g.Len), "Packet %d of the %s has the relative sequence number %d and carries %s of data. Which relative sequence number has the next byte of this side?",
		g.Frame, whose(s.side(g)), from, bytesOf(int64(g.Len))).on(c, g.Frame)
	q.slip(from+1, "Sequence numbers count bytes, not packets.").slip(from+int64(g.Len)+1, "The number names the first byte of the packet, so the next packet begins exactly the length further on.").
		slip(from+int64(g.Len)-1, "This is the number of the last byte in the packet.")
	q.hint("The sequence number names the first byte in the packet.")
	q.at(g.Frame, "carries the bytes with the numbers %d to %d.", from, from+int64(g.Len)-1)
	return q.say("The next one is %d, and this is what the other side acknowledges.", from+int64(g.Len)).cite("RFC 9293, Section 3.4")
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
	other := whose(1 - s.side(g))
	q := number(g.Acked, "Packet %d of the %s has the relative acknowledgment number %d. How many bytes of the %s's data does it say have come, in all?",
		g.Frame, whose(s.side(g)), s.relativeAck(g), other).on(c, g.Frame)
	q.slip(g.Acked+1, "This is the acknowledgment number itself. The SYN took the number 0, so the data begins at 1.").
		slip(int64(g.Len), "This is what the packet carries itself, not what it acknowledges.")
	q.hint("The number names the next byte that is expected, and the first byte of the data has the number 1.")
	q.at(g.Frame, "expects the byte with the number %d next, so it has all before it: the SYN and %s.", s.relativeAck(g), bytesOf(g.Acked))
	return q.say("An acknowledgment is cumulative: it stands for everything before the number, in however many packets that came.").cite("RFC 9293, Section 3.4")
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
	q := number(by.Frame, "Packet %d carries bytes %d to %d of the %s's stream. Which packet is the first that acknowledges all of them?",
		g.Frame, g.Offset, end(g)-1, whose(s.side(g))).on(c, by.Frame)
	q.Given = s.table(i, i+8)
	if next := s.first(i+1, func(o *trace.Segment) bool { return o.Dir == g.Dir }); next != nil {
		q.slip(next.Frame, "This packet is of the same side. The receiver of the data acknowledges it.")
	}
	q.slip(g.Frame, "This is the packet with the data. The other side acknowledges it.")
	q.hint("Look at the packets of the other side, and at the column ack.")
	q.at(g.Frame, "ends with the byte of offset %d, whose relative sequence number is %d.", end(g)-1, end(g))
	q.at(by.Frame, "expects %d next, so it confirms all before it.", by.Acked+1)
	return q.say("Every packet but the SYN carries an acknowledgment, also one with data of its own.").cite("RFC 9293, Sections 3.4 and 3.8.6.3")
}

// near is how many packets before another one may have overtaken it in the capture.
const near = 64

// confirms is the place of the first packet that acknowledges the data of
// another, -1 when there is none close behind it, or when it cannot be told.
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
	q := number(int64(len(data)), "How many packets of connection %d carry data of the %s?", c.ID, whose(side)).on(c, last)
	q.Given = s.table(0, len(s.list))
	all := s.where(func(_ int, g *trace.Segment) bool { return s.side(g) == side })
	q.slip(int64(len(all)), "These are all packets of this side. Some carry no data: they open, acknowledge or close.").slip(int64(len(s.list)), "These are all packets of the connection.")
	q.hint("Count the packets of this side whose length is not 0.")
	for _, i := range data {
		q.at(s.list[i].Frame, "carries %s.", bytesOf(int64(s.list[i].Len)))
	}
	return q.say("The other packets of this side carry no data: they open, acknowledge or close.").cite("RFC 9293, Section 3.1")
}

// Sentences for what a packet's flags say.
const (
	saysSYN    = "It asks to open a connection."
	saysSYNACK = "It accepts the connection, and opens the other direction."
	saysFIN    = "Its sender has no more data to send; the other side may still send."
	saysRST    = "The connection is over at once, in both directions."
	saysACK    = "It carries no data and only says what has come."
	saysData   = "It carries data, and says what has come from the other side."
)

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
	says, cite := flagsSay(g)
	if says == "" {
		return nil
	}
	wrong := mixed(a.rng, choicesOf(saysSYN, saysSYNACK, saysFIN, saysRST, saysACK, saysData))
	q := choose(a.rng, says, wrong, "Packet %d of the %s has the flags %s and carries %s. What does it say?", g.Frame, whose(s.side(g)), flagText(g.Flags), bytesOf(int64(g.Len))).on(c, g.Frame)
	q.hint("SYN opens, FIN ends one direction, RST breaks off, ACK acknowledges.")
	return q.at(g.Frame, "has the flags %s: %s", flagText(g.Flags), fmt.Sprintf("%c%s", says[0]|0x20, says[1:])).cite(cite)
}

// flagsSay is what flags say, and where that is written; "" when they say
// several things at once.
func flagsSay(g *trace.Segment) (says, cite string) {
	switch kind := g.Flags & (tcp.SYN | tcp.FIN | tcp.RST | tcp.ACK); {
	case kind == tcp.SYN && g.Len == 0:
		return saysSYN, "RFC 9293, Section 3.5"
	case kind == tcp.SYN|tcp.ACK && g.Len == 0:
		return saysSYNACK, "RFC 9293, Section 3.5"
	case kind&^tcp.ACK == tcp.FIN && g.Len == 0:
		return saysFIN, "RFC 9293, Section 3.6"
	case kind&^tcp.ACK == tcp.RST:
		return saysRST, "RFC 9293, Section 3.5.2"
	case kind == tcp.ACK && g.Len == 0 && g.Notes&tcp.KeepAlive == 0:
		return saysACK, "RFC 9293, Section 3.1"
	case kind == tcp.ACK && g.Len > 0:
		return saysData, "RFC 9293, Section 3.1"
	}
	return "", ""
}
