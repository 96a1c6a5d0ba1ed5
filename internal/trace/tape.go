package trace

// Tape is what is kept of a connection's packets and bytes: a snapshot that
// does not change any more. To save memory the oldest is dropped first.
type Tape struct {
	Conn     *Connection
	Segments []Segment // in the order of the capture
	Dropped  int64     // older segments, no longer kept
	Parts    [2][]Part // by side, in the order of the stream
}

// Part is a piece of a stream with its bytes. Data is nil for a gap, and for
// bytes that were dropped to save memory.
type Part struct {
	Piece
	Data []byte
}

// Missing reports bytes that were captured and are no longer kept.
func (p *Part) Missing() bool { return p.Data == nil && !p.Gap && p.Len > 0 }

// Between returns the parts of a side's stream that lie in [from, to), cut to
// it. What is not covered by any part was dropped, or was never seen.
func (t *Tape) Between(side int, from, to int64) []Part {
	parts := t.Parts[side]
	var out []Part
	for i := search(parts, from); i < len(parts) && parts[i].Offset < to; i++ {
		if p := parts[i].cut(from, to); p.Len > 0 {
			out = append(out, p)
		}
	}
	return out
}

// Frame is the packet that carried a byte of a side's stream, 0 when that is
// not known.
func (t *Tape) Frame(side int, offset int64) int64 {
	i := search(t.Parts[side], offset)
	if i < len(t.Parts[side]) && t.Parts[side][i].Offset <= offset {
		return t.Parts[side][i].Frame
	}
	return 0
}

// search finds the first part that ends behind an offset.
func search(parts []Part, offset int64) int {
	lo, hi := 0, len(parts)
	for lo < hi {
		if mid := (lo + hi) / 2; parts[mid].Offset+parts[mid].Len <= offset {
			lo = mid + 1
		} else {
			hi = mid
		}
	}
	return lo
}

// cut is the part of p that lies in [from, to).
func (p Part) cut(from, to int64) Part {
	front, back := max(0, from-p.Offset), max(0, p.Offset+p.Len-to)
	if front+back >= p.Len {
		return Part{}
	}
	p.Offset, p.Len = p.Offset+front, p.Len-front-back
	if p.Data != nil {
		p.Data = p.Data[front : front+p.Len]
	}
	return p
}
