package quiz

import (
	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/trace"
)

// listed is a chunked message all of whose chunks are listed.
func listed(x *trace.Exchange) *trace.Message {
	m := framed(x, httpdecode.Chunked)
	if m == nil || m.ChunkCount != int64(len(m.Chunks)) || m.ChunkCount > 4*maxTable {
		return nil
	}
	return m
}

// chunksOf adds where the chunks are to the explanation.
func (q *Question) chunksOf(m *trace.Message) *Question {
	for i, c := range m.Chunks[:min(len(m.Chunks), maxTable)] {
		q.at(c.At.Packet, "quiz.chunk.line", c.Size, i+1, c.Offset, bytesOf(c.Size))
	}
	return q
}

// wireBytes asks what a chunked body takes on the wire.
func wireBytes(a *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	q := a.number(m.Wire(), "quiz.wire-bytes.ask", kindOf(m), nameOf(x), bytesOf(m.Body)).about(x, m.BodyFirst.Packet)
	q.slip(m.Body, "quiz.wire-bytes.body").slip(m.Body+m.Framing, "quiz.wire-bytes.trailer").
		slip(m.Wire()-5, "quiz.wire-bytes.last-chunk").slip(m.Wire()+m.Head.Size(), "quiz.counts.head")
	for i, c := range m.Chunks[:min(len(m.Chunks), maxTable)] {
		q.show(doc.Plain, 0, "quiz.wire-bytes.size-line", i+1, c.Size, quoted(c.Ext))
	}
	q.hint("quiz.wire-bytes.hint")
	q.chunksOf(m)
	q.say("quiz.wire-bytes.sum", bytesOf(m.Body), bytesOf(m.Framing), bytesOf(m.Trailing))
	return q.cite("RFC 9112, Section 7.1")
}

// sizeLine is a chunk's size as it stands on the wire, "" when that is not kept.
func (a *asker) sizeLine(x *trace.Exchange, m *trace.Message, c *trace.Chunk) string {
	t := a.source.Tape(x.Conn.ID)
	if t == nil {
		return ""
	}
	var line []byte
	for _, p := range t.Between(m.At(c.Offset, c.Offset+16)) {
		line = append(line, p.Data...)
	}
	n := 0
	for n < len(line) && isHex(line[n]) {
		n++
	}
	if v, ok := parseHex(string(line[:n])); n == len(line) || !ok || v != float64(c.Size) {
		return ""
	}
	return string(line[:n])
}

func isHex(c byte) bool {
	return '0' <= c && c <= '9' || 'a' <= c && c <= 'f' || 'A' <= c && c <= 'F'
}

// chunkSize asks to read a size line.
func chunkSize(a *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	i := a.rng.IntN(len(m.Chunks))
	c := &m.Chunks[i]
	line := a.sizeLine(x, m, c)
	if line == "" || c.Size < 10 {
		return nil
	}
	q := a.number(c.Size, "quiz.chunk-size.ask", i+1, kindOf(m), nameOf(x), line).about(x, c.At.Packet)
	q.verbatim = true
	q.slipText(line, "quiz.chunk-size.decimal").slip(c.Size+2, "quiz.chunk-size.line-end")
	q.hint("quiz.chunk-size.hint")
	q.at(c.At.Packet, "quiz.chunk-size.line", line, c.Offset, line, c.Size)
	return q.say("quiz.chunk-size.neither").cite("RFC 9112, Section 7.1")
}

// chunkLine asks to write a size line.
func chunkLine(a *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	i := a.rng.IntN(len(m.Chunks))
	c := &m.Chunks[i]
	if c.Size < 10 {
		return nil
	}
	q := a.hexNumber(c.Size, "quiz.chunk-line.ask", i+1, kindOf(m), nameOf(x), bytesOf(c.Size)).about(x, c.At.Packet)
	q.slip(c.Size, "quiz.chunk-line.decimal")
	q.hint("quiz.chunk-line.hint")
	return q.at(c.At.Packet, "quiz.chunk-line.line", c.Size, c.Offset, c.Size).cite("RFC 9112, Section 7.1")
}

// chunkCount asks in how many pieces a body came.
func chunkCount(a *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	n := m.ChunkCount
	q := a.number(n, "quiz.chunk-count.ask", kindOf(m), nameOf(x)).about(x, m.Chunks[0].At.Packet)
	q.slip(n+1, "quiz.chunk-count.last")
	q.hint("quiz.chunk-count.hint")
	return q.chunksOf(m).say("quiz.chunk-count.zero").cite("RFC 9112, Section 7.1")
}
