package lesson

import (
	"time"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/texts"
	"httpscope/internal/trace"
)

// Chunks is the time line of each response: when its chunks, or the packets of
// its body, came.
type Chunks struct {
	Responses []ChunkedResponse `json:"responses"`
	Left      int               `json:"left_out"` // responses beyond the first maxResponses

	// The response in chunks that gained most, and the one with Content-Length
	// that was waited for longest: indexes into Responses, -1 for none.
	Chunked  int `json:"most_gained"`
	Buffered int `json:"longest_buffered"`

	words texts.Catalogue
}

// ChunkedResponse is the time line of one response with a body. Times are nanoseconds from the request's last byte; -1
// when they are not known. Gained is how much sooner the first byte came than if all had been collected first; 0 when
// the response is not chunked.
type ChunkedResponse struct {
	Exchange  int64          `json:"exchange"`
	Asked     string         `json:"request"`
	Framing   string         `json:"framing"` // chunked, content-length, until-close
	Body      int64          `json:"body_bytes"`
	Overhead  int64          `json:"framing_bytes"` // chunk sizes, line ends and trailers
	Head      int64          `json:"head_ns"`
	FirstByte int64          `json:"first_byte_ns"` // of the body
	LastByte  int64          `json:"last_byte_ns"`
	Gained    int64          `json:"gained_ns"`
	Arrivals  []ChunkArrival `json:"arrivals"`
	Left      int64          `json:"arrivals_left_out"`

	stream layer.ID // in which offsets count
}

// ChunkArrival is a chunk, or the part of a body that one packet brought.
type ChunkArrival struct {
	Size   int64  `json:"size"` // bytes of body
	Ext    string `json:"extension,omitempty"`
	Packet int64  `json:"packet"`
	Offset int64  `json:"offset"`  // in the server's stream
	At     int64  `json:"at_ns"`   // from the request's last byte, -1 when not known
	Wait   int64  `json:"wait_ns"` // since what came before it, -1 when not known
}

// maxResponses and maxArrivals bound what is listed.
const (
	maxResponses = 200
	maxArrivals  = 256
)

func chunks(lang texts.Lang, src Source, scope Scope) Lesson {
	l := &Chunks{Chunked: -1, Buffered: -1, words: texts.In(lang)}
	for _, x := range exchangesIn(src, scope) {
		m := response(x)
		if m == nil || m.Head == nil || m.Body == 0 && m.ChunkCount == 0 {
			continue
		}
		if len(l.Responses) >= maxResponses {
			l.Left++
			continue
		}
		l.add(l.timeLine(x, m, src.Tape(x.Conn.ID)))
	}
	return l
}

// add keeps a time line, and the best examples of both ways.
func (l *Chunks) add(r ChunkedResponse) {
	i := len(l.Responses)
	l.Responses = append(l.Responses, r)
	switch {
	case r.Framing == httpdecode.Chunked.String() && (l.Chunked < 0 || r.Gained > l.Responses[l.Chunked].Gained):
		l.Chunked = i
	case r.Framing == httpdecode.Length.String() && r.FirstByte >= 0 &&
		(l.Buffered < 0 || r.FirstByte > l.Responses[l.Buffered].FirstByte):
		l.Buffered = i
	}
}

// after is the time from one moment to another, -1 when one is not known.
func after(from, to int64) int64 {
	if from == 0 || to == 0 {
		return -1
	}
	return to - from
}

func (l *Chunks) timeLine(x *trace.Exchange, m *trace.Message, t *trace.Tape) ChunkedResponse {
	r := ChunkedResponse{Exchange: x.ID, stream: m.Stream, Asked: asked(l.words, x),
		Framing: m.Head.Framing().Kind.String(), Body: m.Body, Overhead: m.Framing + m.Trailing}
	from := m.First.Nano // of a response whose request was not captured
	if x.Request != nil && x.Request.Last.Nano != 0 {
		from = x.Request.Last.Nano
	}
	r.Head, r.FirstByte = after(from, m.HeadEnd.Nano), after(from, m.BodyFirst.Nano)
	r.LastByte = after(from, m.Last.Nano)
	chunked := m.Head.Framing().Kind == httpdecode.Chunked
	if chunked {
		r.chunks(m, from)
	} else if t != nil {
		r.packets(m, t, from)
	}
	if chunked && m.Complete && r.FirstByte >= 0 && r.LastByte >= 0 {
		r.Gained = r.LastByte - r.FirstByte
	}
	return r
}

// chunks lists the chunks as the decoder saw them.
func (r *ChunkedResponse) chunks(m *trace.Message, from int64) {
	before := m.HeadEnd.Nano
	for i := range m.Chunks {
		c := &m.Chunks[i]
		a := ChunkArrival{Size: c.Size, Ext: c.Ext, Packet: c.At.Packet, Offset: c.Offset}
		before = r.arrival(a, from, before, c.At.Nano)
	}
	r.Left = m.ChunkCount - int64(len(r.Arrivals))
}

// packets lists the packets that brought a body without chunks.
func (r *ChunkedResponse) packets(m *trace.Message, t *trace.Tape, from int64) {
	if m.BodyOffset < 0 {
		return
	}
	before := m.HeadEnd.Nano
	for _, p := range t.Between(m.At(m.BodyOffset, m.BodyOffset+m.Body+m.Missing)) {
		if !p.Gap {
			before = r.arrival(ChunkArrival{Size: p.Len, Packet: p.Frame, Offset: p.Offset}, from, before, p.Nano)
		}
	}
}

// arrival adds an arrival at a time, and returns the time for the next.
func (r *ChunkedResponse) arrival(a ChunkArrival, from, before, nano int64) int64 {
	a.At, a.Wait = after(from, nano), after(before, nano)
	if len(r.Arrivals) >= maxArrivals {
		r.Left++
		return before
	}
	r.Arrivals = append(r.Arrivals, a)
	if nano == 0 {
		return before
	}
	return nano
}

// last is the time of the last byte or chunk that is known.
func (r *ChunkedResponse) last() int64 {
	end := max(r.LastByte, r.FirstByte, r.Head)
	for i := range r.Arrivals {
		end = max(end, r.Arrivals[i].At)
	}
	return end
}

// duration is a time of this lesson as others are written.
func duration(ns int64) time.Duration {
	if ns < 0 {
		return trace.NoDuration
	}
	return time.Duration(ns)
}
