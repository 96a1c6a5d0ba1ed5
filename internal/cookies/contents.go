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
	return &Contents{j.inOrder().tree.Copy()}
}

// Snapshot returns copies of the stored cookies, in the same order.
func (j *Jar) Snapshot() []Cookie {
	list := make([]Cookie, 0, len(j.cookies))
	for c := range j.inOrder().All() {
		list = append(list, *c)
	}
	return list
}

// inOrder returns the cookies in their order. It is kept from the first call on: most
// jars are never listed.
func (j *Jar) inOrder() *sorted {
	if j.sorted.tree == nil {
		less := func(a, b *Cookie) bool { return byPlace(a, b) < 0 }
		j.sorted.tree = btree.NewBTreeGOptions(less, btree.Options{Degree: degree, NoLocks: true})
		for _, s := range j.cookies {
			j.sorted.add(s.Cookie)
		}
	}
	return &j.sorted
}

// sorted are the cookies of a jar as its Contents lists them, once somebody asked.
type sorted struct{ Contents }

// degree is small because a change copies a node on each level that a record shares.
const degree = 8

// add puts a cookie into its place; one with the same key that has the place gives way.
func (s *sorted) add(c *Cookie) {
	if s.tree != nil {
		s.tree.Set(c)
	}
}

func (s *sorted) remove(c *Cookie) {
	if s.tree != nil {
		s.tree.Delete(c)
	}
}
