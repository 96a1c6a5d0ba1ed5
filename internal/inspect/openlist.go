package inspect

import (
	"cmp"
	"slices"
)

// openList is the exchanges of a connection that wait for their end, by their
// places. Places come in growing order, and exchanges end in about the same.
type openList struct {
	entries     []openEntry // sorted by place; a removed one stays, empty, until the first is
	provisional []openEntry // those with negative places: a few, after losses
	one         [1]openEntry
	gone        int // empty entries
}

type openEntry struct {
	place int64
	*building
}

// len is the number of open exchanges.
func (l *openList) len() int { return len(l.entries) - l.gone + len(l.provisional) }

// list is the part that a place belongs to.
func (l *openList) list(place int64) *[]openEntry {
	if place < 0 {
		return &l.provisional
	}
	return &l.entries
}

// index finds a place among entries. Provisional ones are sorted the other way round.
func index(entries []openEntry, place int64) (int, bool) {
	return slices.BinarySearchFunc(entries, place, func(e openEntry, place int64) int {
		if place < 0 {
			return cmp.Compare(place, e.place)
		}
		return cmp.Compare(e.place, place)
	})
}

// find returns the open exchange at a place, nil when there is none.
func (l *openList) find(place int64) *building {
	entries := *l.list(place)
	if n := len(entries); n > 0 && entries[n-1].place == place {
		return entries[n-1].building
	}
	if i, ok := index(entries, place); ok {
		return entries[i].building
	}
	return nil
}

// first is the open exchange with the smallest place.
func (l *openList) first() *building {
	if l.len() > len(l.provisional) {
		return l.entries[0].building
	}
	return l.provisional[0].building
}

// add enters an exchange, behind all others of its kind but for one that was settled late.
func (l *openList) add(place int64, b *building) {
	entries := l.list(place)
	if place > 0 && *entries == nil {
		*entries = l.one[:0]
	}
	i, _ := index(*entries, place)
	*entries = slices.Insert(*entries, i, openEntry{place, b})
}

// remove takes an exchange out.
func (l *openList) remove(place int64) {
	entries := l.list(place)
	i, ok := index(*entries, place)
	if !ok {
		return
	}
	if place < 0 {
		*entries = slices.Delete(*entries, i, i+1)
		return
	}
	(*entries)[i].building = nil
	l.gone++
	l.trim()
}

// trim drops empty entries: those at the front at once, others when they are most.
func (l *openList) trim() {
	n := 0
	for n < len(l.entries) && l.entries[n].building == nil {
		n++
	}
	l.entries = l.entries[n:]
	l.gone -= n
	if l.gone > len(l.entries)/2 {
		l.entries = slices.DeleteFunc(l.entries, func(e openEntry) bool { return e.building == nil })
		l.gone = 0
	}
	if len(l.entries) == 0 {
		l.entries = nil
	}
}

// rename gives a provisional exchange its place.
func (l *openList) rename(provisional, place int64) {
	if b := l.find(provisional); b != nil {
		l.remove(provisional)
		l.add(place, b)
	}
}

// all calls do for every open exchange, in the order of places.
func (l *openList) all(do func(*building)) {
	for _, e := range l.entries {
		if e.building != nil {
			do(e.building)
		}
	}
	for _, e := range l.provisional {
		do(e.building)
	}
}
