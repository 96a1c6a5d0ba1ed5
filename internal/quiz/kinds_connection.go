package quiz

import (
	"fmt"

	"httpscope/internal/doc"
	"httpscope/internal/explain"
	"httpscope/internal/layer"
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

func addressed(c *trace.Connection, g *trace.Segment) doc.Lines {
	from := c.Side(g.Dir)
	l := words(doc.Request, "    packet %d  %s -> %s  %s", g.Frame, endText(c.Ends[from]), endText(c.Ends[1-from]), flagText(g.Flags))
	l.Ref.Frame = g.Frame
	return doc.Lines{l}
}

// serverPort asks which of two ports the server waits on.
func serverPort(a *asker, c *trace.Connection) *Question {
	g := a.opened(c)
	if g == nil || c.Ends[0].Port() == c.Ends[1].Port() {
		return nil
	}
	client, server := c.Ends[0].Port(), c.Ends[1].Port()
	q := number(int64(server), "On which port does the server of connection %d wait?", c.ID).on(c, g.Frame)
	q.Given = addressed(c, g)
	q.slip(int64(client), "This is the client's port. Its system chose it for this connection only.")
	q.hint("The client sends the SYN, to the address and port where the server waits.")
	q.at(g.Frame, "is the SYN. It goes from the client, port %d, to the server, port %d.", client, server)
	return q.say("A server waits on a port that is known beforehand. A client gets any free port, and another one for each connection.").cite("RFC 9293, Section 3.5; RFC 6335, Section 6")
}

// clientEnd asks which end is the client.
func clientEnd(a *asker, c *trace.Connection) *Question {
	g := a.opened(c)
	if g == nil {
		return nil
	}
	wrong := []Choice{{Text: endText(c.Ends[1]), Why: "The SYN goes to this end: here the server waits."},
		{Text: "Neither: TCP has no client", Why: "After the handshake both ends are equal for TCP, but one of them has opened the connection."},
		{Text: "It cannot be told from the packets"}}
	q := choose(a.rng, endText(c.Ends[0]), wrong, "Which end of connection %d is the client?", c.ID).on(c, g.Frame)
	q.Given = addressed(c, g)
	q.hint("Who sends the first packet with SYN?")
	q.at(g.Frame, "is the SYN, and comes from %s. The client is the side that opens the connection.", endText(c.Ends[0]))
	return q.cite("RFC 9293, Section 3.5")
}

// closing is which side ends a connection, and by which flag.
type closing struct {
	side int
	flag tcp.Flags
}

// Sentences for how a connection ends.
var closings = map[closing]string{
	{0, tcp.FIN}: "The client, with a FIN", {1, tcp.FIN}: "The server, with a FIN",
	{0, tcp.RST}: "The client, with a RST", {1, tcp.RST}: "The server, with a RST",
}

const stillOpen = "Nobody: the connection is open when the capture ends"

// whoClosed asks which side ended the connection first, and how.
func whoClosed(a *asker, c *trace.Connection) *Question {
	s := a.segments(c)
	if s == nil {
		return nil
	}
	ends := s.where(func(_ int, g *trace.Segment) bool { return g.Flags&(tcp.FIN|tcp.RST) != 0 })
	last := len(s.list) - 1
	right, i := stillOpen, last
	if len(ends) > 0 {
		i = ends[0]
		how := tcp.FIN
		if s.list[i].Flags&tcp.RST != 0 {
			how = tcp.RST
		}
		right = closings[closing{s.side(&s.list[i]), how}]
	}
	wrong := choicesOf(closings[closing{0, tcp.FIN}], closings[closing{1, tcp.FIN}],
		closings[closing{0, tcp.RST}], closings[closing{1, tcp.RST}], stillOpen)
	g := &s.list[i]
	q := choose(a.rng, right, mixed(a.rng, wrong), "Who ended connection %d first, and how?", c.ID).on(c, g.Frame)
	q.Given = s.table(i-3, i+5)
	q.hint("Look for the first packet with FIN or RST.")
	if len(ends) == 0 {
		return q.at(g.Frame, "is the last one of the connection, and no packet has FIN or RST.").cite("RFC 9293, Section 3.6")
	}
	q.at(g.Frame, "of the %s is the first with FIN or RST: its flags are %s.", whose(s.side(g)), flagText(g.Flags))
	if g.Flags&tcp.RST != 0 {
		t, _ := explain.Lookup("tcp-reset")
		return q.rule(t)
	}
	return q.say("A FIN ends one direction. The other side answers with a FIN of its own when it has no more data either.").cite("RFC 9293, Section 3.6")
}

// exchangeCount asks how many exchanges share a connection.
func exchangeCount(a *asker, c *trace.Connection) *Question {
	on := a.on[c.ID]
	if len(on) == 0 || int64(len(on)) != c.Exchanges || len(on) > maxTable {
		return nil
	}
	q := number(c.Exchanges, "How many exchanges, each a request with its response, are on connection %d, between %s and %s?", c.ID, endText(c.Ends[0]), endText(c.Ends[1])).on(c, c.Start.Packet)
	q.slip(c.Packets[0]+c.Packets[1], "This is the number of packets. A message may take several, and some carry none.").slip(2*c.Exchanges, "These are the messages. A request and its response are one exchange.")
	q.hint("Count the request lines that the client sends on this connection.")
	for _, x := range on {
		for m := range x.Messages() {
			q.at(m.First.Packet, "begins the %s of exchange %d.", m.Side, x.ID)
			break
		}
	}
	if len(on) > 1 {
		return q.say("One handshake serves them all: the connection is persistent.").cite("RFC 9112, Section 9.3")
	}
	return q.say("Each connection costs a handshake, whatever it is used for.").cite("RFC 9112, Section 9.3")
}

// connectionCount asks how many connections the capture has.
func connectionCount(a *asker) *Question {
	n := int64(len(a.connections))
	if n > 4*maxTable {
		return nil
	}
	q := number(n, "How many TCP connections are in this capture?")
	q.Ref.Frame = a.connections[0].Start.Packet
	q.slip(int64(len(a.exchanges)), "This is the number of exchanges. Several may share a connection, and a connection may have none.").
		slip(2*n, "Each connection has two directions, and is one connection.")
	q.hint("Two addresses and two ports name a connection. Count the packets with SYN and without ACK.")
	for _, c := range a.connections {
		q.at(c.Start.Packet, "is the first of connection %d: %s -> %s.", c.ID, endText(c.Ends[0]), endText(c.Ends[1]))
	}
	return q.cite("RFC 9293, Section 3.4.1")
}

// sameConnection asks whether two requests shared a connection.
func sameConnection(a *asker, x *trace.Exchange) *Question {
	var others []*trace.Exchange
	for _, y := range a.behind(x, 4) {
		if y.Request != nil && (y.Conn.ID == x.Conn.ID || y.Conn.Ends != x.Conn.Ends) {
			others = append(others, y)
		}
	}
	if x.Request == nil || len(others) == 0 {
		return nil
	}
	y := others[a.rng.IntN(len(others))]
	q := yesNo(y.Conn.ID == x.Conn.ID, "Did %s and %s use the same TCP connection?", nameOf(x), nameOf(y)).about(x, y.Request.First.Packet)
	for _, z := range []*trace.Exchange{x, y} {
		l := words(doc.Request, "    packet %d  %s -> %s  begins the request", z.Request.First.Packet, endText(z.Conn.Ends[0]), endText(z.Conn.Ends[1]))
		l.Ref.Frame = z.Request.First.Packet
		q.Given = append(q.Given, l)
		q.at(z.Request.First.Packet, "comes from port %d: connection %d, exchange %d on it.", z.Conn.Ends[0].Port(), z.Conn.ID, z.Ordinal)
	}
	q.hint("Two addresses and two ports name a connection.")
	return q.say("%s", map[bool]string{true: "All four numbers are equal, so it is one connection.", false: "The numbers differ, so these are two connections with a handshake each."}[y.Conn.ID == x.Conn.ID]).cite("RFC 9293, Section 3.4.1; RFC 9112, Section 9.3")
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
	wrong := mixed(a.rng, choicesOf("The target of each request", "The status of each response", "The names and values of the cookies", "The Host field of each request"))
	q := choose(a.rng, "Addresses, ports, sizes and times of the packets", wrong, "Connection %d speaks TLS. What can somebody on the way read of it without the keys?", c.ID).on(c, s.list[data[0]].Frame)
	q.hint("TLS encrypts what TCP carries, not TCP itself.")
	q.at(s.list[data[0]].Frame, "carries the first bytes of the TLS handshake. Its IP and TCP headers are in the clear, as those of all others.")
	return q.say("Requests, responses and all their fields are inside the encrypted records. The name of the server usually stands in the first message of the handshake.").cite("RFC 8446, Section 5.2; RFC 9110, Section 4.2.2")
}

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
	q := millis(three[1].Nano-three[0].Nano, "How long did the client of connection %d wait for the answer to its SYN, as the capture saw it? Answer in milliseconds.", c.ID).on(c, three[1].Frame)
	for i, g := range three {
		l := words(doc.Plain, "    packet %d  %-7s  %9.3f ms", g.Frame, []string{"SYN", "SYN-ACK", "ACK"}[i], since(g))
		l.Ref.Frame = g.Frame
		q.Given = append(q.Given, l)
	}
	q.slipMillis(three[2].Nano-three[0].Nano, "This is the time of the whole handshake. The answer to the SYN is the SYN-ACK.").
		slipMillis(three[2].Nano-three[1].Nano, "This is the time that the client took for its own answer.")
	q.hint("Subtract the times of the SYN and of the packet that answers it.")
	q.at(three[0].Frame, "is the SYN.")
	q.at(three[1].Frame, "is the SYN-ACK, %.3f ms later.", since(three[1]))
	return q.say("This is a round trip as far as the capture can see: near the client the whole one, near the server only the server's own time.").cite("RFC 9293, Section 3.5; RFC 6298, Section 2")
}

