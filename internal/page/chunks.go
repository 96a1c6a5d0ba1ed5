package page

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Chunks lists the chunks of an exchange's bodies with the times at which they
// arrived, and compares with a response that is collected first. A body
// without chunks is listed by the packets that brought it.
func Chunks(lang texts.Lang, x *trace.Exchange, t *trace.Tape) doc.Page {
	page, w := join(), doc.NewWriter(texts.In(lang))
	for _, side := range []layer.Side{layer.Client, layer.Server} {
		m := messageOf(x, side)
		if m == nil || m.Body+m.Missing == 0 && m.ChunkCount == 0 {
			continue
		}
		if page.Len() > 0 {
			page.add(doc.Lines{{}})
		}
		a := arrivals{Catalogue: w.Catalogue, x: x, m: m, b: mapBody(w.Catalogue, m, t)}
		page.add(a.page())
	}
	if page.Len() == 0 {
		return doc.Lines{w.Line(doc.Dim, "page.chunks.no-body")}
	}
	return page
}

// arrivals is when the pieces of a body came.
type arrivals struct {
	texts.Catalogue
	x    *trace.Exchange
	m    *trace.Message
	b    *bodyMap
	list []arrival
}

// arrival is a chunk, or what of a body one packet brought.
type arrival struct {
	size, from, to int64 // from and to are bytes of the stream
	ext            string
	at             layer.Stamp
}

func (a *arrivals) page() doc.Page {
	chunked := a.m.Head != nil && a.m.Head.Framing().Kind == httpdecode.Chunked
	if chunked {
		a.chunks()
	} else {
		a.pieces()
	}
	w := doc.NewWriter(a.Catalogue)
	page := join(doc.Lines{w.Line(doc.Title, "page.chunks.title", SideWord(a.m.Side), a.titleWords(chunked)),
		a.heading(chunked)})
	page.add(doc.Made(len(a.list), func(i int) doc.Line { return a.line(i, chunked) }))
	if n := a.m.ChunkCount - int64(len(a.list)); chunked && n > 0 {
		page.add(doc.Lines{w.Line(doc.Dim, "page.chunks.more", texts.Say("count.chunk", n))})
	}
	page.add(a.items())
	page.add(a.comparison(chunked))
	return page
}

// items lists the events of an event stream, or the parts that replace one
// another, with the times at which they were complete.
func (a *arrivals) items() doc.Lines {
	if a.m.ItemCount == 0 {
		return nil
	}
	w := doc.NewWriter(a.Catalogue)
	w.Empty()
	w.Say(doc.Title, "page.chunks.items", a.m.ItemCount)
	for _, i := range a.m.Items {
		ms := float64(i.At.Nano-a.m.HeadEnd.Nano) / 1e6
		name := visible.Clip(i.Name, maxItemName)
		w.Add(doc.Linef(doc.Plain, "%10.1f %7d  %s", ms, i.At.Packet,
			w.Phrase("page.chunks.item", name, texts.Say("count.byte", i.Bytes))))
	}
	if n := a.m.ItemCount - int64(len(a.m.Items)); n > 0 {
		w.Say(doc.Dim, "page.chunks.more-items", n)
	}
	return w.Lines
}

// maxItemName bounds what is shown of a name.
const maxItemName = 60

func (a *arrivals) titleWords(chunked bool) texts.Phrase {
	body := texts.Say("count.byte", a.m.Body)
	if chunked {
		framing := texts.Say("count.byte", a.m.Framing+a.m.Trailing)
		return texts.Say("page.chunks.chunked", texts.Say("count.chunk", a.m.ChunkCount), body, framing)
	}
	return texts.Say("page.chunks.packets", body)
}

func (a *arrivals) chunks() {
	for i := range a.m.Chunks {
		c := &a.m.Chunks[i]
		to := c.Data()
		a.list = append(a.list, arrival{c.Size, c.Offset, max(to, c.Offset+1), c.Ext, c.At})
	}
}

// maxPieces bounds the packets of a body that are listed.
const maxPieces = 4096

// pieces lists the parts of the stream that the body lies in.
func (a *arrivals) pieces() {
	if len(a.b.runs) == 0 {
		return
	}
	r := a.b.runs[0]
	for i := a.b.part(r.Below); i < len(a.b.parts) && a.b.parts[i].Offset < r.Below+r.Len &&
		len(a.list) < maxPieces; i++ {
		p := &a.b.parts[i]
		from, to := max(p.Offset, r.Below), min(p.Offset+p.Len, r.Below+r.Len)
		c := arrival{to - from, from, to, "", layer.Stamp{Packet: p.Frame, Nano: p.Nano}}
		if p.Gap {
			c.ext, c.at.Nano = a.Phrase("page.chunks.lost"), 0 // its packet only showed that it is missing
		}
		a.list = append(a.list, c)
	}
}

