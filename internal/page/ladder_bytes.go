package page

import (
	"cmp"
	"math"
	"slices"

	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// passage is where a message lies in its side's stream: the head in [from,
// body), the rest in [body, to).
type passage struct {
	from, body, to int64 // in the TCP stream
	above          int64 // what is added for offsets in the message's own stream
	message        *trace.Message
	exchange       int64
}

// byteIndex finds the messages that bytes of a stream belong to.
type byteIndex [2][]passage

// newByteIndex lists the messages of a connection by their place.
func newByteIndex(xs []*trace.Exchange) byteIndex {
	var in byteIndex
	for _, x := range xs {
		for m := range x.Messages() {
			if s, ok := passageOf(x, m); ok {
				in[m.Side&1] = append(in[m.Side&1], s)
			}
		}
	}
	for side := range in {
		slices.SortStableFunc(in[side], func(a, b passage) int { return cmp.Compare(a.from, b.from) })
	}
	return in
}

// passageOf is where a message lies; nowhere when it has no byte that was seen.
func passageOf(x *trace.Exchange, m *trace.Message) (passage, bool) {
	s := passage{message: m, exchange: x.ID, to: math.MaxInt64}
	switch {
	case m.Head != nil:
		s.at(x.Conn, m.HeadSpan())
	case m.BodyOffset >= 0:
		s.at(x.Conn, m.HeadSpan())
	default:
		return s, false
	}
	if m.Done {
		s.to = s.body + m.BodySpan().Len()
	}
	return s, true
}

// at says where the head lies in the TCP stream; it is empty where there is none.
func (s *passage) at(c *trace.Connection, head layer.Span) {
	in := tcpSpan(c, s.message, layer.Span{From: head.From, To: max(head.To, head.From+1)})
	s.from, s.body, s.above = in.From, in.From+head.Len(), head.From-in.From
}

// broken reports a head of which the end was not captured: what follows it may
// belong to it.
func (s *passage) broken() bool { return s.message.Head != nil && !s.message.Head.Complete }
