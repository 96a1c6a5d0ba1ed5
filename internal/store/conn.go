package store

import (
	"sort"

	"httpscope/internal/layer"
	"httpscope/internal/tcp"
	"httpscope/internal/trace"
)

// Limits of a connection.
const (
	maxIDs   = 1 << 16 // exchanges that it lists, the newest
	connCost = 1024    // bytes of a record and what is beside it, about
	idCost   = 12      // of a listed exchange, with the room that lists have to grow
)

// conn is a connection and what is kept of it.
type conn struct {
	record  *trace.Connection // the latest; it does not change
	over    bool
	ids     []int64
	spells  []*spell // oldest first
	dropped int64    // segments no longer kept
}

// add lists an exchange, and returns by how many the list has grown.
func (c *conn) add(id int64) int {
	grown := 1
	if len(c.ids) >= 2*maxIDs {
		// Readers may hold the old list: it is left as it is.
		newest := append(make([]int64, 0, 2*maxIDs), c.ids[len(c.ids)-maxIDs:]...)
		grown -= len(c.ids) - len(newest)
		c.ids = newest
	}
	c.ids = append(c.ids, id)
	return grown
}

// stand is the record that exchanges point to: the latest, or a first one made
// of what an exchange knows.
func (c *conn) stand(r *trace.Connection) *trace.Connection {
	if c.record == nil {
		c.record = r.Clone()
	}
	return c.record.As(r)
}

// note adds to one of the last segments.
func (c *conn) note(frame int64, n tcp.Notes) {
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

// window copies up to maxTape entries of a connection, half of them before a
// packet, or the last ones when around is 0. before counts those left out in
// front.
func window[T any](spells []*spell, around int64, entries func(*spell) []T, frame func(T) int64) (out []T,
	before int64) {
	total, at := 0, 0
	for _, sp := range spells {
		list := entries(sp)
		if around > 0 {
			at += sort.Search(len(list), func(i int) bool { return frame(list[i]) >= around })
		}
		total += len(list)
	}
	from := total - maxTape
	if around > 0 {
		from = min(from, at-maxTape/2)
	}
	from = max(0, from)
	skip, left := from, maxTape
	out = make([]T, 0, min(total-from, left))
	for _, sp := range spells {
		list := entries(sp)
		n := min(skip, len(list))
		skip -= n
		list = list[n:]
		list = list[:min(left, len(list))]
		left -= len(list)
		out = append(out, list...)
	}
	return out, int64(from)
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

// parts are the runs of a direction with their bytes, around a packet.
func (c *conn) parts(stream layer.ID, dir int, around int64) []trace.Run {
	type held struct {
		p  *kept
		sp *spell
	}
	entries := func(sp *spell) []held {
		list := sp.of(stream, dir)
		out := make([]held, len(list))
		for i := range out {
			out[i] = held{&list[i], sp}
		}
		return out
	}
	list, _ := window(c.spells, around, entries, func(h held) int64 { return h.p.Frame })
	out := make([]trace.Run, len(list))
	for i, h := range list {
		out[i] = trace.Run{Extent: h.p.Extent, Data: h.sp.data(h.p)}
	}
	return out
}

// between are all runs of a direction that came in the time of the packets
// from first to last, and some of their neighbours.
func (c *conn) between(stream layer.ID, dir int, first, last int64) []trace.Run {
	var out []trace.Run
	from := sort.Search(len(c.spells), func(i int) bool { return c.spells[i].slab.last >= first })
	for _, sp := range c.spells[from:] {
		list := sp.of(stream, dir)
		if len(list) > 0 && list[0].Frame > last {
			break
		}
		for i := range list {
			out = append(out, trace.Run{Extent: list[i].Extent, Data: sp.data(&list[i])})
		}
	}
	return out
}

// carriers are the first and the last packet that brought bytes of [from, to).
func (c *conn) carriers(dir int, from, to int64) (first, last int64) {
	for _, sp := range c.spells {
		list := sp.kept[dir]
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
	list   []*conn // list[i] is connection first+i, nil when it was dropped
	first  int64
	kept   int64
	ids    int64   // listed exchanges of all of them
	closed []int64 // connections that are over, in that order
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
	for int64(len(s.list)) <= id-s.first {
		s.list = append(s.list, new(conn))
		s.kept++
	}
	return s.at(id)
}

func (s *conns) put(r *trace.Connection, over bool) {
	c := s.open(r.ID)
	if c == nil {
		return
	}
	if over && !c.over {
		s.closed = append(s.closed, r.ID)
	}
	c.record, c.over = r, over
}

func (s *conns) cost() int64 { return s.kept*connCost + s.ids*idCost + int64(len(s.list))*8 }

// drop lets go of the connection that has been over for longest; false when
// all are open.
func (s *conns) drop() bool {
	if len(s.closed) == 0 {
		return false
	}
	id := s.closed[0]
	s.closed = s.closed[1:]
	if c := s.at(id); c != nil {
		s.ids -= int64(len(c.ids))
		s.kept--
		s.list[id-s.first] = nil
	}
	for len(s.list) > 0 && s.list[0] == nil {
		s.list = s.list[1:]
		s.first++
	}
	return true
}

// ownStreams are the streams above TCP of which bytes are kept.
func (c *conn) ownStreams() map[layer.ID]bool {
	var ids map[layer.ID]bool
	for _, sp := range c.spells {
		for id := range sp.own {
			if ids == nil {
				ids = map[layer.ID]bool{}
			}
			ids[id] = true
		}
	}
	return ids
}
