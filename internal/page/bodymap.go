package page

import (
	"bytes"
	"sort"

	"httpscope/httpdecode"
	"httpscope/internal/doc"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// bodyMap says where in the stream the bytes of a message's body lie, and which
// of them are at hand. Body offsets count the body without chunk framing.
type bodyMap struct {
	texts.Catalogue
	m     *trace.Message // nil for bytes that are in no stream
	parts []trace.Run    // of the side's stream
	runs  layer.Cuts     // of the body, in order
	size  int64          // body bytes that were sent, at hand or not
	kept  []byte         // the first bytes of the body, where parts lack them
	rest  int64          // bytes at the end that no run says the place of
}

// maxFollowed bounds the chunks beyond the listed ones that are followed from
// header to header: enough for a film in small chunks, and a few milliseconds.
const maxFollowed = 1 << 16

// mapBody finds a message's body. The tape may be nil.
func mapBody(c texts.Catalogue, m *trace.Message, t *trace.Tape) *bodyMap {
	b := &bodyMap{Catalogue: c, m: m}
	if t != nil {
		b.parts = t.Runs[m.Side]
		if m.Stream != layer.TCP {
			b.parts = t.Between(m.At(m.Span().From, m.Span().To))
		}
	}
	if m.Missing == 0 {
		b.kept = m.Kept // with a gap its bytes would stand in wrong places
	}
	b.runs = m.BodyCuts()
	if n := len(b.runs); n > 0 {
		b.size = b.runs[n-1].At + b.runs[n-1].Len
	}
	total := m.Body + m.Missing
	if m.ChunkCount > int64(len(m.Chunks)) {
		b.follow(total)
	}
	b.rest = max(0, total-b.size)
	return b
}

// mapBytes is a map of bytes that are in no stream: a decoded body.
func mapBytes(c texts.Catalogue, data []byte) *bodyMap {
	return &bodyMap{Catalogue: c, kept: data, size: int64(len(data))}
}

// follow goes on after the chunks that are listed, from header to header, as far as the bytes are
// at hand.
func (b *bodyMap) follow(total int64) {
	for range min(b.m.ChunkCount-int64(len(b.m.Chunks)), maxFollowed) {
		k := len(b.runs)
		if k == 0 || b.size >= total {
			return
		}
		_, end := b.end(k - 1)
		data, size, ok := b.nextChunk(end)
		if !ok || size == 0 {
			return
		}
		b.runs = b.runs.Add(layer.Cut{At: b.size, Below: data, Len: min(size, total-b.size)})
		if len(b.runs) == k {
			return
		}
		b.size, _ = b.end(k)
	}
}

// nextChunk reads the header after the data of a chunk that ends at an offset: a few bytes, unless
// somebody sends long ones.
func (b *bodyMap) nextChunk(end int64) (data, size int64, ok bool) {
	for n := 64; n <= maxFramingLine; n *= 16 {
		line := b.stream(end, n)
		if _, at, size, ok := httpdecode.NextChunk(line); ok {
			return end + int64(at), size, true
		}
		if len(line) < n {
			break
		}
	}
	return 0, 0, false
}

// end is where a run ends, in the body and in the stream.
func (b *bodyMap) end(i int) (body, stream int64) {
	r := &b.runs[i]
	return r.At + r.Len, r.Below + r.Len
}

// maxFramingLine is longer than any chunk header that the decoder accepts.
const maxFramingLine = 16 << 10

// lineFrom reads the line of the stream that begins at an offset, with its
// line end. ok is false when its end is not at hand.
func (b *bodyMap) lineFrom(offset int64) (line []byte, ok bool) {
	for n := 64; n <= maxFramingLine; n *= 16 {
		line = b.stream(offset, n)
		if i := bytes.IndexByte(line, '\n'); i >= 0 {
			return line[:i+1], true
		}
		if len(line) < n {
			break
		}
	}
	return nil, false
}

// stream reads up to n bytes of the stream from an offset, up to the first
// that is not at hand.
func (b *bodyMap) stream(offset int64, n int) []byte {
	var out []byte
	for i := b.part(offset); i < len(b.parts) && len(out) < n; i++ {
		p := &b.parts[i]
		at := offset + int64(len(out))
		if p.Offset > at || p.Data == nil || at-p.Offset >= int64(len(p.Data)) {
			break
		}
		data := p.Data[at-p.Offset:]
		data = data[:min(len(data), n-len(out))]
		if out == nil && len(data) == n {
			return data
		}
		out = append(out, data...)
	}
	return out
}

// part is the index of the first part that ends after an offset.
func (b *bodyMap) part(offset int64) int {
	return sort.Search(len(b.parts), func(i int) bool { return b.parts[i].Offset+b.parts[i].Len > offset })
}

// frame is the packet that carried a byte of the stream, 0 when that is not known.
func (b *bodyMap) frame(offset int64) int64 {
	if i := b.part(offset); i < len(b.parts) && b.parts[i].Offset <= offset {
		return b.parts[i].Frame
	}
	return 0
}

// run is the index of the run that holds a byte of the body; len(runs) for none.
func (b *bodyMap) run(body int64) int {
	return sort.Search(len(b.runs), func(i int) bool { return b.runs[i].At+b.runs[i].Len > body })
}

// streamAt is the stream offset of a byte of the body, -1 when it has none.
func (b *bodyMap) streamAt(body int64) int64 {
	if i := b.run(body); i < len(b.runs) && b.runs[i].At <= body {
		return b.runs[i].Below + body - b.runs[i].At
	}
	return -1
}

// bodyAt is the body offset of a byte of the stream. For chunk framing it is
// that of the body byte before; -1 outside of the body.
func (b *bodyMap) bodyAt(stream int64) int64 {
	i := sort.Search(len(b.runs), func(i int) bool { return b.runs[i].Below > stream }) - 1
	if i < 0 {
		return -1
	}
	r := b.runs[i]
	if stream < r.Below+r.Len {
		return r.At + stream - r.Below
	}
	if i == len(b.runs)-1 {
		return -1
	}
	return r.At + r.Len - 1
}

// ref is what a line about the body bytes [from, to) is about. Bytes that are
// in no stream give what is about the whole message's body, or nothing.
func (b *bodyMap) ref(from, to int64) doc.Ref {
	if b.m == nil {
		return doc.Ref{}
	}
	ref := doc.Ref{Place: b.m.Begins()}
	first, last := b.streamAt(from), b.streamAt(to-1)
	if from < to && first >= 0 && last >= 0 {
		ref.From, ref.To, ref.Frame = first, last+1, b.frame(first)
	}
	return ref
}

// read copies body bytes from an offset into buf, up to the first that is not
// at hand, and returns how many.
func (b *bodyMap) read(body int64, buf []byte) int {
	done := 0
	for done < len(buf) {
		n := b.readRun(body+int64(done), buf[done:])
		if n == 0 {
			break
		}
		done += n
	}
	return done
}

func (b *bodyMap) readRun(body int64, buf []byte) int {
	if i := b.run(body); i < len(b.runs) && b.runs[i].At <= body {
		r := b.runs[i]
		want := min(int64(len(buf)), r.At+r.Len-body)
		if n := copy(buf, b.stream(r.Below+body-r.At, int(want))); n > 0 {
			return n
		}
	}
	if body < int64(len(b.kept)) {
		return copy(buf, b.kept[body:])
	}
	return 0
}

// holds reports a place in the message's own stream.
func (b *bodyMap) holds(at layer.Place) bool { return at.Stream == b.m.Stream && at.Side == b.m.Side }
