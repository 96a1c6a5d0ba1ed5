package lesson

import (
	"cmp"
	"slices"

	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// line is a connection as readers of it know it.
type line struct {
	tape   *trace.Tape
	opened bool
	asked  []request
	starts map[layer.Place][]int64 // offsets of heads, by stream and side
	fin    [2]bool
	reset  bool
}

// request is the method of a request and the packet that completed its head.
type request struct {
	method string
	frame  int64
}

// exchange remembers where messages begin, and what was asked.
func (k *line) exchange(x *trace.Exchange) {
	if k.starts == nil {
		k.starts = map[layer.Place][]int64{}
	}
	for m := range x.Messages() {
		if m.Head != nil {
			k.starts[m.Begins()] = append(k.starts[m.Begins()], m.Head.Span.From)
		}
	}
	if x.Request != nil && x.Request.Head != nil {
		k.asked = append(k.asked, request{x.Request.Head.Method, x.Request.HeadEnd.Packet})
	}
}

// open looks how the connection ended.
func (k *line) open(src Source, c *trace.Connection) {
	if k.opened {
		return
	}
	k.opened, k.tape = true, src.Tape(c.ID)
	if c.Heard {
		k.fin = [2]bool{c.State == tcp.Closed, c.State == tcp.Closed}
	}
	if k.tape == nil {
		return
	}
	for i := range k.tape.Segments {
		g := &k.tape.Segments[i]
		k.fin[c.Side(g.Dir)] = k.fin[c.Side(g.Dir)] || g.Flags&fin != 0
		k.reset = k.reset || g.Flags&rst != 0
	}
}

// stray counts the bytes from an offset of a message's stream to its side's next message, and
// tells whether there is one.
func (k *line) stray(m *trace.Message, end int64) (n int64, more bool) {
	starts := k.starts[m.Begins()]
	if i, _ := slices.BinarySearch(starts, end); i < len(starts) {
		return starts[i] - end, true
	}
	return max(0, endOf(k.tape, m.Begins())-end), false
}

// latest is the method of the last request before a packet.
func (k *line) latest(frame int64) string {
	i, _ := slices.BinarySearchFunc(k.asked, frame, func(q request, frame int64) int {
		return cmp.Compare(q.frame, frame)
	})
	if i == 0 {
		return "GET"
	}
	return k.asked[i-1].method
}

// input is the bytes of a message and some after it. cut tells that there are
// more.
func (k *line) input(x *trace.Exchange, m *trace.Message) (in input, cut bool) {
	to := m.Head.Span.To + m.Wire() + ahead
	s := streamOf(k.tape, m.At(m.Head.Span.From, to))
	in = input{response: m.Side == layer.Server, method: "GET", latest: "GET", data: s.data,
		fin: k.fin[m.Side], reset: k.reset && !k.fin[m.Side]}
	if x.Request != nil && x.Request.Head != nil {
		in.method = x.Request.Head.Method
	}
	in.latest = k.latest(m.First.Packet)
	return in, s.cut || endOf(k.tape, m.Begins()) > s.from+int64(len(s.data))
}
