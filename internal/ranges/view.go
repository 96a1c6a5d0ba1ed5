package ranges

import (
	"iter"
	"math"
	"slices"

	"github.com/tidwall/btree"
)

// View is what a [Map] shows at one time. The zero value shows an empty map.
type View struct {
	seen    ordered[Span]  // the bytes seen, in as few spans as possible
	sources ordered[piece] // the same, cut where another response was the first to carry them
	steps   ordered[step]  // where the number of responses that carried a byte changes
	twice   ordered[Span]  // the bytes that more than one carried, in as few spans as possible
	size    int64
	sized   bool
	covered int64
}

// piece is a span of bytes that one response was the first to carry.
type piece struct {
	Span
	source int64
}

// step is a change of the count from a position on.
type step struct {
	at int64
	by int
}

// place is where an element stands among its like.
func (s Span) place() int64 { return s.First }
func (s step) place() int64 { return s.at }

// ordered is a set of elements in the order of their places, of which a copy costs
// nothing until one of the two changes.
type ordered[T interface{ place() int64 }] struct {
	*btree.BTreeG[T]
	old []T // to be replaced; only while the map is changed
}

// degree is small because a change copies a node on each level that a view shares.
const degree = 8

// tree returns the tree, made when it is first needed.
func (o *ordered[T]) tree() *btree.BTreeG[T] {
	if o.BTreeG == nil {
		less := func(a, b T) bool { return a.place() < b.place() }
		o.BTreeG = btree.NewBTreeGOptions(less, btree.Options{Degree: degree, NoLocks: true})
	}
	return o.BTreeG
}

func (o ordered[T]) copy() ordered[T] {
	if o.BTreeG == nil {
		return ordered[T]{}
	}
	return ordered[T]{BTreeG: o.Copy()}
}

// all goes through the elements.
func (o ordered[T]) all() iter.Seq[T] {
	return func(yield func(T) bool) {
		if o.BTreeG != nil {
			o.Scan(yield)
		}
	}
}

// at returns the last element that does not stand after t.
func (o ordered[T]) at(t T) (found T, ok bool) {
	if o.BTreeG != nil {
		o.Descend(t, func(e T) bool { found, ok = e, true; return false })
	}
	return found, ok
}

// from goes through the elements from the last one that does not stand after t.
func (o ordered[T]) from(t T) iter.Seq[T] {
	return func(yield func(T) bool) {
		if o.BTreeG == nil {
			return
		}
		if first, ok := o.at(t); ok {
			t = first
		}
		o.Ascend(t, yield)
	}
}

// replace puts t into the place of the old elements.
func (o *ordered[T]) replace(t T) {
	for _, e := range o.old {
		o.tree().Delete(e)
	}
	clear(o.old)
	o.old = o.old[:0]
	o.tree().Set(t)
}

// Size returns the complete length of the resource and whether it is known.
func (v View) Size() (int64, bool) { return v.size, v.sized }

// Covered returns the number of different bytes seen.
func (v View) Covered() int64 { return v.covered }

// Runs returns the map itself: sorted, disjoint intervals with their history.
func (v View) Runs() []Run {
	var runs []Run
	count, counted := 0, int64(0)
	var steps []step
	for s := range v.steps.all() {
		steps = append(steps, s)
	}
	for p := range v.sources.all() {
		for counted = p.First; counted <= p.Last; {
			for len(steps) > 0 && steps[0].at <= counted {
				count += steps[0].by
				steps = steps[1:]
			}
			last := p.Last
			if len(steps) > 0 {
				last = min(last, steps[0].at-1)
			}
			runs = append(runs, Run{Span{counted, last}, count, p.source})
			counted = last + 1
		}
	}
	return runs
}

// Spans returns the bytes seen, merged to as few intervals as possible.
func (v View) Spans() []Span {
	var spans []Span
	for s := range v.seen.all() {
		spans = append(spans, s)
	}
	return spans
}

// Overlaps returns the bytes that more than one response carried.
func (v View) Overlaps() []Span { return slices.Collect(v.twice.all()) }

// FirstOverlaps is Overlaps of which at most n are wanted, all if n is negative. It tells whether there are more.
func (v View) FirstOverlaps(n int) (spans []Span, more bool) { return first(v.twice.all(), n) }

// first are the first n spans of all, and whether there are more.
func first(all iter.Seq[Span], n int) (spans []Span, more bool) {
	for s := range all {
		if len(spans) == n {
			return spans, true
		}
		spans = append(spans, s)
	}
	return spans, false
}

// Holes returns the bytes not seen: up to the size when it is known, otherwise
// those in front of the last byte seen.
func (v View) Holes() []Span { return slices.Collect(v.holes()) }

// FirstHoles is Holes of which at most n are wanted, all if n is negative. It tells whether there are more.
func (v View) FirstHoles(n int) (spans []Span, more bool) { return first(v.holes(), n) }

// holes goes through the bytes not seen. Behind a known size nothing is missing.
func (v View) holes() iter.Seq[Span] {
	end := int64(math.MaxInt64)
	if v.sized {
		end = v.size
	}
	return func(yield func(Span) bool) {
		next := int64(0)
		for s := range v.seen.all() {
			if next >= end {
				return
			}
			if s.First > next && !yield(Span{next, min(s.First, end) - 1}) {
				return
			}
			next = s.Last + 1
		}
		if v.sized && next < end {
			yield(Span{next, end - 1})
		}
	}
}

// HolesTotal is how many holes there are. It takes their number's time only where the
// map contradicts the size, and little otherwise.
func (v View) HolesTotal() int {
	if v.seen.BTreeG == nil || v.seen.Len() == 0 {
		return len(v.Holes())
	}
	first, _ := v.seen.Min()
	last, _ := v.seen.Max()
	if v.sized && last.Last >= v.size {
		return len(v.Holes())
	}
	n := v.seen.Len() - 1
	if first.First > 0 {
		n++
	}
	if v.sized && last.Last+1 < v.size {
		n++
	}
	return n
}

// Complete reports whether the size is known and every byte was seen.
func (v View) Complete() bool {
	_, incomplete := v.FirstHoles(0)
	return v.sized && !incomplete
}
