package store

import (
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
	record  *trace.Connection // the latest; it does not change
	over    bool
	ids     []int64
	more    int64    // exchanges beyond those listed
	spells  []*spell // oldest first
	dropped int64    // segments no longer kept
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
	if len(c.spells) == 0 {
		return
	}
	segments := c.spells[len(c.spells)-1].segments
	for i := len(segments) - 1; i >= 0 && segments[i].Frame >= frame; i-- {
		if segments[i].Frame == frame {
			segments[i].Notes |= n
			return
		}
	}
}

// forget lets go of what a slab held, which is the oldest.
func (c *conn) forget(l *slab) {
	if len(c.spells) > 0 && c.spells[0].slab == l {
		c.dropped += int64(len(c.spells[0].segments))
		c.spells[0] = nil
		c.spells = c.spells[1:]
	}
}

// segments are all that are kept, as a copy.
func (c *conn) segments() []trace.Segment {
	var out []trace.Segment
	for _, sp := range c.spells {
		out = append(out, sp.segments...)
	}
	return out
}

// segment finds a packet.
func (c *conn) segment(frame int64) (trace.Segment, bool) {
	for _, sp := range c.spells {
		n := sort.Search(len(sp.segments), func(i int) bool { return sp.segments[i].Frame >= frame })
		if n < len(sp.segments) && sp.segments[n].Frame == frame {
			return sp.segments[n], true
		}
	}
	return trace.Segment{}, false
}

// parts are the pieces of a direction with their bytes.
func (c *conn) parts(dir int) []trace.Part {
	n := 0
	for _, sp := range c.spells {
		n += len(sp.pieces[dir])
	}
	out := make([]trace.Part, 0, n)
	for _, sp := range c.spells {
		for i := range sp.pieces[dir] {
			p := &sp.pieces[dir][i]
			out = append(out, trace.Part{Piece: p.Piece, Data: sp.data(p)})
		}
	}
	return out
}

// carriers are the first and the last packet that brought bytes of [from, to).
func (c *conn) carriers(dir int, from, to int64) (first, last int64) {
	for _, sp := range c.spells {
		list := sp.pieces[dir]
		i := sort.Search(len(list), func(i int) bool { return list[i].Offset+list[i].Len > from })
		for ; i < len(list) && list[i].Offset < to; i++ {
			if list[i].Gap {
				continue
			}
			if first == 0 {
				first = list[i].Frame
			}
			last = list[i].Frame
		}
	}
	return first, last
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
