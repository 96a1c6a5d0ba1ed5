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

// streamFrom is the bytes of a side from an offset on, up to the first that is
// missing.
func streamFrom(t *trace.Tape, side int, from int64) stream {
	return streamTo(t, side, from, from+maxStream)
}

// streamTo is the bytes of a side in [from, to), up to the first that is missing.
func streamTo(t *trace.Tape, side int, from, to int64) stream {
	s := stream{from: from}
	if t == nil {
		return s
	}
	to = min(to, from+maxStream)
	next := from
	for _, p := range t.Between(side, from, to) {
		if p.Offset != next || p.Data == nil {
			s.cut = true
			return s
		}
		s.data = append(s.data, p.Data...)
		next += p.Len
	}
	s.cut = next == to
	return s
}

// endOf is the offset behind the last byte of a side that is known of.
func endOf(t *trace.Tape, side int) int64 {
	if t == nil || len(t.Parts[side]) == 0 {
		return 0
	}
	p := t.Parts[side][len(t.Parts[side])-1]
	return p.Offset + p.Len
}

// momentOf is the packet and time that brought a byte.
func momentOf(t *trace.Tape, side int, offset int64) layer.Stamp {
	for _, p := range t.Between(side, offset, offset+1) {
		return layer.Stamp{Packet: p.Frame, Nano: p.Nano}
	}
	return layer.Stamp{}
}
