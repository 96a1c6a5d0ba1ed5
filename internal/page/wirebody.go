package page

import (
	"bytes"
	"fmt"
	"sort"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/content"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
	"httpscope/internal/visible"
)

// wireBody makes the rows after a head: body, chunk framing and trailers.
type wireBody struct {
	w     *wire
	m     *trace.Message
	b     *bodyMap
	list  []stretch
	base  int64 // stream offset of the message's first byte
	rows  []row
	lines int  // of text that were shown
	ended bool // the last row is the end of the message
}

func (w *wireBody) write() {
	w.list = w.b.stretches()
	chunked := w.m.Head != nil && w.m.Head.Framing().Kind == httpdecode.Chunked
	switch {
	case chunked:
		w.chunks()
	case w.b.size > 0:
		w.piece(0, w.b.size, w.m.BodyFirst, w.m.Last)
	}
	if w.b.rest > 0 {
		w.remark("page.wire.unplaced", texts.Say("count.byte", w.b.rest))
	}
	if chunked {
		w.closing()
	}
}

// remark makes a row about no bytes.
func (w *wireBody) remark(key string, args ...any) {
	r := row{left: []doc.Span{doc.Shown(indent, doc.Dim), w.w.Span(doc.Dim, key, args...)}, at: -1,
		ref: doc.Ref{Place: w.m.Begins(), Exchange: w.w.x.ID}}
	if k := len(w.rows); k > 0 { // it stays after the row before it
		r.nano = w.rows[k-1].nano
	}
	w.rows = append(w.rows, r)
}

// row makes a row of stream bytes.
func (w *wireBody) row(from, to int64, p layer.Stamp, spans ...doc.Span) *row {
	r := row{left: append([]doc.Span{prefixOf(w.m.Side)}, spans...), nano: p.Nano, at: from - w.base,
		ref: doc.Ref{Place: w.m.At(from, to), Frame: p.Packet, Exchange: w.w.x.ID}}
	w.rows = append(w.rows, r)
	return &w.rows[len(w.rows)-1]
}

// at is the packet and time of a stream byte; p when the tape does not tell.
func (w *wireBody) at(offset int64, p layer.Stamp) layer.Stamp {
	if i := w.b.part(offset); i < len(w.b.parts) && w.b.parts[i].Offset <= offset {
		return layer.Stamp{Packet: w.b.parts[i].Frame, Nano: w.b.parts[i].Nano}
	}
	return p
}

// chunks makes the rows of the listed chunks, of many only the first.
func (w *wireBody) chunks() {
	list := w.m.Chunks
	for i := range list {
		if i == wireChunks {
			break
		}
		w.chunk(i)
	}
	if n := w.m.ChunkCount - wireChunks; n > 0 && len(list) > wireChunks {
		from := list[wireChunks].Offset
		to := max(from+1, w.bodyEnd())
		r := w.row(from, to, list[wireChunks].At, w.w.Span(doc.Dim, "page.wire.more-chunks", n))
		r.left[0] = doc.Shown(indent, doc.Plain)
	}
}

// bodyEnd is the stream offset after the last body byte whose place is known.
func (w *wireBody) bodyEnd() int64 {
	if k := len(w.b.runs); k > 0 {
		return w.b.runs[k-1].Below + w.b.runs[k-1].Len
	}
	if w.m.Head != nil {
		return w.m.Head.Span.To
	}
	return 0
}

// chunk makes the rows of one chunk: header, bytes, line end.
func (w *wireBody) chunk(i int) {
	c := &w.m.Chunks[i]
	end := c.Data()
	r := w.row(c.Offset, end, c.At, doc.Sent(doc.Framing, c.Header()))
	if since, ok := sinceHead(w.m, c.At); ok {
		r.note = w.w.Span(doc.Dim, "page.wire.chunk-since", i+1, c.Size, since)
	} else {
		r.note = w.w.Span(doc.Dim, "page.wire.chunk", i+1, c.Size)
	}
	k := w.runAt(end)
	if k < 0 {
		return // none of its bytes has come
	}
	run := w.b.runs[k]
	w.piece(run.At, run.Len, c.At, layer.Stamp{})
	if run.Len == c.Size {
		w.lineEnd(run.Below + run.Len)
	}
}

// runAt is the run that begins at a stream offset, -1 for none.
func (w *wireBody) runAt(stream int64) int {
	if k := w.b.run(w.b.bodyAt(stream)); k < len(w.b.runs) && w.b.runs[k].Below == stream {
		return k
	}
	return -1
}

