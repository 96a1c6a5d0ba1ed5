package capture

// collectTime is how long packets collect in a batch, in nanoseconds of
// capture time: short beside what kernels let them collect.
const collectTime = 10e6

// collect copies the packets of one source until it ends.
func (q *Queue) collect(i int) {
	c := collector{queue: q, source: i, b: q.pool.get()}
	l := q.sources[i]
	l.OnWait(c.pass)
	var p Packet
	frame, err := l.fetch(&p)
	for ; err == nil; frame, err = l.fetch(&p) {
		if !q.ignored.Load() {
			c.add(&p, frame)
		}
	}
	c.pass()
	q.ended(i, err)
}

// collector fills batches and passes them on.
type collector struct {
	queue  *Queue
	source int
	b      *batch // nil after the queue is closed
}

// add copies a packet. A batch is passed on when it is full, and when its
// packets could have been read for a while: a source that is never idle calls
// for no pass.
func (c *collector) add(p *Packet, frame []byte) {
	if c.b != nil && c.b.packets > 0 && (!c.b.fits(enhancedLength(len(frame))) || p.Nano-c.b.first > collectTime) {
		c.pass()
	}
	if c.b != nil {
		c.b.add(c.source, p, frame)
	}
}

// pass hands over what there is, and waits for a batch that is free.
func (c *collector) pass() {
	if c.b == nil || c.b.packets == 0 {
		return
	}
	c.queue.pending.Add(int64(c.b.packets))
	c.queue.filled <- c.b
	c.b = c.queue.pool.get()
}

// store brings the batches to where they wait, in one order for the file and the reader.
func (q *Queue) store() {
	for b := range q.filled {
		q.keep(b)
	}
	q.waiting.end()
	close(q.settled)
}

// keep has a batch wait in memory if there is room, else in a file, or drops it.
func (q *Queue) keep(b *batch) {
	at, recorded := int64(0), false
	if q.recorder != nil {
		at, recorded = q.recorder.Record(b.data, b.packets)
	}
	s := stretch{packets: int64(b.packets), first: b.first, last: b.last, bytes: int64(len(b.data))}
	switch {
	case q.left.Load():
		q.waiting.add(s) // it only counts
	case q.waiting.join(b):
	case q.pool.spare() > cap(q.filled): // else it is for what comes next
		s.batch = b
		q.waiting.add(s)
		return
	case recorded:
		s.file, s.at = q.recorder, at
		q.waiting.add(s)
	default:
		q.spill(s, b)
	}
	q.pool.put(b)
}

// spill has a batch wait in the temporary file. The first time that this fails is told.
func (q *Queue) spill(s stretch, b *batch) {
	at, err := q.overflow.write(b.data)
	if err != nil {
		q.waiting.drop(s)
		q.pending.Add(-s.packets)
		if !q.overflow.told {
			q.overflow.told = true
			q.tell("capture.told.no-room", err)
		}
		return
	}
	s.file, s.at = &q.overflow, at
	q.waiting.add(s)
}
