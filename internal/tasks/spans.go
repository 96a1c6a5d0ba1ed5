package tasks

// maxSpans bounds connections and exchanges whose times are compared.
const maxSpans = 256

// spans are stretches of time, each with its owner, that only grow. The oldest
// make room for new ones.
type spans struct {
	of    map[int64]*span
	order []int64
}

// span is when something went on.
type span struct {
	key      key
	from, to int64 // nanoseconds since 1970
}

// grow adds to an owner's span, and returns the whole.
func (s *spans) grow(owner int64, add span) span {
	if s.of == nil {
		s.of = map[int64]*span{}
	}
	p := s.of[owner]
	if p == nil {
		if len(s.order) >= maxSpans {
			delete(s.of, s.order[0])
			s.order = s.order[1:]
		}
		p = &span{}
		*p = add
		s.of[owner] = p
		s.order = append(s.order, owner)
	}
	p.from, p.to = min(p.from, add.from), max(p.to, add.to)
	return *p
}

// meets reports whether the span of another owner with the same key shares time with one.
func (s *spans) meets(owner int64, x span) bool {
	for id, p := range s.of {
		if id != owner && p.key == x.key && p.from <= x.to && x.from <= p.to {
			return true
		}
	}
	return false
}
