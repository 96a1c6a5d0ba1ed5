package store

import (
	"cmp"
	"slices"

	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Bounds are the numbers of the first and the last exchange that are kept; last
// is less than first when there is none.
func (s *Store) Bounds() (first, last int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.rows.first, s.rows.last
}

// Exchange is an exchange by its number, nil when it was dropped or was not
// seen yet. Of one whose details were dropped it has what a table shows; whole
// is false then.
func (s *Store) Exchange(id int64) (x *trace.Exchange, whole bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	e := s.rows.entry(id)
	switch {
	case e == nil:
		return nil, false
	case e.x != nil:
		x := *e.x
		return s.withConn(&x), true
	case e.r != nil:
		return s.withConn(e.r.unpack(new(scratch))), false
	}
	return nil, false
}

// withConn lets an exchange point to the latest record of its connection.
func (s *Store) withConn(x *trace.Exchange) *trace.Exchange {
	if c := s.conns.at(x.Conn.ID); c != nil && c.record != nil {
		x.Conn = c.record.As(x.Conn)
	}
	return x
}

// Scan calls f with the exchanges from first on, in order, until it returns
// false or has seen the last. The exchange is valid during the call only.
func (s *Store) Scan(first int64, f func(x *trace.Exchange) bool) {
	const share = 4096 // exchanges after which a writer may come in between
	var memory scratch
	for more := true; more; {
		first, more = s.scan(first, share, &memory, f)
	}
}

func (s *Store) scan(from, n int64, memory *scratch, f func(x *trace.Exchange) bool) (next int64, more bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	from = max(from, s.rows.first)
	to := min(from+n, s.rows.last+1)
	for ; from < to; from++ {
		e := s.rows.entry(from)
		x := e.x
		if x == nil && e.r != nil {
			x = e.r.unpack(memory)
		}
		if x != nil && !f(x) {
			return from, false
		}
	}
	return from, from <= s.rows.last
}

// Changes tells what changed after a position, which is 0 at first.
func (s *Store) Changes(from uint64) Changes {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.log.since(from)
}

// ConnectionBounds are the numbers of the first and the last connection that
// are kept; last is less than first when there is none. Between them some may
// have been dropped.
func (s *Store) ConnectionBounds() (first, last int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.conns.first, s.conns.first + int64(len(s.conns.list)) - 1
}

// Connection is a connection by its number, with the numbers of its exchanges;
// nil when it was dropped or was not told of yet.
func (s *Store) Connection(id int64) (c *trace.Connection, exchanges []int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	k := s.conns.at(id)
	if k == nil {
		return nil, nil
	}
	return k.record, slices.Clip(k.ids)
}

// maxTape bounds the segments, and the runs of each direction, of one tape:
// more than anybody looks through, and copied within a few milliseconds.
const maxTape = 16 << 10

// Tape is what is kept of a connection's packets and bytes; nil when the
// connection was dropped. Of a connection with very many it has those around a
// packet, or the newest when around is 0.
func (s *Store) Tape(id, around int64) *trace.Tape {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.conns.at(id)
	if c == nil || c.record == nil {
		return nil
	}
	t := &trace.Tape{Conn: c.record}
	var before int64
	t.Segments, before = window(c.spells, around, func(sp *spell) []trace.Segment { return sp.segments },
		func(g trace.Segment) int64 { return g.Frame })
	t.Dropped = c.dropped + before
	c.fill(t, func(stream layer.ID, dir int) []trace.Run { return c.parts(stream, dir, around) })
	return t
}

// TapeOf is the tape of an exchange's connection around the exchange, with all
// bytes of the exchange that are kept.
func (s *Store) TapeOf(x *trace.Exchange) *trace.Tape {
	first, last := int64(0), int64(0)
	for m := range x.Messages() {
		if first == 0 || m.First.Packet < first {
			first = m.First.Packet
		}
		last = max(last, m.Last.Packet, m.Ended.Packet)
	}
	t := s.Tape(x.Conn.ID, first)
	if t == nil {
		return nil
	}
	s.mu.RLock()
	defer s.mu.RUnlock()
	if c := s.conns.at(x.Conn.ID); c != nil {
		t.Conn = t.Conn.As(x.Conn)
		c.fill(t, func(stream layer.ID, dir int) []trace.Run { return c.between(stream, dir, first, last) })
	}
	return t
}

// Carriers are the first and the last packet of those that carried the bytes
// of a place; 0 when they are no longer kept.
func (s *Store) Carriers(id int64, at layer.Place) (first, last int64) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	c := s.conns.at(id)
	if c == nil || c.record == nil {
		return 0, 0
	}
	for _, cut := range c.record.Down(at) {
		begin, end := c.carriers(c.record.Dir(int(at.Side)), cut.Below, cut.Below+cut.Len)
		first, last = cmp.Or(first, begin), max(last, end)
	}
	return first, last
}

// Oldest is the number of the first packet whose bytes are all still kept.
func (s *Store) Oldest() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.slabs.dropped + 1
}

// At finds the connection that has a packet, and the exchange whose bytes it
// carries; ok is false when the packet is not kept.
func (s *Store) At(frame int64) (connection int64, g trace.Segment, ok bool) {
	s.mu.RLock()
	defer s.mu.RUnlock()
	for i, c := range s.conns.list {
		if c == nil {
			continue
		}
		if g, ok := c.segment(frame); ok {
			return s.conns.first + int64(i), g, true
		}
	}
	return 0, trace.Segment{}, false
}

// Memory is about how many bytes the store holds.
func (s *Store) Memory() int64 {
	s.mu.RLock()
	defer s.mu.RUnlock()
	return s.cost()
}

// fill puts the bytes of all streams into a tape.
func (c *conn) fill(t *trace.Tape, parts func(stream layer.ID, dir int) []trace.Run) {
	t.Own = nil
	for dir := range 2 {
		t.Runs[t.Conn.Side(uint8(dir))] = parts(layer.TCP, dir)
	}
	for id := range c.ownStreams() {
		both := new([2][]trace.Run)
		for dir := range 2 {
			both[t.Conn.Side(uint8(dir))] = parts(id, dir)
		}
		if t.Own == nil {
			t.Own = map[layer.ID]*[2][]trace.Run{}
		}
		t.Own[id] = both
	}
}
