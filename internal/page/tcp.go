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
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// TCP is the facts of a connection, then its packets. Those that carry bytes of
// the exchange are marked. The tape and the exchange may be nil.
func TCP(lang texts.Lang, c *trace.Connection, t *trace.Tape, x *trace.Exchange) doc.Page {
	w := doc.NewWriter(texts.In(lang))
	facts(w, c)
	for i := range c.Findings {
		l := findingLine(w.Catalogue, x, &c.Findings[i])
		l.Ref.From, l.Ref.To = 0, 0
		w.Add(l)
	}
	w.Empty()
	switch {
	case c.Heard:
		w.Say(doc.Warning, "page.tcp.heard")
		return w.Lines
	case t == nil || len(t.Segments) == 0:
		w.Say(doc.Warning, "page.tcp.not-kept")
		return w.Lines
	case t.Dropped > 0:
		w.Say(doc.Warning, "page.tcp.dropped", t.Dropped)
		w.Empty()
	}
	w.Add(doc.Linef(doc.Dim, "%s%s", indent, packetHeadings(w.Catalogue)))
	return join(w.Lines, &segments{Catalogue: w.Catalogue, c: c, t: t, x: x})
}

// Columns of a packet's line.
const (
	arrowWidth = 6
	flagsWidth = 15
)

func packetHeadings(c texts.Catalogue) string {
	return headings(c, heading{"page.tcp.column-packet", 7}, heading{"page.tcp.column-seconds", 10}, apart,
		heading{"", arrowWidth},
		heading{"page.tcp.column-flags", -flagsWidth}, heading{"page.tcp.column-seq", 9},
		heading{"page.tcp.column-ack", 9},
		heading{"page.tcp.column-bytes", 6}, heading{"page.tcp.column-window", 6}, apart, heading{})
}

// facts is what is known of a connection as a whole.
func facts(w *doc.Writer, c *trace.Connection) {
	w.About(doc.Ref{Frame: c.Start.Packet}, w.Span(doc.Title, "page.connection", c.ID), doc.Shown("  ", doc.Plain),
		w.Span(doc.Request, "page.end-of", RoleWord(layer.Client), addressText(c.Ends[0])),
		doc.Shown("  ->  ", doc.Plain),
		w.Span(doc.Response, "page.end-of", RoleWord(layer.Server), addressText(c.Ends[1])))
	if !c.ClientKnown {
		w.Say(doc.Note, "page.tcp.guess")
	}
	fact := func(name string, value texts.Phrase) {
		const width = 12
		label := indent + doc.Column(w.Phrase("page.tcp.fact-"+name), width, "..", false) + " "
		w.About(doc.Ref{}, doc.Shown(label, doc.Dim), w.Span(doc.Plain, value.Key, value.Args...))
	}
	fact("protocol", texts.Say("page.tcp.protocol", protocolNames(w.Catalogue, c),
		texts.Say("count.exchange", c.Exchanges)))
	fact("opened", openedWords(c))
	fact("state", closedWords(c))
	fact("client", texts.Say("page.tcp.sent", texts.Say("count.packet", c.Packets[0]),
		texts.Say("count.byte", c.Bytes[0])))
	fact("server", texts.Say("page.tcp.sent", texts.Say("count.packet", c.Packets[1]),
		texts.Say("count.byte", c.Bytes[1])))
	fact("trouble", texts.Say("page.tcp.trouble", texts.Say("page.tcp.retransmissions", c.Retransmissions),
		texts.Say("page.tcp.out-of-order", c.OutOfOrder), texts.Say("count.byte", c.GapBytes)))
	fact("ledger", ledgerWords(&c.Ledger))
	if c.Link != "" || c.Tunnel != "" {
		fact("link", texts.Say("page.text", strings.TrimSpace(c.Link+" "+c.Tunnel)))
	}
	fact("unknown", texts.Say("page.tcp.unknown"))
}

// protocolNames are what a connection speaks, and more about it.
func protocolNames(c texts.Catalogue, conn *trace.Connection) texts.List {
	names := texts.List{Items: []any{c.Named("protocol.", conn.Protocol.String())}}
	if conn.Detail != "" {
		names.Items = append(names.Items, c.Named("protocol.", conn.Detail))
	}
	return names
}

// addressText is an address and port; an address that was never known is a dash.
func addressText(a netip.AddrPort) string {
	if !a.IsValid() {
		return "-"
	}
	return a.String()
}

func openedWords(c *trace.Connection) texts.Phrase {
	switch {
	case c.Handshake:
		return texts.Say("page.tcp.opened", c.Start.Packet)
	case c.Heard:
		return texts.Say("page.tcp.opened-heard")
	}
	return texts.Say("page.tcp.opened-unseen")
}

