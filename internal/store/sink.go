package store

import (
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// Sink fills a store. It is an inspect.Watcher.
type Sink struct{ s *Store }

// Sink is where an engine reports to.
func (s *Store) Sink() Sink { return Sink{s} }

// Flush tells readers that a batch of changes is complete.
func (k Sink) Flush() { k.s.notify() }

// Exchange implements inspect.Sink.
func (k Sink) Exchange(x *trace.Exchange) { k.s.put(x) }

// Progress implements inspect.Watcher.
func (k Sink) Progress(x *trace.Exchange) { k.s.put(x) }

func (s *Store) put(x *trace.Exchange) {
	s.mu.Lock()
	defer s.mu.Unlock()
	c := s.conns.open(x.Conn.ID)
	if c == nil {
		x.Conn = x.Conn.Clone()
		s.rows.put(x)
	} else if x.Conn = c.stand(x.Conn); s.rows.put(x) {
		s.conns.ids += int64(c.add(x.ID))
	}
	s.log.add(x.ID)
	s.shrink()
}

// Connection implements inspect.Sink.
func (k Sink) Connection(c *trace.Connection) {
	s := k.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns.put(c, true)
	s.log.connection(c.ID)
	s.shrink()
}

// Alive implements inspect.Watcher.
func (k Sink) Alive(c *trace.Connection) {
	s := k.s
	s.mu.Lock()
	defer s.mu.Unlock()
	s.conns.put(c, false)
	s.log.connection(c.ID)
	s.shrink()
}

// Packet implements inspect.Watcher.
func (k Sink) Packet(connection int64, g trace.Segment) {
	s := k.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.conns.open(connection); c != nil {
		sp := s.slabs.spell(c, g.Frame, 0)
		sp.segments = append(sp.segments, g)
		s.shrink()
	}
}

// Noted implements inspect.Watcher.
func (k Sink) Noted(connection, frame int64, n tcp.Notes) {
	s := k.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.conns.at(connection); c != nil {
		c.note(frame, n)
	}
}

// Bytes implements inspect.Watcher.
func (k Sink) Bytes(connection int64, p trace.Extent, bytes []byte) {
	s := k.s
	s.mu.Lock()
	defer s.mu.Unlock()
	if c := s.conns.open(connection); c != nil {
		s.slabs.spell(c, p.Frame, len(bytes)).add(p, bytes)
		s.shrink()
	}
}
