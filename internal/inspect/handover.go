package inspect

// Sizes of the handover: steps and payload bytes of a batch, and batches on
// their way. Together they bound the memory between the goroutines to about 2 MiB.
const (
	handoverSteps   = 512
	handoverBytes   = 384 << 10 // more than the largest segment, which is 256 KiB
	handoverBatches = 4
)

// handover brings steps to a goroutine that decodes them.
type handover struct {
	now   *stepBatch
	full  chan *stepBatch
	empty chan *stepBatch
	done  chan struct{}
}

// stepBatch is some steps, with their bytes.
type stepBatch struct {
	steps []step
	arena []byte
	flush bool
}

func newHandover(d *decoding) *handover {
	h := &handover{full: make(chan *stepBatch, handoverBatches), empty: make(chan *stepBatch, handoverBatches), done: make(chan struct{})}
	for range handoverBatches {
		h.empty <- &stepBatch{steps: make([]step, 0, handoverSteps), arena: make([]byte, 0, handoverBytes)}
	}
	h.now = <-h.empty
	go h.work(d)
	return h
}

func (h *handover) work(d *decoding) {
	defer close(h.done)
	for b := range h.full {
		for i := range b.steps {
			d.take(&b.steps[i])
		}
		if b.flush {
			d.flush()
		}
		clear(b.steps) // let go of flows
		b.steps, b.arena, b.flush = b.steps[:0], b.arena[:0], false
		h.empty <- b
	}
}

// add copies a step into the batch.
func (h *handover) add(s step) {
	if len(h.now.steps) == cap(h.now.steps) || len(h.now.arena)+len(s.bytes) > cap(h.now.arena) {
		h.pass()
	}
	b := h.now
	if len(s.bytes) > 0 {
		from := len(b.arena)
		b.arena = append(b.arena, s.bytes...)
		s.bytes = b.arena[from:len(b.arena):len(b.arena)]
	}
	b.steps = append(b.steps, s)
}

func (h *handover) pass() {
	h.full <- h.now
	h.now = <-h.empty
}

// flush passes what there is, and has the sink flushed behind it.
func (h *handover) flush() {
	h.now.flush = true
	h.pass()
}

// close passes the rest and waits until it is decoded.
func (h *handover) close() {
	h.full <- h.now
	close(h.full)
	<-h.done
}
