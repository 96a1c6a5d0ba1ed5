package inspect

import (
	"hash"

	"httpscope/httpdecode"
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
}

// event adds an event to its exchange.
func (f *flow) event(e *httpdecode.Event) {
	if e.Exchange == 0 {
		f.outside(e)
		return
	}
	if e.Kind == httpdecode.FindingEvent && f.released(e.Exchange) {
		f.looseFinding(e)
		return
	}
	if e.Kind == httpdecode.PairEvent {
		f.settle(e)
		return
	}
	b := f.exchange(e.Exchange)
	b.dirty = true
	switch e.Kind {
	case httpdecode.HeadEvent:
		f.head(b, e)
	case httpdecode.ChunkEvent:
		f.grow(b, b.chunk(e))
	case httpdecode.BodyEvent:
		f.body(b, e)
	case httpdecode.TrailerEvent:
		f.grow(b, b.trailer(e))
	case httpdecode.EndEvent:
		f.end(b, e)
		f.releaseIfDone(b)
	case httpdecode.GapEvent:
		if m := b.message(e.Side); m != nil {
			m.Missing += e.Span.Len()
		}
		if e.Side == httpdecode.Server {
			b.parts.gap(e.Span.Len())
			b.items.gap(b.x.Response, e.Span.Len(), point(e.Last))
		}
	case httpdecode.FindingEvent:
		if len(b.x.Findings) < maxFindings {
			b.x.Findings = append(b.x.Findings, finding(e))
			f.grow(b, findingSize+len(e.Finding.Detail))
		}
		switch e.Finding.Code {
		case httpdecode.Unanswered, httpdecode.ResponseLost, httpdecode.PairingUncertain:
			b.closed = true
			f.releaseIfDone(b)
		case httpdecode.EarlyResponse:
			b.early = b.x.Request == nil
		}
	}
}

// outside takes an event that belongs to no exchange.
func (f *flow) outside(e *httpdecode.Event) {
	switch e.Kind {
	case httpdecode.FindingEvent:
		f.looseFinding(e)
	case httpdecode.SwitchEvent:
		f.switched(e)
	case httpdecode.RawEvent:
		f.pass(e)
	}
}

// settle gives a response of which it was not known what it answers to its request,
// or leaves it an exchange of its own.
func (f *flow) settle(e *httpdecode.Event) {
	r := f.open.find(e.Provisional)
	if r == nil {
		return // it had to be released before
	}
	q := f.open.find(e.Exchange)
	if q == nil {
		f.open.rename(e.Provisional, e.Exchange)
		f.highest = max(f.highest, e.Exchange)
		r.x.Ordinal, r.unsettled = e.Exchange, false
		f.number(r)
		f.releaseIfDone(r)
		return
	}
	f.open.remove(e.Provisional)
	f.size -= r.size
	f.grow(q, r.size)
	f.count--
	f.merge(q, r)
	if e.Finding.Code != "" {
		q.x.Findings = append(q.x.Findings, finding(e))
	}
	f.releaseIfDone(q)
}

// merge moves the response of r to q, whose request it answers.
func (f *flow) merge(q, r *building) {
	q.x.Interim, q.x.InterimCount, q.x.Response = r.x.Interim, r.x.InterimCount, r.x.Response
	q.x.Findings = append(q.x.Findings, r.x.Findings...)
	q.items = r.items
	q.parts, q.hash[httpdecode.Server], q.dirty = r.parts, r.hash[httpdecode.Server], true
	for _, m := range r.x.Interim {
		f.headRead(responseRead, q, m)
	}
	if m := r.x.Response; m != nil {
		m.Head.Paired = true
		f.headRead(responseRead, q, m)
	}
}

// released reports an exchange that was handed out already.
func (f *flow) released(ordinal int64) bool {
	return ordinal <= f.highest && f.open.find(ordinal) == nil
}

// exchange finds an exchange by its place, or opens it.
func (f *flow) exchange(ordinal int64) *building {
	if b := f.open.find(ordinal); b != nil {
		return b
	}
	if f.open.len() >= maxOpen {
		f.release(f.open.first()) // before the new one, which may take the first place: a late answer does
	}
	f.highest = max(f.highest, ordinal)
	f.count++
	b := f.decoding.building()
	b.x.Conn, b.x.Ordinal = f.exchanging(), ordinal
	if b.unsettled = ordinal < 0; !b.unsettled {
		f.number(b)
	}
	f.open.add(ordinal, b)
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
	f.open.remove(b.x.Ordinal)
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

func point(s httpdecode.Stamp) trace.Point { return trace.Point{Frame: s.Packet, Nano: s.Nano} }
