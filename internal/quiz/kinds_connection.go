package quiz

import (
	"httpscope/internal/doc"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// connectionKinds ask about connections as a whole, and about time.
func connectionKinds() []kind {
	return []kind{
		{about: "server-port", topic: "connections", connection: serverPort},
		{about: "client-end", topic: "connections", connection: clientEnd},
		{about: "who-closed", topic: "connections", connection: whoClosed},
		{about: "exchange-count", topic: "connections", connection: exchangeCount},
		{about: "connection-count", topic: "connections", capture: connectionCount},
		{about: "same-connection", topic: "connections", exchange: sameConnection},
		{about: "tls-visible", topic: "connections", connection: tlsVisible},
		{about: "round-trip", topic: "time", connection: roundTrip},
		{about: "server-time", topic: "time", exchange: serverTime},
	}
}

// opened is the SYN of a connection whose two ends can be told apart.
func (a *asker) opened(c *trace.Connection) *trace.Segment {
	s := a.segments(c)
	if s == nil || c.Ends[0] == c.Ends[1] {
		return nil
	}
	three, ok := s.handshake()
	if !ok {
		return nil
	}
	return three[0]
}

// addressed shows a packet with where it comes from and where it goes.
func (a *asker) addressed(c *trace.Connection, g *trace.Segment) doc.Lines {
	from := c.Side(g.Dir)
	text := a.texts.Phrase("quiz.addressed", g.Frame, endText(c.Ends[from]), endText(c.Ends[1-from]), flagText(g.Flags))
	return doc.Lines{given(doc.Request, g.Frame, text)}
}

// serverPort asks which of two ports the server waits on.
func serverPort(a *asker, c *trace.Connection) *Question {
	g := a.opened(c)
	if g == nil || c.Ends[0].Port() == c.Ends[1].Port() {
		return nil
	}
	client, server := c.Ends[0].Port(), c.Ends[1].Port()
	q := a.number(int64(server), "quiz.server-port.ask", c.ID).on(c, g.Frame)
	q.Given = a.addressed(c, g)
	q.slip(int64(client), "quiz.server-port.client")
	q.hint("quiz.server-port.hint")
	q.at(g.Frame, "quiz.server-port.syn", client, server)
	return q.say("quiz.server-port.known").cite("RFC 9293, Section 3.5; RFC 6335, Section 6")
}

// clientEnd asks which end is the client.
func clientEnd(a *asker, c *trace.Connection) *Question {
	g := a.opened(c)
	if g == nil {
		return nil
	}
	client, server := endText(c.Ends[0]), endText(c.Ends[1])
	wrong := []option{{literal(server), phrase("quiz.client-end.server")},
		{phrase("quiz.client-end.neither"), phrase("quiz.client-end.neither-why")},
		{phrase("quiz.client-end.unknown"), nil}}
	q := a.choose(literal(client), wrong, "quiz.client-end.ask", c.ID).on(c, g.Frame)
	q.Given = a.addressed(c, g)
	q.hint("quiz.client-end.hint")
	q.at(g.Frame, "quiz.client-end.syn", client)
	return q.cite("RFC 9293, Section 3.5")
}

// stillOpen is the choice when no side has ended a connection.
const stillOpen = "quiz.who-closed.nobody"

// closing is the choice for how a connection ends: by a side, with a flag.
func closing(side int, flag tcp.Flags) string {
	switch {
	case side == 0 && flag == tcp.FIN:
		return "quiz.who-closed.client-fin"
	case side == 0:
		return "quiz.who-closed.client-rst"
	case flag == tcp.FIN:
		return "quiz.who-closed.server-fin"
	}
	return "quiz.who-closed.server-rst"
}

// closedBy is how a packet with FIN or RST ends a connection.
func (s *segments) closedBy(g *trace.Segment) string {
	if g.Flags&tcp.RST != 0 {
		return closing(s.side(g), tcp.RST)
	}
	return closing(s.side(g), tcp.FIN)
}

// whoClosed asks which side ended the connection first, and how.
func whoClosed(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	ends := s.where(func(_ int, g *trace.Segment) bool { return g.Flags&(tcp.FIN|tcp.RST) != 0 })
	right, i := stillOpen, len(s.list)-1
	if len(ends) > 0 {
		i = ends[0]
		right = s.closedBy(&s.list[i])
	}
	wrong := options(phrases(closing(0, tcp.FIN), closing(1, tcp.FIN),
		closing(0, tcp.RST), closing(1, tcp.RST), stillOpen)...)
	g := &s.list[i]
	q := a.choose(phrase(right), mixed(a.rng, wrong), "quiz.who-closed.ask", c.ID).on(c, g.Frame)
	q.Given = s.table(i-3, i+5)
	q.hint("quiz.who-closed.hint")
	if len(ends) == 0 {
		return q.at(g.Frame, "quiz.who-closed.last").cite("RFC 9293, Section 3.6")
	}
	q.at(g.Frame, "quiz.who-closed.first", whose(s.side(g)), flagText(g.Flags))
	if g.Flags&tcp.RST != 0 {
		t, _ := a.texts.Lookup("tcp-reset")
		return q.rule(t)
	}
	return q.say("quiz.who-closed.fin").cite("RFC 9293, Section 3.6")
}

// exchangeCount asks how many exchanges share a connection.
func exchangeCount(a *asker, c *trace.Connection) *Question {
	on := a.on[c.ID]
	if len(on) == 0 || int64(len(on)) != c.Exchanges || len(on) > maxTable {
		return nil
	}
	q := a.number(c.Exchanges, "quiz.exchange-count.ask", c.ID, endText(c.Ends[0]), endText(c.Ends[1]))
	q.on(c, c.Start.Packet)
	q.slip(c.Packets[0]+c.Packets[1], "quiz.exchange-count.packets").slip(2*c.Exchanges, "quiz.exchange-count.messages")
	q.hint("quiz.exchange-count.hint")
	for _, x := range on {
		for m := range x.Messages() {
			q.at(m.First.Packet, "quiz.exchange-count.begins", kindOf(m), x.ID)
			break
		}
	}
	if len(on) > 1 {
		return q.say("quiz.exchange-count.persistent").cite("RFC 9112, Section 9.3")
	}
	return q.say("quiz.exchange-count.one").cite("RFC 9112, Section 9.3")
}

// connectionCount asks how many connections the capture has.
func connectionCount(a *asker) *Question {
	n := int64(len(a.connections))
	if n > 4*maxTable {
		return nil
	}
	q := a.number(n, "quiz.connection-count.ask")
	q.Ref.Frame = a.connections[0].Start.Packet
	q.slip(int64(len(a.exchanges)), "quiz.connection-count.exchanges").slip(2*n, "quiz.connection-count.twice")
	q.hint("quiz.connection-count.hint")
	for _, c := range a.connections {
		q.at(c.Start.Packet, "quiz.connection-count.first", c.ID, endText(c.Ends[0]), endText(c.Ends[1]))
	}
	return q.cite("RFC 9293, Section 3.4.1")
}

// sameConnection asks whether two requests shared a connection.
func sameConnection(a *asker, x *trace.Exchange) *Question {
	var others []*trace.Exchange
	for _, y := range a.after(x, 4) {
		if y.Request != nil && (y.Conn.ID == x.Conn.ID || y.Conn.Ends != x.Conn.Ends) {
			others = append(others, y)
		}
	}
	if x.Request == nil || len(others) == 0 {
		return nil
	}
	y := others[a.rng.IntN(len(others))]
	is := y.Conn.ID == x.Conn.ID
	q := a.yesNo(is, "quiz.same-connection.ask", nameOf(x), nameOf(y)).about(x, y.Request.First.Packet)
	for _, z := range []*trace.Exchange{x, y} {
		frame, from, to := z.Request.First.Packet, z.Conn.Ends[0], z.Conn.Ends[1]
		q.show(doc.Request, frame, "quiz.same-connection.begins", frame, endText(from), endText(to))
		q.at(frame, "quiz.same-connection.from", from.Port(), z.Conn.ID, z.Ordinal)
	}
	q.hint("quiz.same-connection.hint")
	if is {
		q.say("quiz.same-connection.equal")
	} else {
		q.say("quiz.same-connection.different")
	}
	return q.cite("RFC 9293, Section 3.4.1; RFC 9112, Section 9.3")
}

// tlsVisible asks what TLS hides.
func tlsVisible(a *asker, c *trace.Connection) *Question {
	if c.Protocol != trace.TLS {
		return nil
	}
	s := a.segments(c)
	if s == nil {
		return nil
	}
	data := s.where(func(_ int, g *trace.Segment) bool { return g.Len > 0 })
	if len(data) == 0 {
		return nil
	}
	first := s.list[data[0]].Frame
	wrong := options(phrases("quiz.tls-visible.target", "quiz.tls-visible.status",
		"quiz.tls-visible.cookies", "quiz.tls-visible.host")...)
	q := a.choose(phrase("quiz.tls-visible.packets"), mixed(a.rng, wrong), "quiz.tls-visible.ask", c.ID).on(c, first)
	q.hint("quiz.tls-visible.hint")
	q.at(first, "quiz.tls-visible.first")
	return q.say("quiz.tls-visible.inside").cite("RFC 8446, Section 5.2; RFC 9110, Section 4.2.2")
}
