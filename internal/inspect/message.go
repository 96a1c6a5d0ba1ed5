package inspect

import (
	"crypto/sha256"
	"encoding/hex"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// head opens a message.
func (f *flow) head(b *building, e *trace.Event) {
	m := b.x.NewMessage(e.Side, e.Head)
	m.Stream = b.level.stream
	m.First, m.HeadEnd, m.Last = e.First, e.Last, e.Last
	if b.x.InterimCount < maxInterim { // beyond it one takes the place of another
		f.grow(b, headHeld(e.Head))
	}
	if e.Head.Version != "" {
		b.level.version, b.level.spoke = trace.VersionNamed(e.Head.Version), true
	}
	switch {
	case e.Side == layer.Client:
		b.x.Request = m
		f.headRead(requestRead, b, m)
		return
	case e.Head.Status/100 == 1 && e.Head.Status != 101:
		b.interim(m)
	default:
		b.x.Response = m
		b.parts.begin(e.Head)
		b.items.begin(e.Head)
	}
	f.headRead(responseRead, b, m)
}

// headRead has meaning given to a head.
func (f *flow) headRead(kind meaningKind, b *building, m *trace.Message) {
	f.decoding.mean(meaningStep{kind: kind, exchange: b.x, request: b.x.Request, message: m, found: len(b.x.Findings)})
}

// interim adds a 1xx response. Beyond the limit the last is overwritten, so
// that the one being read is always there.
func (b *building) interim(m *trace.Message) {
	b.x.InterimCount++
	if len(b.x.Interim) < maxInterim {
		b.x.Interim = append(b.x.Interim, m)
		return
	}
	b.x.Interim[maxInterim-1] = m
}

// trailer adds a field, and returns how many bytes of memory that takes.
func (b *building) trailer(e *trace.Event) int {
	m := b.message(e.Side)
	if m == nil {
		return 0
	}
	m.TrailerCount++
	m.Trailing += e.Span.Len()
	m.Last = e.Last
	if len(m.Trailers) == maxTrailers {
		return 0
	}
	m.Trailers = append(m.Trailers, *e.Trailer)
	return listedSize + int(e.Span.Len())
}

// message is the message of a side that is being read, nil before its head.
func (b *building) message(s layer.Side) *trace.Message {
	switch {
	case s == layer.Client:
		return b.x.Request
	case b.x.Response != nil:
		return b.x.Response
	case b.x.Simple != nil:
		return b.x.Simple
	case len(b.x.Interim) > 0:
		return b.x.Interim[len(b.x.Interim)-1]
	}
	return nil
}

// chunk adds a chunk, and returns how many bytes of memory that takes.
func (b *building) chunk(e *trace.Event) int {
	m := b.message(e.Side)
	if m == nil {
		return 0
	}
	m.Framing += e.Span.Len()
	m.Last = e.Last
	if e.Chunk.Size == 0 {
		m.LastChunk, m.LastLine = e.Span.From, e.Chunk.Line
		if e.Chunk.Ext != "" {
			m.LastLine = e.Chunk.Header()
		}
		return len(m.LastLine)
	}
	m.ChunkCount++
	if len(m.Chunks) == maxChunks {
		return 0
	}
	m.Chunks = append(m.Chunks, *e.Chunk)
	return listedSize + len(e.Chunk.Ext) + len(e.Chunk.Line)
}

// body adds body bytes to the counters, and to what the options ask for.
func (f *flow) body(b *building, e *trace.Event) {
	m := b.message(e.Side)
	if m == nil { // a bare document
		m = &trace.Message{Side: e.Side, Stream: b.level.stream, First: e.First, BodyOffset: -1}
		b.x.Simple = m
	}
	if m.BodyOffset < 0 {
		m.BodyOffset, m.BodyFirst = e.Span.From, e.First
	}
	m.Body += e.Span.Len()
	m.Last = e.Last
	if o := &f.decoding.options; o.KeepBody > int64(len(m.Kept)) {
		n := min(int64(len(e.Bytes)), o.KeepBody-int64(len(m.Kept)))
		m.Kept = append(m.Kept, e.Bytes[:n]...)
		f.grow(b, int(n))
	}
	if e.Side == layer.Server && m == b.x.Response {
		listed := len(b.parts.list) + len(m.Items)
		b.parts.feed(e.Bytes)
		b.items.feed(m, e.Bytes, e.Last)
		f.grow(b, listedSize*(len(b.parts.list)+len(m.Items)-listed))
	}
	if f.decoding.options.Hash {
		if b.hash[e.Side] == nil {
			b.hash[e.Side] = sha256.New()
		}
		b.hash[e.Side].Write(e.Bytes)
	}
}

func (f *flow) end(b *building, e *trace.Event) {
	m := b.message(e.Side)
	if m == nil {
		m = &trace.Message{Side: e.Side, Stream: b.level.stream, First: e.First, Last: e.Last, BodyOffset: -1}
		b.x.Simple = m
	}
	m.Done, m.Complete = true, e.Complete
	if m == b.x.Response {
		b.items.end(m, e.Last)
	}
	m.KeptAll = m.Complete && int64(len(m.Kept)) == m.Body
	m.Ended = e.Last
	if m.Head != nil && m.Head.Framing().Kind == httpdecode.Chunked {
		// What the decoder does not tell one by one: the line ends after the
		// chunks, and the empty line after the trailers.
		m.Framing = e.Span.From - m.Head.Span.To - m.Body - m.Trailing - m.Missing
	}
	if h := b.hash[e.Side]; h != nil {
		m.SHA256 = hex.EncodeToString(h.Sum(nil))
		b.hash[e.Side] = nil
	}
	if m.Framing > 0 {
		m.Last = m.Ended
	}
}
