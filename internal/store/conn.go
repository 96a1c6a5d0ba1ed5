package store

import (
	"slices"
	"sort"

	"httpscope/internal/trace"
)

// Limits of a connection.
const (
	maxIDs   = 1 << 16 // exchanges that it lists
	connCost = 1024    // bytes of a record and what is beside it, about
)

// conn is a connection and what is kept of it.
type conn struct {
	record   *trace.Connection // the latest; it does not change
	over     bool
	ids      []int64
	more     int64 // exchanges beyond those listed
	segments []trace.Segment
	dropped  int64 // segments no longer kept
	pieces   [2][]piece
	slab     *slab // that lists the connection
}

// piece is a piece of a stream, and where its bytes are.
type piece struct {
	trace.Piece
	slab *slab // nil for a gap
	at   int
}

// data is the piece's bytes, nil when they are no longer kept.
func (p *piece) data() []byte {
	if p.slab == nil || p.slab.data == nil {
		return nil
	}
	return p.slab.data[p.at : p.at+int(p.Len) : p.at+int(p.Len)]
}

func (c *conn) add(id int64) {
	if len(c.ids) >= maxIDs {
		c.more++
		return
	}
	c.ids = append(c.ids, id)
}

// stand is the record that exchanges point to: the latest, or a first one made
// of what an exchange knows.
func (c *conn) stand(r *trace.Connection) *trace.Connection {
	if c.record == nil {
		c.record = r.Clone()
	}
	return c.record
}

// note adds to one of the last segments.
func (c *conn) note(frame int64, n trace.Notes) {
	for i := len(c.segments) - 1; i >= 0 && c.segments[i].Frame >= frame; i-- {
		if c.segments[i].Frame == frame {
			c.segments[i].Notes |= n
			return
		}
	}
}

// forget drops what came up to a packet.
func (c *conn) forget(frame int64) {
	n := sort.Search(len(c.segments), func(i int) bool { return c.segments[i].Frame > frame })
	c.dropped += int64(n)
	c.segments = slices.Clone(c.segments[n:])
	for dir := range c.pieces {
		// Pieces are in the order of the stream: one that waited for an earlier
		// packet has a lower number than its neighbours.
		p := c.pieces[dir]
		n := 0
		for n < len(p) && p[n].Frame <= frame && p[n].data() == nil {
			n++
		}
		c.pieces[dir] = slices.Clone(p[n:])
	}
}

// conns are the connections by number.
type conns struct {
	list  []*conn // list[i] is connection first+i
	first int64
}

// at is a connection that is kept, or nil.
func (s *conns) at(id int64) *conn {
	if i := id - s.first; i >= 0 && i < int64(len(s.list)) {
		return s.list[i]
	}
	return nil
}

// open is at, for a connection that may be new.
func (s *conns) open(id int64) *conn {
	if id < s.first {
		return nil
	}
	for int64(len(s.list)) <= id-s.first {
		s.list = append(s.list, new(conn))
	}
	return s.list[id-s.first]
}

func (s *conns) put(r *trace.Connection, over bool) {
	if c := s.open(r.ID); c != nil {
		c.record, c.over = r, over
	}
}

func (s *conns) cost() int64 { return int64(len(s.list)) * connCost }

// drop lets go of the oldest connection when it is over.
func (s *conns) drop() bool {
	if len(s.list) == 0 || !s.list[0].over {
		return false
	}
	s.list[0] = nil
	s.list = s.list[1:]
	s.first++
	return true
}
