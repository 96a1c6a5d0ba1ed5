package httpdecode

// Queue holds the events between a Feed and the calls of Next after it, and
// remembers common field lines. Decoders that are used by turns may share one,
// so that an idle connection keeps none.
type Queue struct {
	events []Event
	read   int // events that Next has handed out
	lines  lineCache
	heads  []*Head // given back by Recycle
}

// Recycle takes back a head that nobody looks at any more, to be used again, with the
// memory of its text: a string that was cut from it changes, so what is to stay has been
// cloned. It is overwritten at once, so that a mistake shows, and shows nothing of others.
func (q *Queue) Recycle(h *Head) {
	if len(q.heads) >= maxSpareHeads || cap(h.Fields) > maxSpareFields || cap(h.memory) > maxSpareRaw {
		return
	}
	// The old fields are not cleared: what they point to is overwritten here, and nobody reads
	// after the length.
	clear(h.memory)
	*h = Head{FieldList: FieldList{Fields: h.Fields[:0]}, memory: h.memory[:0]}
	q.heads = append(q.heads, h)
}

// head makes a head, of used memory if it can.
func (q *Queue) head() *Head {
	n := len(q.heads)
	if n == 0 {
		return new(Head)
	}
	h := q.heads[n-1]
	q.heads = q.heads[:n-1]
	return h
}

// Next returns the next event, valid until the next Feed, Gap or EOF; false
// when there are no more.
func (d *Decoder) Next() (*Event, bool) {
	q := d.queue
	if q.read == len(q.events) {
		clear(q.events) // let go of heads and bytes
		q.events, q.read = q.events[:0], 0
		return nil, false
	}
	q.read++
	return &q.events[q.read-1], true
}

// emit adds an event about the next n bytes and returns it to be completed.
func (d *Decoder) emit(h *half, k Kind, n int) *Event {
	q := d.queue
	q.events = append(q.events, Event{Kind: k, Side: h.side, Exchange: h.exchange, Span: Span{h.at, h.at + int64(n)}})
	e := &q.events[len(q.events)-1]
	e.First, e.Last = h.stampAt(h.at), h.stampAt(max(h.at, h.at+int64(n)-1))
	if n == 0 {
		e.First = h.stampAt(h.at - 1)
		e.Last = e.First
	}
	return e
}

// emitRaw emits the next bytes, which are no HTTP/1.
func (d *Decoder) emitRaw(h *half, b []byte) {
	from := h.at
	for len(b) > 0 {
		n := h.sameOrigin(len(b))
		e := d.emit(h, RawEvent, n)
		e.Bytes, e.Received = b[:n], h.hadReceived()
		if e.Received == unknownReceived {
			e.Received = -1
		}
		h.at, b = h.at+int64(n), b[n:]
	}
	h.at = from
}

// sameOrigin is how many of the next n bytes came in the packet of the first of them.
func (h *half) sameOrigin(n int) int {
	for i := range h.origins {
		if at := h.origins[i].From; at > h.at {
			return min(n, int(min(at-h.at, 1<<30)))
		}
	}
	return n
}

// find emits a finding about the next n bytes.
func (d *Decoder) find(h *half, c Code, n int, key string, args ...any) {
	if h.findings >= maxFindings {
		return
	}
	h.findings++
	e := d.emit(h, FindingEvent, n)
	e.Finding = &Finding{c, Fact{key, copied(args)}, e.Span}
}
