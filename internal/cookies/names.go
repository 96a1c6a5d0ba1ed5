package cookies

// nameIndex finds stored cookies by their name and by the places that they are
// related to. Each cookie is listed under the families of its domain and of the host
// that set it, and under what lies above these; so a place finds all that are related
// to it under its own family, as something above, and in the families of the hosts above it.
type nameIndex struct {
	of    map[nameKey]sequence[*stored]
	count map[string]int // of stored cookies by name: most names that are asked for have none
}

// nameKey is one list: the cookies of a name that belong to a family, or lie below a host.
type nameKey struct {
	name, host string
	below      bool
}

func (x *nameIndex) add(s *stored) {
	if x.count == nil {
		x.count = map[string]int{}
	}
	x.count[s.Name]++
	for k := range s.nameKeys {
		file(&x.of, k, s, bySite)
	}
}

func (x *nameIndex) remove(s *stored) {
	if x.count[s.Name]--; x.count[s.Name] == 0 {
		delete(x.count, s.Name)
	}
	for k := range s.nameKeys {
		unfile(x.of, k, s, bySite)
	}
}

// nameKeys goes through the lists that a cookie is in.
func (s *stored) nameKeys(yield func(nameKey) bool) {
	s.home.nameKeys(s.Name, yield)
	if s.setter.family() != s.home.family() || addressAtEnd(s.setter.host) != addressAtEnd(s.home.host) {
		s.setter.nameKeys(s.Name, yield)
	}
}

func (p *place) nameKeys(name string, yield func(nameKey) bool) {
	yield(nameKey{name, p.family(), false})
	for host := range p.above {
		yield(nameKey{name, host, true})
	}
}

// lists goes through the lists that hold every cookie of a name related to a place,
// and perhaps some that are not.
func (x *nameIndex) lists(name string, p *place, yield func(sequence[*stored])) {
	if x.count[name] == 0 {
		return
	}
	yield(x.of[nameKey{name, p.family(), false}])
	yield(x.of[nameKey{name, p.host, true}])
	if p.sought {
		for _, family := range p.over {
			yield(x.of[nameKey{name, family, false}])
		}
		return
	}
	for host := range p.above {
		yield(x.of[nameKey{name, newPlace(host).family(), false}])
	}
}

// first returns the first cookie, in the order of sorted, of those with a name that
// are related to p and satisfy match; nil if there is none.
func (x *nameIndex) first(name string, p *place, match func(*stored) bool) *stored {
	var found *stored
	x.lists(name, p, func(l sequence[*stored]) {
		for _, s := range l {
			if found != nil && bySite(found, s) <= 0 {
				break
			}
			if p.near(s) && match(s) {
				found = s
				break
			}
		}
	})
	return found
}

// last returns the last such cookie.
func (x *nameIndex) last(name string, p *place, match func(*stored) bool) *stored {
	var found *stored
	x.lists(name, p, func(l sequence[*stored]) {
		for i := len(l) - 1; i >= 0; i-- {
			s := l[i]
			if found != nil && bySite(found, s) >= 0 {
				break
			}
			if p.near(s) && match(s) {
				found = s
				break
			}
		}
	})
	return found
}

// near tells whether s belongs to the site of p, by its domain or by who set it.
func (p *place) near(s *stored) bool {
	return p.related(s.home) || p.related(s.setter)
}
