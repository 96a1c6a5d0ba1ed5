package page

import (
	"strconv"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// heading names the connection. Where there is little room the ends are told
// by their ports, and the number of exchanges, which can be counted, is left out.
func (w *waterfall) heading(l *Lane) doc.Line {
	c := l.Conn
	name := texts.Say("page.ladder.title", c.ID)
	client, server := c.Ends[layer.Client], c.Ends[layer.Server]
	ends := texts.Say("page.waterfall.ends", client, server)
	ports := texts.Say("page.waterfall.ports", client.Port(), server.Port())
	number := texts.Phrase{}
	if n := len(l.Exchanges); n > 0 {
		number = texts.Say("count.exchange", n)
	}
	setup, state, s := l.setupWords(), stateWords(c), ""
	for _, parts := range [...][]texts.Phrase{
		{name, ends, setup, number, state},
		{name, ports, setup, number, state},
		{name, ports, setup, state},
		{name, ports, setup},
	} {
		if s = w.list(parts); uniseg.StringWidth(s) <= w.width {
			break
		}
	}
	line := w.ink.text(s, w.width, doc.Title)
	line.Ref.Frame = c.Start.Packet
	return line
}

// list joins what is said.
func (w *waterfall) list(parts []texts.Phrase) string {
	said := parts[0]
	for _, p := range parts[1:] {
		if !p.IsZero() {
			said = texts.Say("page.and", said, p)
		}
	}
	return w.Of(said)
}

// setupWords tell how long the set-up took, nothing when that is not known.
func (l *Lane) setupWords() texts.Phrase {
	if from, to, ok := l.setup(); ok {
		return texts.Say("page.waterfall.set-up", lasted(to-from))
	}
	return texts.Phrase{}
}

// stateWords say how far the connection has come.
func stateWords(c *trace.Connection) texts.Phrase {
	switch {
	case c.State == tcp.Open || c.State == tcp.HalfClosed:
		return texts.Say("state." + c.State.String())
	case ended(c) && c.ClosedBy != trace.Nobody:
		return stateWord(c, c.State)
	}
	return texts.Phrase{}
}

// alone is the row of a connection of which no exchange is in the window.
func (w *waterfall) alone(l *Lane) doc.Line {
	words := w.Phrase("page.waterfall.none")
	if len(l.Exchanges) == 0 {
		words = w.otherWords(l.Conn)
	}
	line := w.row(false, words, "", doc.Dim, w.bar(l, laneAlone), "")
	line.Ref.Frame = l.Conn.Start.Packet
	return line
}

// otherWords say what a connection without exchanges carried.
func (w *waterfall) otherWords(c *trace.Connection) string {
	n := c.Bytes[layer.Client] + c.Bytes[layer.Server]
	if n == 0 {
		return w.Phrase("page.waterfall.never-used")
	}
	bytes := texts.Say("count.byte", n)
	if name := protocolWord(w.Catalogue, c); name != "" {
		return w.Phrase("page.waterfall.other", name, bytes)
	}
	return w.Phrase("page.waterfall.no-exchange", bytes)
}

// protocolWord names what a connection speaks instead of HTTP/1, "" when that
// is not known.
func protocolWord(own texts.Catalogue, c *trace.Connection) string {
	switch c.Protocol {
	case trace.TLS:
		return "TLS"
	case trace.HTTP2:
		return "HTTP/2"
	case trace.WebSocket:
		return "WebSocket"
	}
	if c.Detail == "other" {
		return ""
	}
	return shown(named(own, "protocol.", c.Detail))
}

// exchange is the row of an exchange.
func (w *waterfall) exchange(l *Lane, i int) doc.Line {
	x := l.Exchanges[i]
	m := momentsOf(l.Conn, x, w.scale.to)
	role := doc.Request
	if x.Request == nil {
		role = doc.Dim
	}
	line := w.row(x.ID == w.selected && x.ID != 0, w.requestWords(x), statusWord(x, m), role, w.bar(l, i), w.words(m))
	line.Ref.Exchange, line.Ref.Frame = x.ID, firstFrame(x)
	return line
}

// requestWords are the method and the target.
func (w *waterfall) requestWords(x *trace.Exchange) string {
	if x.Request == nil || x.Request.Head == nil {
		return w.Phrase("page.waterfall.no-request")
	}
	return shown(x.Request.Head.Method + " " + x.Request.Head.Target)
}

// statusWord is the status as sent; without one, dots while it may still come
// and else a dash.
func statusWord(x *trace.Exchange, m moments) string {
	switch {
	case x.Response != nil && x.Response.Head != nil && x.Response.Head.Status > 0:
		return strconv.Itoa(x.Response.Head.Status)
	case x.Simple != nil:
		return "0.9" // a bare document has no status line
	case x.Response != nil:
		return "?"
	case m.state == stillOpen:
		return "..."
	}
	return "-"
}

func firstFrame(x *trace.Exchange) int64 {
	for m := range x.Messages() {
		return m.First.Packet
	}
	return 0
}

// row puts the parts of a line in their columns.
func (w *waterfall) row(selected bool, words, status string, r doc.Role, bar []doc.Span, time string) doc.Line {
	mark := "  "
	if selected {
		mark, r = "> ", doc.Title
	}
	const statusRoom = 5
	spans := []doc.Span{doc.Shown(mark, r), doc.Shown(w.ink.pad(words, w.label-2-statusRoom), r),
		doc.Shown(w.ink.padLeft(status, statusRoom-1)+" ", doc.Response)}
	spans = append(spans, bar...)
	if w.time > 0 {
		spans = append(spans, doc.Shown(w.ink.padLeft(time, w.time), doc.Dim))
	}
	return w.ink.fit(doc.Line{Spans: spans}, w.width)
}
