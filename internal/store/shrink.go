package store

// shrink lets go of the oldest until the limit is held. Bytes, whole exchanges
// and connections keep an eighth of it each, so that the newest always have
// everything; the rest is for rows.
func (s *Store) shrink() {
	for s.cost() > s.limit {
		share := s.limit / 8
		switch {
		case s.slabs.cost() > share && s.slabs.drop():
		case s.rows.fullCost > share && s.rows.pack():
		case s.conns.cost() > share && s.conns.drop():
		case s.rows.drop():
			s.log.touch()
		case s.slabs.drop() || s.rows.pack() || s.conns.drop():
		default:
			return // what is left is open, or the newest
		}
	}
}

func (s *Store) cost() int64 { return s.slabs.cost() + s.rows.cost() + s.conns.cost() }
