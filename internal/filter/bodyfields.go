package filter

import (
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/trace"
)

// bodyFields are those of bodies, chunks and trailers.
func bodyFields() []field {
	return []field{
		{body: true, Field: Field{Name: "http.file_data", Type: String}, get: func(r *row, p *part) {
			if len(p.m.Kept) > 0 || p.m.Body == 0 && p.ofChunks() {
				r.push(value{b: p.m.Kept})
			}
		}},
		{Field: Field{Name: "http.chunk_size", Type: Unsigned32, Many: true}, get: pushChunks},
		{Field: Field{Name: "http.chunked_trailer_part", Type: String}, get: pushTrailers},
		{body: true, level: ofAny, Field: Field{Name: "data"}, get: pushData},
		{body: true, level: ofAny, Field: Field{Name: "data.data", Type: Bytes}, get: func(r *row, p *part) {
			if b := p.unexplained(); len(b) > 0 {
				r.push(value{b: b})
			}
		}},
		{level: ofAny, Field: Field{Name: "data.len", Type: Unsigned32}, get: pushDataLength},
	}
}

// pushMessage pushes the bytes of a message. Those of a chunked one hold its
// framing, so that text is not found across chunks: Wireshark does not either.
func pushMessage(r *row, p *part) {
	v := value{b: p.m.Kept}
	if h := p.m.Head; h != nil {
		v.s = h.AsSent()
		if p.ofChunks() || h.Framing().Kind == httpdecode.Chunked && len(p.m.Kept) > 0 {
			v.b = framed(p.m)
		}
	}
	r.push(v)
}

// ofChunks reports a message with a whole chunked body, which may be empty.
func (p *part) ofChunks() bool {
	return p.m.Complete && p.m.Head != nil && p.m.Head.Framing().Kind == httpdecode.Chunked
}

// framed is the kept part of a chunked body with its framing as it was sent, but for trailers.
func framed(m *trace.Message) []byte {
	rest, out := m.Kept, make([]byte, 0, len(m.Kept)+12*len(m.Chunks)+8)
	for i := range m.Chunks {
		c := &m.Chunks[i]
		n := max(min(c.Size, int64(len(rest))), 0)
		out = append(append(out, c.Header()...), rest[:n]...)
		if rest = rest[n:]; n < c.Size {
			return out
		}
		out = append(out, lineEnd(m, i)...)
	}
	if m.Complete {
		out = append(append(out, m.LastHeader()...), "\r\n"...)
	}
	return out
}

// lineEnd is what ends a chunk's data: where the next header stands tells whether CR is there.
func lineEnd(m *trace.Message, i int) string {
	end, next := m.Chunks[i].Data()+m.Chunks[i].Size, m.LastChunk
	if i+1 < len(m.Chunks) {
		next = m.Chunks[i+1].Offset
	}
	if next == end+1 {
		return "\n"
	}
	return "\r\n"
}

// untyped reports a body that Wireshark hands to no dissector of its type:
// without a type, or with the one that says nothing.
func (p *part) untyped() bool {
	if p.m == nil || p.m.Body == 0 {
		return false
	}
	if p.m.Head == nil {
		return true
	}
	kind, ok := p.m.Head.Lookup(httpdecode.FieldContentType)
	kind, _, _ = strings.Cut(kind, ";")
	return !ok || strings.EqualFold(strings.TrimSpace(kind), "application/octet-stream")
}

func pushChunks(r *row, p *part) {
	for i := range p.m.Chunks {
		r.push(number(uint64(p.m.Chunks[i].Size)))
	}
	if p.ofChunks() {
		r.push(number(0)) // the last chunk
	}
}

func pushTrailers(r *row, p *part) {
	if len(p.m.Trailers) == 0 {
		return
	}
	var s []byte
	for i := range p.m.Trailers {
		t := &p.m.Trailers[i]
		s = append(append(append(append(s, t.Name...), ": "...), t.Value...), "\r\n"...)
	}
	r.push(text(string(s)))
}

// unexplained is what Wireshark shows as data: a body whose type no field
// tells, or a segment of a connection whose protocol is not known.
func (p *part) unexplained() []byte {
	switch {
	case p.untyped():
		return p.m.Kept
	case p.row != nil && p.conn != nil && p.conn.Protocol == trace.OtherProtocol:
		return p.row.Payload
	}
	return nil
}

func pushData(r *row, p *part) {
	if b := p.unexplained(); len(b) > 0 || p.untyped() {
		r.push(value{b: b})
	}
}

func pushDataLength(r *row, p *part) {
	if p.untyped() {
		r.push(number(uint64(p.m.Body)))
	} else if b := p.unexplained(); len(b) > 0 {
		r.push(number(uint64(len(b))))
	}
}