func (a *arrivals) heading(chunked bool) doc.Line {
	what := "page.chunks.column-chunk"
	if !chunked {
		what = "page.chunks.column-piece"
	}
	return doc.Linef(doc.Dim, "%s", headings(a.Catalogue, heading{what, 6}, heading{"page.chunks.column-hex", 8},
		heading{"page.chunks.column-bytes", 10},
		heading{"page.chunks.column-at", 9}, heading{"page.chunks.column-packet", 7},
		heading{"page.chunks.column-ms", 10},
		heading{"page.chunks.column-wait", 10}, apart, heading{"page.chunks.column-bar", 0}))
}

// barWidth is the columns of the picture of arrivals.
const barWidth = 24

func (a *arrivals) line(i int, chunked bool) doc.Line {
	c := &a.list[i]
	before := a.m.HeadEnd
	if i > 0 && a.list[i-1].at.Nano > 0 {
		before = a.list[i-1].at
	}
	packet := ""
	if c.at.Packet > 0 {
		packet = fmt.Sprint(c.at.Packet)
	}
	role := doc.Framing
	if !chunked {
		role = doc.Body
	}
	ref := doc.Ref{Place: a.m.At(c.from, c.to), Frame: c.at.Packet, Exchange: a.x.ID}
	return doc.LineOf(ref, doc.Spanf(doc.Plain, "%6d ", i+1), doc.Spanf(role, "%8x %10d ", c.size, c.size),
		doc.Spanf(doc.Dim, "%9d %7s ", c.from-a.m.Span().From, packet),
		doc.Spanf(doc.Plain, "%10s %10s  ", a.sinceHead(c.at), between(before, c.at)),
		doc.Spanf(sideRole(a.m.Side), "%s", a.bar(before, c.at)), doc.Spanf(doc.Name, "  %s", c.ext))
}

func (a *arrivals) sinceHead(p layer.Stamp) string { return between(a.m.HeadEnd, p) }

// between is the milliseconds from one point to another, "-" when not known.
func between(from, to layer.Stamp) string {
	if from.Nano == 0 || to.Nano == 0 {
		return "-"
	}
	if text := fmt.Sprintf("%.1f", float64(to.Nano-from.Nano)/1e6); text != "-0.0" {
		return text
	}
	return "0.0"
}

// bar shows the wait before an arrival, on the time from the head to the last arrival.
func (a *arrivals) bar(before, p layer.Stamp) string {
	begin, end := a.m.HeadEnd.Nano, a.last().Nano
	if begin == 0 || p.Nano == 0 || before.Nano == 0 || end <= begin {
		return "|" + strings.Repeat(" ", barWidth) + "|"
	}
	at := func(nano int64) int {
		share := float64(nano-begin) / float64(end-begin)
		return int(min(max(share, 0), 1) * (barWidth - 1))
	}
	from, to := at(before.Nano), at(p.Nano)
	from = min(from, to)
	return "|" + strings.Repeat(" ", from) + strings.Repeat("-", to-from) + "#" + strings.Repeat(" ", barWidth-1-to) +
		"|"
}

// last is the last arrival whose time is known.
func (a *arrivals) last() layer.Stamp {
	for i := len(a.list) - 1; i >= 0; i-- {
		if a.list[i].at.Nano > 0 {
			return a.list[i].at
		}
	}
	return a.m.Last
}

// comparison says what the client waited for, and what it would have waited
// for had the sender done it the other way.
func (a *arrivals) comparison(chunked bool) doc.Lines {
	w := doc.NewWriter(a.Catalogue)
	w.Empty()
	first, last := a.m.BodyFirst, a.last()
	asked := layer.Stamp{}
	if a.x.Request != nil && a.m.Side == layer.Server {
		asked = a.x.Request.Last
	}
	if head := between(asked, a.m.First); head != "-" {
		w.Say(doc.Plain, "page.chunks.asked", head, between(asked, first))
	} else {
		w.Say(doc.Plain, "page.chunks.first", a.sinceHead(first))
	}
	switch {
	case !chunked && a.m.Head != nil && a.m.Head.Framing().Kind == httpdecode.Length:
		w.Say(doc.Plain, "page.chunks.with-length")
	case chunked && a.m.ChunkCount > 0:
		w.Say(doc.Plain, "page.chunks.with-chunks", a.sinceHead(last))
	}
	return w.Lines
}
