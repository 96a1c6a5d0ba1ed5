package page

import (
	"cmp"
	"fmt"
	"math"
	"net/netip"
	"strings"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// TCP is the facts of a connection, then its packets. Those that carry bytes of
// the exchange are marked. The tape and the exchange may be nil.
func TCP(c *trace.Connection, t *trace.Tape, x *trace.Exchange) doc.Page {
	page := join(facts(c))
	for i := range c.Findings {
		l := findingLine(x, &c.Findings[i])
		l.Ref.From, l.Ref.To = 0, 0
		page.add(doc.Lines{l})
	}
	if c.Heard || t == nil || len(t.Segments) == 0 {
		page.add(doc.Lines{{}, doc.Linef(doc.Warning, "%s", noPackets(c))})
		return page
	}
	if t.Dropped > 0 {
		page.add(doc.Lines{{}, doc.Linef(doc.Warning, "%s are no longer kept in memory", plural(t.Dropped, "older packet", "older packets"))})
	}
	s := segments{c: c, t: t, x: x}
	page.add(doc.Lines{{}, doc.Linef(doc.Dim, "   %7s %10s  %-6s %-15s %9s %9s %6s %6s  %s", "pkt", "s", "", "flags", "seq", "ack", "bytes", "window", "")})
	page.add(&s)
	return page
}

func noPackets(c *trace.Connection) string {
	if c.Heard {
		return "This connection was heard by the server's sockets: its packets are not known."
	}
	return "The packets of this connection are not kept."
}

// facts is what is known of a connection as a whole.
func facts(c *trace.Connection) doc.Lines {
	out := doc.Lines{doc.LineOf(doc.Ref{Frame: c.Start.Packet}, doc.Spanf(doc.Title, "Connection %d", c.ID), doc.Spanf(doc.Request, "  client %s", addressText(c.Ends[0])), doc.Spanf(doc.Plain, "  ->  "),
		doc.Spanf(doc.Response, "server %s", addressText(c.Ends[1])))}
	if !c.ClientKnown {
		out = append(out, doc.Linef(doc.Note, "Which side is the client is a guess by the port numbers."))
	}
	protocol := c.Protocol.String()
	if c.Detail != "" {
		protocol += ", " + c.Detail
	}
	out = append(out, fact("protocol", "%s; %s", protocol, plural(c.Exchanges, "exchange", "exchanges")),
		fact("opened", "%s", openedWords(c)), fact("state", "%s", closedWords(c)),
		fact("client sent", "%s, %s", plural(c.Packets[0], "packet", "packets"), bytesWord(c.Bytes[0])),
		fact("server sent", "%s, %s", plural(c.Packets[1], "packet", "packets"), bytesWord(c.Bytes[1])),
		fact("trouble", "%s, %s, %s not captured", plural(c.Retransmissions, "retransmission", "retransmissions"),
			plural(c.OutOfOrder, "packet out of order", "packets out of order"), bytesWord(c.GapBytes)),
		fact("bytes are", "%s", ledgerWords(&c.Ledger)))
	if c.Link != "" || c.Tunnel != "" {
		out = append(out, fact("captured on", "%s", strings.TrimSpace(c.Link+" "+c.Tunnel)))
	}
	return append(out, fact("not known", "the options of the handshake, MSS and window scale among them; windows are as sent"))
}

func fact(name, format string, args ...any) doc.Line {
	return doc.LineOf(doc.Ref{}, doc.Spanf(doc.Dim, "   %-12s ", name), doc.Spanf(doc.Plain, format, args...))
}

// addressText is an address and port; an address that was never known is a dash.
func addressText(a netip.AddrPort) string {
	if !a.IsValid() {
		return "-"
	}
	return a.String()
}

func openedWords(c *trace.Connection) string {
	if c.Handshake {
		return fmt.Sprintf("by a handshake of three packets, the first is packet %d", c.Start.Packet)
	}
	if c.Heard {
		return "not heard"
	}
	return "the handshake was not captured whole"
}

func closedWords(c *trace.Connection) string {
	words := cmp.Or(c.State, tcp.Open).String()
	if c.ClosedBy != trace.Nobody {
		words += " by the " + c.ClosedBy.String()
	}
	if c.Start.Nano > 0 && c.End.Nano > 0 {
		words += fmt.Sprintf(", %.1f ms after its first packet", float64(c.End.Nano-c.Start.Nano)/1e6)
	}
	return words
}

// ledgerWords says what the captured bytes were.
func ledgerWords(l *trace.Ledger) string {
	var out []string
	for _, c := range []struct {
		n    int64
		what string
	}{{l.Heads, "heads"}, {l.Bodies, "bodies"}, {l.ChunkFraming, "chunk framing"}, {l.Trailers, "trailers"},
		{l.Other, "of other protocols"}, {l.Retransmitted, "retransmitted"}, {l.Undecoded, "not decoded"}} {
		if c.n > 0 {
			out = append(out, fmt.Sprintf("%d %s", c.n, c.what))
		}
	}
	if len(out) == 0 {
		return "none so far"
	}
	return strings.Join(out, " + ")
}

// segments makes the lines of packets.
type segments struct {
	c *trace.Connection
	t *trace.Tape
	x *trace.Exchange
}

// Len implements [Doc].
func (s *segments) Len() int { return len(s.t.Segments) }

// ref is what the line of a packet is about.
func (s *segments) ref(g *trace.Segment) doc.Ref {
	ref := doc.Ref{Place: layer.Place{Side: layer.Side(s.c.Side(g.Dir))}, Frame: g.Frame}
	if g.Len > 0 && g.Offset >= 0 {
		ref.From, ref.To = g.Offset, g.Offset+int64(g.Len)
	}
	return ref
}

// lineAt implements placed: a long connection has very many packets, and their
// text is not needed to find one.
func (s *segments) lineAt(at layer.Place) (best int, width int64) {
	best, width = -1, math.MaxInt64
	if at.Stream != layer.TCP {
		return best, width
	}
	for i := range s.t.Segments {
		r := s.ref(&s.t.Segments[i])
		if r.Side == at.Side && r.From <= at.From && at.From < r.To && r.To-r.From < width {
			best, width = i, r.To-r.From
		}
	}
	return best, width
}

// Line implements [Doc].
func (s *segments) Line(i int) doc.Line {
	g := &s.t.Segments[i]
	ref := s.ref(g)
	side := ref.Side
	carries := s.carries(ref)
	mark := "   "
	if carries != "" {
		mark, ref.Exchange = " * ", s.x.ID
	}
	note := doc.Note
	if g.Notes&tcp.Gap != 0 || g.Notes&tcp.OverlapDifferent != 0 || g.Notes&tcp.OutsideWindow != 0 {
		note = doc.Warning
	}
	return doc.LineOf(ref, doc.Spanf(doc.Key, "%s", mark), doc.Spanf(doc.Dim, "%7d %10s  ", g.Frame, s.since(g.Nano)), doc.Spanf(sideRole(side), "%-6s ", arrowOf(side)),
		doc.Spanf(doc.Plain, "%-15s %9d %9s %6d %6d  ", strings.Join(g.Flags.Names(), " "), g.Offset+1, acked(g), g.Len, g.Window),
		doc.Spanf(doc.Title, "%s", segmentName(g, side)), doc.Spanf(doc.Plain, "%s", carries), doc.Spanf(note, "%s", g.Notes))
}

// since is the seconds from the connection's first packet.
func (s *segments) since(nano int64) string {
	if nano == 0 || s.c.Start.Nano == 0 {
		return "-"
	}
	return fmt.Sprintf("%.6f", float64(nano-s.c.Start.Nano)/1e9)
}

func arrowOf(side layer.Side) string {
	if side == layer.Client {
		return "C -> S"
	}
	return "C <- S"
}

// acked is the acknowledgment number, counted from the other side's SYN.
func acked(g *trace.Segment) string {
	if g.Flags&tcp.ACK == 0 || g.Acked < 0 {
		return "-"
	}
	return fmt.Sprint(g.Acked + 1)
}

// segmentName names the packets that open and close a connection.
func segmentName(g *trace.Segment, side layer.Side) string {
	who := [...]string{"client", "server"}[side]
	switch {
	case g.Flags&tcp.RST != 0:
		return "the " + who + " resets the connection  "
	case g.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN|tcp.ACK:
		return "the " + who + " accepts  "
	case g.Flags&tcp.SYN != 0:
		return "the " + who + " opens  "
	case g.Flags&tcp.FIN != 0:
		return "the " + who + " has no more to send  "
	}
	return ""
}

// carries says which messages of the exchange have bytes in a packet.
func (s *segments) carries(ref doc.Ref) string {
	if s.x == nil || ref.To <= ref.From {
		return ""
	}
	var out []string
	for m := range s.x.Messages() {
		if m.Side != ref.Side {
			continue
		}
		head, body := tcpSpan(s.c, m, m.HeadSpan()), tcpSpan(s.c, m, m.BodySpan())
		if ref.From < head.To && ref.To > head.From {
			out = append(out, m.Side.String()+" head")
		}
		if ref.From < body.To && ref.To > body.From {
			out = append(out, m.Side.String()+" body")
		}
	}
	if len(out) == 0 {
		return ""
	}
	return strings.Join(out, ", ") + "  "
}

// tcpPlace is n bytes of a side's TCP stream.
func tcpPlace(side layer.Side, from, n int64) layer.Place {
	return layer.Place{Side: side, Span: layer.Span{From: from, To: from + n}}
}

// tcpSpan is where bytes of a message's stream lie in TCP's, from the first to the last.
func tcpSpan(c *trace.Connection, m *trace.Message, s layer.Span) layer.Span {
	if m.Stream == layer.TCP {
		return s
	}
	cuts := c.Down(m.At(s.From, s.To))
	if len(cuts) == 0 {
		return layer.Span{}
	}
	last := cuts[len(cuts)-1]
	return layer.Span{From: cuts[0].Below, To: last.Below + last.Len}
}
