package store

import (
	"httpscope/internal/layer"
	"httpscope/internal/trace"
)

// Sizes of a slab. It is full when either is reached, so that connections of
// small packets are dropped in as small steps as those of large ones.
const (
	slabBytes   = 1 << 20
	slabEntries = 16 << 10
	entryCost   = 80  // bytes of a segment or a run, with the room that lists have to grow
	spellCost   = 256 // bytes of what a slab holds of one connection, besides
)

// slab holds bytes of streams in the order in which they came, of any
// connection. The oldest slab is dropped as a whole, with the segments and
// bytes that came at that time.
type slab struct {
	data    []byte // nil when dropped
	entries int
	last    int64 // highest packet number that was logged meanwhile
	conns   []*conn
}

func (s *slab) cost() int64 {
	return int64(cap(s.data)) + int64(s.entries)*entryCost + int64(len(s.conns))*spellCost
}

// slabs are kept oldest first; the last is being filled.
type slabs struct {
	list    []*slab
	total   int64 // cost of all but the last
	dropped int64 // highest packet number of the last slab that was dropped
}

// current is the slab to write to, a new one when the last is full.
func (s *slabs) current(need int) *slab {
	if n := len(s.list); n > 0 {
		l := s.list[n-1]
		if l.entries < slabEntries && len(l.data)+need <= cap(l.data) {
			return l
		}
		s.total += l.cost()
	}
	l := &slab{data: make([]byte, 0, max(slabBytes, need))}
	s.list = append(s.list, l)
	return l
}

// spell is where to log an entry of a connection, with room for its bytes.
func (s *slabs) spell(c *conn, frame int64, need int) *spell {
	l := s.current(need)
	l.entries++
	l.last = max(l.last, frame)
	if n := len(c.spells); n > 0 && c.spells[n-1].slab == l {
		return c.spells[n-1]
	}
	sp := &spell{slab: l}
	c.spells = append(c.spells, sp)
	l.conns = append(l.conns, c)
	return sp
}

// cost is what all slabs take.
func (s *slabs) cost() int64 {
	if n := len(s.list); n > 0 {
		return s.total + s.list[n-1].cost()
	}
	return 0
}

// drop lets go of the oldest slab; false when only the current one is left.
func (s *slabs) drop() bool {
	if len(s.list) < 2 {
		return false
	}
	l := s.list[0]
	s.list[0] = nil
	s.list = s.list[1:]
	s.total -= l.cost()
	s.dropped = max(s.dropped, l.last)
	for _, c := range l.conns {
		c.forget(l)
	}
	l.data, l.conns = nil, nil
	return true
}

// spell is what a slab holds of one connection.
type spell struct {
	slab     *slab
	segments []trace.Segment
	kept     [2][]kept               // of TCP, by direction, in the order of the stream
	own      map[layer.ID]*[2][]kept // of other streams
}

// kept is a kept of a stream, and where in the slab its bytes are.
type kept struct {
	trace.Extent
	at int
}

// add logs where bytes came from and copies its bytes.
func (sp *spell) add(p trace.Extent, b []byte) {
	list := &sp.kept[p.Dir]
	if p.Stream != layer.TCP {
		list = sp.ownList(p)
	}
	*list = append(*list, kept{p, len(sp.slab.data)})
	sp.slab.data = append(sp.slab.data, b...)
}

// ownList is where bytes of a stream above TCP are logged.
func (sp *spell) ownList(p trace.Extent) *[]kept {
	if sp.own == nil {
		sp.own = map[layer.ID]*[2][]kept{}
	}
	both := sp.own[p.Stream]
	if both == nil {
		both = new([2][]kept)
		sp.own[p.Stream] = both
	}
	return &both[p.Dir]
}

// of are the runs of a direction of a stream.
func (sp *spell) of(stream layer.ID, dir int) []kept {
	if stream == layer.TCP {
		return sp.kept[dir]
	}
	if both := sp.own[stream]; both != nil {
		return both[dir]
	}
	return nil
}

// data is a run's bytes, nil for a gap.
func (sp *spell) data(p *kept) []byte {
	if p.Gap {
		return nil
	}
	return sp.slab.data[p.at : p.at+int(p.Len) : p.at+int(p.Len)]
}