func closedWords(c *trace.Connection) texts.Phrase {
	state := StateWord(c, cmp.Or(c.State, tcp.Open))
	if c.Start.Nano == 0 || c.End.Nano == 0 {
		return state
	}
	return texts.Say("page.state-after", state, float64(c.End.Nano-c.Start.Nano)/1e6)
}

// StateWord is how far a connection has come, and who closed it.
func StateWord(c *trace.Connection, s tcp.State) texts.Phrase {
	state := texts.Say("state." + s.String())
	if c.ClosedBy == trace.Nobody {
		return state
	}
	return texts.Say("page.state-by", state, texts.Say("role."+c.ClosedBy.String()))
}

// ledgerWords says what the captured bytes were.
func ledgerWords(l *trace.Ledger) texts.Phrase {
	said := texts.Phrase{}
	for _, c := range []struct {
		n   int64
		key string
	}{{l.Heads, "heads"}, {l.Bodies, "bodies"}, {l.ChunkFraming, "chunk-framing"}, {l.Trailers, "trailers"},
		{l.Other, "other"}, {l.Retransmitted, "retransmitted"}, {l.Undecoded, "undecoded"}} {
		switch part := texts.Say("page.ledger."+c.key, c.n); {
		case c.n <= 0:
		case said.IsZero():
			said = part
		default:
			said = texts.Say("page.ledger.sum", said, part)
		}
	}
	if said.IsZero() {
		return texts.Say("page.ledger.none")
	}
	return said
}

// segments makes the lines of packets.
type segments struct {
	texts.Catalogue
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
	w := doc.NewWriter(s.Catalogue)
	numbers := fmt.Sprintf("%-*s %9d %9s %6d %6d  ", flagsWidth, strings.Join(g.Flags.Names(), " "), g.Offset+1,
		acked(g), g.Len, g.Window)
	spans := []doc.Span{doc.Spanf(doc.Key, "%s", mark), doc.Spanf(doc.Dim, "%7d %10s  ", g.Frame, s.since(g.Nano)),
		doc.Spanf(sideRole(side), "%-*s ", arrowWidth, arrowOf(side)), doc.Shown(numbers, doc.Plain)}
	if key := opens(g); key != "" {
		spans = append(spans, w.Span(doc.Title, key, RoleWord(side)), doc.Shown("  ", doc.Title))
	}
	return doc.LineOf(ref, append(spans, doc.Spanf(doc.Plain, "%s", carries),
		doc.Spanf(note, "%s", s.notes(g.Notes)))...)
}

// notes are what was noted of a packet, in words.
func (s *segments) notes(n tcp.Notes) string {
	if n == 0 {
		return ""
	}
	var words texts.List
	for word := range strings.SplitSeq(n.String(), ", ") {
		words.Items = append(words.Items, texts.Say("page.note."+word))
	}
	return s.Phrase("page.text", words)
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

// opens is the key of what the packets say that open and close a connection; "" for others.
func opens(g *trace.Segment) string {
	switch {
	case g.Flags&tcp.RST != 0:
		return "page.tcp.resets"
	case g.Flags&(tcp.SYN|tcp.ACK) == tcp.SYN|tcp.ACK:
		return "page.tcp.accepts"
	case g.Flags&tcp.SYN != 0:
		return "page.tcp.opens"
	case g.Flags&tcp.FIN != 0:
		return "page.tcp.finishes"
	}
	return ""
}

// carries says which messages of the exchange have bytes in a packet.
func (s *segments) carries(ref doc.Ref) string {
	if s.x == nil || ref.To <= ref.From {
		return ""
	}
	var parts texts.List
	for m := range s.x.Messages() {
		if m.Side != ref.Side {
			continue
		}
		head, body := TCPSpan(s.c, m, m.HeadSpan()), TCPSpan(s.c, m, m.BodySpan())
		if ref.From < head.To && ref.To > head.From {
			parts.Items = append(parts.Items, texts.Say("page.head-of", SideWord(m.Side)))
		}
		if ref.From < body.To && ref.To > body.From {
			parts.Items = append(parts.Items, texts.Say("page.body-of", SideWord(m.Side)))
		}
	}
	if len(parts.Items) == 0 {
		return ""
	}
	return s.Phrase("page.text", parts) + "  "
}

// TCPPlace is n bytes of a side's TCP stream.
func TCPPlace(side layer.Side, from, n int64) layer.Place {
	return layer.Place{Side: side, Span: layer.Span{From: from, To: from + n}}
}

// TCPSpan is where bytes of a message's stream lie in TCP's, from the first to the last.
func TCPSpan(c *trace.Connection, m *trace.Message, s layer.Span) layer.Span {
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
