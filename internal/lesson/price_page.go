package lesson

import (
	"fmt"

	"httpscope/internal/doc"
)

// Page implements [Lesson].
func (p *Price) Page() doc.Lines {
	var s sheet
	s.title("The price of a connection")
	if len(p.Connections) == 0 {
		s.say(doc.Dim, "No packet of a connection is in what was looked at: what servers' own sockets hear has none.")
		return s.lines
	}
	s.say(doc.Plain, "A connection takes three packets and one round trip before the first byte of a request, and FINs with their acknowledgments after the last. The client waits for the set-up; nobody waits for the tear-down.")
	s.add(doc.Line{})
	s.say(doc.Dim, "%s", priceHeading)
	for i := range p.Connections[:min(len(p.Connections), maxPriced)] {
		p.row(&s, &p.Connections[i])
	}
	if p.left > 0 {
		s.say(doc.Dim, "      and %s, which are part of the sums", count(int64(p.left), "more connection", "more connections"))
	}
	s.add(doc.LineOf(doc.Ref{}, doc.Spanf(doc.Title, "%s", p.cells("all", &p.Total, "", "", ""))))
	p.sums(&s)
	p.rtts(&s)
	p.Model.lines(&s, p)
	return s.lines
}

const priceHeading = " conn  exch.  set-up    data    acks   close |  packets    payload    headers | trips"

// cells is a row of the table.
func (p *Price) cells(name string, c *Cost, exchanges, trips, note string) string {
	sum := c.Sum()
	headers := "-"
	if p.Sized {
		headers = number(sum.Headers)
	}
	return fmt.Sprintf("%5s %6s %7d %7d %7d %7d | %8d %10d %10s | %5s%s", name, exchanges, c.Setup.Packets, c.Data.Packets, c.Acks.Packets, c.Teardown.Packets, sum.Packets, sum.Payload, headers, trips, note)
}

func (p *Price) row(s *sheet, k *ConnectionPrice) {
	note := ""
	if k.Dropped > 0 {
		note = fmt.Sprintf("  without %d older packets that are not kept", k.Dropped)
	}
	s.add(doc.LineOf(doc.Ref{Frame: k.frame}, doc.Spanf(doc.Plain, "%s", p.cells(number(k.Connection), &k.Cost, number(k.Exchanges), number(int64(k.Trips)), note))))
}

// sums says what the totals mean.
func (p *Price) sums(s *sheet) {
	sum := p.Total.Sum()
	overhead := p.Total.Setup.Packets + p.Total.Teardown.Packets
	s.add(doc.Line{})
	s.say(doc.Plain, "%d of %s, %s, are for set-up and tear-down.", overhead, count(sum.Packets, "packet", "packets"), percent(overhead, sum.Packets))
	if p.Sized {
		s.say(doc.Plain, "On the wire there are %s: %d of headers of link, IP and TCP, and %d of payload. Of the payload %d are heads of HTTP messages and %d are bodies.", count(sum.Headers+sum.Payload, "byte", "bytes"), sum.Headers, sum.Payload, p.Total.Heads, p.Total.Bodies)
	} else {
		s.say(doc.Plain, "The payload is %s, of which %d are heads of HTTP messages and %d are bodies. Lengths of packets on the wire are not known here, so headers are not counted.", count(sum.Payload, "byte", "bytes"), p.Total.Heads, p.Total.Bodies)
	}
	if rest := sum.Payload - p.Total.Heads - p.Total.Bodies - p.Total.Resent; rest > 0 {
		s.say(doc.Plain, "%s more are for chunk sizes, trailers, probes and other protocols.", count(rest, "byte of payload", "bytes of payload"))
	}
	if p.Total.Resent > 0 {
		s.say(doc.Plain, "%s of payload came twice.", count(p.Total.Resent, "byte", "bytes"))
	}
}

func percent(n, of int64) string {
	if of == 0 {
		return "0 %"
	}
	return fmt.Sprintf("%d %%", (100*n+of/2)/of)
}

// rtts says how the round trip was measured.
func (p *Price) rtts(s *sheet) {
	m := &p.Model
	if m.Measured == 0 {
		s.say(doc.Note, "No round-trip time could be measured: that takes a whole handshake in which the SYN was sent once.")
		return
	}
	s.say(doc.Plain, "The round-trip time is %s, the median of %s. Each is SYN to SYN-ACK, the way from the capture to the server and back, plus SYN-ACK to ACK, the way to the client and back, as seen where the capture was made.", millis(m.RTT), count(int64(m.Measured), "handshake", "handshakes"))
}

// lines shows what other ways would have cost.
func (m *Model) lines(s *sheet, p *Price) {
	if len(m.Strategies) == 0 {
		s.say(doc.Dim, "What other ways would have cost cannot be computed: it takes a measured round trip and at least one whole exchange.")
		return
	}
	s.title("The same %s in other ways", count(int64(m.Exchanges), "exchange", "exchanges"))
	s.say(doc.Dim, "%s %5s %7s %7s %6s %8s %9s %6s %12s", cell("connections", 22), "conns", "set-up", "data", "FINs", "packets", "headers", "trips", "time")
	for i := range m.Strategies {
		y := &m.Strategies[i]
		headers := number(y.Headers)
		if !p.Sized {
			headers = "-"
		}
		s.say(doc.Plain, "%s %5d %7d %7d %6d %8d %9s %6d %12s", cell(y.Name, 22), y.Connections, y.Setup, y.Data, y.Fins, y.Packets(), headers, y.Trips, millis(y.Elapsed))
	}
	s.add(doc.Line{})
	s.say(doc.Plain, "The model. Set-up takes one round trip, and each request one more, plus the time that the server thought (%s in all) and the time that the bytes took (%s in all), both as measured. What the server thought is the time from the request's last byte to the response's first, less the round trip between capture and server.", millis(m.Think), millis(m.Transfer))
	s.say(doc.Plain, "One for each request: one after the other, as with HTTP/1.0, two round trips each. Six in parallel: all requests are known at the beginning and are dealt out evenly in their order; the slowest connection counts. One persistent: one after the other, not pipelined.")
	s.say(doc.Plain, "It assumes that heads, packets with data, and the server's speed stay as they were, that parallel connections do not slow one another down, and that nothing is lost. It leaves out what slow start would cost on new connections with large bodies, TLS handshakes, and acknowledgments without data, whose number depends on timers of both ends.")
	if m.Left > 0 {
		s.say(doc.Dim, "%s without a whole response or without times are left out.", count(int64(m.Left), "exchange", "exchanges"))
	}
}
