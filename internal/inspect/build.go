package inspect

import (
	"hash"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Limits of what is listed one by one; the rest is counted. Each is more than
// honest traffic has, and small enough for a sender who tries.
const (
	maxChunks   = 4096 // of a message
	maxTrailers = 256  // fields of a message
	maxInterim  = 32   // 1xx responses of an exchange
	maxFindings = 128  // of an exchange
)

// building is an exchange whose end was not seen yet.
type building struct {
	x         *trace.Exchange
	hash      [2]hash.Hash
	parts     parts
	items     items
	closed    bool // no response will come
	dirty     bool // it has changed since a watcher was told
	early     bool // the response began before the request's head was complete
	unsettled bool // what the response answers is to be told; it has a provisional place and no number yet
	size      int  // as holding counts it
	level     *level
	place     int64 // as in openList
}

// event adds an event to its exchange.
func (f *flow) event(l *level, e *trace.Event) {
	if e.Exchange == 0 || e.Kind == trace.OddityFound && f.released(l, e.Exchange) {
		if e.Kind == trace.OddityFound {
			f.looseFinding(l, e)
		}
		return
	}
	if e.Kind == trace.ResponsePaired {
		f.settle(l, e)
		return
	}
	b := f.exchange(l, e.Exchange)
	b.dirty = true
	switch e.Kind {
	case trace.HeadRead:
		f.head(b, e)
	case trace.ChunkRead:
		f.grow(b, b.chunk(e))
	case trace.BodyRead:
		f.body(b, e)
	case trace.TrailerRead:
		f.grow(b, b.trailer(e))
	case trace.MessageEnded:
		f.end(b, e)
		f.releaseIfDone(b)
	case trace.GapMet:
		if m := b.message(e.Side); m != nil {
			m.Missing += e.Span.Len()
		}
		if e.Side == layer.Server {
			b.parts.gap(e.Span.Len())
			b.items.gap(b.x.Response, e.Span.Len(), e.Last)
		}
	case trace.OddityFound:
		if len(b.x.Findings) < maxFindings {
			b.x.Findings = append(b.x.Findings, l.finding(e))
			f.grow(b, findingSize+detailSize(e.Finding.Detail))
		}
		switch httpdecode.Code(e.Finding.Code) {
		case httpdecode.Unanswered, httpdecode.ResponseLost, httpdecode.PairingUncertain:
			b.closed = true
			f.releaseIfDone(b)
		case httpdecode.EarlyResponse:
			b.early = b.x.Request == nil
		}
	}
}

// settle gives a response of which it was not known what it answers to its request,
// or leaves it an exchange of its own.
func (f *flow) settle(l *level, e *trace.Event) {
	provisional, place := l.place(e.Provisional), l.place(e.Exchange)
	r := f.open.find(provisional)
	if r == nil {
		return // it had to be released before
	}
	q := f.open.find(place)
	if q == nil {
		f.open.rename(provisional, place)
		l.highest = max(l.highest, e.Exchange)
		r.x.Ordinal, r.place, r.unsettled = l.before+e.Exchange, place, false
		f.number(r)
		f.releaseIfDone(r)
		return
	}
	f.open.remove(provisional)
	f.size -= r.size
	f.grow(q, r.size)
	f.count--
	f.merge(q, r)
	if e.Finding != nil {
		q.x.Findings = append(q.x.Findings, l.finding(e))
	}
	f.releaseIfDone(q)
}

// merge moves the response of r to q, whose request it answers.
func (f *flow) merge(q, r *building) {
	q.x.Interim, q.x.InterimCount, q.x.Response = r.x.Interim, r.x.InterimCount, r.x.Response
	q.x.Findings = append(q.x.Findings, r.x.Findings...)
	q.items = r.items
	q.parts, q.hash[layer.Server], q.dirty = r.parts, r.hash[layer.Server], true
	for _, m := range r.x.Interim {
		f.headRead(responseRead, q, m)
	}
	if m := r.x.Response; m != nil {
		f.headRead(responseRead, q, m)
	}
}

// released reports an exchange that was handed out already.
func (f *flow) released(l *level, ordinal int64) bool {
	return ordinal <= l.highest && f.open.find(l.place(ordinal)) == nil
}

// exchange finds an exchange by its place, or opens it.
func (f *flow) exchange(l *level, ordinal int64) *building {
	place := l.place(ordinal)
	if b := f.open.find(place); b != nil {
		return b
	}
	if f.open.len() >= maxOpen {
		f.release(f.open.first()) // before the new one, which may take the first place: a late answer does
	}
	l.highest = max(l.highest, ordinal)
	f.count++
	b := f.decoding.building()
	b.level, b.place = l, place
	b.x.Conn, b.x.Ordinal = f.seenFrom(l), ordinal
	if b.unsettled = ordinal < 0; !b.unsettled {
		b.x.Ordinal += l.before
		f.number(b)
	}
	f.open.add(place, b)
	f.grow(b, openExchangeSize)
	return b
}

// number gives an exchange its number in the capture.
func (f *flow) number(b *building) {
	f.decoding.next++
	b.x.ID = f.decoding.next
}

// done reports an exchange to which nothing can be added.
func (b *building) done() bool {
	x := b.x
	request := x.Request == nil && !b.early || x.Request != nil && x.Request.Done
	response := x.Response != nil && x.Response.Done || x.Simple != nil && x.Simple.Done || b.closed
	return request && response
}

// releaseIfDone hands out an exchange that is finished.
func (f *flow) releaseIfDone(b *building) {
	if !b.unsettled && b.done() {
		f.release(b)
	}
}

// release hands out an exchange, finished or not.
func (f *flow) release(b *building) {
	f.open.remove(b.place)
	f.size -= b.size
	if b.unsettled {
		f.number(b)
	}
	if r := b.x.Response; r != nil {
		f.connection().AddStatus(r.Head.Status)
	}
	b.x.Follow(f.previous)
	f.previous = b.x.Finished()
	f.decoding.mean(meaningStep{kind: exchangeOver, exchange: b.x, parts: b.parts})
	f.decoding.rest(b)
}
