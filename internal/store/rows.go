package store

import "httpscope/internal/trace"

// rowsChunk is how many rows are dropped at once.
const rowsChunk = 1024

// rows are the exchanges by number.
type rows struct {
	chunks   []*[rowsChunk]entry
	first    int64   // number of the first row of the first chunk
	last     int64   // the highest number seen, 0 for none
	packed   int64   // rows below this number are packed,
	late     []int64 // but for these, which changed after that
	fullCost int64
	packCost int64
}

// entry is an exchange, whole or packed, or neither when it was not seen yet.
type entry struct {
	x    *trace.Exchange
	r    *row
	cost int32
}

func newRows() rows { return rows{first: 1, packed: 1} }

// entry is the place of a number; nil when it was dropped, or lies ahead.
func (s *rows) entry(id int64) *entry {
	i := id - s.first
	if i < 0 || id > s.last {
		return nil
	}
	return &s.chunks[i/rowsChunk][i%rowsChunk]
}

// put keeps an exchange, and reports one that was not there before.
func (s *rows) put(x *trace.Exchange) bool {
	if x.ID < s.first {
		return false
	}
	for (x.ID-s.first)/rowsChunk >= int64(len(s.chunks)) {
		s.chunks = append(s.chunks, new([rowsChunk]entry))
	}
	s.last = max(s.last, x.ID)
	e := s.entry(x.ID)
	fresh := e.x == nil && e.r == nil
	if x.ID < s.packed && e.x == nil {
		s.late = append(s.late, x.ID)
	}
	s.letGo(e)
	*e = entry{x: x, cost: int32(x.Size())}
	s.fullCost += int64(e.cost)
	return fresh
}

// letGo takes an entry's cost off.
func (s *rows) letGo(e *entry) {
	if e.r != nil {
		s.packCost -= int64(e.cost)
	} else {
		s.fullCost -= int64(e.cost)
	}
}

// pack packs the oldest exchange that is still whole; false when there is none
// but the newest ones, and those that changed last.
func (s *rows) pack() bool {
	const newest = 256
	for ; s.packed <= s.last-newest; s.packed++ {
		if s.packOne(s.packed) {
			s.packed++
			return true
		}
	}
	for len(s.late) > newest {
		id := s.late[0]
		if s.late = s.late[1:]; s.packOne(id) {
			return true
		}
	}
	return false
}

// packOne packs one exchange, unless there is nothing to pack.
func (s *rows) packOne(id int64) bool {
	e := s.entry(id)
	if e == nil || e.x == nil {
		return false
	}
	s.letGo(e)
	r := pack(e.x)
	*e = entry{r: r, cost: int32(rowCost + len(r.text))}
	s.packCost += int64(e.cost)
	return true
}

// drop lets go of the oldest chunk; false when it is the last.
func (s *rows) drop() bool {
	if len(s.chunks) < 2 {
		return false
	}
	for i := range s.chunks[0] {
		s.letGo(&s.chunks[0][i])
	}
	s.chunks[0] = nil
	s.chunks = s.chunks[1:]
	s.first += rowsChunk
	s.packed = max(s.packed, s.first)
	return true
}

func (s *rows) cost() int64 {
	return s.fullCost + s.packCost + int64(len(s.chunks))*rowsChunk*24
}
