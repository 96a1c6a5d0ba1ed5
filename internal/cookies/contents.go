package cookies

import (
	"iter"

	"github.com/tidwall/btree"
)

// Contents is what a jar held at one time: it stays as it is while the jar changes.
// The two share the cookies that they have in common, so that a record of a jar
// after each response costs what the response changed. A nil Contents is empty.
type Contents struct {
	tree *btree.BTreeG[*Cookie]
}

// Len is the number of cookies.
func (c *Contents) Len() int {
	if c == nil || c.tree == nil {
		return 0
	}
	return c.tree.Len()
}

// All goes through the cookies, sorted by domain, path, name and creation. They must
// not be changed.
func (c *Contents) All() iter.Seq[*Cookie] {
	return func(yield func(*Cookie) bool) {
		if c.Len() > 0 {
			c.tree.Scan(yield)
		}
	}
}

// Len is the number of stored cookies, of which some may have expired since the last
// call with a time.
func (j *Jar) Len() int { return len(j.cookies) }

// Contents returns the stored cookies. It may hold cookies that expired since the
// last call with a time; ask Expired.
func (j *Jar) Contents() *Contents {
	if j.sorted.tree == nil {
		return &Contents{}
	}
	return &Contents{j.sorted.tree.Copy()}
}

// Snapshot returns copies of the stored cookies, in the same order.
func (j *Jar) Snapshot() []Cookie {
	list := make([]Cookie, 0, len(j.cookies))
	for c := range j.sorted.All() {
		list = append(list, *c)
	}
	return list
}

// sorted are the cookies of a jar as its Contents lists them.
type sorted struct{ Contents }

// degree is small because a change copies a node on each level that a record shares.
const degree = 8

// add puts a cookie into its place; one with the same key that has the place gives way.
func (s *sorted) add(c *Cookie) {
	if s.tree == nil {
		less := func(a, b *Cookie) bool { return byPlace(a, b) < 0 }
		s.tree = btree.NewBTreeGOptions(less, btree.Options{Degree: degree, NoLocks: true})
	}
	s.tree.Set(c)
}

func (s *sorted) remove(c *Cookie) { s.tree.Delete(c) }
