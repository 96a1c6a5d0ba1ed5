package page

import (
	"fmt"
	"math"
	"sort"

	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// wireHex shows messages as they were sent, in hexadecimal. Rows are made when
// asked for.
type wireHex struct {
	texts.Catalogue
	t     *trace.Tape
	list  []hexMessage
	lines []int // lines up to and with message i
}

// hexMessage is a message's bytes in its side's stream.
type hexMessage struct {
	m        *trace.Message
	body     *bodyMap
	from, to int64
}

// hexRow is how many bytes a row shows.
const hexRow = 16

// WireHex is every byte of an exchange's messages, as sent, in hexadecimal:
// heads in the colour of their direction, framing and bodies in theirs. Bytes
// that are not at hand are shown as two dots. The tape may be nil.
func WireHex(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
	if t == nil {
		t = &trace.Tape{}
	}
	w := &wireHex{Catalogue: texts.In(lang), t: t}
	n := 0
	for m := range x.Messages() {
		h := hexMessage{m: m, body: mapBody(w.Catalogue, m, t)}
		h.from, h.to = extent(m, t)
		w.list = append(w.list, h)
		n += 1 + h.rows()
		w.lines = append(w.lines, n)
	}
	if n == 0 {
		return doc.Lines{doc.NewWriter(w.Catalogue).Line(doc.Dim, "page.wirehex.nothing")}
	}
	return w
}

// extent is where a message lies in its side's stream. One that is still coming
// has all that the stream has.
func extent(m *trace.Message, t *trace.Tape) (from, to int64) {
	from, to = recorded(m)
	if parts := t.All(m.Stream, m.Side); len(parts) > 0 && !m.Done {
		last := &parts[len(parts)-1]
		to = max(to, last.Offset+last.Len)
	}
	return from, to
}

// recorded is where the record says that the message lies.
func recorded(m *trace.Message) (from, to int64) {
	return m.Span().From, m.Span().To
}

func (h *hexMessage) rows() int { return int((h.to - h.from + hexRow - 1) / hexRow) }

// Len implements [Doc].
func (w *wireHex) Len() int { return w.lines[len(w.lines)-1] }

// Line implements [Doc].
func (w *wireHex) Line(i int) doc.Line {
	k := sort.SearchInts(w.lines, i+1)
	if k > 0 {
		i -= w.lines[k-1]
	}
	h := &w.list[k]
	if i == 0 {
		title := doc.NewWriter(w.Catalogue).Span(doc.Title, "page.wirehex.message", sideWord(h.m.Side),
			texts.Say("count.byte", h.to-h.from))
		return doc.LineOf(doc.Ref{Place: h.m.Begins(), Frame: h.m.First.Packet}, prefixOf(h.m.Side), title)
	}
	from := h.from + int64(i-1)*hexRow
	return w.row(h, from, min(h.to, from+hexRow))
}

// row is the line of the bytes [from, to) of the stream.
func (w *wireHex) row(h *hexMessage, from, to int64) doc.Line {
	var data [hexRow]byte
	var there [hexRow]bool
	ref := doc.Ref{Place: h.m.At(from, to)}
	for _, p := range w.t.Between(ref.Place) {
		if p.Data != nil {
			copy(data[p.Offset-from:], p.Data)
			for i := range p.Len {
				there[p.Offset-from+i] = true
			}
			if ref.Frame == 0 {
				ref.Frame = p.Frame
			}
		}
	}
	spans := []doc.Span{doc.Spanf(doc.Dim, "%08x  ", from-h.from)}
	text := make([]byte, 0, hexRow)
	for i := range hexRow {
		at := from + int64(i)
		cell, char, role := "  ", byte(' '), doc.Plain
		if at < to {
			cell, char, role = "..", '.', h.role(at)
			if there[i] {
				cell, char = fmt.Sprintf("%02x", data[i]), asciiCells(data[i : i+1])[0]
			}
		}
		if i == hexRow/2 {
			spans = append(spans, doc.Shown(" ", doc.Plain))
		}
		spans = append(spans, doc.Shown(cell+" ", role))
		text = append(text, char)
	}
	return doc.LineOf(ref, append(spans, doc.Shown(" |"+string(text)+"|", doc.Plain), w.carrier(ref))...)
}

// carrier names the packets of a row.
func (w *wireHex) carrier(ref doc.Ref) doc.Span {
	last := w.t.Frame(layer.Place{Stream: ref.Stream, Side: ref.Side, Span: layer.Span{From: ref.To - 1}})
	if ref.Frame == 0 {
		return doc.Span{}
	}
	return doc.Shown("  "+packetsMark(w.Catalogue, ref.Frame, max(ref.Frame, last)), doc.Dim)
}

// role tells head, framing and body apart.
func (h *hexMessage) role(at int64) doc.Role {
	if at < h.m.HeadSpan().To {
		if h.m.Side == layer.Client {
			return doc.Request
		}
		return doc.Response
	}
	runs := h.body.runs
	i := sort.Search(len(runs), func(i int) bool { return runs[i].Below+runs[i].Len > at })
	if i < len(runs) && runs[i].Below <= at {
		return doc.Body
	}
	return doc.Framing
}

// lineAt implements placed.
func (w *wireHex) lineAt(at layer.Place) (line int, width int64) {
	for k := range w.list {
		h := &w.list[k]
		if h.m.Stream != at.Stream || h.m.Side != at.Side || at.From < h.from || at.From >= h.to {
			continue
		}
		if k > 0 {
			line = w.lines[k-1]
		}
		row := (at.From - h.from) / hexRow
		return line + 1 + int(row), min(hexRow, h.to-h.from-row*hexRow)
	}
	return -1, math.MaxInt64
}
