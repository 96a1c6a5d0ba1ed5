package inspect

import (
	"slices"
	"strings"

	"httpscope/httpdecode"
)

// CodeGivenUp is for what was ended, not because the traffic ended it, but because all open
// connections together held more than they may.
const CodeGivenUp = "given-up"

// defaultMemory is what open connections may hold in all, in bytes, unless [Options] say.
const defaultMemory = 64 << 20

// decodingShare is the part of it that is decoding's: open exchanges and the bytes of messages
// that are not complete. The rest is for the connections themselves, and for segments.
const decodingShare = 4

// Sizes of what is listed of an open exchange, in bytes as the allocator rounds them.
const (
	openExchangeSize = 1024 // with what builds it
	openHeadSize     = 384
	fieldSize        = 48
	listedSize       = 64 // a chunk, a trailer field, an item
	findingSize      = 112
	cookieShare      = 8 // what is said of cookies takes so much more than their line
)

// holding counts what decoding holds for connections, and knows which of them were idle longest.
// That depends on the bytes alone, not on how far behind reassembly decoding is: the same file is
// always read the same way.
type holding struct {
	bytes   int
	limit   int
	clock   int64
	queue   []queued // connections that held something when they were entered, oldest first
	pruned  int      // how many were left when those that are over were last taken out
	givenUp int64
}

// queued is a connection and when it was looked at. One that was used later is entered again
// when it is met, so that using it costs nothing.
type queued struct {
	flow *flow
	id   int64
	at   int64
}

// weigh counts anew what a connection holds after a step, and has those that were idle longest
// given up while all hold too much.
func (d *decoding) weigh(f *flow) {
	h := &d.holding
	h.clock++
	f.used = h.clock
	now := f.size
	if f.decoder != nil {
		now += f.decoder.Held()
	}
	h.bytes += now - f.held
	f.held = now
	if now > 0 && !f.queued {
		f.queued = true
		h.enter(queued{f, f.id, h.clock})
	}
	for h.bytes > h.limit && d.abandonOldest(f) {
	}
}

// enter adds to the queue. Connections that are over leave it now and then.
func (h *holding) enter(q queued) {
	const least = 1024
	if len(h.queue) >= max(2*h.pruned, least) {
		h.queue = slices.DeleteFunc(h.queue, func(q queued) bool {
			over := q.flow.id != q.id || q.flow.held == 0
			if over && q.flow.id == q.id {
				q.flow.queued = false
			}
			return over
		})
		h.pruned = len(h.queue)
	}
	h.queue = append(h.queue, q)
}

// forget takes a connection that is over out of the count.
func (h *holding) forget(f *flow) {
	h.bytes -= f.held
	f.held, f.size = 0, 0
}

// abandonOldest gives up the connection that was idle longest, but not one; false when there
// is no other.
func (d *decoding) abandonOldest(but *flow) bool {
	h := &d.holding
	for n := len(h.queue); n > 0; n-- {
		q := h.queue[0]
		h.queue = h.queue[1:]
		f := q.flow
		switch {
		case f.id != q.id || !f.queued: // its memory follows another connection now
		case f.held == 0:
			f.queued = false
		case f == but || f.used > q.at:
			h.queue = append(h.queue, queued{f, f.id, f.used})
		default:
			f.queued = false
			f.abandon()
			return true
		}
	}
	return false
}

// abandon ends what a connection has begun, as the end of the capture would. What follows is
// read as if the capture began there.
func (f *flow) abandon() {
	d := f.decoding
	f.gaveUp()
	before := f.decoder
	for s := httpdecode.Client; s <= httpdecode.Server; s++ {
		before.EOF(s, httpdecode.Unknown, f.lastAt)
		f.drain()
	}
	for f.open.len() > 0 {
		f.release(f.open.first())
	}
	for s := httpdecode.Client; s <= httpdecode.Server; s++ {
		f.flipped = f.flipped.Add(before.Tally(s))
		f.flipped.Lost += before.Waiting(s)
	}
	f.decoder = d.decoder()
	f.decoder.Midstream()
	f.decoder.Continue(before.Exchanges(), [2]int64{before.Offset(httpdecode.Client), before.Offset(httpdecode.Server)})
	if len(d.spare) < maxSpare {
		d.spare = append(d.spare, before)
	}
	d.holding.forget(f)
}

// gaveUp marks a connection that was given up, and counts it once.
func (f *flow) gaveUp() {
	if !f.abandoned {
		f.abandoned = true
		f.decoding.holding.givenUp++
	}
}

// grow counts what an open exchange holds more.
func (f *flow) grow(b *building, n int) {
	b.size += n
	f.size += n
}

// headHeld is about how many bytes a head makes an exchange hold: by what was sent, not by the
// memory, which used records have more of.
func headHeld(h *httpdecode.Head) int {
	n := openHeadSize + len(h.Raw) + fieldSize*len(h.Fields)
	for _, id := range []httpdecode.FieldID{httpdecode.FieldCookie, httpdecode.FieldSetCookie} {
		for line := range h.Each(id) {
			n += cookieShare*len(line) + findingSize*strings.Count(line, ";")
		}
	}
	return n
}
