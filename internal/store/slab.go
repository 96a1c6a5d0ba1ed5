package store

// Sizes of a slab. It is full when either is reached, so that connections of
// small packets are dropped in as small steps as those of large ones.
const (
	slabBytes   = 1 << 20
	slabEntries = 16 << 10
	entryCost   = 64 // bytes of a segment or a piece, about
)

// slab holds bytes of streams in the order in which they came, of any
// connection. The oldest slab is dropped as a whole, with the segments and
// pieces that came at that time.
type slab struct {
	data    []byte // nil when dropped
	entries int
	last    int64 // highest packet number that was logged meanwhile
	conns   []*conn
}

func (s *slab) cost() int64 { return int64(cap(s.data)) + int64(s.entries)*entryCost }

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

// enter lists a connection with the slab that is being filled.
func (s *slabs) enter(c *conn) {
	l := s.current(0)
	if c.slab != l {
		c.slab = l
		l.conns = append(l.conns, c)
	}
}

// keep copies bytes into the current slab.
func (s *slabs) keep(b []byte) (*slab, int) {
	if len(b) == 0 {
		return nil, 0
	}
	l := s.current(len(b))
	at := len(l.data)
	l.data = append(l.data, b...)
	return l, at
}

// logged counts an entry of a packet.
func (s *slabs) logged(frame int64) {
	l := s.list[len(s.list)-1]
	l.entries++
	l.last = max(l.last, frame)
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
	l.data = nil
	for _, c := range l.conns {
		c.forget(s.dropped)
	}
	l.conns = nil
	return true
}
