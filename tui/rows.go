package tui

import (
	"cmp"
	"math"
	"runtime"
	"slices"
	"strings"
	"sync"
	"sync/atomic"

	"httpscope/internal/store"
	"httpscope/internal/trace"
)

// Matcher is a display filter.
type Matcher interface {
	Match(x *trace.Exchange) bool
	// Why tells the sub-expressions that decided, and what they saw.
	Why(x *trace.Exchange) (selected bool, reasons []string)
	String() string
}

// smallStore is how many exchanges are looked through at once, without a
// goroutine: it takes less than a frame.
const smallStore = 20_000

// rows are the exchanges that the table shows, in its order. They follow the
// store: exchanges that change are looked at again, one by one.
type rows struct {
	store   *store.Store
	filter  Matcher // nil: all
	order   order
	reverse bool

	ids         []int64 // not used when the rows are plain
	first, last int64   // the store's
	from        uint64  // how far the store's changes have been followed
	stale       bool    // the ids must be made anew
	job         *gathering
	start       func(func()) // runs a function in a goroutine
}

// plain reports rows that are the store's own: all of them, by number.
func (r *rows) plain() bool { return r.filter == nil && r.order == byNumber }

// Len is the number of rows.
func (r *rows) Len() int {
	if r.plain() {
		return int(max(0, r.last-r.first+1))
	}
	return len(r.ids)
}

// ID is the exchange of row i.
func (r *rows) ID(i int) int64 {
	if r.reverse {
		i = r.Len() - 1 - i
	}
	if r.plain() {
		return r.first + int64(i)
	}
	return r.ids[i]
}

// Index is the row of an exchange, or -1.
func (r *rows) Index(id int64) int {
	i := -1
	switch {
	case r.plain():
		if id >= r.first && id <= r.last {
			i = int(id - r.first)
		}
	case r.order == byNumber:
		if at, ok := slices.BinarySearch(r.ids, id); ok {
			i = at
		}
	default:
		i = slices.Index(r.ids, id)
	}
	if i >= 0 && r.reverse {
		i = r.Len() - 1 - i
	}
	return i
}

// choose sets filter and order.
func (r *rows) choose(filter Matcher, o order, reverse bool) {
	if o != r.order || filter != r.filter {
		r.stale = true
	}
	r.filter, r.order, r.reverse = filter, o, reverse
}

// follow takes in what has changed in the store, and reports whether rows may
// look different.
func (r *rows) follow() bool {
	c := r.store.Changes(r.from)
	first, last := r.store.Bounds()
	changed := c.Next != r.from || first != r.first || last != r.last
	r.from, r.first, r.last = c.Next, first, last
	ids := c.Exchanges
	if r.plain() {
		r.job, r.ids, r.stale = nil, nil, false
		return changed
	}
	if c.All || r.order != byNumber && len(ids) > 0 {
		r.stale = true
	}
	if r.harvest() {
		changed = true
	}
	if r.stale && r.job == nil {
		r.gather()
		return true
	}
	if r.job != nil {
		r.job.missed = append(r.job.missed, ids...)
		return changed
	}
	r.prune()
	r.apply(ids)
	return changed
}

// prune forgets rows that the store has dropped.
func (r *rows) prune() {
	if r.order == byNumber {
		n, _ := slices.BinarySearch(r.ids, r.first)
		r.ids = r.ids[n:]
	}
}

// apply looks at changed exchanges again.
func (r *rows) apply(ids []int64) {
	for _, id := range ids {
		x, _ := r.store.Exchange(id)
		at, there := slices.BinarySearch(r.ids, id)
		switch match := x != nil && r.filter.Match(x); {
		case match && !there:
			r.ids = slices.Insert(r.ids, at, id)
		case !match && there:
			r.ids = slices.Delete(r.ids, at, at+1)
		}
	}
}

// gathering looks through the whole store in the background.
type gathering struct {
	filter Matcher
	order  order
	seen   atomic.Int64
	done   chan struct{}
	ids    []int64
	missed []int64 // exchanges that changed meanwhile
	stop   atomic.Bool
}

// gather starts to make the ids anew. What the table shows stays until then.
func (r *rows) gather() {
	r.stale = false
	j := &gathering{filter: r.filter, order: r.order, done: make(chan struct{})}
	r.job = j
	first, last := r.store.Bounds()
	if last-first < smallStore {
		j.run(r.store)
		r.harvest()
		return
	}
	r.start(func() { j.run(r.store) })
}

func (j *gathering) run(s *store.Store) {
	defer close(j.done)
	parts := j.search(s)
	if j.order == byNumber {
		for i := range parts {
			j.ids = append(j.ids, parts[i].ids...)
		}
		return
	}
	var found []keyed
	for i := range parts {
		found = append(found, parts[i].keyed...)
	}
	slices.SortStableFunc(found, func(a, b keyed) int {
		return cmp.Or(cmp.Compare(a.number, b.number), strings.Compare(a.text, b.text), cmp.Compare(a.id, b.id))
	})
	j.ids = make([]int64, len(found))
	for i := range found {
		j.ids[i] = found[i].id
	}
}

// found is what a part of a search has found: numbers alone where they are the
// order, since a million keys would wake the garbage collector.
type found struct {
	ids   []int64
	keyed []keyed
}

// search looks through the store with every processor, each in a part of it.
func (j *gathering) search(s *store.Store) []found {
	first, last := s.Bounds()
	parts := make([]found, runtime.GOMAXPROCS(0))
	share := (last-first)/int64(len(parts)) + 1
	var wg sync.WaitGroup
	for i := range parts {
		wg.Go(func() {
			from := first + int64(i)*share
			to := from + share
			if i == len(parts)-1 {
				to = math.MaxInt64 // what comes meanwhile
			}
			parts[i] = j.part(s, from, to)
		})
	}
	wg.Wait()
	return parts
}

// part looks through the exchanges [from, to).
func (j *gathering) part(s *store.Store, from, to int64) (f found) {
	s.Scan(from, func(x *trace.Exchange) bool {
		if x.ID >= to {
			return false
		}
		j.seen.Add(1)
		switch {
		case j.filter != nil && !j.filter.Match(x):
		case j.order == byNumber:
			f.ids = append(f.ids, x.ID)
		default:
			f.keyed = append(f.keyed, j.order.key(x))
		}
		return !j.stop.Load()
	})
	return f
}

// harvest takes the ids when they are ready; a gathering for another filter or
// order is thrown away.
func (r *rows) harvest() bool {
	j := r.job
	if j == nil {
		return false
	}
	if j.filter != r.filter || j.order != r.order {
		j.stop.Store(true)
		r.job, r.stale = nil, true
		return false
	}
	select {
	case <-j.done:
	default:
		return false
	}
	r.job, r.ids = nil, j.ids
	if r.order == byNumber && r.filter != nil {
		r.apply(j.missed)
	} else if len(j.missed) > 0 {
		r.stale = true
	}
	return true
}

// progress is how much of the store a gathering has looked through, in per
// cent; 100 when none is under way.
func (r *rows) progress() int {
	if r.job == nil {
		return 100
	}
	return int(min(99, 100*r.job.seen.Load()/max(1, r.last-r.first+1)))
}
