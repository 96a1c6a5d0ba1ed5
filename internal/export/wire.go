package export

import (
	"fmt"
	"io"
	"math"
	"strings"

	"httpscope/internal/layer"
	"httpscope/internal/page"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Wire writes every message line by line: who sent it, in which packet, at
// which offset of the stream, and why it is read the way it is.
type Wire struct {
	w    *lines
	full bool
}

// BodyPreview is how many bytes of each body Wire wants to be kept.
const BodyPreview = 64 << 10

// NewWire returns a writer to w.
func NewWire(w io.Writer) *Wire { return &Wire{w: &lines{w: w}} }

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
	c := x.Conn
	where := ""
	if x.Within() != layer.TCP {
		where = ", inside a tunnel"
	}
	w.w.printf("=== exchange %d, number %d on connection %d%s: %s -> %s ===\n", x.ID, x.Ordinal, c.ID, where, c.Ends[layer.Client], c.Ends[layer.Server])
	if x.Request == nil {
		w.w.print("> the request was not captured\n")
	}
	for m := range x.Messages() {
		w.message(x, m)
	}
	w.ranges(x.Ranges)
	w.cookies(x.Cookies)
	w.loose(x)
	if wait, receive := x.Timing(); wait != trace.NoDuration {
		w.w.printf("  time: %s from the request's last byte to the response's first, %s for the response\n", millis(wait), millis(receive))
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

// line writes one row: direction, packet, offset, text and reason.
func (w *Wire) line(s layer.Side, packet, offset int64, text, why string) {
	place := fmt.Sprintf("%s packet %-5d @%-7d ", arrow(s), packet, offset)
	if why == "" {
		w.w.print(place + text + "\n")
		return
	}
	w.w.printf("%s%-56s | %s\n", place, text, why)
}

func (w *Wire) message(x *trace.Exchange, m *trace.Message) {
	if m.Head != nil {
		w.headLines(x, m)
	}
	w.chunks(m)
	w.body(m)
	for i := range m.Trailers {
		f := &m.Trailers[i]
		w.line(m.Side, f.From.Packet, f.Offset, visible.Text(f.Name+": "+f.Value), "trailer field, after the last chunk")
	}
	if m.Head != nil {
		w.end(m)
	}
}

// headLines writes the head as it was sent, each line with its findings.
func (w *Wire) headLines(x *trace.Exchange, m *trace.Message) {
	for l := range m.Head.Lines() {
		w.line(m.Side, l.Stamp.Packet, l.From, visible.Text(l.Text), page.LineWhy(m, &l))
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
			w.w.printf("    %s %s at @%d: %s\n", f.Severity, f.Code, f.From, visible.Line(f.Detail.String()))
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
		w.w.printf("  %s %s (%s): %s\n", f.Severity, f.Code, f.Side, visible.Line(f.Detail.String()))
	}
}

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
		why := fmt.Sprintf("chunk of %d bytes, %s after the head", c.Size, millisBetween(m.HeadEnd, c.At))
		if c.Ext != "" {
			why += ", extension " + visible.Text(c.Ext)
		}
		w.line(m.Side, c.At.Packet, c.Offset, fmt.Sprintf("%x%s", c.Size, visible.Text(c.Ext)), why)
	}
	if n := m.ChunkCount - int64(len(m.Chunks)); n > 0 {
		w.w.printf("  and %d more chunks\n", n)
	}
}

func millisBetween(a, b layer.Stamp) string {
	if a.Nano == 0 || b.Nano == 0 {
		return "unknown time"
	}
	return fmt.Sprintf("%.1f ms", float64(b.Nano-a.Nano)/1e6)
}

// end writes where the message ends and what that means.
func (w *Wire) end(m *trace.Message) {
	w.w.printf("%s packet %-5d          %s\n", arrow(m.Side), m.Ended.Packet, page.EndWords(m))
}

// Connection implements inspect.Sink.
func (w *Wire) Connection(c *trace.Connection) {
	w.w.print("=== connection " + strings.TrimLeft(connectionRow(c), " "))
	for i := range c.Findings {
		w.w.printf("  %s %s: %s\n", c.Findings[i].Severity, c.Findings[i].Code, visible.Line(c.Findings[i].Detail.String()))
	}
	w.w.print("\n")
}

// Summary writes the last lines.
func (w *Wire) Summary(s *trace.Summary) { w.w.print(SummaryText(s)) }
