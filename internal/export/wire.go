package export

import (
	"fmt"
	"io"
	"math"
	"strings"

	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Wire writes every message line by line: who sent it, in which packet, at
// which offset of the stream, and why it is read the way it is.
type Wire struct {
	texts texts.Catalogue
	w     *lines
	full  bool
}

// BodyPreview is how many bytes of each body Wire wants to be kept.
const BodyPreview = 64 << 10

// NewWire returns a writer to w, in a language.
func NewWire(lang texts.Lang, w io.Writer) *Wire {
	return &Wire{texts: texts.In(lang), w: &lines{w: w}}
}

// say writes a line with a phrase after an indentation. What its parameters bring becomes visible.
func (w *Wire) say(indent, key string, args ...any) {
	w.w.print(indent + visible.Line(w.texts.Phrase(key, args...)) + "\n")
}

// Full lists all that a client's jar and a resource hold after each exchange, not
// [MostListed] of it, and returns w.
func (w *Wire) Full(full bool) *Wire {
	w.full = full
	return w
}

// MostListed is how many cookies of a jar, and how many holes and overlaps of a resource, Wire
// lists for an exchange: what went before must not be printed for each.
const MostListed = 10

func (w *Wire) mostListed() int {
	if w.full {
		return math.MaxInt
	}
	return MostListed
}

// Flush writes what is buffered and returns the first error of the writer.
func (w *Wire) Flush() error { return w.w.flush() }

// Title heads one of several files.
func (w *Wire) Title(path string) { w.w.printf("\n%s\n", visible.Text(path)) }

// Exchange implements inspect.Sink.
func (w *Wire) Exchange(x *trace.Exchange) {
	c, key := x.Conn, "export.exchange"
	if x.Within() != layer.TCP {
		key = "export.exchange-tunnel"
	}
	w.say("", key, x.ID, x.Ordinal, c.ID, c.Ends[layer.Client], c.Ends[layer.Server])
	if x.Request == nil {
		w.say("> ", "page.wire.no-request")
	}
	for m := range x.Messages() {
		w.message(x, m)
	}
	w.ranges(x.Ranges)
	w.cookies(x.Cookies)
	w.loose(x)
	if wait, receive := x.Timing(); wait != trace.NoDuration {
		w.say("  ", "export.time", millis(wait), millis(receive))
	}
	w.w.print("\n")
}

// arrow shows the direction: > from the client, < from the server.
func arrow(s layer.Side) string {
	if s == layer.Client {
		return ">"
	}
	return "<"
}

// Columns of what stands before the text of a line, and of the text.
const (
	packetWidth = 12
	offsetWidth = 10
	textWidth   = 56
)

// packet is where a line begins: the direction and the packet.
func (w *Wire) packet(s layer.Side, packet int64) string {
	return arrow(s) + " " + fill(w.texts.Phrase("page.packet", packet), packetWidth, false)
}

// line writes one row: direction, packet, offset, text and reason.
func (w *Wire) line(s layer.Side, packet, offset int64, text, why string) {
	place := w.packet(s, packet) + fill(fmt.Sprintf(" @%-7d ", offset), offsetWidth, false)
	if why == "" {
		w.w.print(place + text + "\n")
		return
	}
	w.w.print(place + fill(text, textWidth, false) + " | " + why + "\n")
}

func (w *Wire) message(x *trace.Exchange, m *trace.Message) {
	if m.Head != nil {
		w.headLines(x, m)
	}
	w.chunks(m)
	w.body(m)
	for i := range m.Trailers {
		f := &m.Trailers[i]
		w.line(m.Side, f.From.Packet, f.Offset, visible.Text(f.Name+": "+f.Value), w.texts.Phrase("export.trailer"))
	}
	if m.Head != nil {
		w.end(m)
	}
}

// headLines writes the head as it was sent, each line with its findings.
func (w *Wire) headLines(x *trace.Exchange, m *trace.Message) {
	for l := range m.Head.Lines() {
		w.line(m.Side, l.Stamp.Packet, l.From, visible.Text(l.Text), page.LineWhy(w.texts.Lang(), m, &l))
		w.findings(x, m, l.Span)
		if l.From == m.Head.Span.From {
			w.query(m.Head)
		}
	}
}

// findings writes the findings that are about bytes of [from, to).
func (w *Wire) findings(x *trace.Exchange, m *trace.Message, line layer.Span) {
	for i := range x.Findings {
		if f := &x.Findings[i]; f.Shown() && f.OfSide(m) && line.From <= f.From && f.From < line.To {
			w.say("    ", "export.finding-at", severity(f), f.Code, f.From, f.Detail)
		}
	}
}

// loose writes the findings that no head line showed.
func (w *Wire) loose(x *trace.Exchange) {
	for i := range x.Findings {
		f := &x.Findings[i]
		if f.Shown() && inHead(x, f) {
			continue
		}
		w.say("  ", "export.finding-of", severity(f), f.Code, texts.Say("side."+f.Side.String()), f.Detail)
	}
}

// severity is the word for how bad a finding is.
func severity(f *trace.Finding) texts.Phrase { return texts.Say("severity." + f.Severity.String()) }

func inHead(x *trace.Exchange, f *trace.Finding) bool {
	for m := range x.Messages() {
		if f.OfSide(m) && f.From >= m.HeadSpan().From && f.From < m.HeadSpan().To {
			return true
		}
	}
	return false
}

// chunks writes the chunk headers with the time since the head.
func (w *Wire) chunks(m *trace.Message) {
	for i := range m.Chunks {
		c := &m.Chunks[i]
		why := w.texts.Phrase("export.chunk", c.Size, since(m.HeadEnd, c.At))
		if c.Ext != "" {
			why = w.texts.Phrase("export.chunk-extension", c.Size, since(m.HeadEnd, c.At), visible.Text(c.Ext))
		}
		w.line(m.Side, c.At.Packet, c.Offset, fmt.Sprintf("%x%s", c.Size, visible.Text(c.Ext)), why)
	}
	if n := m.ChunkCount - int64(len(m.Chunks)); n > 0 {
		w.say("  ", "export.more-chunks", n)
	}
}

// since is the time from one point to another.
func since(a, b layer.Stamp) any {
	if a.Nano == 0 || b.Nano == 0 {
		return texts.Say("export.unknown-time")
	}
	return fmt.Sprintf("%.1f ms", float64(b.Nano-a.Nano)/1e6)
}

// end writes where the message ends and what that means.
func (w *Wire) end(m *trace.Message) {
	w.w.print(w.packet(m.Side, m.Ended.Packet) + strings.Repeat(" ", offsetWidth) + page.EndWords(w.texts.Lang(),
		m) + "\n")
}

// Connection implements inspect.Sink.
func (w *Wire) Connection(c *trace.Connection) {
	w.w.print("=== " + w.texts.Phrase("export.connection", strings.TrimLeft(connectionRow(w.texts, c), " ")))
	for i := range c.Findings {
		f := &c.Findings[i]
		w.say("  ", "page.finding", severity(f), f.Code, f.Detail)
	}
	w.w.print("\n")
}

// Summary writes the last lines.
func (w *Wire) Summary(s *trace.Summary) { w.w.print(summaryText(w.texts, s)) }
