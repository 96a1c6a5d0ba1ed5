package lesson

import (
	"fmt"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
)

// lineWidth is the columns of a drawn time line.
const lineWidth = 48

// Page implements [Lesson].
func (l *Chunks) Page() doc.Lines {
	var s sheet
	s.title("The time line of chunks")
	if len(l.Responses) == 0 {
		s.say(doc.Dim, "No response with a body is in what was looked at.")
		return s.lines
	}
	s.say(doc.Plain, "With Content-Length the server must know the whole body before it sends the head. With Transfer-Encoding: chunked each part goes out when it is ready, after its own size (RFC 9112, Section 7.1), so the client has something to show sooner. The last byte comes no sooner.")
	s.say(doc.Dim, "Times count from the request's last byte. One row of the drawing is one chunk, or one packet's part of a body without chunks; the line ends at the response's last byte.")
	for i := range l.Responses {
		l.Responses[i].lines(&s)
	}
	if l.Left > 0 {
		s.say(doc.Dim, "%s are left out: ask for one exchange or connection.", count(int64(l.Left), "more response", "more responses"))
	}
	l.comparison(&s)
	return s.lines
}

func (r *ChunkedResponse) lines(s *sheet) {
	s.title("Exchange %d  %s  %s, %s of body, %s of framing", r.Exchange, r.Asked, r.Framing, count(r.Body, "byte", "bytes"), count(r.Overhead, "byte", "bytes"))
	s.say(doc.Dim, "%5s %9s %7s %12s %12s", "", "bytes", "packet", "at", "wait")
	for i := range r.Arrivals {
		a := &r.Arrivals[i]
		ref := doc.Ref{Place: layer.Place{Stream: r.stream, Side: layer.Server, Span: layer.Span{From: a.Offset, To: a.Offset + 1}}, Frame: a.Packet, Exchange: r.Exchange}
		s.add(doc.LineOf(ref, doc.Spanf(doc.Plain, "%5d %9d ", i+1, a.Size), doc.Spanf(doc.Dim, "%7d ", a.Packet),
			doc.Spanf(doc.Plain, "%12s %12s  ", millis(duration(a.At)), millis(duration(a.Wait))), doc.Spanf(doc.Response, "%s", r.drawn(a)), doc.Spanf(doc.Name, "  %s", clip(a.Ext))))
	}
	if r.Left > 0 {
		s.say(doc.Dim, "      and %s", count(r.Left, "more that is not listed", "more that are not listed"))
	}
	s.say(doc.Plain, "   Head after %s, first byte of the body after %s, last byte after %s.", millis(duration(r.Head)), millis(duration(r.FirstByte)), millis(duration(r.LastByte)))
	if r.Framing == httpdecode.Chunked.String() {
		s.say(doc.Plain, "   Collected first and sent with Content-Length, the first byte could not have come before the last chunk: after %s. The chunks gained %s, for %s of framing.", millis(duration(r.LastByte)), millis(duration(r.Gained)), count(r.Overhead, "byte", "bytes"))
	}
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
	return "|" + strings.Repeat(" ", at-wait) + strings.Repeat("-", wait) + "#" + strings.Repeat(" ", lineWidth-1-at) + "|"
}

// comparison sets the best examples of both ways side by side.
func (l *Chunks) comparison(s *sheet) {
	if l.Chunked < 0 || l.Buffered < 0 {
		s.add(doc.Line{})
		s.say(doc.Dim, "To compare, look at a capture that holds the same answer in both ways, in chunks and with Content-Length.")
		return
	}
	c, b := &l.Responses[l.Chunked], &l.Responses[l.Buffered]
	s.title("Both ways side by side")
	for _, r := range []*ChunkedResponse{c, b} {
		s.add(doc.LineOf(doc.Ref{Exchange: r.Exchange, Place: layer.Place{Stream: r.stream, Side: layer.Server}}, doc.Spanf(doc.Plain, "   %s", cell(fmt.Sprintf("exchange %d, %s", r.Exchange, r.Framing), 30)), doc.Spanf(doc.Response, "first byte %12s   last byte %12s", millis(duration(r.FirstByte)), millis(duration(r.LastByte)))))
	}
	switch gain := b.FirstByte - c.FirstByte; {
	case c.FirstByte < 0 || b.FirstByte < 0:
		s.say(doc.Dim, "   One of the times is not known.")
	case gain > 0:
		s.say(doc.Plain, "   The first byte of exchange %d came %s sooner than that of exchange %d. That is the gain of chunks only where both answers took the server equally long to make: look at their last bytes.", c.Exchange, millis(duration(gain)), b.Exchange)
	default:
		s.say(doc.Plain, "   Here the buffered response began no later: its server had the body at hand.")
	}
}
