package lesson

import (
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// maxStream bounds the bytes of one direction that a lesson looks at.
const maxStream = 4 << 20

// stream is bytes of one direction in a row.
type stream struct {
	from int64 // offset of the first byte
	data []byte
	cut  bool // more bytes follow that are not here: not captured, or not kept
}

// tcpTo is the first n bytes of a side's TCP stream, up to the first that is missing.
func tcpTo(t *trace.Tape, side layer.Side, n int64) stream {
	return streamOf(t, layer.Place{Side: side, Span: layer.Span{To: n}})
}

// streamOf is the bytes of a place, up to the first that is missing.
func streamOf(t *trace.Tape, at layer.Place) stream {
	s := stream{from: at.From}
	if t == nil {
		return s
	}
	at.To = min(at.To, at.From+maxStream)
	next := at.From
	for _, p := range t.Between(at) {
		if p.Offset != next || p.Data == nil {
			s.cut = true
			return s
		}
		s.data = append(s.data, p.Data...)
		next += p.Len
	}
	s.cut = next == at.To
	return s
}

// endOf is the offset after the last byte of a side of a stream that is known of.
func endOf(t *trace.Tape, in layer.Place) int64 {
	if t == nil {
		return 0
	}
	parts := t.All(in.Stream, in.Side)
	if len(parts) == 0 {
		return 0
	}
	p := parts[len(parts)-1]
	return p.Offset + p.Len
}

// momentOf is the packet and time that brought a byte.
func momentOf(t *trace.Tape, side layer.Side, offset int64) layer.Stamp {
	at, _ := t.StampAt(layer.Place{Side: side, Span: layer.Span{From: offset}})
	return at
}
