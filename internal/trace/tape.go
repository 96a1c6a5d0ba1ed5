package trace

import (
	"sort"

	"httpscope/internal/layer"
)

// Tape is what is kept of a connection's packets and bytes: a snapshot that
// does not change any more. To save memory the oldest is dropped first.
//
// Bytes are kept as TCP brought them. What lies above is found by where its stream says that
// its bytes come from; a stream whose bytes are not found below, such as what was encrypted, has its own.
type Tape struct {
	Conn     *Connection
	Segments []Segment // in the order of the capture
	Dropped  int64     // older segments, no longer kept
	Runs     [2][]Run  // of TCP, by side, in the order of the stream
	Own      map[layer.ID]*[2][]Run
}

// Run is bytes of a stream, and where they came from. Data is nil for a gap, and for
// bytes that were dropped to save memory.
type Run struct {
	Extent
	Data []byte
}

// Missing reports bytes that were captured and are no longer kept.
func (p *Run) Missing() bool { return p.Data == nil && !p.Gap && p.Len > 0 }

// Between returns the parts of a place, cut to it, at their offsets in its stream. What is
// not covered by any part was dropped, or was never seen.
func (t *Tape) Between(p layer.Place) []Run {
	if own := t.Own[p.Stream]; own != nil {
		return appendWithin(nil, own[p.Side], layer.Cut{At: p.From, Below: p.From, Len: p.Len()})
	}
	var out []Run
	for _, c := range t.down(p) {
		out = appendWithin(out, t.Runs[p.Side], c)
	}
	return out
}

// appendWithin adds the parts that lie in a cut, at their offsets above.
func appendWithin(out, parts []Run, c layer.Cut) []Run {
	for i := search(parts, c.Below); i < len(parts) && parts[i].Offset < c.Below+c.Len; i++ {
		if part := parts[i].cut(c.Below, c.Below+c.Len); part.Len > 0 {
			part.Offset += c.At - c.Below
			out = append(out, part)
		}
	}
	return out
}

// All are the parts of a side of a stream.
func (t *Tape) All(stream layer.ID, side layer.Side) []Run {
	if own := t.Own[stream]; own != nil {
		return own[side]
	}
	parts := t.Runs[side]
	if stream == layer.TCP || len(parts) == 0 {
		return parts
	}
	last := &parts[len(parts)-1]
	return t.Between(layer.Place{Stream: stream, Side: side, Span: layer.Span{To: last.Offset + last.Len}})
}

// StampAt is the packet and time that brought the first byte of a place; false when that is not
// known.
func (t *Tape) StampAt(p layer.Place) (layer.Stamp, bool) {
	p.To = p.From + 1
	for _, part := range t.Between(p) {
		return layer.Stamp{Packet: part.Frame, Nano: part.Nano}, true
	}
	return layer.Stamp{}, false
}

// Frame is the packet that carried the first byte of a place, 0 when that is not known.
func (t *Tape) Frame(p layer.Place) int64 {
	at, _ := t.StampAt(p)
	return at.Packet
}

// down walks from a place to TCP: its bytes, and where they lie in the side's TCP stream.
func (t *Tape) down(p layer.Place) []layer.Cut {
	if p.Stream == layer.TCP || t.Conn == nil {
		return []layer.Cut{{At: p.From, Below: p.From, Len: p.Len()}}
	}
	return t.Conn.Down(p)
}

// Down walks from a place to TCP: its bytes, and where they lie in the side's TCP stream.
func (c *Connection) Down(p layer.Place) []layer.Cut {
	if p.Stream == layer.TCP {
		return []layer.Cut{{At: p.From, Below: p.From, Len: p.Len()}}
	}
	s := c.stream(p.Stream)
	if s == nil {
		return nil
	}
	var out []layer.Cut
	for _, cut := range s.Cuts[p.Side].Within(p.From, p.To) {
		below := layer.Place{Stream: s.Parent, Side: p.Side, Span: layer.Span{From: cut.Below, To: cut.Below + cut.Len}}
		for _, d := range c.Down(below) {
			out = append(out, layer.Cut{At: cut.At + d.At - cut.Below, Below: d.Below, Len: d.Len})
		}
	}
	return out
}

// Up walks from a byte of TCP to every stream that has it: the places of that byte, lowest first.
func (c *Connection) Up(side layer.Side, offset int64) []layer.Place {
	places := []layer.Place{byteAt(layer.TCP, side, offset)}
	for i := range c.Streams {
		s := &c.Streams[i] // a stream begins after the one below it
		for _, p := range places {
			if p.Stream != s.Parent {
				continue
			}
			if at, ok := s.Cuts[side].Up(p.From); ok {
				places = append(places, byteAt(s.ID, side, at))
				break
			}
		}
	}
	return places
}

// Places are the places of one byte in all streams that have it, the given one first.
func (c *Connection) Places(at layer.Place) []layer.Place {
	at.To = at.From + 1
	out := []layer.Place{at}
	for _, d := range c.Down(at) {
		for _, p := range c.Up(at.Side, d.Below) {
			if p != at {
				out = append(out, p)
			}
		}
	}
	return out
}

func byteAt(stream layer.ID, side layer.Side, offset int64) layer.Place {
	return layer.Place{Stream: stream, Side: side, Span: layer.Span{From: offset, To: offset + 1}}
}

func (c *Connection) stream(id layer.ID) *layer.Stream {
	for i := range c.Streams {
		if c.Streams[i].ID == id {
			return &c.Streams[i]
		}
	}
	return nil
}

// search finds the first part that ends behind an offset.
func search(parts []Run, offset int64) int {
	return sort.Search(len(parts), func(i int) bool { return parts[i].Offset+parts[i].Len > offset })
}

// cut is the part of p that lies in [from, to).
func (p Run) cut(from, to int64) Run {
	front, back := max(0, from-p.Offset), max(0, p.Offset+p.Len-to)
	if front+back >= p.Len {
		return Run{}
	}
	p.Offset, p.Len = p.Offset+front, p.Len-front-back
	if p.Data != nil {
		p.Data = p.Data[front : front+p.Len]
	}
	return p
}
