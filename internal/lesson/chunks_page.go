package lesson

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
)

// lineWidth is the columns of a drawn time line.
const lineWidth = 48

// Page implements [Lesson].
func (l *Chunks) Page() doc.Lines {
	w := doc.NewWriter(l.words)
	w.Title("lesson.title.chunks")
	if len(l.Responses) == 0 {
		w.Say(doc.Dim, "lesson.chunks.none")
		return w.Lines
	}
	w.Say(doc.Plain, "lesson.chunks.intro")
	w.Say(doc.Dim, "lesson.chunks.times")
	for i := range l.Responses {
		l.Responses[i].lines(w)
	}
	if l.Left > 0 {
		w.Say(doc.Dim, "lesson.chunks.left", l.Left)
	}
	l.comparison(w)
	return w.Lines
}

func (r *ChunkedResponse) lines(w *doc.Writer) {
	w.Title("lesson.chunks.response", r.Exchange, r.Asked, framingName(w, r.Framing), byteCount(r.Body),
		byteCount(r.Overhead))
	w.About(doc.Ref{}, doc.Spanf(doc.Dim, "%s", chunkHeading(w.Catalogue)))
	for i := range r.Arrivals {
		r.arrivalLine(w, i)
	}
	if r.Left > 0 {
		inset(w, 6, doc.Dim, "lesson.chunks.more", r.Left)
	}
	inset(w, 3, doc.Plain, "lesson.chunks.sum", millis(duration(r.Head)), millis(duration(r.FirstByte)),
		millis(duration(r.LastByte)))
	if r.Framing == httpdecode.Chunked.String() {
		inset(w, 3, doc.Plain, "lesson.chunks.gain", millis(duration(r.LastByte)), millis(duration(r.Gained)),
			byteCount(r.Overhead))
	}
}

// chunkHeading names the columns of [ChunkedResponse.arrivalLine].
func chunkHeading(c texts.Catalogue) string {
	return row([]int{5, 9, 7, 12, 12}, "", c.Phrase("lesson.col.bytes"), c.Phrase("lesson.col.packet"),
		c.Phrase("lesson.col.at"), c.Phrase("lesson.col.wait"))
}

func (r *ChunkedResponse) arrivalLine(w *doc.Writer, i int) {
	a := &r.Arrivals[i]
	ref := doc.Ref{Place: r.place(layer.Span{From: a.Offset, To: a.Offset + 1}), Frame: a.Packet, Exchange: r.Exchange}
	w.About(ref, doc.Spanf(doc.Plain, "%5d %9d ", i+1, a.Size), doc.Spanf(doc.Dim, "%7d ", a.Packet),
		doc.Spanf(doc.Plain, "%12s %12s  ", millis(duration(a.At)), millis(duration(a.Wait))),
		doc.Spanf(doc.Response, "%s", r.drawn(a)), doc.Spanf(doc.Name, "  %s", clip(a.Ext)))
}

func (r *ChunkedResponse) place(bytes layer.Span) layer.Place {
	return layer.Place{Stream: r.stream, Side: layer.Server, Span: bytes}
}

// framingName is the name of a framing.
func framingName(w *doc.Writer, framing string) string {
	return w.Named("framing.", framing)
}

// drawn is the time line of one arrival: what came before it, and its mark.
func (r *ChunkedResponse) drawn(a *ChunkArrival) string {
	end := r.last()
	if a.At < 0 || end <= 0 {
		return "|" + strings.Repeat(" ", lineWidth) + "|"
	}
	at := int(min(max(float64(a.At)/float64(end), 0), 1) * (lineWidth - 1))
	wait := 0
	if a.Wait > 0 {
		wait = min(at, int(float64(a.Wait)/float64(end)*(lineWidth-1)))
	}
	drawn := strings.Repeat(" ", at-wait) + strings.Repeat("-", wait) + "#"
	return "|" + drawn + strings.Repeat(" ", lineWidth-1-at) + "|"
}

// comparison sets the best examples of both ways side by side.
func (l *Chunks) comparison(w *doc.Writer) {
	if l.Chunked < 0 || l.Buffered < 0 {
		w.Empty()
		w.Say(doc.Dim, "lesson.chunks.compare")
		return
	}
	c, b := &l.Responses[l.Chunked], &l.Responses[l.Buffered]
	w.Title("lesson.chunks.both")
	c.example(w)
	b.example(w)
	switch gain := b.FirstByte - c.FirstByte; {
	case c.FirstByte < 0 || b.FirstByte < 0:
		inset(w, 3, doc.Dim, "lesson.chunks.time-unknown")
	case gain > 0:
		inset(w, 3, doc.Plain, "lesson.chunks.sooner", c.Exchange, millis(duration(gain)), b.Exchange)
	default:
		inset(w, 3, doc.Plain, "lesson.chunks.not-sooner")
	}
}

// example is a response as one of two ways.
func (r *ChunkedResponse) example(w *doc.Writer) {
	name := w.Phrase("lesson.chunks.example", r.Exchange, framingName(w, r.Framing))
	w.About(doc.Ref{Exchange: r.Exchange, Place: r.place(layer.Span{})}, doc.Spanf(doc.Plain, "   %s", cell(name, 30)),
		w.Span(doc.Response, "lesson.chunks.first-last", rightTime(r.FirstByte), rightTime(r.LastByte)))
}

// rightTime is a time as it stands in a column.
func rightTime(ns int64) string { return fmt.Sprintf("%12s", millis(duration(ns))) }