// serverTime asks how long a client waited for its response.
func serverTime(a *asker, x *trace.Exchange) *Question {
	wait, receive := x.Timing()
	if x.Request == nil || x.Response == nil || !x.Request.Complete || x.InterimCount > 0 || wait <= 0 || receive < 0 || x.Request.Last.Nano == 0 {
		return nil
	}
	zero := x.Request.First.Nano
	moment := func(p layer.Stamp) string { return fmt.Sprintf("%.3f ms", float64(p.Nano-zero)/1e6) }
	q := millis(int64(wait), "How long did the client of %s wait between the last byte of its request and the first byte of the response? Answer in milliseconds.", nameOf(x)).about(x, x.Response.First.Packet)
	for _, m := range []*trace.Message{x.Request, x.Response} {
		l := words(doc.Plain, "    %-8s  first byte at %s, last byte at %s", m.Side, moment(m.First), moment(m.Last))
		l.Ref.Frame = m.First.Packet
		q.Given = append(q.Given, l)
	}
	q.slipMillis(int64(receive), "This is how long the response took from its first to its last byte.").slipMillis(int64(wait+receive), "This is the time up to the last byte of the response.").
		slipMillis(x.Response.First.Nano-zero, "This counts from the first byte of the request.")
	q.hint("Subtract the time of the request's last byte from that of the response's first.")
	q.at(x.Request.Last.Packet, "carries the last byte of the request, at %s.", moment(x.Request.Last))
	q.at(x.Response.First.Packet, "carries the first byte of the response, at %s.", moment(x.Response.First))
	return q.say("Most of this is the time that the server needed, with one round trip on top.").cite("RFC 9110, Section 3.3")
}
