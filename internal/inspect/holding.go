package inspect

import (
	"container/heap"
	"slices"
	"strings"

	"httpscope/httpdecode"
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// CodeGivenUp is for what was ended, not because the traffic ended it, but because all open
// connections together held more than they may.
const CodeGivenUp = "given-up"

// defaultMemory is what open connections may hold in all, in bytes, unless [Options] say.
const defaultMemory = 64 << 20

// decodingShare divides it: one part in so many is decoding's, for open exchanges and the bytes of
// messages that are not complete. The rest is for the connections themselves, and for segments.
const decodingShare = 4

// Sizes of what is listed of an open exchange, in bytes as the allocator rounds them.
const (
	openExchangeSize = 1024 // with what builds it
	levelSize        = 1280 // a decoder above the lowest, with its stream
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
	queue   queue
	pruned  int // how many were left when those that are over were last taken out
	spare   []*holder
	givenUp int64
}

// holder is a connection that holds something. It is decoding's own: the memory of a flow that is
// over may follow another connection already.
type holder struct {
	flow *flow // nil when it is over
	used int64 // when it was weighed last, by the clock
	held int   // what it was found to hold then
}

// queued is a holder and when it was entered. One that was used later is entered again when it
// is met, so that using it costs nothing.
type queued struct {
	*holder
	at int64
}

// queue is a heap of holders, the one that was entered first at its front. Where that was not used
// since, none was idle longer.
type queue []queued

func (q queue) Len() int           { return len(q) }
func (q queue) Less(i, j int) bool { return q[i].at < q[j].at }
func (q queue) Swap(i, j int)      { q[i], q[j] = q[j], q[i] }
func (q *queue) Push(x any)        { *q = append(*q, x.(queued)) }
func (q *queue) Pop() any {
	last := (*q)[len(*q)-1]
	*q = (*q)[:len(*q)-1]
	return last
}

// weigh counts anew what a connection holds after a step, and has those that were idle longest
// given up while all hold too much.
func (d *decoding) weigh(f *flow) {
	h := &d.holding
	now := f.size
	for i, l := range f.levels {
		now += l.decoder.Held()
		if i > 0 { // the lowest is counted with its connection
			now += levelSize
		}
	}
	if f.holder == nil {
		if now == 0 {
			return
		}
		h.enter(f)
	}
	h.clock++
	h.bytes += now - f.holder.held
	f.holder.used, f.holder.held = h.clock, now
	for h.bytes > h.limit && d.abandonOldest(f) {
	}
}

// enter adds a connection to the queue. Those that hold nothing any more leave it now and then.
func (h *holding) enter(f *flow) {
	const least = 1024
	if len(h.queue) >= max(2*h.pruned, least) {
		h.queue = slices.DeleteFunc(h.queue, func(q queued) bool { return h.dropEmpty(q.holder) })
		heap.Init(&h.queue)
		h.pruned = len(h.queue)
	}
	if f.holder = takeLast(&h.spare); f.holder == nil {
		f.holder = new(holder)
	}
	*f.holder = holder{flow: f}
	heap.Push(&h.queue, queued{f.holder, h.clock + 1})
}

// dropEmpty lets go of a holder that holds nothing any more, and reports that: its entry in the
// queue is to go.
func (h *holding) dropEmpty(o *holder) bool {
	if o.held > 0 {
		return false
	}
	if o.flow != nil {
		o.flow.holder = nil
	}
	*o = holder{}
	h.spare = append(h.spare, o)
	return true
}

// forget takes a connection that is over, or was given up, out of the count.
func (h *holding) forget(f *flow) {
	f.size = 0
	if f.holder != nil {
		h.bytes -= f.holder.held
		*f.holder = holder{}
		f.holder = nil
	}
}

// abandonOldest gives up the connection that was idle longest; false when that is the one in use.
func (d *decoding) abandonOldest(inUse *flow) bool {
	h := &d.holding
	for len(h.queue) > 0 {
		q := h.queue[0]
		switch {
		case h.dropEmpty(q.holder):
			heap.Pop(&h.queue)
		case q.used > q.at:
			h.queue[0].at = q.used
			heap.Fix(&h.queue, 0)
		case q.flow == inUse: // it was used last of all, so it is the only one
			return false
		default:
			heap.Pop(&h.queue)
			q.flow.abandon()
			h.dropEmpty(q.holder)
			return true
		}
	}
	return false
}

// abandon ends what a connection has begun, as the end of the capture would. What follows is
// read as if the capture began there.
func (f *flow) abandon() {
	f.gaveUp()
	for s := layer.Client; s <= layer.Server; s++ {
		f.closeSide(s, layer.Unwitnessed, f.lastAt)
	}
	for f.open.len() > 0 {
		f.release(f.open.first())
	}
	f.retire()
	f.restart()
	f.decoding.holding.forget(f)
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
func headHeld(h *trace.Head) int {
	n := openHeadSize + int(h.Size()) + fieldSize*len(h.Fields)
	for _, id := range []httpdecode.FieldID{httpdecode.FieldCookie, httpdecode.FieldSetCookie} {
		for line := range h.Each(id) {
			n += cookieShare*len(line) + findingSize*strings.Count(line, ";")
		}
	}
	return n
}
