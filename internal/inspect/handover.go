package inspect

import "httpscope/reassembly"

// Sizes of the handover: steps and payload bytes of a batch, and batches on
// their way. Together they bound the memory between the goroutines to less than 2 MiB.
const (
	handoverSteps   = 512
	handoverBytes   = 384 << 10 // more than the largest segment, which is 256 KiB
	handoverBatches = 3
	handoverCloses  = 128 // connections that end in a batch
	maxSpareFlows   = 1024
)

// handover brings steps to a goroutine that decodes them.
type handover struct {
	pipe[stepBatch]
	spare []*flow // of closed connections, to be used again
}

// stepBatch is some steps, with what they point to. The flows of connections
// that ended in it come back with it.
type stepBatch struct {
	steps []step
	arena []byte
	facts []reassembly.Facts
	ended []*flow
	flush bool
}

func newHandover(d *decoding) *handover {
	empty := func() *stepBatch {
		return &stepBatch{steps: make([]step, 0, handoverSteps), arena: make([]byte, 0, handoverBytes),
			facts: make([]reassembly.Facts, 0, handoverCloses)}
	}
	return &handover{pipe: newPipe(handoverBatches, empty, func(b *stepBatch) { b.decode(d) })}
}

// decode takes the steps, and leaves the batch empty but for the flows that have ended.
func (b *stepBatch) decode(d *decoding) {
	for i := range b.steps {
		d.take(&b.steps[i])
		if b.steps[i].kind == closeStep {
			b.ended = append(b.ended, b.steps[i].flow)
		}
	}
	if b.flush {
		d.flush()
	}
	clear(b.steps) // let go of flows
	b.steps, b.arena, b.facts, b.flush = b.steps[:0], b.arena[:0], b.facts[:0], false
}

// add copies a step into the batch.
func (h *handover) add(s step) {
	if len(h.now.steps) == cap(h.now.steps) || len(h.now.arena)+len(s.run.Bytes) > cap(h.now.arena) {
		h.pass()
	}
	b := h.now
	if len(s.run.Bytes) > 0 {
		from := len(b.arena)
		b.arena = append(b.arena, s.run.Bytes...)
		s.run.Bytes = b.arena[from:len(b.arena):len(b.arena)]
	}
	b.steps = append(b.steps, s)
}

func (h *handover) pass() {
	h.next()
	if len(h.spare) < maxSpareFlows {
		h.spare = append(h.spare, h.now.ended...)
	}
	clear(h.now.ended)
	h.now.ended = h.now.ended[:0]
}

// last copies a connection's facts into the batch that its last step goes into.
func (h *handover) last(c *reassembly.Facts) *reassembly.Facts {
	if b := h.now; len(b.steps) == cap(b.steps) || len(b.facts) == cap(b.facts) {
		h.pass()
	}
	h.now.facts = append(h.now.facts, *c)
	return &h.now.facts[len(h.now.facts)-1]
}

// flow takes a closed connection's memory, or new memory.
func (h *handover) flow() *flow {
	n := len(h.spare)
	if n == 0 {
		return new(flow)
	}
	f := h.spare[n-1]
	h.spare = h.spare[:n-1]
	*f = flow{notes: f.notes[:0]}
	return f
}

// flush passes what there is, and has the sink flushed behind it.
func (h *handover) flush() {
	h.now.flush = true
	h.pass()
}
