package page

import (
	"fmt"
	"strconv"
	"strings"

	"github.com/rivo/uniseg"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Limits of what the wire shows of a body. The body's own page shows all.
const (
	wireChunks   = 200     // chunks of a message that are shown in full
	previewLines = 20      // lines of text of a message's body
	previewBytes = 8 << 10 // of each piece of a body
	previewWidth = 200     // columns of a line
)

// Wire is every line of an exchange's messages as it was sent, those of both
// sides in the order of their packets, with packet and offset in the message.
// Findings stand under the line that they are about. The tape may be nil; then
// framing lines are written from the record.
func Wire(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
	w := &wire{Writer: doc.NewWriter(texts.In(lang)), x: x, t: t, said: make([]bool, len(x.Findings))}
	var sides [2][]row
	if x.Request == nil {
		sides[0] = []row{{left: []doc.Span{doc.Shown("C> ", doc.Dim), w.Span(doc.Dim, "page.wire.no-request")}}}
	}
	for m := range x.Messages() {
		sides[m.Side] = append(sides[m.Side], w.message(m)...)
	}
	w.rows(merge(sides[0], sides[1]))
	w.loose()
	return w.Lines
}

// wire builds the page.
type wire struct {
	*doc.Writer
	x    *trace.Exchange
	t    *trace.Tape
	said []bool // findings that stand under a line
}

// row is a line as sent, before it is known how wide the others are.
type row struct {
	left  []doc.Span
	note  doc.Span
	ref   doc.Ref
	last  int64     // the last packet, when there are several
	nano  int64     // when its first byte came, 0 when unknown
	at    int64     // offset in the message, -1 for none
	below doc.Lines // previews
}

// prefixOf shows the direction.
func prefixOf(s layer.Side) doc.Span {
	if s == layer.Client {
		return doc.Shown("C> ", doc.Request)
	}
	return doc.Shown("S> ", doc.Response)
}

func sideRole(s layer.Side) doc.Role {
	if s == layer.Client {
		return doc.Request
	}
	return doc.Response
}

// merge puts the rows of two sides in the order of their packets; the rows of
// one side stay in the order of the stream.
func merge(a, b []row) []row {
	out := make([]row, 0, len(a)+len(b))
	for len(a) > 0 && len(b) > 0 {
		if later(&a[0], &b[0]) {
			out, b = append(out, b[0]), b[1:]
		} else {
			out, a = append(out, a[0]), a[1:]
		}
	}
	return append(append(out, a...), b...)
}

// later reports that a came after b. Without packets, as the server's own
// sockets tell it, the times decide.
func later(a, b *row) bool {
	if a.ref.Frame > 0 && b.ref.Frame > 0 {
		return a.ref.Frame > b.ref.Frame
	}
	return a.nano > b.nano
}

// message makes the rows of a message.
func (w *wire) message(m *trace.Message) []row {
	var rows []row
	if m.Head != nil {
		rows = w.head(m)
	}
	body := &wireBody{w: w, m: m, b: mapBody(w.Catalogue, m, w.t), base: m.Span().From}
	body.write()
	rows = append(rows, body.rows...)
	if m.Head == nil || body.ended {
		return rows
	}
	frame := m.Ended.Packet
	end := row{left: []doc.Span{doc.Spanf(doc.Dim, indent+"%s", endWords(w.Catalogue, m))}, at: -1, nano: m.Ended.Nano,
		ref: doc.Ref{Place: m.Begins(), Frame: frame, Exchange: w.x.ID}}
	if !m.Done {
		end.ref.Frame, end.nano = m.Last.Packet, m.Last.Nano
	}
	return append(rows, end)
}

// head makes a row of each line of a head.
func (w *wire) head(m *trace.Message) []row {
	var rows []row
	h := m.Head
	for line := range h.Lines() {
		ref := doc.Ref{Place: m.At(line.From, line.To), Frame: line.Stamp.Packet, Exchange: w.x.ID}
		if line.Empty {
			ref.Code = ruleCode(h.Framing().Rule)
		}
		left := append([]doc.Span{prefixOf(m.Side)}, headSpans(m, &line)...)
		if len(rows) == maxLines {
			ref.To = h.Span.To
			left = []doc.Span{doc.Shown(indent, doc.Dim), w.Span(doc.Dim, "page.wire.more-head",
				texts.Say("count.byte", ref.To-ref.From))}
		}
		rows = append(rows, row{left: left, ref: ref, nano: line.Stamp.Nano, at: line.From - h.Span.From})
		if len(rows) > maxLines {
			break
		}
	}
	return rows
}

// headSpans gives the parts of a head's line their roles.
func headSpans(m *trace.Message, line *trace.Line) []doc.Span {
	text := strings.TrimRight(line.Text, "\r\n")
	end := doc.Sent(doc.Framing, line.Text[len(text):])
	i := strings.IndexByte(text, ':')
	if line.From == m.Head.Span.From || i <= 0 || text[0] == ' ' || text[0] == '\t' {
		return []doc.Span{doc.Sent(sideRole(m.Side), text), end}
	}
	return []doc.Span{doc.Sent(doc.Name, text[:i]), doc.Sent(sideRole(m.Side), text[i:]), end}
}

// Columns that the text of a line has before its packet stands.
const (
	leastText = 34
	mostText  = 56
)

// rows adds aligned rows, with findings under them.
func (w *wire) rows(rows []row) {
	width := leastText
	for i := range rows {
		if n := rows[i].width(); n <= mostText {
			width = max(width, n)
		}
	}
	for i := range rows {
		r := &rows[i]
		w.Add(w.row(r, width))
		w.Add(r.below...)
		w.findings(r.ref)
	}
}

// width is the columns of text and note.
func (r *row) width() int {
	n := (doc.Line{Spans: r.left}).Width()
	if r.note.Text != "" {
		n += 2 + uniseg.StringWidth(r.note.Text)
	}
	return n
}

func (w *wire) row(r *row, width int) doc.Line {
	spans := r.left
	gap := max(0, width-r.width())
	if r.note.Text != "" {
		spans = append(spans, doc.Space(gap+2), r.note)
		gap = 0
	}
	if place := w.place(r); place != "" {
		spans = append(spans, doc.Space(gap+2), doc.Shown(place, doc.Dim))
	}
	return doc.LineOf(r.ref, spans...)
}

// place is the packet and the offset in the message.
func (w *wire) place(r *row) string {
	place := ""
	if r.ref.Frame > 0 {
		const room = 4
		packet := strconv.FormatInt(r.ref.Frame, 10)
		if r.last > r.ref.Frame {
			packet = fmt.Sprintf("%d-%d", r.ref.Frame, r.last)
		}
		place = w.Phrase("page.pkt", packet+strings.Repeat(" ", max(0, room-len(packet))))
	}
	if r.at >= 0 && r.ref.To > r.ref.From {
		place += fmt.Sprintf(" @%d", r.at)
	}
	return strings.TrimRight(place, " ")
}

// findings adds those about the bytes of a line that no line before had.
func (w *wire) findings(ref doc.Ref) {
	for i := range w.x.Findings {
		f := &w.x.Findings[i]
		if w.said[i] || !f.Shown() || f.Side != ref.Side || f.Stream != ref.Stream || f.From < ref.From ||
			f.From >= ref.To {
			continue
		}
		w.said[i] = true
		w.Add(findingLine(w.Catalogue, w.x, f))
	}
}

// loose adds the findings that no line showed.
func (w *wire) loose() {
	for i := range w.x.Findings {
		if !w.said[i] {
			w.Add(findingLine(w.Catalogue, w.x, &w.x.Findings[i]))
		}
	}
}
