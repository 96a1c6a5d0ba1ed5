package page

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// Chunks lists the chunks of an exchange's bodies with the times at which they
// arrived, and compares with a response that is collected first. A body
// without chunks is listed by the packets that brought it.
func Chunks(x *trace.Exchange, t *trace.Tape) doc.Page {
	page := join()
	for _, side := range []layer.Side{layer.Client, layer.Server} {
		m := messageOf(x, side)
		if m == nil || m.Body+m.Missing == 0 && m.ChunkCount == 0 {
			continue
		}
		if page.Len() > 0 {
			page.add(doc.Lines{{}})
		}
		a := arrivals{x: x, m: m, b: mapBody(m, t)}
		page.add(a.page())
	}
	if page.Len() == 0 {
		return doc.Lines{doc.Linef(doc.Dim, "Neither message of this exchange has a body.")}
	}
	return page
}

// arrivals is when the pieces of a body came.
type arrivals struct {
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
	page := join(doc.Lines{doc.Linef(doc.Title, "%s: %s", a.m.Side, a.titleWords(chunked)), a.heading(chunked)})
	page.add(doc.Made(len(a.list), func(i int) doc.Line { return a.line(i, chunked) }))
	if n := a.m.ChunkCount - int64(len(a.list)); chunked && n > 0 {
		page.add(doc.Lines{doc.Linef(doc.Dim, "and %s that are counted and not listed", plural(n, "chunk", "chunks"))})
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
	lines := doc.Lines{{}, doc.Linef(doc.Title, "%s in it, ms from the head", plural(a.m.ItemCount, "event or part", "events or parts"))}
	for _, i := range a.m.Items {
		ms := float64(i.At.Nano-a.m.HeadEnd.Nano) / 1e6
		name := visible.Clip(i.Name, maxItemName)
		lines = append(lines, doc.Linef(doc.Plain, "%10.1f %7d  %s, %s", ms, i.At.Packet, name, bytesWord(i.Bytes)))
	}
	if n := a.m.ItemCount - int64(len(a.m.Items)); n > 0 {
		lines = append(lines, doc.Linef(doc.Dim, "and %d that are counted and not listed", n))
	}
	return lines
}

// maxItemName bounds what is shown of a name.
const maxItemName = 60

func (a *arrivals) titleWords(chunked bool) string {
	if chunked {
		return fmt.Sprintf("%s, %s of body, %s of framing", plural(a.m.ChunkCount, "chunk", "chunks"), bytesWord(a.m.Body), bytesWord(a.m.Framing+a.m.Trailing))
	}
	return fmt.Sprintf("not chunked; its %s came in these packets", bytesWord(a.m.Body))
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
	for i := a.b.part(r.Below); i < len(a.b.parts) && a.b.parts[i].Offset < r.Below+r.Len && len(a.list) < maxPieces; i++ {
		p := &a.b.parts[i]
		from, to := max(p.Offset, r.Below), min(p.Offset+p.Len, r.Below+r.Len)
		c := arrival{to - from, from, to, "", layer.Stamp{Packet: p.Frame, Nano: p.Nano}}
		if p.Gap {
			c.ext, c.at.Nano = notCaptured, 0 // its packet only showed that it is missing
		}
		a.list = append(a.list, c)
	}
}

func (a *arrivals) heading(chunked bool) doc.Line {
	what := "chunk"
	if !chunked {
		what = "piece"
	}
	return doc.Linef(doc.Dim, "%6s %8s %10s %9s %7s %10s %10s  %s", what, "hex", "bytes", "@", "pkt", "ms", "wait", "from the head to the last one")
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
		doc.Spanf(doc.Dim, "%9d %7s ", c.from-a.m.Span().From, packet), doc.Spanf(doc.Plain, "%10s %10s  ", a.sinceHead(c.at), between(before, c.at)),
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
	return "|" + strings.Repeat(" ", from) + strings.Repeat("-", to-from) + "#" + strings.Repeat(" ", barWidth-1-to) + "|"
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
	out := doc.Lines{{}}
	first, last := a.m.BodyFirst, a.last()
	asked := layer.Stamp{}
	if a.x.Request != nil && a.m.Side == layer.Server {
		asked = a.x.Request.Last
	}
	if head := between(asked, a.m.First); head != "-" {
		out = append(out, doc.Linef(doc.Plain, "The head came %s ms after the request's last byte, the first body byte %s ms.", head, between(asked, first)))
	} else {
		out = append(out, doc.Linef(doc.Plain, "The first body byte came %s ms after the head.", a.sinceHead(first)))
	}
	switch {
	case !chunked && a.m.Head != nil && a.m.Head.Framing().Kind == httpdecode.Length:
		out = append(out, doc.Linef(doc.Plain, "Content-Length had to be known before the head was sent: with chunks the sender could have begun earlier."))
	case chunked && a.m.ChunkCount > 0:
		out = append(out, doc.Linef(doc.Plain, "With Content-Length the sender must have the whole body first: nothing could have come before the last chunk, %s ms after this head.", a.sinceHead(last)))
	}
	return out
}
