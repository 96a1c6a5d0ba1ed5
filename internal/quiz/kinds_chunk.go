package quiz

import (
	"fmt"

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
	for i, c := range m.Chunks {
		if i < maxTable {
			q.at(c.At.Packet, "carries the line %x of chunk %d, at the offset %d: %s follow.", c.Size, i+1, c.Offset, bytesOf(c.Size))
		}
	}
	return q
}

// wireBytes asks what a chunked body takes on the wire.
func wireBytes(_ *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	q := number(m.Wire(), "The %s of %s is chunked, with a body of %s. How many bytes follow its head on the wire, chunk framing and trailer section included?", m.Side, nameOf(x), bytesOf(m.Body)).about(x, m.BodyFirst.Packet)
	q.slip(m.Body, "This is the body alone. Size lines, line ends and the last chunk take bytes too.").slip(m.Body+m.Framing, "The trailer section counts too.").
		slip(m.Wire()-5, "The last chunk counts too: 0, CR LF, CR LF.").slip(m.Wire()+m.Head.Size(), "This counts the head too.")
	for i, c := range m.Chunks {
		if i < maxTable {
			q.Given = append(q.Given, words(doc.Plain, "    chunk %d: size line %x%s", i+1, c.Size, quoted(c.Ext)))
		}
	}
	q.hint("Each chunk has a size line and CR LF before, and CR LF after. Then comes the line 0, and an empty line.")
	q.chunksOf(m)
	return q.say("%s of body, %s of chunk framing and %s of trailers.", bytesOf(m.Body), bytesOf(m.Framing), bytesOf(m.Trailing)).cite("RFC 9112, Section 7.1")
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
	q := number(c.Size, "Chunk %d of the %s of %s begins with the size line %s. How many bytes of body follow it? Answer in decimal.", i+1, m.Side, nameOf(x), line).about(x, c.At.Packet)
	q.verbatim = true
	q.slipText(line, "The line is hexadecimal: it was read as decimal.").slip(c.Size+2, "The line end after the chunk does not count.")
	q.hint("The line is a hexadecimal number.")
	q.at(c.At.Packet, "carries the line %s at the offset %d. Hexadecimal %s is decimal %d.", line, c.Offset, line, c.Size)
	return q.say("CR LF after these bytes ends the chunk, and belongs neither to its size nor to the body.").cite("RFC 9112, Section 7.1")
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
	q := hexNumber(c.Size, "Chunk %d of the %s of %s has %s. Which number stands in its size line?", i+1, m.Side, nameOf(x), bytesOf(c.Size)).about(x, c.At.Packet)
	q.slip(c.Size, "Sizes are hexadecimal. On the wire this would stand for another number of bytes.")
	q.hint("Chunk sizes are written in hexadecimal digits, without 0x.")
	return q.at(c.At.Packet, "carries the line %s at the offset %d: decimal %d in hexadecimal.", fmt.Sprintf("%x", c.Size), c.Offset, c.Size).cite("RFC 9112, Section 7.1")
}

// chunkCount asks in how many pieces a body came.
func chunkCount(_ *asker, x *trace.Exchange) *Question {
	m := listed(x)
	if m == nil {
		return nil
	}
	n := m.ChunkCount
	q := number(n, "In how many chunks does the body of the %s of %s come? The last chunk, of size 0, does not count.", m.Side, nameOf(x)).about(x, m.Chunks[0].At.Packet)
	q.slip(n+1, "This counts the last chunk, which carries nothing.")
	q.hint("Count the size lines that are not 0.")
	return q.chunksOf(m).say("The line 0 is no part of the body: it says that there is no more.").cite("RFC 9112, Section 7.1")
}
