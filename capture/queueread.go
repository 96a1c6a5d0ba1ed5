package capture

import "io"

// Next implements [Source]. It ends when every capture has ended and
// everything was returned, with the error of the capture if there is only
// one, else with io.EOF; and with io.EOF after Leave and Close.
func (q *Queue) Next() (*Packet, error) {
	for q.left.Load() || q.batch == nil || q.at == len(q.batch.data) {
		if q.left.Load() {
			return nil, q.forsake()
		}
		q.giveBack()
		if err := q.receive(); err != nil {
			q.frame = nil
			return nil, err
		}
	}
	e, _ := readEnhanced(q.batch.data[q.at:])
	q.at += e.length
	q.batch.packets--
	q.last, q.frame = e.nano, e.frame
	p := &q.packet
	*p = Packet{
		Number: p.Number + 1, Nano: e.nano, WireLen: e.wireLen, CapLen: len(e.frame),
		Interface: e.id, Link: q.sources[e.id].info.Link,
	}
	q.decoders[e.id].decode(p, e.frame)
	return p, nil
}

// Frame is as Live.Frame says.
func (q *Queue) Frame() []byte { return q.frame }

// forsake counts what was taken and is not read any more.
func (q *Queue) forsake() error {
	q.frame = nil
	if b := q.batch; b != nil && b.packets > 0 {
		next, _ := readEnhanced(b.data[q.at:])
		q.waiting.unread(int64(b.packets), next.nano)
		b.packets = 0
	}
	return io.EOF
}

// giveBack lets the memory of the batch that was read be filled again.
func (q *Queue) giveBack() {
	if q.batch == nil {
		return
	}
	q.pending.Add(-q.taken)
	if q.batch != q.again {
		q.pool.put(q.batch)
	}
	q.batch = nil
}

// receive waits for a batch.
func (q *Queue) receive() error {
	for !q.left.Load() {
		s, ok, over := q.waiting.oldest()
		switch {
		case over && q.err != nil:
			return q.err
		case over:
			return io.EOF
		case !ok:
			q.idle()
		case s.batch != nil:
			s = q.waiting.take()
			q.begin(s.batch)
			return nil
		case q.reread(s):
			return nil
		}
	}
	return io.EOF
}

func (q *Queue) begin(b *batch) { q.batch, q.at, q.taken = b, 0, int64(b.packets) }

// idle calls back, and waits until something comes or an idleTick is over.
func (q *Queue) idle() {
	q.wait()
	q.timer.Reset(idleTick)
	select {
	case <-q.waiting.came:
	case <-q.timer.C:
		q.pool.trim()
	}
}

// reread reads packets that wait in a file, as many as a batch holds. Those that
// cannot be read are dropped, and it reports false.
func (q *Queue) reread(s stretch) bool {
	if q.again == nil {
		q.again = &batch{data: make([]byte, 0, batchBytes)}
	}
	b := q.again
	b.reset()
	data := b.data[:min(int64(cap(b.data)), s.bytes)]
	_, err := io.ReadFull(io.NewSectionReader(s.file, s.at, s.bytes), data)
	if b.read(data, len(q.sources)); b.packets == 0 {
		s = q.waiting.lose()
		q.pending.Add(-s.packets)
		q.release(s.file, s.at, s.bytes)
		if err != nil {
			q.tell("capture.told.unread", s.packets, err)
		} else {
			q.tell("capture.told.overwritten", s.packets)
		}
		return false
	}
	q.waiting.taken(int64(len(b.data)), int64(b.packets), b.last)
	q.release(s.file, s.at, int64(len(b.data)))
	q.begin(b)
	return true
}

// release makes room in the temporary file, if it is that.
func (q *Queue) release(file io.ReaderAt, at, n int64) {
	if o, ok := file.(*overflow); ok {
		o.release(at, n)
	}
}

// read takes the whole packets at the beginning of data, of so many sources. It
// trusts no file: anybody may write to the one that was asked for.
func (b *batch) read(data []byte, sources int) {
	for {
		e, ok := readEnhanced(data[len(b.data):])
		if !ok || e.id >= sources {
			return
		}
		b.data = data[:len(b.data)+e.length]
		b.count(e.nano)
	}
}