// sinceHead is the time from the end of the head; false when it is not known.
func sinceHead(m *trace.Message, p layer.Stamp) (string, bool) {
	if m.HeadEnd.Nano == 0 || p.Nano == 0 {
		return "", false
	}
	return fmt.Sprintf("%.1f ms", float64(p.Nano-m.HeadEnd.Nano)/1e6), true
}

// lineEnd makes the row of what ends a chunk.
func (w *wireBody) lineEnd(at int64) {
	if line, ok := w.b.lineFrom(at); ok && len(line) <= 2 {
		w.row(at, at+int64(len(line)), w.at(at, layer.Stamp{}), doc.Sent(doc.Framing, string(line)))
	}
}

// piece makes the rows of body bytes that lie together. first and last are
// their packets as the record has them, for when the tape does not.
func (w *wireBody) piece(body, n int64, first, last layer.Stamp) {
	begin := sort.Search(len(w.list), func(i int) bool { return w.list[i].body+w.list[i].n > body })
	for _, s := range w.list[begin:] {
		from, to := max(s.body, body), min(s.body+s.n, body+n)
		if from >= to {
			return
		}
		at := w.b.streamAt(from)
		what := doc.Spanf(doc.Body, "<%s>", w.b.Phrase("count.byte", to-from))
		if s.why != "" {
			part := stretch{n: to - from, why: s.why}
			what = doc.Spanf(doc.Warning, "<%s>", w.b.Of(part.missing()))
		}
		r := w.row(at, at+to-from, w.at(at, first), what)
		r.last = w.at(at+to-from-1, last).Packet
		if s.why == "" {
			r.below = w.preview(from, to)
		}
	}
}

// preview is the first lines of a piece that is text.
func (w *wireBody) preview(from, to int64) doc.Lines {
	if w.lines >= previewLines || w.m.Head != nil && w.m.Head.Has(httpdecode.FieldContentEncoding) {
		return nil
	}
	data := make([]byte, min(to-from, previewBytes))
	data = data[:w.b.read(from, data)]
	if !content.LooksText(data) {
		return nil
	}
	var out doc.Lines
	for at := int64(0); at < int64(len(data)) && w.lines < previewLines; w.lines++ {
		n := int64(bytes.IndexByte(data[at:], '\n') + 1)
		if n == 0 {
			n = int64(len(data)) - at
		}
		ref := w.b.ref(from+at, from+at+n)
		ref.Exchange = w.w.x.ID
		text := strings.TrimRight(string(data[at:at+n]), "\r\n")
		shown := visible.Cut(visible.Line(doc.Bounded(text)), previewWidth)
		out = append(out, doc.LineOf(ref, doc.Spanf(doc.Dim, "   | "), doc.Shown(shown, doc.Body)))
		if at += n; w.lines == previewLines-1 && from+at < to {
			out = append(out, doc.LineOf(doc.Ref{}, doc.Shown("   | ", doc.Dim),
				w.w.Span(doc.Dim, "page.wire.more-body")))
		}
	}
	return out
}

// closing makes the rows after the last chunk's bytes: the last chunk, the
// trailers and the empty line.
func (w *wireBody) closing() {
	if w.m.ChunkCount > int64(len(w.b.runs)) || w.b.rest > 0 {
		w.trailers()
		return
	}
	if w.m.LastChunk == 0 {
		return // it has not come
	}
	for at := w.m.LastChunk; at < w.end(); {
		line, ok := w.b.lineFrom(at)
		if !ok {
			w.trailers()
			return
		}
		w.closingLine(at, string(line))
		at += int64(len(line))
	}
}

// end is the stream offset after what was read of the message.
func (w *wireBody) end() int64 {
	return w.m.Span().To
}

func (w *wireBody) closingLine(at int64, line string) {
	r := w.row(at, at+int64(len(line)), w.at(at, w.m.Last), doc.Sent(doc.Framing, line))
	switch {
	case at == w.m.LastChunk:
		r.note = w.w.Span(doc.Dim, "page.wire.last-chunk")
	case strings.TrimRight(line, "\r\n") != "":
		r.note = w.w.Span(doc.Dim, "page.wire.trailer")
	case w.m.Done && w.m.Complete:
		r.note = w.w.Span(doc.Dim, "page.wire.end")
		w.ended = true
	}
}

// trailers makes rows of the recorded trailer fields, where the bytes are not at hand.
func (w *wireBody) trailers() {
	for i := range w.m.Trailers {
		f := &w.m.Trailers[i]
		r := w.row(f.Offset, f.Offset+max(1, int64(f.Len)), f.From, doc.Sent(doc.Name, f.Name),
			doc.Sent(sideRole(w.m.Side), ": "+f.Value))
		r.note = w.w.Span(doc.Dim, "page.wire.trailer")
	}
}
