package trace

import (
	"math/bits"
	"strconv"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
)

// Finish is the packet to which Wireshark pins a message: that of its last byte,
// and the FIN when the close ends the body.
func (m *Message) Finish() layer.Stamp {
	if m.Done && m.Complete {
		return m.Ended
	}
	return m.Last
}

// Size is about how many bytes of memory the message holds, besides the Message itself.
func (m *Message) Size() int {
	n := cap(m.Kept) + 80*cap(m.Chunks) + 64*cap(m.Trailers) + 48*cap(m.Items)
	if m.Head != nil {
		n += m.Head.held()
	}
	return n
}

// Message is a request or a response.
type Message struct {
	Side     layer.Side
	Stream   layer.ID    // in which its bytes lie, of the connection's
	Head     *Head       // nil for a bare document
	First    layer.Stamp // of its first byte
	HeadEnd  layer.Stamp // of the head's last byte
	Last     layer.Stamp // of its last byte
	Ended    layer.Stamp // where its end was known: the FIN, when the close ends the body
	Body     int64       // body bytes as transferred, without chunk framing
	Framing  int64       // chunk framing bytes
	Trailing int64       // trailer section bytes
	Missing  int64       // bytes of it that were not captured
	Complete bool
	Done     bool // its end was seen, complete or not

	Chunks     []Chunk // the first maxChunks of them
	ChunkCount int64
	LastChunk  int64     // where the header of the last chunk, of size 0, stands in the stream; 0 when none came
	LastLine   string    // that header as sent, "" for the plain one
	Trailers   []Trailer // the first of them

	TrailerCount int64

	Items     []Item // the first events of an event stream, or parts that replace one another
	ItemCount int64

	BodyOffset int64       // of the first body byte in the side's stream, -1 when there is none
	BodyFirst  layer.Stamp // of the first body byte
	Kept       []byte
	KeptAll    bool // Kept is the whole body
	SHA256     string

	head Head // memory of Head, so that the two are found together
}

// Chunk is one chunk of a chunked body, with the packet its header came in.
type Chunk struct {
	Size   int64
	Ext    string
	Line   string // its header as sent, "" for the plain one: see [Chunk.Header]
	Offset int64  // of its header in the message's stream
	At     layer.Stamp
}

// LastHeader is the line of the last chunk as it was sent, with its end; "" where none came.
func (m *Message) LastHeader() string {
	if m.LastChunk > 0 && m.LastLine == "" {
		return "0\r\n"
	}
	return m.LastLine
}

// Header is the line before the chunk's data as it was sent, with its end.
func (c *Chunk) Header() string {
	if c.Line != "" {
		return c.Line
	}
	return strconv.FormatInt(c.Size, 16) + c.Ext + "\r\n"
}

// Data is where the chunk's data begins in the message's stream.
func (c *Chunk) Data() int64 {
	if c.Line != "" {
		return c.Offset + int64(len(c.Line))
	}
	digits := max(1, (bits.Len64(uint64(c.Size))+3)/4)
	return c.Offset + int64(digits+len(c.Ext)+len("\r\n"))
}

// Item is an event of a text/event-stream body, or a part of a
// multipart/x-mixed-replace body, with the packet that completed it.
type Item struct {
	Name  string // type of the event, or Content-Type of the part, "" when it has none
	Bytes int64  // of the event's data, or of the part's body
	At    layer.Stamp
}

// Trailer is a field of the trailer section.
type Trailer struct {
	httpdecode.Field
	Offset int64 // in the side's stream
	From   layer.Stamp
}

// Wire is the number of bytes of the body with chunk framing and trailers.
func (m *Message) Wire() int64 { return m.Body + m.Framing + m.Trailing }

// HeadSpan is where the head stands in the message's stream; it is empty, and where the message
// begins, when there is none.
func (m *Message) HeadSpan() layer.Span {
	if m.Head != nil {
		return m.Head.Span
	}
	from := max(m.BodyOffset, 0)
	return layer.Span{From: from, To: from}
}

// BodySpan is where what follows the head stands in the message's stream: body, chunk framing and
// trailers, as far as they came, with what was not captured.
func (m *Message) BodySpan() layer.Span {
	from := m.HeadSpan().To
	return layer.Span{From: from, To: from + m.Wire() + m.Missing}
}

// BodyCuts are where the body's bytes, without chunk framing, lie in the message's stream: those of the
// chunks that are listed. Behind a gap in the framing none is known.
func (m *Message) BodyCuts() layer.Cuts {
	total := m.Body + m.Missing
	if m.Head == nil || m.Head.Framing().Kind != httpdecode.Chunked {
		return layer.Cuts(nil).Add(layer.Cut{Below: m.BodySpan().From, Len: total})
	}
	var cuts layer.Cuts
	at := int64(0)
	for i := range m.Chunks {
		before := len(cuts)
		cuts = cuts.Add(layer.Cut{At: at, Below: m.Chunks[i].Data(), Len: min(m.Chunks[i].Size, total-at)})
		if len(cuts) > before {
			at += cuts[len(cuts)-1].Len
		}
	}
	return cuts
}

// At is a place in the message's stream.
func (m *Message) At(from, to int64) layer.Place {
	return layer.Place{Stream: m.Stream, Side: m.Side, Span: layer.Span{From: from, To: to}}
}

// Begins is the place before the message's first byte: it says which stream and side it is of.
func (m *Message) Begins() layer.Place { return m.At(0, 0) }

// Span is where the message stands in its stream.
func (m *Message) Span() layer.Span { return layer.Span{From: m.HeadSpan().From, To: m.BodySpan().To} }
